// Goal: every fault that can be switched on shows at the registers as it would at a real lane, and heals.
// Method: one lane under a virtual clock.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/simulator/testing/lane_rig.h"

namespace bordergate::simulator {
namespace {

TEST(LaneFaults, HaveNamesThatCanBeFound) {
  for (size_t at = 0; at < kFaultCount; ++at) {
    const auto fault = static_cast<Fault>(at);
    EXPECT_EQ(FindFault(FaultName(fault)), fault);
  }
  EXPECT_EQ(FindFault("no_such_fault"), std::nullopt);
}

TEST(LaneFaults, ShowAStuckLoopWithNobodyThere) {
  LaneRig rig;
  for (const auto& [fault, loops] : std::map<Fault, std::string>{
           {Fault::kArmingLoopStuck, "A"}, {Fault::kSafetyLoopStuck, "S"}, {Fault::kExitLoopStuck, "X"}}) {
    rig.world.SetFault(fault, true);
    EXPECT_EQ(rig.Loops(), loops);
    rig.world.SetFault(fault, false);
    EXPECT_EQ(rig.Loops(), "");
  }
}

TEST(LaneFaults, HideATruckFromADeadLoop) {
  LaneRig rig;
  rig.Place("truck_1");
  ASSERT_TRUE(rig.AdvanceUntil("truck.stopped"));
  rig.world.SetFault(Fault::kArmingLoopDead, true);
  EXPECT_EQ(rig.Loops(), "");
  rig.world.SetFault(Fault::kArmingLoopDead, false);
  EXPECT_EQ(rig.Loops(), "A");
}

TEST(LaneFaults, HideAParkedTruckFromADetectorThatStartedAnewUntilItHasLeft) {
  LaneRig rig;
  rig.Place("truck_1");
  ASSERT_TRUE(rig.AdvanceUntil("truck.stopped"));
  EXPECT_TRUE(rig.world.Play(Scene::kRestartLoops).has_value());
  rig.Advance(seconds(5));
  EXPECT_EQ(rig.Loops(), "");
  EXPECT_TRUE(rig.world.Play(Scene::kReverse).has_value());
  ASSERT_TRUE(rig.AdvanceUntil("truck.turned_back"));
  rig.Place("truck_2");
  ASSERT_TRUE(rig.AdvanceUntil("truck.stopped"));
  EXPECT_EQ(rig.Loops(), "A");
}

TEST(LaneFaults, NeverLowerTheArmOntoATruckThatTheSafetyLoopSees) {
  LaneRig rig;
  rig.Place("truck_1");
  ASSERT_TRUE(rig.AdvanceUntil("truck.stopped"));
  rig.Pulse(kCoilRaise);
  ASSERT_TRUE(rig.AdvanceUntil("truck.under_arm"));
  for (int again = 0; again < 20; ++again) {
    rig.Pulse(kCoilLower);
    rig.Advance(milliseconds(600));
  }
  EXPECT_EQ(rig.Count("arm.struck"), 0);
}

TEST(LaneFaults, StrikeATruckThatADeadSafetyLoopHides) {
  LaneRig rig;
  rig.world.SetFault(Fault::kSafetyLoopDead, true);
  rig.Place("truck_1", 16.5);
  ASSERT_TRUE(rig.AdvanceUntil("truck.stopped"));
  rig.Pulse(kCoilRaise);
  ASSERT_TRUE(rig.AdvanceUntil("truck.under_arm"));
  rig.Pulse(kCoilLower);
  rig.Advance(seconds(3));
  EXPECT_EQ(rig.Count("arm.struck"), 1) << "the ground truth tells of what software must never do";
}

TEST(LaneFaults, KeepTheArmDownOnACommandWhenItIsStuckAndLetItGoAfterwards) {
  LaneRig rig;
  rig.world.SetFault(Fault::kArmStuck, true);
  rig.Pulse(kCoilRaise);
  rig.Advance(seconds(10));
  EXPECT_TRUE(rig.world.inputs()[kInputLowerLimit]);
  EXPECT_EQ(rig.Count("arm.raise_pulse"), 1);
  rig.world.SetFault(Fault::kArmStuck, false);
  rig.Advance(seconds(2));
  EXPECT_TRUE(rig.world.inputs()[kInputUpperLimit]);
}

TEST(LaneFaults, LeaveTheArmHalfway) {
  LaneRig rig;
  rig.world.SetFault(Fault::kArmHalfway, true);
  rig.Pulse(kCoilRaise);
  rig.Advance(seconds(5));
  EXPECT_FALSE(rig.world.inputs()[kInputUpperLimit]);
  EXPECT_FALSE(rig.world.inputs()[kInputLowerLimit]);
}

TEST(LaneFaults, RaiseTheArmByForceWithoutAPulse) {
  LaneRig rig;
  EXPECT_TRUE(rig.world.Play(Scene::kForceArmUp).has_value());
  rig.Advance(seconds(2));
  EXPECT_TRUE(rig.world.inputs()[kInputUpperLimit]);
  EXPECT_EQ(rig.Count("arm.raise_pulse"), 0);
}

TEST(LaneFaults, ShowEmergencyFaultAndHandOperationAtTheirInputs) {
  LaneRig rig;
  rig.world.SetFault(Fault::kEmergencyOpening, true);
  rig.world.SetFault(Fault::kControllerFault, true);
  rig.world.SetFault(Fault::kLocalOperation, true);
  const Inputs inputs = rig.world.inputs();
  EXPECT_TRUE(inputs[kInputEmergency] && inputs[kInputFault] && inputs[kInputLocal]);
  rig.Advance(LaneWorld::kStep);
  EXPECT_EQ(rig.Count("fault.on"), 3);
}

TEST(LaneFaults, LetEverybodyDriveThroughAnEmergencyOpening) {
  LaneRig rig;
  rig.world.SetFault(Fault::kEmergencyOpening, true);
  rig.Place("truck_1");
  rig.Place("truck_2");
  ASSERT_TRUE(rig.AdvanceUntil("truck.passed"));
  ASSERT_TRUE(rig.AdvanceUntil("truck.passed"));
  EXPECT_EQ(rig.Count("arm.raise_pulse"), 0);
}

}  // namespace
}  // namespace bordergate::simulator
