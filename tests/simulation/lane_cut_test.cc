// Goal: a gate whose centre is away for more than a day opens wrongly for nobody, loses and doubles no
// passage, is in the mode that the documents promise, and tells the centre everything once when it returns
// (D1; reliability.md S7, S8). Method: a world as of lane_simulation_test.cc whose only fault between the
// centre and the lanes is one long cut, with processes that die meanwhile; the checker of all worlds looks
// on.
#include <gtest/gtest.h>

#include "tests/simulation/lane_world.h"

namespace bordergate::lane {
namespace {

// After a restart facts look older than they are by so much at the most (AdmissionStore notes their age now
// and then).
constexpr seconds kAgeSlack{25};

WorldOptions CutOptions(uint64_t seed) {
  WorldOptions options(seed);
  options.trucks_per_hour = 40;
  options.crash_permille = 4;
  options.disk_fault_permille = options.link_fault_permille = options.power_loss_permille = 0;
  options.answer_lost_permille = options.centre_cut_permille = 0;
  return options;
}

// Runs on and demands that both lanes are in one mode all the time.
void StaysIn(LaneWorld& world, Mode mode, milliseconds span) {
  for (milliseconds done{0}; done < span && !testing::Test::HasFailure(); done += seconds(10)) {
    world.RunFor(seconds(10));
    ASSERT_TRUE(world.violations().empty()) << world.violations().front();
    for (const size_t lane : {0u, 1u}) {
      const std::optional<Mode> now = world.mode(lane);
      if (!now) continue;
      ASSERT_EQ(ModeName(*now), ModeName(mode)) << "lane " << lane << " after " << done.count() << " ms";
    }
  }
}

TEST(LaneCut, OfADayOpensWronglyForNobodyAndIsToldOnceWhenItIsOver) {
  LaneWorld world(CutOptions(20261122), Sabotage::kNone);
  world.RunFor(seconds(30));
  StaysIn(world, Mode::kAuto, std::chrono::minutes(30));
  const int before = world.passages();

  world.CutCentre(std::chrono::hours(25));
  world.RunFor(seconds(10));
  StaysIn(world, Mode::kLocal, std::chrono::minutes(14));
  EXPECT_GT(world.passages(), before) << "no truck went through by the facts known before the cut";
  world.RunFor(std::chrono::minutes(1));
  const int local = world.own_pulses();
  StaysIn(world, Mode::kConfirm, std::chrono::hours(23) + std::chrono::minutes(44));
  EXPECT_EQ(world.own_pulses(), local) << "a lane opened by itself with facts older than it may rely on";
  EXPECT_GT(world.passages(), before + 100) << "officers opened for nobody";
  world.RunFor(kAgeSlack + std::chrono::minutes(1));
  StaysIn(world, Mode::kManual, std::chrono::minutes(55));
  EXPECT_EQ(world.own_pulses(), local);

  world.RunFor(std::chrono::minutes(6));
  StaysIn(world, Mode::kAuto, std::chrono::minutes(30));
  EXPECT_GT(world.own_pulses(), local) << "no truck went through by itself after the cut";
  world.Heal();
  EXPECT_TRUE(world.violations().empty()) << world.violations().front();
  EXPECT_GT(world.crashes(), 0) << "nothing died: the cut proves little";
}

}  // namespace
}  // namespace bordergate::lane
