// Goal: the running world is moved by whoever looks at it, writes down what happens and knows it again after
// a restart. Method: the whole world under a clock that the test moves.
#include "services/simulator/world.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/testing/manual_clock.h"
#include "libs/testing/temporary_folder.h"
#include "services/simulator/domain/reasons.h"
#include "services/simulator/testing/views.h"

namespace bordergate::simulator {
namespace {

class WorldRig {
 public:
  explicit WorldRig(const std::filesystem::path& truth, WorldSettings settings = {})
      : world({{"x1", "huu-nghi", "X1", true, "x1-front"}, {"n1", "huu-nghi", "N1", false, "n1-front"}},
              settings, TruthFile::Open(truth).value(), clock, ids, telemetry) {}

  // In small steps, with the lane looked at as its controller would.
  void Advance(milliseconds span) {
    for (milliseconds passed{0}; passed < span; passed += milliseconds(100)) {
      clock.Advance(milliseconds(100));
      world.Barrier("x1").Read();
    }
  }
  bool AdvanceUntil(const std::string& truck_id, std::string_view event) {
    for (int at = 0; at < 1000; ++at) {
      if (world.FindTruck(truck_id)->Did(event)) return true;
      Advance(milliseconds(100));
    }
    return false;
  }

  ManualClock clock;
  SystemRandom random;
  IdMaker ids{clock, random};
  Telemetry telemetry{"simulator", "error"};
  World world;
};

Truck Named(std::string_view plate) {
  Truck truck = SeenTruck(plate, 0).truck;
  truck.truck_id.clear();
  return truck;
}

TEST(World, LetsATruckThroughWhenItsBarrierIsRaised) {
  WorldRig rig("");
  const std::string truck_id = rig.world.Place("x1", Named("29C12345")).value();
  EXPECT_TRUE(truck_id.starts_with("truck_"));
  ASSERT_TRUE(rig.AdvanceUntil(truck_id, "truck.stopped"));
  BarrierPort& barrier = rig.world.Barrier("x1");
  EXPECT_TRUE(barrier.Read().inputs[kInputArmingLoop]);
  barrier.WriteCoil(kCoilRaise, true);
  EXPECT_TRUE(barrier.Read().coils[kCoilRaise]);
  ASSERT_TRUE(rig.AdvanceUntil(truck_id, "truck.passed"));
  ASSERT_EQ(rig.world.Passages("x1").size(), 1u);
  EXPECT_TRUE(rig.world.Passages("n1").empty());
  EXPECT_EQ(rig.world.Passages("")[0].plate, "29C12345");
  EXPECT_EQ(rig.world.Counts().at("arm.raise_pulse"), 1);
}

TEST(World, IsNeverOlderThanTheLookAtIt) {
  WorldRig rig("");
  rig.world.Barrier("x1").WriteCoil(kCoilRaise, true);
  rig.clock.Advance(milliseconds(1300));
  EXPECT_TRUE(rig.world.Barrier("x1").Read().inputs[kInputUpperLimit]);
}

TEST(World, TellsWhenThingsHappenedInUtc) {
  WorldRig rig("");
  const Instant before = rig.clock.Now();
  rig.world.Barrier("x1").WriteCoil(kCoilRaise, true);
  rig.clock.Advance(seconds(10));
  rig.world.Barrier("x1").Read();
  const auto records = rig.world.RecordsAfter(0, 100);
  const auto up =
      std::ranges::find_if(records, [](const TruthRecord& record) { return record.event == "arm.up"; });
  ASSERT_NE(up, records.end());
  EXPECT_NEAR(static_cast<double>(std::chrono::duration_cast<milliseconds>(up->time - before).count()), 1200,
              50);
}

TEST(World, KnowsItsTruthAgainAfterARestartAndWhichTrucksVanishedWithTheProgram) {
  const TemporaryFolder folder;
  const auto truth = folder.path() / "truth.jsonl";
  std::string passed;
  std::string left_behind;
  {
    WorldRig rig(truth);
    passed = rig.world.Place("x1", Named("29C12345")).value();
    ASSERT_TRUE(rig.AdvanceUntil(passed, "truck.stopped"));
    rig.world.Barrier("x1").WriteCoil(kCoilRaise, true);
    ASSERT_TRUE(rig.AdvanceUntil(passed, "truck.passed"));
    left_behind = rig.world.Place("x1", Named("12C1234")).value();
    ASSERT_TRUE(rig.AdvanceUntil(left_behind, "truck.arrived"));
  }
  WorldRig again(truth);
  ASSERT_EQ(again.world.Passages("").size(), 1u);
  EXPECT_EQ(again.world.Passages("")[0].truck_id, passed);
  EXPECT_TRUE(again.world.FindTruck(left_behind)->Did("truck.vanished"));
}

TEST(World, KnowsItsLanesOnly) {
  WorldRig rig("");
  EXPECT_TRUE(rig.world.Place("z9", Named("29C12345")).error().Is(kLaneUnknown));
  EXPECT_TRUE(rig.world.SetFault("z9", Fault::kArmStuck, true).error().Is(kLaneUnknown));
  EXPECT_TRUE(rig.world.Play("z9", Scene::kReverse).error().Is(kLaneUnknown));
  EXPECT_FALSE(rig.world.View("z9").has_value());
  EXPECT_TRUE(rig.world.Play("x1", Scene::kReverse).error().Is(kNobodyAtBarrier));
}

TEST(World, HasADayThatGoesAtItsSpeedAndGetsDark) {
  WorldRig rig(
      "", {.speed = 2, .driving_speed_max = 2, .start_hour = 17, .light = Light::kByClock, .barrier = {}});
  EXPECT_FALSE(rig.world.IsNight());
  rig.clock.Advance(minutes(20));
  EXPECT_EQ(rig.world.DayTime(), minutes(17 * 60 + 40));
  rig.world.SetSpeed(1);
  rig.clock.Advance(minutes(21));
  EXPECT_EQ(rig.world.DayTime(), minutes(18 * 60 + 1));
  EXPECT_TRUE(rig.world.IsNight());
}

}  // namespace
}  // namespace bordergate::simulator
