// Goal: a partner receives exactly what was agreed, in order, once, resumes after being away, and sees nobody
// else's. Method: the handlers over a private PostgreSQL; events come through the same consumer as in
// production.
#include "services/exchange/api/exchange_api.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bordergate/lane/v1/lane_service.pb.h"

#include "embedded/exchange_store.h"
#include "libs/core/reasons.h"
#include "libs/db/migrate.h"
#include "libs/testing/callers.h"
#include "libs/testing/test_postgres.h"
#include "services/exchange/domain/reasons.h"
#include "services/exchange/peers/deliver.h"
#include "services/exchange/peers/event_projection.h"
#include "services/exchange/store/postgres_exchange_store.h"

namespace bordergate::exchange {
namespace {

using ::testing::ElementsAre;

class ExchangeApiTest : public ::testing::Test, protected Callers {
 protected:
  ExchangeApiTest() {
    EXPECT_TRUE(db::Migrate(database_, clock_, embedded::exchange_store::migrations()).has_value());
  }

  static rpc::CallContext Partner(const std::string& client, const std::string& partner) {
    rpc::Caller caller;
    caller.subject_id = client;
    caller.roles = {common::v1::ROLE_PARTNER};
    caller.partner_id = partner;
    return CallBy(std::move(caller));
  }
  rpc::CallContext Pingxiang() { return Partner("client_p", "pingxiang-customs"); }
  rpc::CallContext Hekou() { return Partner("client_h", "hekou"); }

  Result<v1::PutAgreementResponse> Agree(const std::string& partner, std::vector<std::string> fields) {
    v1::PutAgreementRequest request;
    request.set_request_id("agreement-" + std::to_string(++requests_));
    request.set_partner_id(partner);
    request.set_title("Đối tác");
    request.set_reason("Thỏa thuận 12/2026");
    if (!fields.empty()) {
      auto* clause = request.add_clauses();
      clause->set_event_kind("lane.passage.completed");
      for (const auto& field : fields) clause->add_fields(field);
    }
    return api_.PutAgreement(Centre(), request);
  }
  void Passage(const std::string& plate) {
    lane::v1::LaneEvent event;
    event.mutable_header()->set_kind("passage.completed");
    *event.mutable_header()->mutable_event_time() = rpc::ToTimestamp(clock_.Now());
    event.mutable_passage()->set_plate(plate);
    event.mutable_passage()->set_trip_id("trip_" + plate);
    ASSERT_TRUE(exchange_
                    .Change(clock_.SteadyNow() + seconds(5),
                            [&](ExchangeStore& store) { return Deliver(store, "lane", event); })
                    .has_value());
  }
  std::vector<std::string> Plates(const rpc::CallContext& call, int64_t after = 0) {
    v1::ListMessagesRequest request;
    request.set_after_sequence(after);
    std::vector<std::string> plates;
    const auto response = api_.ListMessages(call, request).value();
    for (const auto& message : response.messages())
      plates.push_back(message.payload().fields().at("plate").string_value());
    return plates;
  }

  int requests_ = 0;
  SystemClock clock_;
  Telemetry telemetry_{"exchange", "error"};
  db::Database database_{TestPostgres::Get().NewDatabase(), telemetry_, clock_};
  db::PostgresUnitOfWork<ExchangeStore, PostgresExchangeStore> exchange_{database_, clock_};
  ProtoEventCatalogue catalogue_;
  rpc::Bell bell_;
  ExchangeApi api_{exchange_, catalogue_, bell_, clock_};
};

TEST_F(ExchangeApiTest, SendsEachPartnerItsFieldsFromTheAgreementOn) {
  Passage("12C00001");
  ASSERT_TRUE(Agree("pingxiang-customs", {"plate"}).has_value());
  Passage("12C00002");
  ASSERT_TRUE(Agree("hekou", {"plate", "trip_id"}).has_value());
  Passage("12C00003");
  EXPECT_THAT(Plates(Pingxiang()), ElementsAre("12C00002", "12C00003"));
  EXPECT_THAT(Plates(Hekou()), ElementsAre("12C00003"));
  const auto message = api_.ListMessages(Pingxiang(), {})->messages(1);
  EXPECT_EQ(message.sequence(), 2);
  EXPECT_EQ(message.payload().fields().size(), 1u);
  EXPECT_EQ(message.event_kind(), "lane.passage.completed");
}

TEST_F(ExchangeApiTest, FollowsTheNewestVersionAndEndsWithAnEmptyOne) {
  EXPECT_EQ(Agree("hekou", {"plate"})->agreement().version(), 1);
  Passage("12C00001");
  EXPECT_EQ(Agree("hekou", {"plate", "lane_id"})->agreement().version(), 2);
  Passage("12C00002");
  EXPECT_EQ(Agree("hekou", {})->agreement().version(), 3);
  Passage("12C00003");
  const auto messages = api_.ListMessages(Hekou(), {}).value();
  ASSERT_EQ(messages.messages_size(), 2);
  EXPECT_EQ(messages.messages(0).payload().fields().size(), 1u);
  EXPECT_EQ(messages.messages(1).payload().fields().size(), 2u);
  EXPECT_EQ(messages.messages(1).agreement_version(), 2);
}

TEST_F(ExchangeApiTest, ChainsTheMessages) {
  ASSERT_TRUE(Agree("hekou", {"plate"}).has_value());
  for (const char* plate : {"12C00001", "12C00002", "12C00003"}) Passage(plate);
  std::vector<Message> messages;
  ASSERT_TRUE(exchange_
                  .Read(clock_.SteadyNow() + seconds(5),
                        [&](ExchangeStore& store) -> Result<void> {
                          messages = BG_TRY(store.ReadMessages("hekou", 0, 10));
                          return {};
                        })
                  .has_value());
  std::string previous;
  for (const Message& message : messages) {
    EXPECT_EQ(message.digest, ChainDigest(previous, message));
    previous = message.digest;
  }
}

TEST_F(ExchangeApiTest, ResumesWhereThePartnerWas) {
  ASSERT_TRUE(Agree("hekou", {"plate"}).has_value());
  for (const char* plate : {"12C00001", "12C00002", "12C00003"}) Passage(plate);
  v1::AcknowledgeMessagesRequest acknowledge;
  acknowledge.set_request_id("acknowledge-1");
  acknowledge.set_up_to_sequence(2);
  EXPECT_EQ(api_.AcknowledgeMessages(Hekou(), acknowledge)->acknowledged_sequence(), 2);
  acknowledge.set_request_id("acknowledge-2");
  acknowledge.set_up_to_sequence(1);
  EXPECT_EQ(api_.AcknowledgeMessages(Hekou(), acknowledge)->acknowledged_sequence(), 2);
  acknowledge.set_request_id("acknowledge-3");
  acknowledge.set_up_to_sequence(4);
  EXPECT_TRUE(api_.AcknowledgeMessages(Hekou(), acknowledge).error().Is(kMessageNotSent));
  EXPECT_THAT(Plates(Hekou(), 2), ElementsAre("12C00003"));
}

TEST_F(ExchangeApiTest, ShowsAPartnerItsOwnAgreementOnly) {
  ASSERT_TRUE(Agree("hekou", {"plate"}).has_value());
  ASSERT_TRUE(Agree("pingxiang-customs", {"plate"}).has_value());
  EXPECT_EQ(api_.ListAgreements(Hekou(), {})->agreements_size(), 1);
  EXPECT_EQ(api_.ListAgreements(Hekou(), {})->agreements(0).partner_id(), "hekou");
  EXPECT_EQ(api_.ListAgreements(Centre(), {})->agreements_size(), 2);
}

TEST_F(ExchangeApiTest, RefusesSomebodyWhoSpeaksForNoPartner) {
  EXPECT_TRUE(api_.ListMessages(As("client_x", common::v1::ROLE_PARTNER), {}).error().Is(kRoleMissing));
}

TEST_F(ExchangeApiTest, RefusesWhatDoesNotExistAndKeepsNothing) {
  const auto refused = Agree("hekou", {"plate", "driver_name"});
  EXPECT_TRUE(refused.error().Is(kInvalidField));
  EXPECT_EQ(refused.error().fields()[0].field, "clauses[0].fields[1]");
  EXPECT_EQ(api_.ListAgreements(Centre(), {})->agreements_size(), 0);
}

}  // namespace
}  // namespace bordergate::exchange
