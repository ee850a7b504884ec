// Goal: answers look as the contract says, and nothing a service answers can run in the browser. Method:
// generated messages through the real descriptors.
#include "services/gateway/api/answer.h"

#include <gtest/gtest.h>

#include "bordergate/camera/v1/camera_service.pb.h"
#include "bordergate/customs/v1/customs_service.pb.h"
#include "bordergate/identity/v1/identity_service.pb.h"
#include "bordergate/lane/v1/lane_service.pb.h"

#include "libs/core/reasons.h"
#include "services/gateway/api/json_reader.h"
#include "services/gateway/testing/test_contract.h"

namespace bordergate::gateway {
namespace {

TEST(Answer, PrintsEveryPlainFieldUnderItsOwnName) {
  customs::v1::GetTripResponse response;
  response.mutable_trip()->set_trip_id("trip_1");
  response.mutable_trip()->mutable_declare_time()->set_seconds(1'795'331'109);
  response.mutable_trip()->add_goods()->set_gross_mass_kg(12'000);
  const auto answer = MakeAnswer(TestContract(), EndpointOf("GetTrip"), response.SerializeAsString());
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->headers.Find("Content-Type"), "application/json");
  const Json trip = Json::parse(answer->body)["trip"];
  EXPECT_EQ(trip["trip_id"], "trip_1");
  EXPECT_EQ(trip["declare_time"], "2026-11-22T07:05:09Z");
  EXPECT_EQ(trip["goods"][0]["gross_mass_kg"], "12000");
  EXPECT_EQ(trip["goods"][0]["package_count"], 0);
  EXPECT_EQ(trip["state"], "STATE_UNSPECIFIED");
  EXPECT_EQ(trip["steps"], Json::array());
  EXPECT_EQ(trip["perishable"], false);
  EXPECT_FALSE(trip.contains("clear_time"));
}

TEST(Answer, AMessageWithoutAJsonFormIsOurFault) {
  customs::v1::GetTripResponse response;
  response.mutable_trip()->mutable_declare_time()->set_seconds(400'000'000'000);  // after the year 9999
  const auto answer = MakeAnswer(TestContract(), EndpointOf("GetTrip"), response.SerializeAsString());
  ASSERT_FALSE(answer.has_value());
  EXPECT_TRUE(answer.error().Is(kInternal));
}

TEST(Answer, AContentIsSentAsItIs) {
  camera::v1::GetStillResponse response;
  response.mutable_content()->set_content_type("image/jpeg");
  response.mutable_content()->set_data(std::string("\xff\xd8\0\xd9", 4));
  const auto answer = MakeAnswer(TestContract(), EndpointOf("GetStill"), response.SerializeAsString());
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->headers.Find("Content-Type"), "image/jpeg");
  EXPECT_EQ(answer->body, std::string("\xff\xd8\0\xd9", 4));
}

TEST(Answer, AContentThatCouldRunIsOnlyBytes) {
  for (const char* type :
       {"text/html", "image/svg+xml", "application/javascript", "image/jpeg\r\nX: y", ""}) {
    lane::v1::GetEvidenceResponse response;
    response.mutable_content()->set_content_type(type);
    response.mutable_content()->set_data("<script>");
    const auto answer = MakeAnswer(TestContract(), EndpointOf("GetEvidence"), response.SerializeAsString());
    EXPECT_EQ(answer->headers.Find("Content-Type"), "application/octet-stream") << type;
  }
}

TEST(Answer, TheSessionTokenLeavesTheBody) {
  identity::v1::SignInResponse message;
  message.set_session_token("secret");
  message.mutable_person()->set_person_id("person_1");
  auto answer = MakeAnswer(TestContract(), EndpointOf("SignIn"), message.SerializeAsString());
  EXPECT_EQ(TakeSessionToken(*answer).value(), "secret");
  EXPECT_EQ(answer->body.find("secret"), std::string::npos);
  EXPECT_EQ(Json::parse(answer->body)["person"]["person_id"], "person_1");
  EXPECT_TRUE(TakeSessionToken(*answer).error().Is(kInternal));
}

TEST(Answer, ReadsTheSequenceOfAMessage) {
  lane::v1::WatchDecisionsResponse message;
  message.mutable_decision()->set_decision_id("decision_1");
  message.set_sequence(4711);
  EXPECT_EQ(ReadInt64(message.SerializeAsString(), 1), 4711);
  EXPECT_EQ(ReadInt64("", 1), 0);
  EXPECT_EQ(ReadInt64("\xff", 1), 0);
}

}  // namespace
}  // namespace bordergate::gateway
