// Goal: wiring that is wrong is named for what it is, and only wiring that is right passes. Method: pictures
// of inputs as a wrong or right wiring would give them, on a clock of the test's.
#include "services/lane/domain/bench_watch.h"

#include <gtest/gtest.h>

namespace bordergate::lane {
namespace {

const BenchTimes kBenchTimes;

// Shows pictures to a watch, one every 50 ms.
class WatchRig {
 public:
  explicit WatchRig(std::unique_ptr<BenchWatch> watch) : watch_(std::move(watch)) {}
  // The picture for this long, or until there is a finding.
  WatchRig& Show(const BarrierInputs& inputs, milliseconds span = milliseconds(100)) {
    for (milliseconds shown{0}; shown <= span && !finding; shown += milliseconds(50)) {
      finding = watch_->See(inputs, now_);
      now_ += milliseconds(50);
    }
    return *this;
  }
  std::string code() const { return finding ? finding->code : "nothing yet"; }

  std::optional<BenchFinding> finding;

 private:
  std::unique_ptr<BenchWatch> watch_;
  SteadyInstant now_{std::chrono::hours(1)};
};

WatchRig Loop() { return WatchRig(WatchInput(BenchStep::kArmingLoop, kBenchTimes)); }
const BarrierInputs kRest{.lower_limit = true};
const BarrierInputs kUpright{.upper_limit = true};
const BarrierInputs kHalfway{};
const BarrierInputs kOnArming{.lower_limit = true, .arming_loop = true};
const BarrierInputs kOnExit{.lower_limit = true, .exit_loop = true};

TEST(BenchWatch, PassesALoopThatIsPressedAndReleased) {
  auto rig = Loop();
  rig.Show(kRest).Show(kOnArming, milliseconds(400)).Show(kRest, seconds(2));
  ASSERT_EQ(rig.code(), "PASSED");
  EXPECT_EQ(rig.finding->params.at("on_for_ms"), "450");
}

TEST(BenchWatch, NamesTheInputThatChangedInstead) {
  auto rig = Loop();
  rig.Show(kRest).Show(kOnExit, seconds(3));
  ASSERT_EQ(rig.code(), "INPUT_SWAPPED");
  EXPECT_EQ(rig.finding->params.at("expected"), "arming_loop");
  EXPECT_EQ(rig.finding->params.at("seen"), "exit_loop");
}

TEST(BenchWatch, NamesTheInputThatChangedWithIt) {
  auto rig = Loop();
  BarrierInputs both = kOnArming;
  both.safety_loop = true;
  rig.Show(kRest).Show(both, milliseconds(300)).Show(kRest, seconds(2));
  ASSERT_EQ(rig.code(), "INPUT_TOGETHER");
  EXPECT_EQ(rig.finding->params.at("seen"), "safety_loop");
}

TEST(BenchWatch, TellsASilentLoopFromOneThatIsOnOrSticksOrFlickers) {
  EXPECT_EQ(Loop().Show(kRest, kBenchTimes.patience + seconds(1)).code(), "INPUT_SILENT");
  EXPECT_EQ(Loop().Show(kOnArming).code(), "INPUT_ALREADY_ON");
  EXPECT_EQ(Loop().Show(kRest).Show(kOnArming, kBenchTimes.patience + seconds(1)).code(), "INPUT_STAYS_ON");
  EXPECT_EQ(Loop().Show(kRest).Show(kOnArming).Show(kRest).Show(kOnArming).code(), "INPUT_FLICKERS");
}

TEST(BenchWatch, WantsTheEmergencyOpeningToOpen) {
  const auto emergency = [] { return WatchRig(WatchInput(BenchStep::kEmergency, kBenchTimes)); };
  const BarrierInputs on{.lower_limit = true, .emergency = true};
  const BarrierInputs open{.upper_limit = true, .emergency = true};
  EXPECT_EQ(emergency().Show(kRest).Show(on).Show(open).Show(kUpright, seconds(2)).code(), "PASSED");
  EXPECT_EQ(emergency().Show(kRest).Show(on).Show(kRest, seconds(9)).code(), "EMERGENCY_DID_NOT_OPEN");
}

TEST(BenchWatch, MeasuresTheArmFromSwitchToSwitch) {
  WatchRig rig(WatchMotion(true, kBenchTimes));
  rig.Show(kRest, milliseconds(200)).Show(kHalfway, milliseconds(900)).Show(kUpright);
  ASSERT_EQ(rig.code(), "PASSED");
  EXPECT_EQ(rig.finding->params.at("left_after_ms"), "250");
  EXPECT_EQ(rig.finding->params.at("arrived_after_ms"), "1200");
}

TEST(BenchWatch, NamesWhatIsWrongWithAnArmThatDoesNotArrive) {
  const milliseconds late = kBenchTimes.travel_max + seconds(1);
  const auto up = [] { return WatchRig(WatchMotion(true, kBenchTimes)); };
  EXPECT_EQ(up().Show(kRest, late).code(), "ARM_DID_NOT_MOVE");
  EXPECT_EQ(up().Show(kRest).Show(kHalfway, late).code(), "SWITCH_SILENT");
  EXPECT_EQ(up().Show({.upper_limit = true, .lower_limit = true}, late).code(), "SWITCH_STAYS_ON");
}

TEST(BenchWatch, FailsAnArmThatComesDownOntoTheLoop) {
  const BarrierInputs under{.upper_limit = true, .safety_loop = true};
  const auto hold = [] { return WatchRig(WatchHold(kBenchTimes)); };
  EXPECT_EQ(hold().Show(under, seconds(5)).code(), "PASSED");
  EXPECT_EQ(hold().Show(under).Show({.safety_loop = true}).code(), "ARM_LEFT_ITS_PLACE");
  EXPECT_EQ(hold().Show(under).Show(kHalfway).code(), "ARM_LEFT_ITS_PLACE") << "whatever the loop says";
  EXPECT_EQ(hold().Show(under).Show(kUpright).code(), "LOOP_CLEARED_TOO_SOON");
}

TEST(BenchWatch, WantsTheArmToTurnBackForAnObstacle) {
  const auto reversal = [] { return WatchRig(WatchReversal(kBenchTimes)); };
  const BarrierInputs seen{.safety_loop = true};
  const milliseconds late = kBenchTimes.travel_max + seconds(1);
  EXPECT_EQ(reversal().Show(kUpright).Show(kHalfway).Show(seen).Show(kUpright).code(), "PASSED");
  EXPECT_EQ(reversal().Show(kUpright).Show(kHalfway).Show(seen).Show(kRest).code(), "ARM_CAME_DOWN");
  EXPECT_EQ(reversal().Show(kUpright).Show(kHalfway).Show(kRest).code(), "LOOP_TOO_LATE");
  EXPECT_EQ(reversal().Show(kUpright).Show(kHalfway).Show(seen, late).code(), "ARM_STOPPED_HALFWAY");
  EXPECT_EQ(reversal().Show(kUpright, late).code(), "ARM_DID_NOT_MOVE");
}

TEST(BenchWatch, WantsTheStopToHoldTheArmBetweenItsSwitches) {
  const auto stop = [] { return WatchRig(WatchStop(kBenchTimes)); };
  const milliseconds late = kBenchTimes.travel_max + seconds(1);
  EXPECT_EQ(stop().Show(kRest).Show(kHalfway, late).code(), "PASSED");
  EXPECT_EQ(stop().Show(kRest).Show(kHalfway).Show(kUpright).code(), "STOP_DID_NOT_HOLD");
  EXPECT_EQ(stop().Show(kRest, late).code(), "ARM_DID_NOT_MOVE");
}

TEST(BenchJudgement, TellsSwappedSwitchesByWhatAPersonSees) {
  EXPECT_TRUE(JudgeRest(kRest, true).passed());
  EXPECT_TRUE(JudgeRest(kUpright, false).passed());
  EXPECT_EQ(JudgeRest(kUpright, true).code, "SWITCHES_SWAPPED");
  EXPECT_EQ(JudgeRest({.upper_limit = true, .lower_limit = true}, true).code, "SWITCHES_BOTH");
  EXPECT_EQ(JudgeRest(kHalfway, true).params.at("expected"), "lower_limit");
}

TEST(BenchJudgement, TellsSwappedDarkAndDoubleLights) {
  EXPECT_TRUE(JudgeLight("red_light", {"red_light"}).passed());
  EXPECT_EQ(JudgeLight("red_light", {"green_light"}).code, "LIGHT_SWAPPED");
  EXPECT_EQ(JudgeLight("red_light", {}).code, "LIGHT_DARK");
  EXPECT_EQ(JudgeLight("red_light", {"green_light", "red_light"}).code, "LIGHT_BOTH");
}

TEST(BenchJudgement, CountsLostAndSlowAnswers) {
  using std::chrono::microseconds;
  EXPECT_EQ(JudgeLink({microseconds(900), std::nullopt}, kBenchTimes).code, "LINK_LOSES");
  EXPECT_EQ(JudgeLink({microseconds(900), microseconds(100'001)}, kBenchTimes).code, "LINK_SLOW");
  const BenchFinding good =
      JudgeLink({microseconds(400), microseconds(50), microseconds(12'345)}, kBenchTimes);
  ASSERT_TRUE(good.passed());
  EXPECT_EQ(good.params.at("median_ms"), "0.4");
  EXPECT_EQ(good.params.at("slowest_ms"), "12.3");
  EXPECT_EQ(JudgeHeartbeat(5, 6).code, "HEARTBEAT_NOT_HELD");
  EXPECT_TRUE(JudgeHeartbeat(6, 6).passed());
}

TEST(BenchPlan, AcceptsALaneWhenEveryStepHasPassedOrIsAbsent) {
  std::map<BenchStep, BenchFinding> findings;
  for (const BenchStep step : AllBenchSteps()) findings[step] = {BenchOutcome::kPassed, "PASSED", {}};
  findings[BenchStep::kHandOperation].outcome = BenchOutcome::kAbsent;
  EXPECT_TRUE(Accepted(findings));
  findings[BenchStep::kStop].outcome = BenchOutcome::kSkipped;
  EXPECT_FALSE(Accepted(findings));
  findings.erase(BenchStep::kStop);
  EXPECT_FALSE(Accepted(findings)) << "not done";
}

TEST(BenchPlan, LeavesOutOnlyWhatAControllerMayLack) {
  int always = 0;
  for (const BenchStep step : AllBenchSteps()) always += IsThere(step, {}) ? 1 : 0;
  EXPECT_EQ(always, 9);
  EXPECT_FALSE(IsThere(BenchStep::kEmergency, {}));
  EXPECT_TRUE(IsThere(BenchStep::kEmergency, {.emergency = true}));
}

}  // namespace
}  // namespace bordergate::lane
