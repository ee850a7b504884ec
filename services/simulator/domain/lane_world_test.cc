// Goal: trucks go through the lane as trucks do, and the same commands give the same world. Method: one lane
// under a virtual clock, driven over its coils.
#include "services/simulator/domain/lane_world.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/simulator/domain/reasons.h"
#include "services/simulator/testing/lane_rig.h"

namespace bordergate::simulator {
namespace {

using testing::ElementsAre;

// The patterns of the loops while a truck goes through, each once.
std::vector<std::string> LoopOrder(double length_m) {
  LaneRig rig;
  rig.Place("truck_1", length_m);
  std::vector<std::string> order{rig.Loops()};
  bool raised = false;
  for (milliseconds passed{0}; passed < minutes(1); passed += LaneWorld::kStep) {
    rig.Advance(LaneWorld::kStep);
    if (!raised && rig.Count("truck.stopped") == 1) {
      rig.Pulse(kCoilRaise);
      raised = true;
    }
    if (rig.Loops() != order.back()) order.push_back(rig.Loops());
  }
  EXPECT_EQ(rig.Count("truck.passed"), 1);
  return order;
}

TEST(LaneWorld, ShowsALongTruckOnItsLoopsInOrder) {
  EXPECT_THAT(LoopOrder(16.5), ElementsAre("", "A", "AS", "ASX", "SX", "X", ""));
}

TEST(LaneWorld, ShowsAShortTruckOnItsLoopsInOrder) {
  EXPECT_THAT(LoopOrder(6), ElementsAre("", "A", "AS", "S", "SX", "X", ""));
}

TEST(LaneWorld, TellsTheStoryOfATruckThatIsLetThrough) {
  LaneRig rig;
  rig.Place("truck_1");
  ASSERT_TRUE(rig.AdvanceUntil("truck.stopped"));
  rig.Pulse(kCoilRaise);
  ASSERT_TRUE(rig.AdvanceUntil("truck.passed"));
  EXPECT_THAT(rig.Story("truck_1"), ElementsAre("truck.entered", "truck.arrived", "truck.stopped",
                                                "truck.under_arm", "truck.passed"));
  EXPECT_EQ(rig.Count("arm.struck"), 0);
}

TEST(LaneWorld, LetsATruckWaitForAsLongAsTheArmIsDown) {
  LaneRig rig;
  rig.Place("truck_1");
  ASSERT_TRUE(rig.AdvanceUntil("truck.stopped"));
  rig.Advance(seconds(60));
  EXPECT_EQ(rig.Loops(), "A");
  EXPECT_FALSE(rig.world.View().trucks.at(0).moving);
}

TEST(LaneWorld, LetsADriverLoseHisPatienceAndTurnBack) {
  LaneRig rig;
  rig.Place("truck_1");
  ASSERT_TRUE(rig.AdvanceUntil("truck.stopped"));
  rig.Advance(seconds(91));
  EXPECT_TRUE(rig.AdvanceUntil("truck.turned_back"));
  EXPECT_TRUE(rig.world.View().trucks.empty());
}

TEST(LaneWorld, KeepsTheNextTruckBackUntilTheOneBeforeIsThrough) {
  LaneRig rig;
  rig.Place("truck_1");
  rig.Place("truck_2");
  ASSERT_TRUE(rig.AdvanceUntil("truck.stopped"));
  rig.Advance(seconds(20));
  EXPECT_TRUE(rig.Story("truck_2").empty());
  EXPECT_EQ(rig.world.View().waiting_count, 1);
  rig.Pulse(kCoilRaise);
  ASSERT_TRUE(rig.AdvanceUntil("truck.passed"));
  rig.Advance(seconds(10));
  EXPECT_FALSE(rig.Story("truck_2").empty());
}

TEST(LaneWorld, DoesNotLetANormalDriverUseTheOpeningOfTheTruckBefore) {
  LaneRig rig;
  rig.Place("truck_1");
  rig.Place("truck_2");
  ASSERT_TRUE(rig.AdvanceUntil("truck.stopped"));
  rig.Pulse(kCoilRaise);  // and never lowered
  ASSERT_TRUE(rig.AdvanceUntil("truck.passed"));
  rig.Advance(seconds(40));
  EXPECT_THAT(rig.Story("truck_2"), ElementsAre("truck.entered", "truck.arrived", "truck.stopped"));
  rig.Pulse(kCoilRaise);
  EXPECT_TRUE(rig.AdvanceUntil("truck.passed"));
}

TEST(LaneWorld, LetsATailgaterFollowThroughTheSameOpening) {
  LaneRig rig;
  rig.Place("truck_1");
  rig.Place("truck_2", 8, DriverManner::kTailgating);
  ASSERT_TRUE(rig.AdvanceUntil("truck.stopped"));
  rig.Pulse(kCoilRaise);
  ASSERT_TRUE(rig.AdvanceUntil("truck.passed"));
  rig.Pulse(kCoilLower);
  ASSERT_TRUE(rig.AdvanceUntil("truck.passed"));
  EXPECT_THAT(rig.Story("truck_2"), testing::Contains("truck.passed"));
  EXPECT_EQ(rig.Count("arm.raise_pulse"), 1);
  EXPECT_EQ(rig.Count("arm.struck"), 0);
}

TEST(LaneWorld, LetsATruckReverseOutBeforeTheArm) {
  LaneRig rig;
  EXPECT_TRUE(rig.world.Play(Scene::kReverse).error().Is(kNobodyAtBarrier));
  rig.Place("truck_1");
  ASSERT_TRUE(rig.AdvanceUntil("truck.stopped"));
  EXPECT_TRUE(rig.world.Play(Scene::kReverse).has_value());
  ASSERT_TRUE(rig.AdvanceUntil("truck.turned_back"));
  EXPECT_EQ(rig.Loops(), "");
}

TEST(LaneWorld, LetsATruckReverseOutFromUnderTheArm) {
  LaneRig rig;
  rig.Place("truck_1");
  ASSERT_TRUE(rig.AdvanceUntil("truck.stopped"));
  rig.Pulse(kCoilRaise);
  ASSERT_TRUE(rig.AdvanceUntil("truck.under_arm"));
  EXPECT_TRUE(rig.world.Play(Scene::kReverse).has_value());
  ASSERT_TRUE(rig.AdvanceUntil("truck.turned_back"));
  EXPECT_EQ(rig.Count("truck.passed"), 0);
}

TEST(LaneWorld, PushesTheTailgaterBackWithTheTruckBefore) {
  LaneRig rig;
  rig.Place("truck_1");
  rig.Place("truck_2", 8, DriverManner::kTailgating);
  ASSERT_TRUE(rig.AdvanceUntil("truck.stopped"));
  EXPECT_TRUE(rig.world.Play(Scene::kReverse).has_value());
  rig.Advance(seconds(40));
  EXPECT_TRUE(rig.world.View().trucks.empty());
  EXPECT_EQ(rig.Count("truck.turned_back"), 2);
}

TEST(LaneWorld, LetsATruckBackThroughTheWrongWayWhenTheArmIsUp) {
  LaneRig rig;
  rig.Place("truck_1", 12, DriverManner::kWrongWay);
  rig.Advance(seconds(20));
  EXPECT_EQ(rig.Loops(), "X");
  rig.Pulse(kCoilRaise);
  ASSERT_TRUE(rig.AdvanceUntil("truck.wrong_way"));
  EXPECT_EQ(rig.Count("truck.passed"), 0);
}

TEST(LaneWorld, IsTheSameWhateverTheRhythmInWhichItIsMoved) {
  const auto run = [](milliseconds rhythm) {
    LaneRig rig;
    rig.Place("truck_1");
    for (WorldTime at = rhythm; at <= seconds(15); at += rhythm) rig.Advance(rhythm);
    rig.Pulse(kCoilRaise);
    for (WorldTime at = rhythm; at <= seconds(30); at += rhythm) rig.Advance(rhythm);
    std::vector<std::pair<std::string, int64_t>> story;
    for (const LaneEvent& event : rig.events) story.emplace_back(EventName(event.kind), event.at.count());
    return story;
  };
  const auto fine = run(milliseconds(20));
  EXPECT_GT(fine.size(), 6u);
  EXPECT_EQ(run(milliseconds(250)), fine);
  EXPECT_EQ(run(milliseconds(5000)), fine);
}

TEST(LaneWorld, TakesHalfAsLongWhenTrucksDriveTwiceAsFast) {
  const auto duration = [](double factor) {
    LaneRig rig;
    rig.world.SetDrivingSpeed(factor);
    rig.Place("truck_1");
    EXPECT_TRUE(rig.AdvanceUntil("truck.stopped"));
    return rig.now().count();
  };
  EXPECT_NEAR(static_cast<double>(duration(2)), static_cast<double>(duration(1)) / 2, 200);
}

}  // namespace
}  // namespace bordergate::simulator
