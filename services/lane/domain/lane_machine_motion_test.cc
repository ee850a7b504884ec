// Goal: the arm moves only as it may, and what it does against its orders is seen and named. Method: the
// state machine on a virtual clock, polled every 100 ms.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/lane/domain/reasons.h"
#include "services/lane/testing/machine_rig.h"

namespace bordergate::lane {
namespace {

TEST(LaneMotion, SendsNoSecondPulseWhenTheArmDoesNotMove) {  // F3
  MachineRig rig;
  rig.Expect("29C-123.45");
  rig.See("", 'D');
  rig.See("A", 'D');
  rig.Read("29C-123.45");
  rig.SeeFor(milliseconds(9000), "A", 'D');
  EXPECT_EQ(rig.raised.size(), 1u);
  EXPECT_TRUE(rig.HasFault("BARRIER_DID_NOT_MOVE/raise"));
  EXPECT_EQ(rig.machine().state(), LaneState::kAsking);
  ASSERT_EQ(rig.closed.size(), 1u);
  EXPECT_EQ(rig.closed[0].how, OpeningEnd::kDidNotMove);
  ASSERT_TRUE(rig.OfficerOpens({.reason_code = "OFFICER_IDENTIFIED"}));
  EXPECT_EQ(rig.raised.size(), 2u) << "a new decision by an officer is a new pulse";
}

TEST(LaneMotion, KnowsThatAnArmBetweenItsSwitchesIsNotDown) {  // F5, F9
  MachineRig rig;
  rig.Expect("29C-123.45");
  rig.See("", 'D');
  rig.See("A", 'D');
  rig.Read("29C-123.45");
  rig.SeeFor(milliseconds(9000), "A", 'M');
  EXPECT_EQ(rig.machine().state(), LaneState::kFault);
  EXPECT_TRUE(rig.HasFault(cause::kBarrierPositionUnknown));
  EXPECT_FALSE(rig.green);
  EXPECT_EQ(rig.lower_count, 0);
  rig.See("A", 'U');
  EXPECT_EQ(rig.machine().state(), LaneState::kPassing) << "late, but there";
  rig.DriveThrough();
  EXPECT_EQ(rig.passages.size(), 1u);
}

TEST(LaneMotion, DoesNotRepeatAPulseWhoseAnswerWasLost) {  // F1, F2
  MachineRig rig;
  rig.Expect("29C-123.45");
  rig.raise_answer = Sent::kUnknown;
  rig.See("", 'D');
  rig.See("A", 'D');
  rig.Read("29C-123.45");
  rig.LoseLink();
  rig.Tick(milliseconds(1000));
  rig.SeeFor(milliseconds(400), "A", 'M');
  rig.DriveThrough();
  EXPECT_EQ(rig.raised.size(), 1u);
  ASSERT_EQ(rig.passages.size(), 1u);
  EXPECT_EQ(rig.passages[0].kind, Passage::Kind::kAutomatic);
}

TEST(LaneMotion, MayDecideAgainWhenThePulseCertainlyNeverLeft) {
  MachineRig rig;
  rig.Expect("29C-123.45");
  rig.raise_answer = Sent::kNo;
  rig.See("", 'D');
  rig.See("A", 'D');
  rig.Read("29C-123.45");
  EXPECT_EQ(rig.closed.at(0).how, OpeningEnd::kNotSent);
  EXPECT_TRUE(rig.HasFault(cause::kBarrierUnreachable));
  rig.raise_answer = Sent::kYes;
  rig.See("A", 'D');
  EXPECT_EQ(rig.raised.size(), 1u);
  EXPECT_EQ(rig.decisions.size(), 2u) << "one decision, at most one pulse";
}

TEST(LaneMotion, RecordsATailgaterAsAPassageOfItsOwn) {  // F13
  MachineRig rig;
  rig.LetIn("29C-123.45");
  rig.SeeFor(milliseconds(500), "AS", 'U');
  rig.SeeFor(milliseconds(500), "SX", 'U');
  rig.SeeFor(milliseconds(500), "AX", 'U');   // the next one drives up …
  rig.SeeFor(milliseconds(500), "ASX", 'U');  // … and on, under the open arm
  EXPECT_TRUE(rig.HasFault(cause::kTailgating));
  rig.SeeFor(milliseconds(500), "AS", 'U');
  rig.SeeFor(milliseconds(500), "SX", 'U');
  rig.SeeFor(milliseconds(500), "X", 'U');
  EXPECT_EQ(rig.lower_count, 0) << "never chase a vehicle with the arm";
  rig.SeeFor(milliseconds(2000), "", 'U');
  EXPECT_EQ(rig.lower_count, 1);
  ASSERT_EQ(rig.passages.size(), 2u);
  EXPECT_EQ(rig.passages[0].kind, Passage::Kind::kAutomatic);
  EXPECT_EQ(rig.passages[1].kind, Passage::Kind::kUnauthorised);
  EXPECT_EQ(rig.passages[1].remarks.at(0).code, cause::kTailgating);
  EXPECT_TRUE(rig.passages[1].decision_id.empty());
}

// Found by simulation (seed 1616 of an hour): both leave the exit loop in one instant, and the ticket passed
// twice.
TEST(LaneMotion, GivesNoTripToACloneThatFollowsItsOriginal) {  // E9, F13
  MachineRig rig;
  rig.LetIn("29C-123.45");
  rig.SeeFor(milliseconds(500), "AS", 'U');
  rig.SeeFor(milliseconds(500), "SX", 'U');
  rig.SeeFor(milliseconds(500), "AX", 'U');
  for (int i = 0; i < 3; ++i) rig.Read("29C-123.45");
  rig.SeeFor(milliseconds(500), "ASX", 'U');
  rig.SeeFor(milliseconds(500), "SX", 'U');
  rig.SeeFor(milliseconds(500), "X", 'U');
  rig.SeeFor(milliseconds(2000), "", 'U');
  ASSERT_EQ(rig.passages.size(), 2u);
  EXPECT_EQ(rig.passages[0].trip_id, "trip_29C12345");
  EXPECT_EQ(rig.passages[1].kind, Passage::Kind::kUnauthorised);
  EXPECT_EQ(rig.passages[1].plate, "29C12345");
  EXPECT_TRUE(rig.passages[1].trip_id.empty());
  EXPECT_TRUE(rig.passages[1].ticket_id.empty());
}

TEST(LaneMotion, LeavesTheTicketUnusedWhenTheTruckReversesOut) {  // F14
  MachineRig rig;
  rig.Expect("29C-123.45");
  rig.See("", 'D');
  rig.See("A", 'D');
  rig.Read("29C-123.45");
  rig.SeeFor(milliseconds(500), "A", 'M');
  rig.SeeFor(milliseconds(500), "A", 'U');
  rig.SeeFor(milliseconds(5000), "", 'U');
  EXPECT_TRUE(rig.passages.empty());
  EXPECT_EQ(rig.closed.at(0).how, OpeningEnd::kWentBack);
  EXPECT_EQ(rig.lower_count, 1);
  EXPECT_FALSE(
      rig.table.Find({"huu-nghi-x1", "huu-nghi", Direction::kExport, "29C12345", rig.clock.SteadyNow()})
          .expected->passed_here);
}

TEST(LaneMotion, LowersAgainWhenTheTruckDoesNotDrive) {
  MachineRig rig;
  rig.Expect("29C-123.45");
  rig.See("", 'D');
  rig.See("A", 'D');
  rig.Read("29C-123.45");
  rig.SeeFor(milliseconds(500), "A", 'M');
  rig.SeeFor(milliseconds(61000), "A", 'U');
  EXPECT_EQ(rig.lower_count, 1);
  EXPECT_EQ(rig.closed.at(0).how, OpeningEnd::kNotUsed);
  rig.SeeFor(milliseconds(1000), "A", 'D');
  EXPECT_EQ(rig.machine().state(), LaneState::kAsking);
  EXPECT_THAT(rig.CausesOfLast(), testing::ElementsAre(cause::kDidNotDrive));
}

TEST(LaneMotion, DetectsAnArmThatRoseWithoutACommand) {  // F4, F16
  MachineRig rig;
  rig.SeeFor(milliseconds(500), "", 'D');
  rig.SeeFor(milliseconds(500), "", 'M');
  EXPECT_TRUE(rig.HasFault(cause::kArmWithoutCommand));
  rig.See("A", 'U');
  rig.SeeFor(milliseconds(500), "AS", 'U');
  rig.SeeFor(milliseconds(500), "SX", 'U');
  rig.SeeFor(milliseconds(500), "X", 'U');
  rig.SeeFor(milliseconds(2000), "", 'U');
  ASSERT_EQ(rig.passages.size(), 1u);
  EXPECT_EQ(rig.passages[0].kind, Passage::Kind::kUnauthorised);
  EXPECT_EQ(rig.passages[0].remarks.at(0).code, cause::kArmWithoutCommand);
  EXPECT_EQ(rig.lower_count, 1) << "closed again once the lane is proved clear";
  rig.See("", 'D');
  EXPECT_FALSE(rig.HasFault(cause::kArmWithoutCommand));
}

TEST(LaneMotion, KeepsHandsOffDuringAnEmergencyOpeningUntilAnOfficerSpeaks) {  // F17
  MachineRig rig;
  rig.SeeFor(milliseconds(500), "", 'D');
  rig.inputs.emergency = true;
  rig.SeeFor(milliseconds(500), "", 'M');
  rig.SeeFor(milliseconds(3000), "", 'U');
  rig.inputs.emergency = false;
  rig.SeeFor(milliseconds(3000), "", 'U');
  EXPECT_EQ(rig.lower_count, 0);
  EXPECT_EQ(rig.machine().state(), LaneState::kFault);
  rig.GiveWord();
  rig.See("", 'U');
  EXPECT_EQ(rig.lower_count, 1);
}

TEST(LaneMotion, DoesNotBelieveLoopsThatWereWithoutPower) {  // F8
  MachineRig rig;
  rig.LetIn("29C-123.45");
  rig.SeeFor(milliseconds(500), "AS", 'U');
  rig.LoseLink();
  rig.Tick(milliseconds(2000));
  rig.inputs.outputs_kept = false;  // the cabinet was without power; a truck stands under the arm, unseen
  rig.See("", 'U');
  rig.inputs.outputs_kept = true;
  rig.SeeFor(milliseconds(20000), "", 'U');
  EXPECT_EQ(rig.lower_count, 0);
  EXPECT_TRUE(rig.HasFault(cause::kLoopUnproved));
  rig.GiveWord();
  rig.See("", 'U');
  EXPECT_EQ(rig.lower_count, 1);
}

TEST(LaneMotion, NotesForTheNextRunThatItsTruckHasGoneUnderTheArmOrRolledBack) {
  MachineRig rig;
  rig.Expect("29C-123.45");
  rig.See("", 'D');
  rig.See("A", 'D');
  rig.Read("29C-123.45");
  rig.See("A", 'U');
  EXPECT_TRUE(rig.entered.empty());
  rig.SeeFor(milliseconds(500), "AS", 'U');
  EXPECT_EQ(rig.entered, std::vector<bool>{true});
  rig.SeeFor(milliseconds(1000), "A", 'U');
  EXPECT_EQ(rig.entered, (std::vector<bool>{true, false}));
}

TEST(LaneMotion, SaysThatALoopIsStuckAndNeverLowersMeanwhile) {  // F6
  MachineRig rig;
  rig.Expect("29C-123.45");
  rig.See("", 'D');
  rig.See("A", 'D');
  rig.Read("29C-123.45");
  rig.SeeFor(milliseconds(500), "A", 'U');
  rig.SeeFor(milliseconds(500), "AS", 'U');
  rig.SeeFor(std::chrono::minutes(11), "S", 'U');
  EXPECT_TRUE(rig.HasFault("LOOP_STUCK/safety"));
  EXPECT_EQ(rig.lower_count, 0);
  rig.SeeFor(milliseconds(500), "SX", 'U');
  rig.SeeFor(milliseconds(500), "X", 'U');
  rig.SeeFor(milliseconds(2000), "", 'U');
  EXPECT_FALSE(rig.HasFault("LOOP_STUCK/safety"));
  EXPECT_EQ(rig.lower_count, 1);
}

}  // namespace
}  // namespace bordergate::lane
