// Goal: what the state machine wants is done in the right order, kept before it happens, and told once.
// Method: real controllers over modelled lanes on a virtual clock; the journal in memory fails on demand.
#include "services/lane/domain/lane_controller.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/lane/domain/reasons.h"
#include "services/lane/testing/lane_rig.h"

namespace bordergate::lane {
namespace {

using testing::ElementsAre;

TEST(LaneController, KeepsTheDecisionBeforeThePulse) {
  LaneRig rig;
  rig.Expect("29C-123.45");
  rig.DriveUp("29C-123.45");
  bool kept_before = false;
  rig.barriers[0]->on_raise = [&] {
    const Record& last = rig.journal.records.back();
    kept_before = last.opened && last.events.at(0).kind == "decision.made";
  };
  EXPECT_EQ(rig.Read("29C-123.45"), ReadUse::kTaken);
  EXPECT_TRUE(kept_before);
  EXPECT_EQ(rig.model().raise_pulses(), 1);
  rig.RunFor(seconds(20));
  ASSERT_EQ(rig.model().passed().size(), 1u);
  ASSERT_EQ(rig.journal.Passages().size(), 1u);
  EXPECT_THAT(rig.journal.Kinds(), ElementsAre("lane.mode_changed", "decision.made", "passage.completed"));
  EXPECT_EQ(rig.View().state, LaneState::kIdle);
  EXPECT_EQ(rig.View().passages_today, 1);
  EXPECT_THAT(rig.evidence.kept, ElementsAre("evidence_jpeg"));
}

// A truck with a declared container comes, is read surely by the front camera and by no other.
TEST(LaneController, WaitsOnlyForWhatAHealthyFurtherCameraCanRead) {
  struct Case {
    const char* what;
    FurtherCamera camera;
    bool alive;
    bool waits;
  };
  for (const Case& one : {Case{"plates", {CameraPosition::kRear, true, false}, true, true},
                          Case{"containers", {CameraPosition::kTrailer, false, true}, true, true},
                          Case{"none of them", {CameraPosition::kTrailer, false, false}, true, false},
                          Case{"both, away", {CameraPosition::kRear, true, true}, false, false}}) {
    SCOPED_TRACE(one.what);
    LaneRig rig;
    rig.Expect("29C-123.45");
    TripFacts trip = ClearedTrip("trip_29C12345", "29C-123.45");
    trip.container_number = "CSQU3054383";
    rig.admission.table.Apply(trip);
    rig.lanes[0] = rig.NewLane(0, {}, "huu-nghi", {}, {{"further", one.camera}});
    const auto run = [&](milliseconds span) {
      for (milliseconds done{0}; done < span; done += milliseconds(100)) {
        if (one.alive) rig.lanes[0]->WitnessAlive("further", rig.clock.SteadyNow());
        rig.RunFor(milliseconds(100));
      }
    };
    run(milliseconds(1000));
    rig.model().Arrive({.id = 1, .plate = "29C-123.45"});
    while (rig.View().state == LaneState::kIdle) run(milliseconds(100));
    rig.Read("29C-123.45");
    EXPECT_EQ(rig.model().raise_pulses(), one.waits ? 0 : 1);
    run(milliseconds(1700));
    EXPECT_EQ(rig.model().raise_pulses(), 1) << "not longer than any witness";
  }
}

TEST(LaneController, DoesNotOpenWhenTheJournalFails) {
  for (const auto fault : {MemoryJournal::Fault::kRefuses, MemoryJournal::Fault::kKeepsAndForgetsToSaySo}) {
    LaneRig rig;
    rig.Expect("29C-123.45");
    rig.DriveUp("29C-123.45");
    rig.journal.fault = fault;
    rig.Read("29C-123.45");
    EXPECT_EQ(rig.model().raise_pulses(), 0);
    EXPECT_GE(rig.observer.journal_errors, 1);
    rig.RunFor(seconds(3));
    EXPECT_EQ(rig.model().raise_pulses(), 0);
    EXPECT_EQ(rig.View().mode, Mode::kConfirm);
    rig.journal.fault = MemoryJournal::Fault::kNone;
    rig.RunFor(seconds(60));
    EXPECT_EQ(rig.model().passed().size(), 1u) << "it goes on by itself when the disk is back";
  }
}

TEST(LaneController, KeepsAPassageWhenTheDiskIsBack) {
  LaneRig rig;
  rig.Expect("29C-123.45");
  rig.DriveUp("29C-123.45");
  rig.Read("29C-123.45");
  rig.journal.fault = MemoryJournal::Fault::kRefuses;
  rig.RunFor(seconds(20));
  EXPECT_TRUE(rig.journal.Passages().empty());
  rig.journal.fault = MemoryJournal::Fault::kKeepsAndForgetsToSaySo;
  rig.RunFor(seconds(3));
  rig.journal.fault = MemoryJournal::Fault::kNone;
  rig.RunFor(seconds(3));
  EXPECT_EQ(rig.journal.Passages().size(), 1u) << "kept once, though it was told several times";
}

TEST(LaneController, LetsOneTripIntoOneLane) {  // G1, E9
  LaneRig rig(2);
  rig.Expect("29C-123.45");
  rig.DriveUp("29C-123.45", 0);
  rig.DriveUp("29C-123.45", 1);
  rig.Read("29C-123.45", 0);
  rig.Read("29C-123.45", 1);
  EXPECT_EQ(rig.model(0).raise_pulses(), 1);
  rig.RunFor(seconds(2));
  EXPECT_EQ(rig.model(1).raise_pulses(), 0);
  EXPECT_EQ(rig.View(1).decision->verdict.causes.at(0).code, cause::kPlateInTwoLanes);
  rig.RunFor(seconds(20));
  EXPECT_EQ(rig.View(1).decision->verdict.causes.at(0).code, cause::kTripAlreadyCrossed);
  ASSERT_TRUE(rig.Open("request-1", {}, 1));
  rig.RunFor(seconds(20));
  EXPECT_EQ(rig.journal.Passages().at(1).trip_id, "") << "an officer lets it pass; the ticket is used once";
}

TEST(LaneController, RecognisesARepeatedRead) {  // E2
  LaneRig rig;
  rig.DriveUp("29C-123.45");
  PlateRead read;
  read.read_id = "read-x";
  read.frame_time = rig.clock.Now();
  read.plate = read.key = "29C12345";
  read.confidence = 0.9;
  EXPECT_EQ(rig.lanes[0]->SeeRead(read), ReadUse::kTaken);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(rig.lanes[0]->SeeRead(read), ReadUse::kRepeated);
}

TEST(LaneController, DegradesToLocalWhenTheCentreIsCutOff) {  // D1, B1
  LaneRig rig;
  rig.Expect("29C-123.45");
  rig.admission.alive = false;
  rig.RunFor(seconds(4));
  EXPECT_EQ(rig.View().mode, Mode::kLocal);
  EXPECT_THAT(rig.journal.Kinds(), testing::Contains("lane.mode_changed"));
  rig.DriveUp("29C-123.45");
  rig.Read("29C-123.45");
  rig.RunFor(seconds(20));
  EXPECT_EQ(rig.model().passed().size(), 1u) << "its call was known before";
  rig.RunFor(std::chrono::minutes(15));
  EXPECT_EQ(rig.View().mode, Mode::kConfirm);
  rig.admission.alive = true;
  rig.RunFor(seconds(9));
  EXPECT_EQ(rig.View().mode, Mode::kConfirm);
  rig.RunFor(seconds(3));
  EXPECT_EQ(rig.View().mode, Mode::kAuto);
}

TEST(LaneController, AsksForEachOpeningWhileTheClockIsWrong) {  // G8
  for (const auto jump : {seconds(3600), seconds(-600)}) {
    LaneRig rig;
    rig.Expect("29C-123.45");
    rig.admission.skew.Saw(0, rig.clock.Now(), NowOf(rig.clock));
    rig.RunFor(seconds(1));
    EXPECT_EQ(rig.View().mode, Mode::kAuto);
    rig.clock.JumpWallClock(jump);
    rig.DriveUp("29C-123.45");
    rig.Read("29C-123.45");
    EXPECT_EQ(rig.View().mode, Mode::kConfirm);
    EXPECT_EQ(rig.View().mode_causes.at(0).code, cause::kClockSkewed);
    EXPECT_EQ(rig.View().mode_causes.at(0).params.at("skew_s"), std::to_string(jump.count()));
    EXPECT_EQ(rig.model().raise_pulses(), 0);
    rig.clock.JumpWallClock(-jump);
    rig.RunFor(seconds(11));
    EXPECT_EQ(rig.View().mode, Mode::kAuto);
    rig.RunFor(seconds(20));
    EXPECT_EQ(rig.model().raise_pulses(), 1) << "right again for long enough";
  }
}

// G9: no time server for a day, or a leap second: what comes of it is shown, and nothing else happens.
TEST(LaneController, GoesOnWithAClockThatIsAlittleWrong) {
  LaneRig rig;
  rig.Expect("29C-123.45");
  rig.admission.skew.Saw(0, rig.clock.Now(), NowOf(rig.clock));
  rig.clock.JumpWallClock(milliseconds(1900));
  rig.DriveUp("29C-123.45");
  rig.Read("29C-123.45");
  EXPECT_EQ(rig.View().mode, Mode::kAuto);
  EXPECT_EQ(rig.model().raise_pulses(), 1);
}

// D10: two programs that hear of nobody. A ticket is for one gate, and a gate is one program's.
TEST(LaneController, LetsATicketPassAtItsOwnGateOnlyWhenEverybodyIsCutOff) {
  LaneRig here, elsewhere;
  elsewhere.lanes[0] = elsewhere.NewLane(0, {}, "tan-thanh");
  for (LaneRig* rig : {&here, &elsewhere}) {
    rig->Expect("29C-123.45");  // at huu-nghi
    rig->RunFor(seconds(1));
    rig->admission.alive = false;
    rig->RunFor(seconds(4));
    EXPECT_EQ(rig->View().mode, Mode::kLocal);
    rig->DriveUp("29C-123.45");
    rig->Read("29C-123.45");
    rig->RunFor(seconds(20));
  }
  EXPECT_EQ(here.model().passed().size(), 1u);
  EXPECT_EQ(elsewhere.model().raise_pulses(), 0);
  EXPECT_EQ(elsewhere.View().decision->verdict.causes.at(0).code, cause::kWrongGate);
}

TEST(LaneController, AsksInConfirmMode) {
  LaneRig rig;
  rig.Expect("29C-123.45");
  rig.DriveUp("29C-123.45");
  rig.camera_alive = false;
  rig.RunFor(seconds(4));
  EXPECT_EQ(rig.View().mode, Mode::kConfirm);
  rig.Read("29C-123.45");
  rig.RunFor(seconds(2));
  EXPECT_EQ(rig.model().raise_pulses(), 0);
  ASSERT_TRUE(rig.Open("request-1", {}));
  EXPECT_EQ(rig.model().raise_pulses(), 1);
}

TEST(LaneController, AnswersARepeatedOrderAsBefore) {
  LaneRig rig;
  rig.DriveUp("29C-123.45");
  const auto first = rig.Open("request-1", {.plate = "29C12345"});
  ASSERT_TRUE(first) << first.error().message();
  EXPECT_EQ(*rig.Open("request-1", {.plate = "29C12345"}), *first);
  rig.RunFor(seconds(20));
  rig.DriveUp("29C-777.77");
  EXPECT_EQ(*rig.Open("request-1", {.plate = "29C12345"}), *first) << "never for the next vehicle";
  EXPECT_EQ(rig.model().raise_pulses(), 1);
}

TEST(LaneController, TellsAnOfficerThatNothingWasSent) {
  LaneRig rig;
  rig.DriveUp("29C-123.45");
  rig.barriers[0]->raise_answer = Sent::kNo;
  const auto opened = rig.Open("request-1", {.plate = "29C12345"});
  ASSERT_FALSE(opened);
  EXPECT_TRUE(opened.error().Is(kBarrierUnreachable));
}

TEST(LaneController, TellsAnOfficerThatNothingWasKept) {
  LaneRig rig;
  rig.DriveUp("29C-123.45");
  rig.journal.fault = MemoryJournal::Fault::kRefuses;
  const auto opened = rig.Open("request-1", {.plate = "29C12345"});
  ASSERT_FALSE(opened);
  EXPECT_TRUE(opened.error().Is(kJournalUnavailable));
  EXPECT_EQ(rig.model().raise_pulses(), 0);
}

TEST(LaneController, OpensForNobodyWhenClosed) {
  LaneRig rig;
  rig.Expect("29C-123.45");
  EXPECT_EQ(*rig.SetMode("request-1", Mode::kClosed), "CLOSED");
  rig.DriveUp("29C-123.45");
  rig.Read("29C-123.45");
  rig.RunFor(seconds(2));
  EXPECT_EQ(rig.View().state, LaneState::kRefused);
  const auto opened = rig.Open("request-2", {});
  ASSERT_FALSE(opened);
  EXPECT_TRUE(opened.error().Is(kLaneClosed));
  EXPECT_EQ(*rig.SetMode("request-3", Mode::kAuto), "AUTO");
  rig.RunFor(seconds(2));
  EXPECT_EQ(rig.model().raise_pulses(), 1);
}

TEST(LaneController, StaysInItsModeWhenTheOrderCouldNotBeKept) {
  LaneRig rig;
  rig.journal.fault = MemoryJournal::Fault::kRefuses;
  ASSERT_FALSE(rig.SetMode("request-1", Mode::kClosed));
  EXPECT_EQ(rig.View().mode, Mode::kAuto);
}

TEST(LaneController, RemembersAModeSetByHandAfterARestart) {
  LaneRig rig;
  LaneStart start;
  start.requested = {"huu-nghi-x1", Mode::kClosed, "person_1", "works"};
  rig.lanes[0] = rig.NewLane(0, start);
  rig.RunFor(seconds(1));
  EXPECT_EQ(rig.View().mode, Mode::kClosed);
}

TEST(LaneController, TellsWatchersOnlyOfChanges) {
  LaneRig rig;
  rig.RunFor(seconds(2));
  const size_t before = rig.views.size();
  rig.RunFor(seconds(60));
  EXPECT_EQ(rig.views.size(), before);
  rig.DriveUp("29C-123.45");
  EXPECT_GT(rig.views.size(), before);
}

TEST(LaneController, CountsPassagesOfTheDayAtTheGate) {
  LaneRig rig;  // 07:00 at a gate with UTC+7
  rig.Expect("29C-123.45");
  rig.DriveUp("29C-123.45");
  rig.Read("29C-123.45");
  rig.RunFor(seconds(20));
  EXPECT_EQ(rig.View().passages_today, 1);
  rig.clock.Advance(std::chrono::hours(17));
  rig.RunFor(seconds(1));
  EXPECT_EQ(rig.View().passages_today, 0);
}

TEST(LaneController, CountsTranspondersOfNobodyAndForgetsNoPlateUnderAFloodOfThem) {
  LaneRig rig;
  rig.admission.table.Apply(
      VehicleFacts{"29C12345", std::nullopt, 0, "29C12345", "E2801160600002ABCDEF0123"});
  PlateRead read;
  read.read_id = "read-of-a-plate";
  read.frame_time = rig.clock.Now();
  read.plate = read.key = "29C12345";
  EXPECT_EQ(rig.lanes[0]->SeeRead(read), ReadUse::kNoSession);
  TagRead tag{.read_id = "tag-1",
              .tag_reader_id = "tags",
              .lane_id = "huu-nghi-x1",
              .read_time = rig.clock.Now(),
              .tag_id = "E2801160600002ABCDEF0000",
              .rssi_cdbm = -4000};
  for (int i = 0; i < 2000; ++i) {
    tag.read_id = "tag-" + std::to_string(i);
    EXPECT_EQ(rig.lanes[0]->SeeTag(tag), ReadUse::kUnknownTag);
  }
  EXPECT_EQ(rig.observer.unknown_tags, 2000);
  EXPECT_EQ(rig.lanes[0]->SeeTag(tag), ReadUse::kRepeated);
  EXPECT_EQ(rig.lanes[0]->SeeRead(read), ReadUse::kRepeated);
}

}  // namespace
}  // namespace bordergate::lane
