// Goal: one opening for one vehicle, only after its decision is on disk; every vehicle one passage. Method:
// the state machine on a virtual clock, polled every 100 ms with loops and switches as a truck would close
// them.
#include "services/lane/domain/lane_machine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/lane/domain/reasons.h"
#include "services/lane/testing/machine_rig.h"

namespace bordergate::lane {
namespace {

using testing::ElementsAre;

TEST(LaneMachine, LetsAnExpectedTruckThroughAndClosesBehindIt) {
  MachineRig rig;
  rig.Expect("29C-123.45");
  rig.See("", 'D');
  EXPECT_EQ(rig.machine().state(), LaneState::kIdle);
  rig.See("A", 'D');
  EXPECT_EQ(rig.machine().state(), LaneState::kIdentifying);
  EXPECT_EQ(rig.Read("29C-123.45"), ReadUse::kTaken);
  ASSERT_EQ(rig.raised.size(), 1u);
  EXPECT_EQ(rig.decisions[0].verdict.outcome, Outcome::kOpen);
  EXPECT_EQ(rig.machine().state(), LaneState::kOpening);
  rig.SeeFor(milliseconds(800), "A", 'M');
  rig.See("A", 'U');
  EXPECT_EQ(rig.machine().state(), LaneState::kPassing);
  EXPECT_TRUE(rig.green);
  rig.DriveThrough();
  EXPECT_EQ(rig.lower_count, 1);
  EXPECT_EQ(rig.machine().state(), LaneState::kIdle);
  ASSERT_EQ(rig.passages.size(), 1u);
  EXPECT_EQ(rig.passages[0].kind, Passage::Kind::kAutomatic);
  EXPECT_EQ(rig.passages[0].decision_id, rig.decisions[0].id);
  EXPECT_EQ(rig.passages[0].trip_id, "trip_29C12345");
  EXPECT_TRUE(rig.machine().faults().empty());
}

TEST(LaneMachine, NeverSendsThePulseWhenTheDiskDidNotTakeTheDecision) {
  MachineRig rig;
  rig.Expect("29C-123.45");
  rig.disk_works = false;
  rig.See("", 'D');
  rig.See("A", 'D');
  rig.Read("29C-123.45");
  rig.SeeFor(milliseconds(5000), "A", 'D');
  EXPECT_TRUE(rig.raised.empty());
  EXPECT_TRUE(rig.HasFault(cause::kJournalUnavailable));
  rig.disk_works = true;
  rig.SeeFor(milliseconds(1500), "A", 'D');
  EXPECT_EQ(rig.raised.size(), 1u) << "it opens again when the disk is back";
  EXPECT_FALSE(rig.HasFault(cause::kJournalUnavailable));
}

TEST(LaneMachine, RefusesAnUndeclaredTruckOnceItsFramesHaveSettled) {
  MachineRig rig;
  rig.See("", 'D');
  rig.See("A", 'D');
  rig.Read("29C-999.99");
  EXPECT_TRUE(rig.decisions.empty());
  rig.SeeFor(milliseconds(800), "A", 'D');
  ASSERT_EQ(rig.decisions.size(), 1u);
  EXPECT_EQ(rig.machine().state(), LaneState::kRefused);
  EXPECT_THAT(rig.CausesOfLast(), ElementsAre(cause::kTripNotFound));
  rig.SeeFor(milliseconds(2000), "", 'D');
  EXPECT_TRUE(rig.passages.empty());
  EXPECT_EQ(rig.machine().state(), LaneState::kIdle);
}

TEST(LaneMachine, AsksWhenNoPlateIsReadInTime) {
  MachineRig rig;
  rig.See("", 'D');
  rig.SeeFor(milliseconds(5200), "A", 'D');
  EXPECT_EQ(rig.machine().state(), LaneState::kAsking);
  EXPECT_THAT(rig.CausesOfLast(), ElementsAre(cause::kNoRead));
}

TEST(LaneMachine, OpensTheMomentTheMissingFactArrives) {
  MachineRig rig;
  rig.Expect("29C-123.45");
  rig.table.Apply(FeeFacts{"trip_29C12345", false, {}});
  rig.See("", 'D');
  rig.See("A", 'D');
  rig.Read("29C-123.45");
  rig.SeeFor(milliseconds(1000), "A", 'D');
  EXPECT_THAT(rig.CausesOfLast(), ElementsAre(cause::kFeeNotSettled));
  rig.table.Apply(FeeFacts{"trip_29C12345", true, {}});
  rig.See("A", 'D');
  EXPECT_EQ(rig.raised.size(), 1u);
}

TEST(LaneMachine, NeverAppliesALateReadToTheNextTruck) {
  MachineRig rig;
  rig.Expect("29C-123.45");
  rig.See("", 'D');
  rig.SeeFor(milliseconds(500), "A", 'D');  // the expected truck; its read is late
  rig.SeeFor(milliseconds(500), "", 'D');   // it backs away
  rig.See("A", 'D');                        // another one
  EXPECT_EQ(rig.Read("29C-123.45", 0.99, milliseconds(900)), ReadUse::kTooOld);
  rig.SeeFor(milliseconds(1000), "A", 'D');
  EXPECT_TRUE(rig.raised.empty());
}

TEST(LaneMachine, TakesAFrameOfTheApproachWhenTheLaneWasEmpty) {
  MachineRig rig;
  rig.Expect("29C-123.45");
  rig.SeeFor(milliseconds(2000), "", 'D');
  EXPECT_EQ(rig.Read("29C-123.45"), ReadUse::kNoSession);
  rig.See("A", 'D');
  EXPECT_EQ(rig.raised.size(), 1u);
}

TEST(LaneMachine, DecidesNothingForAPlateThatIsHeldUpWithoutAVehicle) {  // E14
  MachineRig rig;
  rig.Expect("29C-123.45");
  rig.SeeFor(milliseconds(2000), "", 'D');
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(rig.Read("29C-123.45"), ReadUse::kNoSession);
    rig.SeeFor(milliseconds(500), "", 'D');
  }
  EXPECT_EQ(rig.machine().state(), LaneState::kIdle);
  EXPECT_TRUE(rig.decisions.empty());
  rig.SeeFor(milliseconds(5000), "", 'D');  // it is taken down
  rig.See("A", 'D');
  rig.Read("29C-999.99");
  rig.SeeFor(milliseconds(1000), "A", 'D');
  EXPECT_TRUE(rig.raised.empty()) << "an undeclared truck came in with it";
  EXPECT_THAT(rig.CausesOfLast(), ElementsAre(cause::kTripNotFound));
}

TEST(LaneMachine, DoesNotTakeTheRearPlateOfTheTruckAheadForTheNext) {
  MachineRig rig;
  rig.Expect("29C-123.45");
  rig.Expect("29C-123.46");
  rig.PassTruck("29C-123.45");
  EXPECT_EQ(rig.Read("29C-123.46", 0.95, milliseconds(300)), ReadUse::kNoSession)
      << "seen while the arm came down";
  rig.See("A", 'D');
  rig.SeeFor(milliseconds(1000), "A", 'D');
  EXPECT_EQ(rig.raised.size(), 1u);
  rig.Read("29C-123.46");
  EXPECT_EQ(rig.raised.size(), 2u);
}

TEST(LaneMachine, LetsFramesVote) {
  MachineRig rig;
  rig.Expect("29C-123.45");
  rig.See("", 'D');
  rig.See("A", 'D');
  rig.Read("29C-123.46", 0.6);
  rig.Read("29C-123.45", 0.7);
  EXPECT_TRUE(rig.raised.empty()) << "no frame is sure";
  rig.Read("29C-123.45", 0.9);
  EXPECT_EQ(rig.raised.size(), 1u) << "two frames, one of them sure, outvote a doubtful one";
}

TEST(LaneMachine, AsksWhenTwoSureFramesDisagree) {
  MachineRig rig;
  rig.See("", 'D');
  rig.See("A", 'D');
  rig.Read("29C-123.46", 0.95);
  rig.Read("29C-123.45", 0.95);
  rig.Expect("29C-123.45");
  rig.SeeFor(milliseconds(1000), "A", 'D');
  EXPECT_TRUE(rig.raised.empty());
  EXPECT_THAT(rig.CausesOfLast(), testing::Contains(std::string(cause::kReadUnsure)));
}

TEST(LaneMachine, LooksAtTheFactsAgainBeforeThePulse) {  // G2, G3
  MachineRig rig;
  rig.Expect("29C-123.45");
  rig.See("", 'D');
  rig.See("A", 'D');
  rig.while_recording = [&] {
    rig.table.Apply(WatchFacts{"watch_1", "29C12345", "29C12345", "CAUSE_STOLEN", true});
  };
  rig.Read("29C-123.45");
  EXPECT_TRUE(rig.raised.empty());
  ASSERT_EQ(rig.closed.size(), 1u);
  EXPECT_EQ(rig.closed[0].how, OpeningEnd::kWithdrawn);
  rig.SeeFor(milliseconds(1000), "A", 'D');
  EXPECT_EQ(rig.machine().state(), LaneState::kAsking);
  EXPECT_THAT(rig.CausesOfLast(), ElementsAre(cause::kWatchListed));
}

TEST(LaneMachine, AsksWhenRecordingTookTooLong) {  // A13
  MachineRig rig;
  rig.Expect("29C-123.45");
  rig.See("", 'D');
  rig.See("A", 'D');
  rig.while_recording = [&] { rig.clock.Advance(milliseconds(900)); };
  rig.Read("29C-123.45");
  EXPECT_TRUE(rig.raised.empty());
  rig.SeeFor(milliseconds(1000), "A", 'D');
  EXPECT_THAT(rig.CausesOfLast(), ElementsAre(cause::kDecisionLate));
}

TEST(LaneMachine, OpensForAnOfficerAndNamesTheOfficer) {
  MachineRig rig;
  rig.See("", 'D');
  rig.See("A", 'D');
  rig.Read("29C-999.99");
  rig.SeeFor(milliseconds(1000), "A", 'D');
  ASSERT_TRUE(
      rig.OfficerOpens({.reason_code = "OFFICER_ORDER", .officer_id = "person_7", .officer_name = "An"}));
  EXPECT_THAT(rig.CausesOfLast(), ElementsAre("OFFICER_ORDER", cause::kTripNotFound));
  rig.SeeFor(milliseconds(500), "A", 'M');
  rig.DriveThrough();
  ASSERT_EQ(rig.passages.size(), 1u);
  EXPECT_EQ(rig.passages[0].kind, Passage::Kind::kManual);
  EXPECT_EQ(rig.decisions.back().decided_by, "person_7");
}

TEST(LaneMachine, DoesNotOpenForAnOfficerWhoMeansAVehicleThatHasLeft) {
  MachineRig rig;
  rig.See("", 'D');
  rig.SeeFor(milliseconds(5500), "A", 'D');
  const std::string meant = rig.machine().last_decision()->session_id;
  rig.SeeFor(milliseconds(500), "", 'D');
  rig.See("A", 'D');
  const auto opened =
      rig.OfficerOpens({.session_id = meant, .reason_code = "OFFICER_ORDER", .plate = "29C12345"});
  ASSERT_FALSE(opened);
  EXPECT_TRUE(opened.error().Is(kSessionOver));
  EXPECT_TRUE(rig.raised.empty());
}

TEST(LaneMachine, SendsOnePulseForADoubleClick) {  // G6
  MachineRig rig;
  rig.See("", 'D');
  rig.See("A", 'D');
  ASSERT_TRUE(rig.OfficerOpens({.reason_code = "OFFICER_ORDER", .plate = "29C12345"}));
  const auto second = rig.OfficerOpens({.reason_code = "OFFICER_ORDER", .plate = "29C12345"});
  ASSERT_FALSE(second);
  EXPECT_TRUE(second.error().Is(kLaneBusy));
  EXPECT_EQ(rig.raised.size(), 1u);
}

TEST(LaneMachine, NeverOpensByItselfAfterAnOfficerRefused) {
  MachineRig rig;
  rig.See("", 'D');
  rig.See("A", 'D');
  rig.Read("29C-123.45");
  ASSERT_TRUE(rig.OfficerRefuses({.reason_code = "OFFICER_SUSPICION", .officer_id = "person_7"}));
  rig.Expect("29C-123.45");
  rig.Read("29C-123.45");
  rig.SeeFor(milliseconds(2000), "A", 'D');
  EXPECT_TRUE(rig.raised.empty());
  EXPECT_EQ(rig.machine().state(), LaneState::kRefused);
}

TEST(LaneMachine, AsksForTheAcknowledgementOfAWatchListedPlate) {
  MachineRig rig;
  rig.Expect("29C-188.88");
  rig.table.Apply(WatchFacts{"watch_1", "29C1B888", "29C1B888", "CAUSE_STOLEN", true});
  rig.See("", 'D');
  rig.See("A", 'D');
  rig.Read("29C-188.88");
  rig.SeeFor(milliseconds(1000), "A", 'D');
  EXPECT_TRUE(rig.raised.empty());
  EXPECT_THAT(rig.CausesOfLast(), ElementsAre(cause::kWatchListLookAlike));
  const auto refused = rig.OfficerOpens({.reason_code = "OFFICER_IDENTIFIED"});
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().Is(kWatchListed));
  ASSERT_TRUE(rig.OfficerOpens({.reason_code = "OFFICER_IDENTIFIED", .watch_list_acknowledged = true}));
  EXPECT_EQ(rig.raised.size(), 1u);
}

TEST(LaneMachine, OpensByItselfForNoneOfFiveThousandLookAlikesOfTheWatchList) {  // E8, S11
  SeededRandom random(11);
  constexpr std::string_view kGroups[] = {"0OQD", "1I7", "8B", "5S", "2Z", "6G"};
  MachineRig rig;
  rig.See("", 'D');
  for (int i = 0; i < 5000; ++i) {
    std::string watched = "29C";
    for (int digit = 0; digit < 5; ++digit) watched += static_cast<char>('0' + random.Below(10));
    std::string seen = watched;
    const int changes = 1 + static_cast<int>(random.Below(2));
    for (int change = 0; change < changes; ++change) {
      char& c = seen[random.Below(seen.size())];
      for (const std::string_view group : kGroups) {
        if (group.find(c) == std::string_view::npos) continue;
        c = group[random.Below(group.size())];
        break;
      }
    }
    rig.table.Apply(WatchFacts{"watch_" + std::to_string(i), watched, watched, "CAUSE_STOLEN", true});
    rig.Expect(seen);  // everything else is in order
    rig.See("A", 'D');
    EXPECT_EQ(rig.Read(seen, 0.99), ReadUse::kTaken);
    rig.SeeFor(milliseconds(800), "A", 'D');
    ASSERT_TRUE(rig.raised.empty()) << seen << " opened, and " << watched << " is on the watch list";
    EXPECT_EQ(rig.decisions.back().verdict.outcome, Outcome::kAsk);
    rig.SeeFor(milliseconds(400), "", 'D');
  }
  EXPECT_EQ(rig.decisions.size(), 5000u);
}

}  // namespace
}  // namespace bordergate::lane
