// Goal: a lane does no more by itself than its inputs allow. Method: the table of README.md line by line,
// then time.
#include "services/lane/domain/mode.h"

#include <gtest/gtest.h>

#include "libs/testing/manual_clock.h"
#include "services/lane/domain/reasons.h"

namespace bordergate::lane {
namespace {

const AgeLimits kLimits;

ModeInputs Healthy() {
  ModeInputs inputs;
  inputs.barrier = {"barrier", milliseconds(100), kLimits.barrier};
  inputs.camera = {"camera", milliseconds(500), kLimits.camera};
  for (const char* name : {"customs", "fee", "yard", "vehicle"}) {
    inputs.centre.push_back({name, milliseconds(1000), kLimits.centre});
  }
  return inputs;
}

TEST(Mode, IsAutoWhenEverythingIsFresh) {
  EXPECT_EQ(AssessMode(Healthy(), kLimits), (ModeVerdict{Mode::kAuto, {}}));
}

TEST(Mode, FollowsTheAgeOfEachInput) {
  struct Line {
    const char* what;
    std::function<void(ModeInputs&)> spoil;
    Mode mode;
  };
  using std::chrono::hours;
  using std::chrono::minutes;
  const std::vector<Line> table = {
      {"barrier silent", [](ModeInputs& i) { i.barrier.age = milliseconds(3001); }, Mode::kManual},
      {"barrier never heard", [](ModeInputs& i) { i.barrier.age.reset(); }, Mode::kManual},
      {"camera silent", [](ModeInputs& i) { i.camera.age = milliseconds(3001); }, Mode::kConfirm},
      {"camera frozen", [](ModeInputs& i) { i.camera_fault = "FROZEN"; }, Mode::kConfirm},
      {"customs cut", [](ModeInputs& i) { i.centre[0].age = milliseconds(3001); }, Mode::kLocal},
      {"watch list cut", [](ModeInputs& i) { i.centre[3].age = milliseconds(3001); }, Mode::kLocal},
      {"yard old", [](ModeInputs& i) { i.centre[2].age = minutes(15) + seconds(1); }, Mode::kConfirm},
      {"watch list older", [](ModeInputs& i) { i.centre[3].age = hours(24) + seconds(1); }, Mode::kManual},
      {"fee never heard", [](ModeInputs& i) { i.centre[1].age.reset(); }, Mode::kManual},
      {"clock ahead", [](ModeInputs& i) { i.clock_skew = milliseconds(2001); }, Mode::kConfirm},
      {"clock behind", [](ModeInputs& i) { i.clock_skew = milliseconds(-2001); }, Mode::kConfirm},
      {"clock nearly right", [](ModeInputs& i) { i.clock_skew = milliseconds(-2000); }, Mode::kAuto},
      {"hand operation", [](ModeInputs& i) { i.hand_operation = true; }, Mode::kManual},
      {"emergency", [](ModeInputs& i) { i.faults = {cause::kEmergencyOpening}; }, Mode::kManual},
      {"position unknown", [](ModeInputs& i) { i.faults = {cause::kBarrierPositionUnknown}; }, Mode::kManual},
      {"did not move", [](ModeInputs& i) { i.faults = {cause::kBarrierDidNotMove}; }, Mode::kConfirm},
      {"loop stuck", [](ModeInputs& i) { i.faults = {cause::kLoopStuck}; }, Mode::kConfirm},
      {"disk", [](ModeInputs& i) { i.faults = {cause::kJournalUnavailable}; }, Mode::kConfirm},
      {"tailgater", [](ModeInputs& i) { i.faults = {cause::kTailgating}; }, Mode::kAuto},
      {"confirm by hand", [](ModeInputs& i) { i.requested = Mode::kConfirm; }, Mode::kConfirm},
      {"closed by hand", [](ModeInputs& i) { i.requested = Mode::kClosed; }, Mode::kClosed},
  };
  for (const Line& line : table) {
    ModeInputs inputs = Healthy();
    line.spoil(inputs);
    const ModeVerdict verdict = AssessMode(inputs, kLimits);
    EXPECT_EQ(verdict.mode, line.mode) << line.what;
    EXPECT_EQ(verdict.causes.empty(), line.mode == Mode::kAuto) << line.what;
  }
}

TEST(Mode, NamesTheDecidingCauseFirst) {
  ModeInputs inputs = Healthy();
  inputs.centre[0].age = seconds(10);
  inputs.requested = Mode::kClosed;
  inputs.camera_fault = "BLACK";
  const ModeVerdict verdict = AssessMode(inputs, kLimits);
  ASSERT_EQ(verdict.causes.size(), 3u);
  EXPECT_EQ(verdict.causes[0].code, cause::kSetByHand);
  EXPECT_EQ(verdict.causes[1].code, cause::kCameraFault);
  EXPECT_EQ(verdict.causes[2].code, cause::kInputStale);
}

TEST(ModeKeeper, DegradesAtOnceAndIsPromotedOnlyAfterAWhile) {
  ManualClock clock;
  ModeKeeper keeper{milliseconds(10000)};
  const ModeVerdict local{Mode::kLocal, {{cause::kInputStale, {}}}};
  EXPECT_EQ(keeper.Update({Mode::kAuto, {}}, NowOf(clock)).mode, Mode::kAuto);
  EXPECT_EQ(keeper.Update(local, NowOf(clock)).mode, Mode::kLocal);
  clock.Advance(seconds(1));
  EXPECT_EQ(keeper.Update({Mode::kAuto, {}}, NowOf(clock)).mode, Mode::kLocal);
  EXPECT_EQ(keeper.current().causes.at(0).code, cause::kRecovering);
  clock.Advance(seconds(9));
  EXPECT_EQ(keeper.Update({Mode::kAuto, {}}, NowOf(clock)).mode, Mode::kLocal);
  clock.Advance(seconds(1));
  EXPECT_EQ(keeper.Update({Mode::kAuto, {}}, NowOf(clock)).mode, Mode::kAuto);
}

TEST(ModeKeeper, IsNotPromotedByAFlappingLink) {  // D9
  ManualClock clock;
  ModeKeeper keeper{milliseconds(10000)};
  keeper.Update({Mode::kAuto, {}}, NowOf(clock));
  int changes = 0;
  Mode mode = Mode::kAuto;
  for (int i = 0; i < 60; ++i) {
    clock.Advance(seconds(1));
    const bool cut = i / 2 % 2 == 0;
    const Mode now = keeper
                         .Update(cut ? ModeVerdict{Mode::kLocal, {{cause::kInputStale, {}}}}
                                     : ModeVerdict{Mode::kAuto, {}},
                                 NowOf(clock))
                         .mode;
    if (now != mode) ++changes;
    mode = now;
  }
  EXPECT_EQ(changes, 1);
}

TEST(ModeKeeper, DoesNotWaitAtTheStartNorForAnOfficer) {
  ManualClock clock;
  ModeKeeper keeper{milliseconds(10000)};
  EXPECT_EQ(keeper.Update({Mode::kManual, {{cause::kInputStale, {}}}}, NowOf(clock)).mode, Mode::kManual);
  EXPECT_EQ(keeper.Update({Mode::kLocal, {{cause::kInputStale, {}}}}, NowOf(clock)).mode, Mode::kLocal);
  EXPECT_EQ(keeper.Update({Mode::kAuto, {}}, NowOf(clock)).mode, Mode::kAuto);
  EXPECT_EQ(keeper.Update({Mode::kClosed, {{cause::kSetByHand, {}}}}, NowOf(clock)).mode, Mode::kClosed);
  EXPECT_EQ(keeper.Update({Mode::kAuto, {}}, NowOf(clock)).mode, Mode::kAuto);
}

}  // namespace
}  // namespace bordergate::lane
