// Goal: every vehicle is counted once, whatever the loops show. Method: loop patterns as trucks of all
// lengths make them, one picture every 100 ms.
#include "services/lane/domain/vehicle_tracker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/testing/manual_clock.h"

namespace bordergate::lane {
namespace {

using testing::ElementsAre;
using Kind = TrackEvent::Kind;

class TrackerRig {
 public:
  // `loops` as letters for `span`; `arm_down` as the lower switch says.
  void See(std::string_view loops, milliseconds span = milliseconds(500), bool arm_down = false) {
    for (milliseconds done{0}; done < span; done += milliseconds(100)) {
      clock_.Advance(milliseconds(100));
      BarrierInputs inputs;
      inputs.arming_loop = loops.find('A') != std::string_view::npos;
      inputs.safety_loop = loops.find('S') != std::string_view::npos;
      inputs.exit_loop = loops.find('X') != std::string_view::npos;
      for (const TrackEvent& event : tracker.See(inputs, arm_down, NowOf(clock_))) {
        kinds.push_back(event.kind);
        vehicles.push_back(event.vehicle);
      }
    }
  }

  VehicleTracker tracker{LoopTimes{}};
  std::vector<Kind> kinds;
  std::vector<VehicleNumber> vehicles;

 private:
  ManualClock clock_;
};

TEST(VehicleTracker, FollowsALongTruck) {
  TrackerRig rig;
  for (const char* loops : {"A", "AS", "ASX", "SX", "X", ""}) rig.See(loops);
  EXPECT_THAT(rig.kinds, ElementsAre(Kind::kArrived, Kind::kEntered, Kind::kLeft));
  EXPECT_TRUE(rig.tracker.Clear());
}

TEST(VehicleTracker, FollowsAShortCarThatStandsBetweenTheLoops) {
  TrackerRig rig;
  for (const char* loops : {"A", "", "S", "", "X", ""}) rig.See(loops);
  EXPECT_THAT(rig.kinds, ElementsAre(Kind::kArrived, Kind::kEntered, Kind::kLeft));
}

TEST(VehicleTracker, DoesNotSplitATruckAtItsAxles) {
  TrackerRig rig;
  rig.See("A");
  rig.See("AS");
  for (int axle = 0; axle < 5; ++axle) {
    rig.See("A", milliseconds(200));
    rig.See("AS", milliseconds(200));
  }
  for (const char* loops : {"SX", "X", ""}) rig.See(loops);
  EXPECT_THAT(rig.kinds, ElementsAre(Kind::kArrived, Kind::kEntered, Kind::kLeft));
}

TEST(VehicleTracker, CountsADrawbarTrailerWithItsTruck) {
  TrackerRig rig;
  for (const char* loops : {"A", "AS", "SX", "X", "SX", "X", ""}) rig.See(loops);
  EXPECT_THAT(rig.kinds, ElementsAre(Kind::kArrived, Kind::kEntered, Kind::kLeft));
}

TEST(VehicleTracker, SeesTwoTrucksWithAGap) {
  TrackerRig rig;
  for (const char* loops : {"A", "AS", "SX", "AX", "ASX", "AS", "SX", "X", ""}) rig.See(loops);
  EXPECT_THAT(rig.vehicles, ElementsAre(1, 1, 2, 2, 1, 2));
  EXPECT_THAT(rig.kinds, ElementsAre(Kind::kArrived, Kind::kEntered, Kind::kArrived, Kind::kEntered,
                                     Kind::kLeft, Kind::kLeft));
}

TEST(VehicleTracker, SeesTwoTrucksBumperToBumper) {
  TrackerRig rig;
  for (const char* loops : {"A", "AS", "SX", "ASX", "SX", "X", ""}) rig.See(loops);
  EXPECT_THAT(rig.kinds, ElementsAre(Kind::kArrived, Kind::kEntered, Kind::kArrived, Kind::kEntered,
                                     Kind::kLeft, Kind::kLeft));
}

TEST(VehicleTracker, LetsATruckWaitBehindAnother) {
  TrackerRig rig;
  for (const char* loops : {"A", "AS", "SX", "ASX", "AX", "A"}) rig.See(loops);
  EXPECT_THAT(rig.kinds, ElementsAre(Kind::kArrived, Kind::kEntered, Kind::kArrived, Kind::kLeft));
  EXPECT_EQ(rig.tracker.waiting(), 2u);
  EXPECT_TRUE(rig.tracker.Clear());
}

TEST(VehicleTracker, KnowsATruckThatFollowsWithoutAGapOnTheArmingLoop) {
  TrackerRig rig;
  for (const char* loops : {"A", "AS", "ASX", "ASX", "AX", "A"}) rig.See(loops);
  EXPECT_THAT(rig.kinds, ElementsAre(Kind::kArrived, Kind::kEntered, Kind::kArrived, Kind::kLeft));
  EXPECT_EQ(rig.tracker.waiting(), 2u);
}

TEST(VehicleTracker, KnowsATruckThatReversesBeforeTheArm) {
  TrackerRig rig;
  rig.See("A", milliseconds(500), true);
  rig.See("", milliseconds(500), true);
  EXPECT_THAT(rig.kinds, ElementsAre(Kind::kArrived, Kind::kWentBack));
}

TEST(VehicleTracker, KnowsATruckThatReversesFromUnderTheArm) {
  TrackerRig rig;
  for (const char* loops : {"A", "AS", "S", "AS", "A", ""}) rig.See(loops);
  rig.See("", milliseconds(6000));
  EXPECT_THAT(rig.kinds, testing::Not(testing::Contains(Kind::kLeft)));
  EXPECT_THAT(rig.kinds, testing::Not(testing::Contains(Kind::kExitNotSeen)));
  EXPECT_TRUE(rig.tracker.Clear());
}

TEST(VehicleTracker, LetsATruckRollBackOntoTheArmingLoop) {
  TrackerRig rig;
  for (const char* loops : {"A", "AS", "A"}) rig.See(loops);
  EXPECT_EQ(rig.tracker.waiting(), 1u);
  for (const char* loops : {"AS", "SX", "X", ""}) rig.See(loops);
  EXPECT_THAT(rig.kinds, ElementsAre(Kind::kArrived, Kind::kEntered, Kind::kEntered, Kind::kLeft));
}

TEST(VehicleTracker, SeesAWrongWayVehicle) {  // F15
  TrackerRig rig;
  for (const char* loops : {"X", "SX", "S", "AS", "A", ""}) rig.See(loops);
  EXPECT_THAT(rig.kinds, ElementsAre(Kind::kWrongWay));
}

TEST(VehicleTracker, CountsATruckThatTheExitLoopMissed) {  // F7
  TrackerRig rig;
  for (const char* loops : {"A", "AS", "S", ""}) rig.See(loops);
  rig.See("", milliseconds(6000));
  EXPECT_THAT(rig.kinds, ElementsAre(Kind::kArrived, Kind::kEntered, Kind::kExitNotSeen));
}

TEST(VehicleTracker, CountsATruckThatTheSafetyLoopMissed) {  // F7
  TrackerRig rig;
  for (const char* loops : {"A", "", "X", ""}) rig.See(loops);
  EXPECT_THAT(rig.kinds, ElementsAre(Kind::kArrived, Kind::kEntered, Kind::kSafetyNotSeen, Kind::kLeft));
}

TEST(VehicleTracker, CountsATruckThatTheArmingLoopMissed) {  // F7
  TrackerRig rig;
  for (const char* loops : {"S", "SX", "X", ""}) rig.See(loops);
  EXPECT_THAT(rig.kinds, ElementsAre(Kind::kEntered, Kind::kLeft));
}

TEST(VehicleTracker, IsNotClearWhileAnybodyIsNear) {
  TrackerRig rig;
  rig.See("A");
  EXPECT_TRUE(rig.tracker.Clear()) << "before the arm is not under it";
  rig.See("");
  EXPECT_FALSE(rig.tracker.Clear()) << "between the loops, on its way in or back";
  rig.See("S");
  EXPECT_FALSE(rig.tracker.Clear());
}

}  // namespace
}  // namespace bordergate::lane
