// Goal: kinds of fields that few requests have are checked as well. Method: messages of the contract that
// have them.
#include "services/gateway/api/request_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/gateway/testing/test_contract.h"

namespace bordergate::gateway {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> FaultsOf(const char* message, const char* text) {
  Json object = Json::parse(text);
  std::vector<FieldViolation> faults;
  CheckObject(object, *TestContract().pool().FindMessageTypeByName(message), 100, faults);
  std::vector<std::string> names;
  for (const FieldViolation& fault : faults) names.push_back(fault.field + " " + fault.reason);
  return names;
}

TEST(RequestCheck, OfAlternativesOneIsGiven) {
  EXPECT_THAT(FaultsOf("bordergate.lane.v1.LaneEvent", R"({"decision": {}, "lane": {}})"),
              ElementsAre("lane FIELD_CONFLICT"));
  EXPECT_THAT(FaultsOf("bordergate.lane.v1.LaneEvent", R"({"decision": {}, "lane": null})"), IsEmpty());
}

TEST(RequestCheck, MapsHaveKeysAndPlainValues) {
  const char* message = "bordergate.report.v1.TimelineEntry";
  EXPECT_THAT(FaultsOf(message, R"({"params": {"step_id": "customs", "any key": ""}})"), IsEmpty());
  EXPECT_THAT(FaultsOf(message, R"({"params": {"a.b": 1}})"), ElementsAre("params[\"a.b\"] TYPE_WRONG"));
  EXPECT_THAT(FaultsOf(message, R"({"params": []})"), ElementsAre("params TYPE_WRONG"));
}

TEST(RequestCheck, BytesAreBase64) {
  const char* message = "bordergate.common.v1.Content";
  EXPECT_THAT(FaultsOf(message, R"({"data": "/9j/4A=="})"), IsEmpty());
  EXPECT_THAT(FaultsOf(message, R"({"data": "***"})"), ElementsAre("data BASE64_INVALID"));
  EXPECT_THAT(FaultsOf(message, R"({"data": [255]})"), ElementsAre("data TYPE_WRONG"));
}

TEST(RequestCheck, RealNumbersAreFinite) {
  const char* message = "bordergate.lane.v1.Decision";
  EXPECT_THAT(FaultsOf(message, R"({"confidence": 0.5, "plate_corners": [1, 2.5]})"), IsEmpty());
  EXPECT_THAT(FaultsOf(message, R"({"confidence": "0.5", "plate_corners": [1e39]})"),
              ElementsAre("confidence TYPE_WRONG", "plate_corners[0] NUMBER_OUT_OF_RANGE"));
}

TEST(RequestCheck, AFreeObjectTakesAnythingNormalised) {
  Json object = Json::parse("{\"payload\": {\"a\": [\"e\\u0301\", {\"b\": null}]}}");
  std::vector<FieldViolation> faults;
  CheckObject(object, *TestContract().pool().FindMessageTypeByName("bordergate.exchange.v1.Message"), 100,
              faults);
  EXPECT_THAT(faults, IsEmpty());
  EXPECT_EQ(object["payload"]["a"][0], "é");
}

}  // namespace
}  // namespace bordergate::gateway
