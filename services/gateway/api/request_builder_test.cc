// Goal: what an HTTP request says is what the service gets, or every fault is named at once. Method: real
// endpoints, the bytes read back with the generated messages.
#include "services/gateway/api/request_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bordergate/customs/v1/customs_service.pb.h"
#include "bordergate/lane/v1/lane_service.pb.h"
#include "bordergate/report/v1/report_service.pb.h"

#include "libs/core/reasons.h"
#include "services/gateway/domain/reasons.h"
#include "services/gateway/testing/test_contract.h"

namespace bordergate::gateway {
namespace {

using ::testing::ElementsAre;

http::Request MakeRequest(std::string body, const std::string& key = "key-00000001") {
  http::Request request;
  request.method = "POST";
  request.headers.Add("Content-Type", "application/json; charset=utf-8");
  if (!key.empty()) request.headers.Add("Idempotency-Key", key);
  request.body = std::move(body);
  return request;
}

http::Request MakeQuery(const std::string& target) {
  http::Request request;
  EXPECT_TRUE(http::SplitTarget(target, request));
  return request;
}

Result<std::string> Build(std::string_view rpc, const http::Request& request,
                          const RouteTable::Variables& variables = {}) {
  return BuildRequest(TestContract(), EndpointOf(rpc), request, variables, {});
}

template <class Message>
Message Read(const Result<std::string>& bytes) {
  Message message;
  EXPECT_TRUE(bytes.has_value()) << (bytes ? "" : bytes.error().message());
  EXPECT_TRUE(message.ParseFromString(bytes.value_or("")));
  return message;
}

std::vector<std::string> FaultsOf(const Result<std::string>& bytes) {
  std::vector<std::string> faults;
  if (bytes) return {"no fault"};
  EXPECT_TRUE(bytes.error().Is(kInvalidField)) << bytes.error().reason();
  for (const FieldViolation& field : bytes.error().fields())
    faults.push_back(field.field + " " + field.reason);
  return faults;
}

TEST(RequestBuilder, TurnsABodyIntoItsMessage) {
  const auto request = Read<customs::v1::DeclareTripRequest>(Build("DeclareTrip", MakeRequest(R"({
      "gate_id": "huu-nghi", "direction": "DIRECTION_EXPORT", "expected_arrival_time": "2026-11-22T14:05:09+07:00",
      "plate": "12C-345.67", "seal_numbers": ["A1", "B2"], "validate_only": true,
      "goods": [{"hs_code": "08106000", "package_count": 10, "gross_mass_kg": "12000", "net_mass_kg": 11000}],
      "quarantine": {"health_declared": true}})")));
  EXPECT_EQ(request.request_id(), "key-00000001");
  EXPECT_EQ(request.direction(), common::v1::DIRECTION_EXPORT);
  EXPECT_EQ(request.expected_arrival_time().seconds(), 1'795'331'109);
  EXPECT_EQ(request.seal_numbers(1), "B2");
  EXPECT_EQ(request.goods(0).gross_mass_kg(), 12'000);
  EXPECT_EQ(request.goods(0).net_mass_kg(), 11'000);
  EXPECT_TRUE(request.quarantine().health_declared());
}

TEST(RequestBuilder, NormalisesEveryText) {
  const auto request = Read<lane::v1::OpenBarrierRequest>(
      Build("OpenBarrier", MakeRequest("{\"remark\": \"Nguye\\u0302\\u0303n\"}"), {{"lane_id", "x1"}}));
  EXPECT_EQ(request.remark(), "Nguyễn");
  EXPECT_EQ(request.lane_id(), "x1");
}

TEST(RequestBuilder, NamesEveryFaultAtOnceWithItsPlace) {
  EXPECT_THAT(FaultsOf(Build("DeclareTrip", MakeRequest(R"({
      "gateId": "x", "direction": "NORTH", "gate_id": 7, "expected_arrival_time": "yesterday",
      "quarantine": {"health_declared": "yes"}, "regime": 1, "seal_numbers": ["a", 1],
      "goods": [{"package_count": 3000000000, "net_mass_kg": 1.5, "gross_mass_kg": "12x"}, 7, null],
      "plate": [], "extra": 1})"))),
              ElementsAre("gateId FIELD_UNKNOWN", "direction ENUM_UNKNOWN", "gate_id TYPE_WRONG",
                          "expected_arrival_time TIME_INVALID", "quarantine.health_declared TYPE_WRONG",
                          "regime TYPE_WRONG", "seal_numbers[1] TYPE_WRONG",
                          "goods[0].package_count NUMBER_OUT_OF_RANGE", "goods[0].net_mass_kg TYPE_WRONG",
                          "goods[0].gross_mass_kg TYPE_WRONG", "goods[1] TYPE_WRONG", "goods[2] TYPE_WRONG",
                          "plate TYPE_WRONG", "extra FIELD_UNKNOWN"));
}

TEST(RequestBuilder, TheListOfFaultsIsBounded) {
  std::string body = "{\"a0\":1";
  for (int i = 1; i < 500; ++i) body += ",\"a" + std::to_string(i) + "\":1";
  EXPECT_EQ(FaultsOf(Build("DeclareTrip", MakeRequest(body + "}"))).size(), 100u);
}

TEST(RequestBuilder, IntegersAreExactAtTheEndsOfTheirRange) {
  const auto request = Read<customs::v1::DeclareTripRequest>(
      Build("DeclareTrip", MakeRequest(R"({"goods": [{"gross_mass_kg": "9223372036854775807"},
                                                        {"gross_mass_kg": -9223372036854775808}]})")));
  EXPECT_EQ(request.goods(0).gross_mass_kg(), std::numeric_limits<int64_t>::max());
  EXPECT_EQ(request.goods(1).gross_mass_kg(), std::numeric_limits<int64_t>::min());
  EXPECT_THAT(FaultsOf(Build("DeclareTrip", MakeRequest(R"({"goods": [{"gross_mass_kg": 9223372036854775808},
                                                                {"gross_mass_kg": "9223372036854775808"}]})"))),
              ElementsAre("goods[0].gross_mass_kg NUMBER_OUT_OF_RANGE",
                          "goods[1].gross_mass_kg NUMBER_OUT_OF_RANGE"));
}

TEST(RequestBuilder, NullMeansNotGiven) {
  const auto request = Read<customs::v1::DeclareTripRequest>(
      Build("DeclareTrip",
            MakeRequest(R"({"gate_id": null, "goods": null, "quarantine": null, "route": "1119"})")));
  EXPECT_FALSE(request.has_quarantine());
  EXPECT_EQ(request.route(), "1119");
}

TEST(RequestBuilder, AChangeNeedsItsKey) {
  EXPECT_TRUE(Build("DeclareTrip", MakeRequest("{}", "")).error().Is(kIdempotencyKeyMissing));
  EXPECT_EQ(Read<customs::v1::DeclareTripRequest>(Build("DeclareTrip", MakeRequest("{}", "\"quoted-key\"")))
                .request_id(),
            "quoted-key");
}

TEST(RequestBuilder, WhatThePathAndTheHeadersSayCannotBeContradicted) {
  const RouteTable::Variables path = {{"trip_id", "trip_1"}};
  EXPECT_EQ(
      Read<customs::v1::CancelTripRequest>(Build("CancelTrip", MakeRequest(R"({"trip_id": "trip_1"})"), path))
          .trip_id(),
      "trip_1");
  EXPECT_THAT(
      FaultsOf(Build("CancelTrip", MakeRequest(R"({"trip_id": "trip_2", "request_id": "other-key"})"), path)),
      ElementsAre("trip_id FIELD_ELSEWHERE", "request_id FIELD_ELSEWHERE"));
}

TEST(RequestBuilder, ReadsAQuery) {
  const auto request = Read<report::v1::SearchPassagesRequest>(Build(
      "SearchPassages", MakeQuery("/v1/passages?plate=12C+34&page_size=7&from_time=2026-11-22T00:00:00Z")));
  EXPECT_EQ(request.plate(), "12C 34");
  EXPECT_EQ(request.page_size(), 7);
  EXPECT_EQ(request.from_time().seconds(), 1'795'305'600);
  EXPECT_THAT(FaultsOf(Build("SearchPassages",
                             MakeQuery("/v1/passages?plates=1&page_size=x&plate=a&plate=b&plate.raw=c&="))),
              ElementsAre("plates PARAMETER_UNKNOWN", "plate PARAMETER_REPEATED",
                          "plate.raw PARAMETER_UNKNOWN", " PARAMETER_UNKNOWN", "page_size TYPE_WRONG"));
}

TEST(RequestBuilder, AQueryBesideABodyIsRefused) {
  http::Request request = MakeRequest("{}");
  request.query.emplace_back("gate_id", "x");
  EXPECT_THAT(FaultsOf(Build("DeclareTrip", request)), ElementsAre("gate_id PARAMETER_UNKNOWN"));
}

TEST(RequestBuilder, TheLastEventIdStandsInForTheSequence) {
  http::Request request = MakeQuery("/v1/decisions:watch?after_sequence=3&lane_id=x1");
  EXPECT_EQ(Read<lane::v1::WatchDecisionsRequest>(Build("WatchDecisions", request)).after_sequence(), 3);
  request.headers.Add("Last-Event-ID", "4711");
  EXPECT_EQ(Read<lane::v1::WatchDecisionsRequest>(Build("WatchDecisions", request)).after_sequence(), 4711);
  request.headers.Set("Last-Event-ID", "\xff");
  EXPECT_THAT(FaultsOf(Build("WatchDecisions", request)), ElementsAre("after_sequence TYPE_WRONG"));
}

TEST(RequestBuilder, OnlyJsonIsABody) {
  http::Request request = MakeRequest("gate_id=x");
  request.headers.Set("Content-Type", "application/x-www-form-urlencoded");
  EXPECT_TRUE(Build("DeclareTrip", request).error().Is(kContentTypeUnsupported));
  request.headers.Remove("Content-Type");
  EXPECT_TRUE(Build("DeclareTrip", request).error().Is(kContentTypeUnsupported));
  request.body.clear();
  EXPECT_TRUE(Build("DeclareTrip", request).has_value());
  EXPECT_TRUE(Build("DeclareTrip", MakeRequest("[]")).error().Is(kBodyMalformed));
  EXPECT_TRUE(Build("DeclareTrip", MakeRequest("{")).error().Is(kBodyMalformed));
}

}  // namespace
}  // namespace bordergate::gateway
