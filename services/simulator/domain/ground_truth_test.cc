// Goal: the ground truth counts each truck that went through once, also over a restart. Method: made-up
// events.
#include "services/simulator/domain/ground_truth.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bordergate::simulator {
namespace {

using Kind = LaneEvent::Kind;
using testing::ElementsAre;

const Instant kNow = std::chrono::sys_days(std::chrono::year(2026) / 11 / 22);

Truck NewTruck(std::string truck_id) {
  Truck truck;
  truck.truck_id = std::move(truck_id);
  truck.plate = "29C12345";
  truck.purpose = Purpose::kDeclared;
  truck.trip_id = "trip_1";
  truck.trailer_plate = "12R00123";
  truck.container_number = "CSQU3054383";
  truck.tag_id = "E2801160600002054A8B1C2D";
  return truck;
}

std::vector<std::string> Passed(const GroundTruth& truth, std::string_view lane_id = "") {
  std::vector<std::string> ids;
  for (const TruckTruth& truck : truth.Passages(lane_id)) ids.push_back(truck.truck_id);
  return ids;
}

TEST(GroundTruth, HoldsEveryTruckThatWentThroughAndNoOther) {
  GroundTruth truth;
  truth.Place(NewTruck("truck_1"), "x1", kNow);
  truth.Place(NewTruck("truck_2"), "x2", kNow);
  truth.Place(NewTruck("truck_3"), "x1", kNow);
  truth.Add("x1", {Kind::kTruckArrived, {}, "truck_1", {}}, kNow);
  truth.Add("x1", {Kind::kTruckPassed, {}, "truck_1", {}}, kNow + seconds(9));
  truth.Add("x2", {Kind::kTruckPassed, {}, "truck_2", {}}, kNow);
  truth.Add("x1", {Kind::kTruckTurnedBack, {}, "truck_3", {}}, kNow);
  EXPECT_THAT(Passed(truth), ElementsAre("truck_1", "truck_2"));
  EXPECT_THAT(Passed(truth, "x1"), ElementsAre("truck_1"));
  EXPECT_EQ(truth.Find("truck_1")->times.at("truck.passed"), kNow + seconds(9));
  EXPECT_TRUE(truth.Find("truck_3")->over());
  EXPECT_EQ(truth.Find("truck_9"), nullptr);
}

TEST(GroundTruth, NumbersItsRecordsWithoutGapsAndGivesThoseAfterOne) {
  GroundTruth truth;
  for (int at = 0; at < 5; ++at) truth.Add("x1", {Kind::kRaisePulse, {}, {}, {}}, kNow);
  const auto records = truth.RecordsAfter(2, 2);
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(records[0].sequence, 3);
  EXPECT_EQ(records[1].sequence, 4);
  EXPECT_TRUE(truth.RecordsAfter(5, 10).empty());
  EXPECT_EQ(truth.counts().at("arm.raise_pulse"), 5);
}

TEST(GroundTruth, GoesOnAfterARestartAndNamesTheTrucksThatVanishedWithIt) {
  GroundTruth before;
  before.Place(NewTruck("truck_1"), "x1", kNow);
  before.Place(NewTruck("truck_2"), "x1", kNow);
  before.Add("x1", {Kind::kTruckEntered, {}, "truck_1", {}}, kNow);
  before.Add("x1", {Kind::kTruckPassed, {}, "truck_1", {}}, kNow);
  before.Add("x1", {Kind::kTruckEntered, {}, "truck_2", {}}, kNow);

  GroundTruth after;
  for (const TruthRecord& record : before.RecordsAfter(0, 100)) after.Restore(record);
  const auto closed = after.CloseEarlierRun(kNow + seconds(5));
  ASSERT_EQ(closed.size(), 1u);
  EXPECT_EQ(closed[0].truck_id, "truck_2");
  EXPECT_EQ(closed[0].event, "truck.vanished");
  EXPECT_EQ(closed[0].sequence, 4);
  EXPECT_EQ(closed[0].plate, "29C12345");
  EXPECT_EQ(closed[0].trailer_plate, "12R00123");
  EXPECT_EQ(closed[0].container_number, "CSQU3054383");
  EXPECT_EQ(closed[0].tag_id, "E2801160600002054A8B1C2D");
  EXPECT_THAT(Passed(after), ElementsAre("truck_1"));
  EXPECT_TRUE(after.CloseEarlierRun(kNow).empty());
}

}  // namespace
}  // namespace bordergate::simulator
