// Goal: a slip says which truck it is when the plate cannot, and never more: it opens nothing that the rule,
// the watch list or another lane would not, and never for the next truck. Method: the state machine on a
// virtual clock; slips as the reader's side hands them over (signatures: libs/slip).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/lane/domain/reasons.h"
#include "services/lane/testing/machine_rig.h"

namespace bordergate::lane {
namespace {

using testing::ElementsAre;

class LaneMachineSlip : public testing::Test {
 protected:
  LaneMachineSlip() {
    rig_.Expect("29C-123.45");
    rig_.See("", 'D');
    rig_.See("A", 'D');
  }
  // For longer than the lane waits for a plate.
  void Wait() { rig_.SeeFor(milliseconds(6000), "A", 'D'); }

  MachineRig rig_;
};

TEST_F(LaneMachineSlip, NamesATruckWhosePlateCannotBeRead) {
  EXPECT_EQ(rig_.Show(rig_.SlipOf("29C-123.45")), ReadUse::kTaken);
  EXPECT_TRUE(rig_.raised.empty()) << "the camera has its time first";
  Wait();
  ASSERT_EQ(rig_.raised.size(), 1u);
  EXPECT_THAT(rig_.CausesOfLast(), ElementsAre(cause::kAllCleared, cause::kIdentifiedBySlip));
  const Decision& decision = rig_.decisions.back();
  EXPECT_EQ(decision.plate, "29C12345");
  EXPECT_EQ(decision.trip_id, "trip_29C12345");
  EXPECT_EQ(decision.evidence_id, "evidence_slip");
  EXPECT_EQ(decision.confidence, 0);
  rig_.DriveThrough();
  ASSERT_EQ(rig_.passages.size(), 1u);
  EXPECT_EQ(rig_.passages[0].trip_id, "trip_29C12345");
}

TEST_F(LaneMachineSlip, OpensAtOnceForATruckThatWasAskedAbout) {
  Wait();
  EXPECT_THAT(rig_.CausesOfLast(), ElementsAre(cause::kNoRead));
  rig_.Show(rig_.SlipOf("29C-123.45"));
  EXPECT_EQ(rig_.raised.size(), 1u);
}

TEST_F(LaneMachineSlip, IsTheSecondWitnessOfAnUnsureRead) {
  rig_.Read("29C-128.45", 0.4);
  rig_.Show(rig_.SlipOf("29C-123.45"));
  EXPECT_TRUE(rig_.raised.empty()) << "further frames may be sure of another plate";
  rig_.SeeFor(milliseconds(800), "A", 'D');
  ASSERT_EQ(rig_.raised.size(), 1u);
  EXPECT_EQ(rig_.decisions.back().plate, "29C12345");
}

TEST_F(LaneMachineSlip, CorrectsASureReadThatNobodyExpectsOnlyToALookAlike) {
  rig_.Read("29C-723.45");  // 7 for 1: expected by nobody
  rig_.Read("29C-723.45");
  rig_.SeeFor(milliseconds(800), "A", 'D');
  EXPECT_THAT(rig_.CausesOfLast(), testing::Contains(cause::kPlateNearExpected));
  rig_.Show(rig_.SlipOf("29C-123.45"));
  EXPECT_EQ(rig_.raised.size(), 1u);
}

TEST_F(LaneMachineSlip, AsksWhenASureReadIsAnotherTruck) {
  rig_.Expect("29C-123.46");  // the neighbour in the same yard
  rig_.Show(rig_.SlipOf("29C-123.45"));
  rig_.Read("29C-123.46");
  rig_.SeeFor(milliseconds(1000), "A", 'D');
  EXPECT_TRUE(rig_.raised.empty());
  const Decision& decision = rig_.decisions.back();
  EXPECT_EQ(decision.verdict.outcome, Outcome::kAsk);
  ASSERT_EQ(decision.verdict.causes.size(), 1u);
  EXPECT_EQ(decision.verdict.causes[0].code, cause::kSlipPlateMismatch);
  EXPECT_THAT(decision.verdict.causes[0].params,
              ElementsAre(testing::Pair("expected", "29C12345"), testing::Pair("seen", "29C12346")));
}

TEST_F(LaneMachineSlip, AsksWhenAnUnsureReadIsClearlyAnotherTruck) {
  rig_.Read("51D-999.88", 0.6);
  rig_.Show(rig_.SlipOf("29C-123.45"));
  Wait();
  EXPECT_TRUE(rig_.raised.empty());
  EXPECT_THAT(rig_.CausesOfLast(), testing::Contains(cause::kSlipPlateMismatch));
}

TEST_F(LaneMachineSlip, NamesATruckWhoseMudWasReadAsSomePlate) {
  rig_.Read("51D-999.88", 0.35);
  rig_.Show(rig_.SlipOf("29C-123.45"));
  Wait();
  ASSERT_EQ(rig_.raised.size(), 1u);
  EXPECT_EQ(rig_.decisions.back().plate, "29C12345");
}

TEST_F(LaneMachineSlip, ChangesNothingWhenItSaysWhatTheCameraSaw) {
  rig_.Show(rig_.SlipOf("29C-123.45"));
  rig_.Read("29C-123.45");
  ASSERT_EQ(rig_.raised.size(), 1u);
  EXPECT_THAT(rig_.CausesOfLast(), ElementsAre(cause::kAllCleared));
}

TEST_F(LaneMachineSlip, ThatIsForgedAsksWhateverTheCameraSaw) {
  rig_.Show({}, cause::kSlipForged);
  rig_.Show({}, cause::kSlipMalformed);  // and does not hide it
  rig_.Read("29C-123.45");
  rig_.SeeFor(milliseconds(1000), "A", 'D');
  EXPECT_TRUE(rig_.raised.empty());
  EXPECT_EQ(rig_.machine().state(), LaneState::kAsking);
  EXPECT_THAT(rig_.CausesOfLast(), ElementsAre(cause::kSlipForged));
}

TEST_F(LaneMachineSlip, ThatIsNotGoodHereSaysWhyAndOpensNothing) {
  const Slip good = rig_.SlipOf("29C-123.45");
  Slip expired = good;
  expired.valid_until = rig_.clock.Now() - seconds(1);
  Slip early = good;
  early.valid_from = rig_.clock.Now() + std::chrono::hours(1);
  Slip elsewhere = good;
  elsewhere.gate_id = "tan-thanh";
  Slip inbound = good;
  inbound.is_export = false;
  rig_.Show(good, cause::kSlipKeyUnknown);
  Wait();
  EXPECT_THAT(rig_.CausesOfLast(), ElementsAre(cause::kNoRead, cause::kSlipKeyUnknown));
  rig_.SeeFor(milliseconds(2000), "", 'D');
  for (const auto& [slip, why] : {std::pair(expired, cause::kSlipExpired),
                                  {early, cause::kSlipNotYetValid},
                                  {elsewhere, cause::kSlipOtherGate},
                                  {inbound, cause::kSlipOtherDirection}}) {
    rig_.See("A", 'D');
    rig_.Show(slip);
    Wait();
    EXPECT_THAT(rig_.CausesOfLast(), ElementsAre(cause::kNoRead, why));
    rig_.SeeFor(milliseconds(2000), "", 'D');
  }
  EXPECT_TRUE(rig_.raised.empty());
}

TEST_F(LaneMachineSlip, IsNeverTakenForTheNextTruck) {
  rig_.SeeFor(milliseconds(2000), "", 'D');  // it went back
  EXPECT_EQ(rig_.Show(rig_.SlipOf("29C-123.45"), "", milliseconds(1500)), ReadUse::kNoSession);
  rig_.SeeFor(milliseconds(500), "", 'D');
  rig_.See("A", 'D');
  // Late, and of the time before this truck was there.
  EXPECT_EQ(rig_.Show(rig_.SlipOf("29C-123.45"), "", milliseconds(2500)), ReadUse::kTooOld);
  Wait();
  EXPECT_TRUE(rig_.raised.empty());
  EXPECT_THAT(rig_.CausesOfLast(), ElementsAre(cause::kNoRead));
}

TEST_F(LaneMachineSlip, PassesOnce) {
  rig_.Show(rig_.SlipOf("29C-123.45"));
  Wait();
  rig_.DriveThrough();
  ASSERT_EQ(rig_.passages.size(), 1u);
  rig_.See("A", 'D');  // a copy of the same paper
  rig_.Show(rig_.SlipOf("29C-123.45"));
  Wait();
  EXPECT_EQ(rig_.raised.size(), 1u);
  EXPECT_EQ(rig_.machine().state(), LaneState::kAsking);
  EXPECT_THAT(rig_.CausesOfLast(), testing::Contains(cause::kTripAlreadyCrossed));
}

TEST_F(LaneMachineSlip, OfAnotherTripOfTheSameTruckAsks) {
  Slip old = rig_.SlipOf("29C-123.45");
  old.trip_id = "trip_of_last_week";
  rig_.Show(old);
  Wait();
  EXPECT_TRUE(rig_.raised.empty());
  EXPECT_THAT(rig_.CausesOfLast(), ElementsAre(cause::kSlipOtherTrip));
}

TEST_F(LaneMachineSlip, OfATripThatTheLaneDoesNotKnowAsks) {
  rig_.Show(rig_.SlipOf("29C-777.77"));
  Wait();
  EXPECT_TRUE(rig_.raised.empty());
  EXPECT_EQ(rig_.machine().state(), LaneState::kAsking);
  EXPECT_THAT(rig_.CausesOfLast(), ElementsAre(cause::kSlipTripUnknown));
}

TEST_F(LaneMachineSlip, DoesNotOpenForAWatchListedTruckNorForOneThatLooksLikeIt) {
  rig_.table.Apply(WatchFacts{"watch_1", "29C12345", "29C12345", "CAUSE_STOLEN", true});
  rig_.Show(rig_.SlipOf("29C-123.45"));
  Wait();
  EXPECT_TRUE(rig_.raised.empty());
  EXPECT_THAT(rig_.CausesOfLast(), ElementsAre(cause::kWatchListed));
}

TEST_F(LaneMachineSlip, DoesNotHideAWatchListedPlateThatOneFrameSaw) {
  rig_.table.Apply(WatchFacts{"watch_1", "29C12845", "29C12845", "CAUSE_STOLEN", true});
  rig_.Read("29C-128.45", 0.3);
  rig_.Show(rig_.SlipOf("29C-123.45"));
  Wait();
  EXPECT_TRUE(rig_.raised.empty());
  EXPECT_THAT(rig_.CausesOfLast(), testing::Contains(cause::kWatchListed));
}

TEST_F(LaneMachineSlip, ClearsNothing) {
  TripFacts held = ClearedTrip("trip_29C12345", "29C-123.45");
  held.state = TripFacts::State::kHeld;
  held.steps_held = {"customs"};
  rig_.table.Apply(held);
  rig_.Show(rig_.SlipOf("29C-123.45"));
  Wait();
  EXPECT_TRUE(rig_.raised.empty());
  EXPECT_EQ(rig_.machine().state(), LaneState::kRefused);
}

TEST_F(LaneMachineSlip, IsNotAskedForWhenAnOfficerTypesThePlate) {
  rig_.Show({}, cause::kSlipForged);
  Wait();
  ASSERT_TRUE(rig_.OfficerOpens({.reason_code = "OFFICER_IDENTIFIED", .plate = "29C12345"}).has_value());
  EXPECT_EQ(rig_.raised.size(), 1u);
}

}  // namespace
}  // namespace bordergate::lane
