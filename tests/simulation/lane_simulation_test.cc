// Goal: whatever goes wrong, no barrier opens without its durable decision, no passage is lost or doubled, no
// watch-listed truck opens for itself, no ticket passes twice; and the lane recovers. Method: seeds make
// worlds (see lane_world.h); each is checked after each step. Planted bugs show that the checker sees what it
// is for.
//
// A seed that fails prints the command that runs it again. BORDERGATE_FIRST_SEED, BORDERGATE_SEEDS and
// BORDERGATE_MINUTES choose other worlds; `./test full` runs 2,000 of an hour.
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include <gtest/gtest.h>

#include "tests/simulation/lane_world.h"

namespace bordergate::lane {
namespace {

constexpr uint64_t kSeeds = 40;
constexpr uint64_t kMinutes = 20;  // of virtual time a seed
constexpr int kFailuresShown = 5;

// Processes end here, machines do not: what a process has written is kept without a disk. (A cut of the power
// is tested with a real disk, store/sqlite_journal_test.cc.)
class InMemory final : public testing::Environment {
 public:
  void SetUp() override {
    if (std::filesystem::exists("/dev/shm")) setenv("TMPDIR", "/dev/shm", 1);
  }
};
const auto* const kInMemory = testing::AddGlobalTestEnvironment(new InMemory);

uint64_t NumberFrom(const char* name, uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::stoull(text);
}

TEST(LaneSimulation, HoldsItsInvariantsForEverySeed) {
  const uint64_t first = NumberFrom("BORDERGATE_FIRST_SEED", 1);
  const uint64_t count = NumberFrom("BORDERGATE_SEEDS", kSeeds);
  const uint64_t minutes = NumberFrom("BORDERGATE_MINUTES", kMinutes);
  int passages = 0, crashes = 0, failures = 0, by_slip = 0, by_lent_slip = 0, empty = 0, by_witness = 0,
      containers = 0, asked = 0;
  for (uint64_t seed = first; seed < first + count && failures < kFailuresShown; ++seed) {
    const WorldOptions options(seed);
    LaneWorld world(options, Sabotage::kNone);
    world.Run(std::chrono::minutes(minutes));
    if (!world.violations().empty()) {
      ++failures;
      ADD_FAILURE() << world.violations().front() << "\n  " << options.Text()
                    << "\n  again: BORDERGATE_FIRST_SEED=" << seed
                    << " BORDERGATE_SEEDS=1 BORDERGATE_MINUTES=" << minutes << " BORDERGATE_TRACE=1 "
                    << "build/release/tests/lane_simulation_test --gtest_filter='*EverySeed'";
    }
    passages += world.passages();
    crashes += world.crashes();
    by_slip += world.slip_pulses();
    by_lent_slip += world.lent_pulses();
    empty += world.empty_pulses();
    by_witness += world.witness_pulses();
    containers += world.container_pulses();
    asked += world.container_questions();
  }
  std::cout << count << " worlds of " << minutes << " min, " << passages << " passages, " << crashes
            << " crashes, " << by_slip << " let in by their slips and " << by_lent_slip << " by another's, "
            << empty << " empty ones, " << by_witness << " by witnesses, " << containers
            << " with containers that were seen, " << asked << " asked about theirs\n";
  EXPECT_GT(passages, static_cast<int>(count * minutes / 4))
      << "a world in which nothing happens proves nothing";
  if (count >= kMinutes) {
    EXPECT_GT(crashes, 0);
    EXPECT_GT(by_slip, 0);
    EXPECT_GT(empty, 0);
    EXPECT_GT(by_witness, 0);
    EXPECT_GT(containers, 0);
    EXPECT_GT(asked, 0);
    EXPECT_GT(by_lent_slip, 0) << "nobody tried what a lent slip can do";
  }
}

// G8, G9: somebody sets the clock, or a leap second passes; nothing depends on its going evenly.
TEST(LaneSimulation, HoldsItsInvariantsWhateverTheWallClockDoes) {
  for (uint64_t seed = 1; seed <= 8; ++seed) {
    WorldOptions options(seed);
    options.clock_jump_permille = 300;
    LaneWorld world(options, Sabotage::kNone);
    world.Run(std::chrono::minutes(kMinutes));
    ASSERT_TRUE(world.violations().empty()) << world.violations().front() << "\n  " << options.Text();
    EXPECT_GT(world.passages(), 5);
  }
}

// The first of some seeds that shows the bug; 0: none did. `tune` makes what the bug needs happen often.
template <class Tune>
uint64_t FindsBug(Sabotage sabotage, Tune tune) {
  for (uint64_t seed = 1; seed <= 2 * kSeeds; ++seed) {
    WorldOptions options(seed);
    tune(options);
    LaneWorld world(options, sabotage);
    world.Run(std::chrono::minutes(kMinutes));
    if (world.violations().empty()) continue;
    LaneWorld without(options, Sabotage::kNone);
    without.Run(std::chrono::minutes(kMinutes));
    if (without.violations().empty()) return seed;  // else it is not the planted bug that was seen
  }
  return 0;
}

TEST(LaneSimulation, SeesADecisionThatWasNotKeptBeforeThePulse) {
  EXPECT_NE(FindsBug(Sabotage::kJournalLies, [](WorldOptions&) {}), 0u);
}
TEST(LaneSimulation, SeesAReadThatCountsForTheNextTruck) {
  const auto late = [](WorldOptions& options) {
    options.late_read_permille = 400;
    options.trucks_per_hour = 180;
    options.misread_permille = 0;
  };
  EXPECT_NE(FindsBug(Sabotage::kFrameTimeIgnored, late), 0u);
}
TEST(LaneSimulation, SeesAWatchListThatIsNotAsked) {
  EXPECT_NE(FindsBug(Sabotage::kWatchListForgotten, [](WorldOptions&) {}), 0u);
}
TEST(LaneSimulation, SeesAPulseThatIsSentTwice) {
  EXPECT_NE(
      FindsBug(Sabotage::kPulseRepeated, [](WorldOptions& options) { options.answer_lost_permille = 300; }),
      0u);
}
TEST(LaneSimulation, SeesLoopsBelievedTooSoon) {
  EXPECT_NE(
      FindsBug(Sabotage::kPowerLossHidden, [](WorldOptions& options) { options.power_loss_permille = 100; }),
      0u);
}
TEST(LaneSimulation, SeesATripInTwoLanes) {
  EXPECT_NE(FindsBug(Sabotage::kClaimForgotten, [](WorldOptions& options) { options.clone_permille = 200; }),
            0u);
}
TEST(LaneSimulation, SeesAPassageLostInARestart) {
  EXPECT_NE(FindsBug(Sabotage::kOpeningForgotten, [](WorldOptions& options) { options.crash_permille = 20; }),
            0u);
}
// Found by seed 1112: the next run believed loops of which only the run before it knew that they were blind.
TEST(LaneSimulation, SeesLoopsBelievedAfterARestart) {
  const auto dark = [](WorldOptions& options) {
    options.power_loss_permille = 300;
    options.crash_permille = 20;
  };
  EXPECT_NE(FindsBug(Sabotage::kLoopsForgotten, dark), 0u);
}

// F14 while the program is away: the truck has backed out, and stands as passed.
TEST(LaneSimulation, SeesATruckThatBackedOutToldAsPassed) {
  const auto reversing = [](WorldOptions& options) {
    options.turns_back_permille = 300;
    options.crash_permille = 40;
  };
  EXPECT_NE(FindsBug(Sabotage::kExitForgotten, reversing), 0u);
}

void ManySlips(WorldOptions& options) {
  options.slip_permille = options.mud_permille = 500;
  options.trucks_per_hour = 180;
}

// Trucks of one firm, one behind the other, whose fronts nobody reads surely.
void ManyWitnesses(WorldOptions& options) {
  options.dim_permille = 700;
  options.convoy_permille = 500;
  options.witness_permille = 100;
  options.trucks_per_hour = 180;
  options.mud_permille = options.slip_permille = 0;
}

void ManyContainers(WorldOptions& options) {
  ManyWitnesses(options);
  options.container_permille = 1000;
  options.only_containers = true;
}

TEST(LaneSimulation, SeesAWitnessThatCountsForTheNextTruck) {
  const auto late = [](WorldOptions& options) {
    ManyWitnesses(options);
    options.late_read_permille = 600;
    options.turns_back_permille = 400;  // its trip is still to cross when its witness arrives
  };
  EXPECT_NE(FindsBug(Sabotage::kWitnessTimeIgnored, late), 0u);
}
TEST(LaneSimulation, SeesAContainerThatCountsForTheNextTruck) {
  const auto late = [](WorldOptions& options) {
    ManyContainers(options);
    options.late_read_permille = 600;
    options.turns_back_permille = 400;
  };
  EXPECT_NE(FindsBug(Sabotage::kContainerTimeIgnored, late), 0u);
}
TEST(LaneSimulation, SeesAContainerThatNobodyCompares) {
  EXPECT_NE(FindsBug(Sabotage::kContainerForgotten, ManyContainers), 0u);
}
TEST(LaneSimulation, SeesAContainerOfTheNeighboursLane) {
  EXPECT_NE(FindsBug(Sabotage::kLoadsNotCompared, ManyContainers), 0u);
}
TEST(LaneSimulation, SeesATransponderOfTheNeighboursLane) {
  EXPECT_NE(FindsBug(Sabotage::kAntennasNotCompared, ManyWitnesses), 0u);
}

TEST(LaneSimulation, SeesAForgedSlipThatIsBelieved) {
  EXPECT_NE(FindsBug(Sabotage::kForgerBelieved, ManySlips), 0u);
}
TEST(LaneSimulation, SeesAWeightThatCountsForTheNextTruck) {
  EXPECT_NE(FindsBug(Sabotage::kWeightKept, [](WorldOptions& options) { options.mud_permille = 0; }), 0u);
}
TEST(LaneSimulation, SeesASlipThatCountsForTheNextTruck) {
  const auto late = [](WorldOptions& options) {
    ManySlips(options);
    options.late_read_permille = 400;
    options.turns_back_permille = 400;  // its trip is still to cross when its slip arrives
  };
  EXPECT_NE(FindsBug(Sabotage::kSlipTimeIgnored, late), 0u);
}

}  // namespace
}  // namespace bordergate::lane
