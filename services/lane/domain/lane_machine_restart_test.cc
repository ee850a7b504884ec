// Goal: a run that ended at any instant is taken over from the journal and the switches, with no second pulse
// and no passage lost or doubled. Method: a second LaneMachine started with what the first left in the
// journal.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/lane/domain/reasons.h"
#include "services/lane/testing/machine_rig.h"

namespace bordergate::lane {
namespace {

// A truck that was decided upon `age` ago.
LaneMemory MemoryOf(MachineRig& rig, milliseconds age) {
  Decision decision;
  decision.id = Id<Decision>("decision_1");
  decision.session_id = "session_1";
  decision.verdict.outcome = Outcome::kOpen;
  decision.plate = "29C12345";
  decision.trip_id = "trip_29C12345";
  decision.decide_time = rig.clock.Now() - age;
  decision.expire_time = decision.decide_time + std::chrono::seconds(15);
  return {decision, LaneMemory::OpenOne{decision, decision.decide_time - std::chrono::seconds(2)}};
}

TEST(LaneRestart, DoesNotExecuteADecisionWhosePulseWasNeverSent) {  // A2
  MachineRig rig;
  rig.Expect("29C-123.45");
  rig.Start(MemoryOf(rig, milliseconds(1500)));
  rig.SeeFor(milliseconds(6000), "A", 'D');
  EXPECT_TRUE(rig.raised.empty());
  rig.SeeFor(milliseconds(1000), "A", 'D');
  ASSERT_EQ(rig.closed.size(), 1u);
  EXPECT_EQ(rig.closed[0].how, OpeningEnd::kNotExecuted);
  EXPECT_FALSE(rig.HasFault("BARRIER_DID_NOT_MOVE/raise"));
  rig.Read("29C-123.45");
  EXPECT_EQ(rig.raised.size(), 1u) << "seen again, decided again";
  EXPECT_NE(rig.raised[0], "decision_1");
}

TEST(LaneRestart, ResumesAnOpeningWhosePulseWasSent) {  // A3
  MachineRig rig;
  rig.Start(MemoryOf(rig, milliseconds(1500)));
  rig.SeeFor(milliseconds(500), "A", 'M');
  rig.DriveThrough();
  EXPECT_TRUE(rig.raised.empty());
  ASSERT_EQ(rig.passages.size(), 1u);
  EXPECT_EQ(rig.passages[0].decision_id.value(), "decision_1");
  EXPECT_EQ(rig.passages[0].session_id, "session_1");
  EXPECT_TRUE(rig.machine().faults().empty());
}

TEST(LaneRestart, ResumesWithTheTruckUnderTheArm) {
  MachineRig rig;
  rig.Start(MemoryOf(rig, milliseconds(5000)));
  rig.SeeFor(milliseconds(500), "SX", 'U');
  rig.SeeFor(milliseconds(500), "X", 'U');
  rig.SeeFor(milliseconds(2000), "", 'U');
  ASSERT_EQ(rig.passages.size(), 1u);
  EXPECT_EQ(rig.passages[0].decision_id.value(), "decision_1");
  EXPECT_TRUE(rig.passages[0].remarks.empty());
  EXPECT_EQ(rig.lower_count, 1);
}

TEST(LaneRestart, PresumesThatTheTruckPassedWhenTheArmIsUpAndTheLaneIsEmpty) {
  MachineRig rig;
  rig.Start(MemoryOf(rig, milliseconds(9000)));
  rig.SeeFor(milliseconds(2000), "", 'U');
  ASSERT_EQ(rig.passages.size(), 1u);
  EXPECT_EQ(rig.passages[0].decision_id.value(), "decision_1");
  EXPECT_EQ(rig.passages[0].remarks.at(0).code, cause::kPresumedPassed);
  EXPECT_EQ(rig.lower_count, 1);
}

// F14 while nobody watched. Without the controller's memory it would be told as passed.
TEST(LaneRestart, KnowsThatTheTruckBackedOutWhenTheControllerRemembersNobodyAtTheExit) {
  MachineRig rig;
  rig.inputs.exit_latch = false;
  rig.Start(MemoryOf(rig, milliseconds(9000)));
  rig.SeeFor(milliseconds(4500), "", 'U');
  EXPECT_TRUE(rig.closed.empty()) << "it may stand between two loops";
  rig.SeeFor(milliseconds(3000), "", 'U');
  ASSERT_EQ(rig.closed.size(), 1u);
  EXPECT_EQ(rig.closed[0].how, OpeningEnd::kWentBack);
  EXPECT_TRUE(rig.passages.empty());
  EXPECT_EQ(rig.lower_count, 1);
}

TEST(LaneRestart, PresumesThatTheTruckPassedWhenTheControllerRemembersSomebodyAtTheExit) {
  MachineRig rig;
  rig.inputs.exit_latch = true;
  rig.Start(MemoryOf(rig, milliseconds(9000)));
  rig.See("", 'U');
  ASSERT_EQ(rig.passages.size(), 1u);
  EXPECT_EQ(rig.passages[0].remarks.at(0).code, cause::kPresumedPassed);
}

TEST(LaneRestart, CountsAVehicleThatStoodBetweenTwoLoops) {
  MachineRig rig;
  rig.inputs.exit_latch = false;
  LaneMemory memory = MemoryOf(rig, milliseconds(4000));
  memory.opening->entered = true;
  rig.Start(memory);
  rig.SeeFor(milliseconds(1000), "", 'U');
  EXPECT_TRUE(rig.passages.empty());
  rig.inputs.exit_latch = true;
  rig.SeeFor(milliseconds(500), "X", 'U');
  rig.SeeFor(milliseconds(3000), "", 'U');
  ASSERT_EQ(rig.passages.size(), 1u);
  EXPECT_EQ(rig.passages[0].decision_id.value(), "decision_1");
  EXPECT_TRUE(rig.closed.empty());
  EXPECT_EQ(rig.lower_count, 1);
}

TEST(LaneRestart, DoesNotBelieveTheMemoryOfAControllerThatWasWithoutPower) {
  for (const bool noted_before : {true, false}) {
    MachineRig rig;
    rig.inputs.exit_latch = false;
    LaneMemory memory = MemoryOf(rig, milliseconds(9000));
    memory.loops_unproved = noted_before;
    rig.Start(memory);
    rig.inputs.outputs_kept = noted_before;
    rig.See("", 'U');
    ASSERT_EQ(rig.passages.size(), 1u);
    EXPECT_EQ(rig.passages[0].remarks.at(0).code, cause::kPresumedPassed);
  }
}

// Found by seed 49 of worlds with mud on their plates.
TEST(LaneRestart, PresumesThatTheTruckPassedWhenTheNextOneCannotBeReadAndGoesBack) {
  for (const bool waits_long : {false, true}) {
    MachineRig rig;
    rig.inputs.exit_latch = true;
    rig.Start(MemoryOf(rig, milliseconds(9000)));
    rig.SeeFor(milliseconds(waits_long ? 70000 : 3000), "A", 'U');
    if (!waits_long) {
      EXPECT_TRUE(rig.passages.empty());
      rig.SeeFor(milliseconds(8000), "", 'U');
    }
    ASSERT_EQ(rig.passages.size(), 1u);
    EXPECT_EQ(rig.passages[0].decision_id.value(), "decision_1");
    EXPECT_EQ(rig.passages[0].remarks.at(0).code, cause::kPresumedPassed);
    EXPECT_TRUE(rig.closed.empty());
  }
}

TEST(LaneRestart, LeavesTheTicketUnusedWhenATruckThatCannotBeReadGoesBackAndNobodyLeft) {
  MachineRig rig;
  rig.inputs.exit_latch = false;
  rig.Start(MemoryOf(rig, milliseconds(9000)));
  rig.SeeFor(milliseconds(3000), "A", 'U');
  rig.SeeFor(milliseconds(8000), "", 'U');
  EXPECT_TRUE(rig.passages.empty());
  ASSERT_EQ(rig.closed.size(), 1u);
  EXPECT_EQ(rig.closed[0].how, OpeningEnd::kWentBack);
}

TEST(LaneRestart, LeavesTheTicketToATruckThatBackedOutWhenAnotherStandsThere) {
  MachineRig rig;
  rig.Expect("29C-777.77");
  rig.inputs.exit_latch = false;
  rig.Start(MemoryOf(rig, milliseconds(9000)));
  rig.See("A", 'U');
  for (int i = 0; i < 6; ++i) rig.Read("29C-777.77");
  EXPECT_TRUE(rig.passages.empty());
  ASSERT_EQ(rig.closed.size(), 1u);
  EXPECT_EQ(rig.closed[0].how, OpeningEnd::kWentBack);
  rig.SeeFor(milliseconds(1500), "A", 'U');
  rig.SeeFor(milliseconds(500), "A", 'M');
  rig.See("A", 'D');
  EXPECT_EQ(rig.decisions.back().plate, "29C77777");
}

TEST(LaneRestart, DoesNotBelieveLoopsThatTheRunBeforeDidNot) {  // F8
  MachineRig rig;
  LaneMemory memory = MemoryOf(rig, milliseconds(9000));
  memory.loops_unproved = true;
  rig.Start(memory);
  rig.SeeFor(milliseconds(20000), "", 'U');
  EXPECT_EQ(rig.lower_count, 0)
      << "the lights were set again, and a truck may stand under the arm all the same";
  EXPECT_TRUE(rig.HasFault("LOOP_UNPROVED"));
  rig.SeeFor(milliseconds(1000), "S", 'U');
  rig.SeeFor(milliseconds(500), "X", 'U');
  rig.SeeFor(milliseconds(3000), "", 'U');
  EXPECT_EQ(rig.lower_count, 1);
  EXPECT_EQ(rig.loops_proved, (std::vector<bool>{true}));
}

TEST(LaneRestart, BelievesLoopsThatStartedUnderAnArmThatIsDown) {  // F8
  MachineRig rig;
  rig.Expect("29C-123.45");
  rig.inputs.outputs_kept = false;
  rig.See("", 'D');
  rig.inputs.outputs_kept = true;
  EXPECT_TRUE(rig.loops_proved.empty());
  rig.PassTruck("29C-123.45");
  EXPECT_EQ(rig.lower_count, 1) << "the first truck after the power came back needs no officer";
}

TEST(LaneRestart, TellsTheNextRunThatLoopsWereWithoutPower) {  // F8
  MachineRig rig;
  rig.See("AS", 'U');
  rig.inputs.outputs_kept = false;
  rig.See("", 'U');
  EXPECT_EQ(rig.loops_proved, (std::vector<bool>{false}));
  rig.inputs.outputs_kept = true;
  rig.SeeFor(milliseconds(3000), "", 'U');
  EXPECT_EQ(rig.loops_proved, (std::vector<bool>{false}));
  rig.GiveWord();
  EXPECT_EQ(rig.loops_proved, (std::vector<bool>{false, true}));
}

TEST(LaneRestart, TellsTheNextTruckFromTheOneThatPassed) {
  MachineRig rig;
  rig.Expect("29C-777.77");
  rig.Start(MemoryOf(rig, milliseconds(9000)));
  rig.See("A", 'U');
  for (const char* misread : {"29C-123.46", "29C-123.46", "29C-123.46"}) rig.Read(misread, 0.9);
  EXPECT_TRUE(rig.passages.empty()) << "one wrong character may be the same truck";
  for (int i = 0; i < 6; ++i) EXPECT_EQ(rig.Read("29C-777.77"), ReadUse::kTaken);
  ASSERT_EQ(rig.passages.size(), 1u);
  EXPECT_EQ(rig.passages[0].plate, "29C12345");
  rig.SeeFor(milliseconds(1500), "A", 'U');
  EXPECT_EQ(rig.lower_count, 1);
  rig.SeeFor(milliseconds(500), "A", 'M');
  rig.See("A", 'D');
  ASSERT_EQ(rig.raised.size(), 1u);
  EXPECT_EQ(rig.decisions.back().plate, "29C77777");
}

TEST(LaneRestart, ShowsNoGreenLightToATruckThatMayBeTheNextOne) {
  MachineRig rig;
  rig.Start(MemoryOf(rig, milliseconds(9000)));
  rig.SeeFor(milliseconds(1000), "A", 'U');
  EXPECT_FALSE(rig.green);
  EXPECT_TRUE(rig.passages.empty());
  rig.Read("29C-123.45");
  EXPECT_TRUE(rig.green) << "it is the one that was let in";
  rig.DriveThrough();
  ASSERT_EQ(rig.passages.size(), 1u);
  EXPECT_EQ(rig.passages[0].decision_id.value(), "decision_1");
}

TEST(LaneRestart, KnowsThatTheTruckHadGoneUnderTheArm) {
  MachineRig rig;
  LaneMemory memory = MemoryOf(rig, milliseconds(9000));
  memory.opening->entered = true;
  rig.Start(memory);
  rig.See("A", 'U');  // the next one, and no camera has told
  ASSERT_EQ(rig.passages.size(), 1u);
  EXPECT_EQ(rig.passages[0].decision_id.value(), "decision_1");
  EXPECT_FALSE(rig.green);
  rig.SeeFor(milliseconds(1500), "A", 'U');
  EXPECT_EQ(rig.lower_count, 1);
}

// Found by seed 837 of worlds with containers: the run ended with the arm on its way down.
TEST(LaneRestart, PresumesThatTheTruckPassedWhenTheControllerRemembersItThoughTheArmIsDown) {
  MachineRig rig;
  rig.LetIn("29C-123.45");
  rig.LoseLink();
  rig.clock.Advance(milliseconds(17000));
  rig.inputs.exit_latch = true;
  rig.SeeFor(milliseconds(1000), "A", 'U');  // the next one, and no camera has told
  EXPECT_EQ(rig.entered, (std::vector<bool>{true}));
  EXPECT_TRUE(rig.passages.empty());

  const Opening& opening = *rig.machine().opening();
  rig.Start(
      {opening.decision, LaneMemory::OpenOne{opening.decision, opening.arrive_time, rig.entered.back()}});
  rig.See("A", 'D');
  ASSERT_EQ(rig.passages.size(), 1u);
  EXPECT_EQ(rig.passages[0].plate, "29C12345");
  EXPECT_EQ(rig.passages[0].remarks.at(0).code, cause::kPresumedPassed);
  EXPECT_TRUE(rig.closed.empty());
}

TEST(LaneRestart, TakesBackThatTheTruckPassedWhenACameraSeesItWait) {
  MachineRig rig;
  rig.inputs.exit_latch = true;  // somebody on foot
  rig.Start(MemoryOf(rig, milliseconds(9000)));
  rig.See("A", 'U');
  rig.Read("29C-123.45");
  EXPECT_EQ(rig.entered, (std::vector<bool>{true, false}));
  rig.DriveThrough();
  ASSERT_EQ(rig.passages.size(), 1u);
  EXPECT_TRUE(rig.passages[0].remarks.empty());
}

TEST(LaneRestart, DoesNotLowerInTheInstantInWhichAPassageIsPresumed) {
  MachineRig rig;
  rig.Start(MemoryOf(rig, milliseconds(9000)));
  rig.SeeFor(milliseconds(3000), "A", 'U');
  for (int i = 0; i < 6; ++i) rig.Read("29C-777.77");
  ASSERT_EQ(rig.passages.size(), 1u);
  rig.SeeFor(milliseconds(900), "A", 'U');
  EXPECT_EQ(rig.lower_count, 0) << "the passage may not be on disk yet";
  rig.SeeFor(milliseconds(500), "A", 'U');
  EXPECT_EQ(rig.lower_count, 1);
}

// A process that is stopped, or a machine that swaps, for longer than a truck needs to drive through.
TEST(LaneRestart, PresumesThatTheTruckPassedWhileTheProgramStoodStill) {
  MachineRig rig;
  rig.LetIn("29C-123.45");
  rig.clock.Advance(milliseconds(6000));
  rig.SeeFor(milliseconds(2000), "", 'U');
  ASSERT_EQ(rig.passages.size(), 1u);
  EXPECT_EQ(rig.passages[0].decision_id.value(), rig.raised.at(0));
  EXPECT_EQ(rig.passages[0].remarks.at(0).code, cause::kPresumedPassed);
  EXPECT_TRUE(rig.closed.empty());
  EXPECT_EQ(rig.lower_count, 1);
}

TEST(LaneRestart, TellsTheNextTruckAfterStandingStill) {
  MachineRig rig;
  rig.LetIn("29C-123.45");
  rig.clock.Advance(milliseconds(6000));
  rig.Tick(milliseconds(100));
  EXPECT_EQ(rig.lower_count, 0) << "what it knows of the loops is old";
  rig.SeeFor(milliseconds(300), "A", 'U');
  EXPECT_TRUE(rig.passages.empty()) << "perhaps it has not driven yet";
  for (int i = 0; i < 6; ++i) rig.Read("29C-777.77");
  ASSERT_EQ(rig.passages.size(), 1u);
  EXPECT_EQ(rig.passages[0].plate, "29C12345");
}

TEST(LaneRestart, LowersAnArmThatWasLeftUp) {
  MachineRig rig;
  rig.Start({});
  rig.SeeFor(milliseconds(1500), "", 'U');
  EXPECT_EQ(rig.lower_count, 1);
  EXPECT_TRUE(rig.passages.empty());
  EXPECT_FALSE(rig.HasFault(cause::kArmWithoutCommand));
}

TEST(LaneRestart, DoesNotLowerBeforeTheLoopsAreProvedAfterAPowerCut) {  // A19
  MachineRig rig;
  rig.Start({});
  rig.inputs.outputs_kept = false;
  rig.See("", 'U');
  rig.inputs.outputs_kept = true;
  rig.SeeFor(milliseconds(5000), "", 'U');
  EXPECT_EQ(rig.lower_count, 0);
  rig.SeeFor(milliseconds(500), "S", 'U');
  rig.SeeFor(milliseconds(500), "SX", 'U');
  rig.SeeFor(milliseconds(500), "X", 'U');
  rig.SeeFor(milliseconds(2000), "", 'U');
  EXPECT_EQ(rig.lower_count, 1) << "the safety loop saw a vehicle come and go";
  EXPECT_EQ(rig.passages.size(), 1u);
}

}  // namespace
}  // namespace bordergate::lane
