// Goal: a container's number confirms what the front shows, contradicts the declaration, and opens for nobody
// by itself; it counts for the vehicle it was read of and for no other. Method: the state machine on a
// virtual clock.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/lane/domain/reasons.h"
#include "services/lane/testing/truck_on_the_loop.h"

namespace bordergate::lane {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Pair;

constexpr char kDeclared[] = "CSQU3054383";
constexpr char kOther[] = "TGHU7654320";
constexpr char kNearly[] = "CSQU3054399";  // two digits off, as its check digit wants

class LaneMachineContainer : public TruckOnTheLoop {
 protected:
  LaneMachineContainer() { Declare("29C-123.45", kDeclared); }
  void Declare(const std::string& plate, std::optional<std::string> container) {
    TripFacts trip = ClearedTrip("trip_" + PlateKey(plate), plate);
    trip.container_number = std::move(container);
    rig_.table.Apply(trip);
  }
};

TEST_F(LaneMachineContainer, AsksWhenItIsAnotherThanTheDeclaredOne) {
  for (const char* seen : {kOther, kNearly}) {
    rig_.ReadContainer(seen);
    rig_.Read("29C-123.45");
    Stay(milliseconds(1000));
    EXPECT_TRUE(rig_.raised.empty());
    EXPECT_EQ(rig_.machine().state(), LaneState::kAsking);
    EXPECT_THAT(rig_.CausesOfLast(), ElementsAre(cause::kContainerMismatch));
    EXPECT_THAT(FirstCause().params, ElementsAre(Pair("expected", kDeclared), Pair("seen", seen)));
    Next();
  }
}

TEST_F(LaneMachineContainer, ShowsTheOfficerThePictureOfWhatDisagrees) {
  rig_.with_pictures = true;
  rig_.ReadContainer(kOther);
  rig_.Read("29C-123.45");
  Stay(milliseconds(1000));
  EXPECT_EQ(rig_.machine().last_decision()->evidence_id, "evidence_TGHU7654320");
  ASSERT_TRUE(rig_.OfficerOpens({.reason_code = "OFFICER_IDENTIFIED"}));
  EXPECT_EQ(rig_.machine().last_decision()->evidence_id, "evidence_29C-123.45")
      << "what went through is told by its plate";
}

TEST_F(LaneMachineContainer, AsksWhenNoneIsDeclared) {
  Declare("29C-123.45", "");
  rig_.ReadContainer(kOther);
  rig_.Read("29C-123.45");
  Stay(milliseconds(1000));
  EXPECT_TRUE(rig_.raised.empty());
  EXPECT_THAT(rig_.CausesOfLast(), ElementsAre(cause::kContainerMismatch));
  EXPECT_THAT(FirstCause().params, ElementsAre(Pair("expected", ""), Pair("seen", kOther)));
}

TEST_F(LaneMachineContainer, IsComparedWithNothingWhereItIsNotKnownWhatIsDeclared) {
  Declare("29C-123.45", std::nullopt);
  rig_.ReadContainer(kOther);
  rig_.Read("29C-123.45");
  EXPECT_EQ(rig_.raised.size(), 1u);
}

TEST_F(LaneMachineContainer, ChangesNothingWhenItIsTheDeclaredOne) {
  rig_.ReadContainer(kDeclared);
  rig_.Read("29C-123.45");
  ASSERT_EQ(rig_.raised.size(), 1u);
  EXPECT_THAT(rig_.CausesOfLast(), ElementsAre(cause::kAllCleared));
}

TEST_F(LaneMachineContainer, StopsATruckBetweenDecisionAndPulse) {
  rig_.while_recording = [&] { rig_.ReadContainer(kOther); };
  rig_.Read("29C-123.45");
  Stay(milliseconds(1000));
  EXPECT_TRUE(rig_.raised.empty());
  EXPECT_THAT(rig_.CausesOfLast(), ElementsAre(cause::kContainerMismatch));
}

TEST_F(LaneMachineContainer, CountsForNothingWhileItIsUnsureOrFramesDisagree) {
  rig_.ReadContainer(kOther, 0.49);
  rig_.Read("29C-123.45");
  EXPECT_EQ(rig_.raised.size(), 1u);
  rig_.raised.clear();
  rig_.SeeFor(milliseconds(500), "A", 'M');
  rig_.DriveThrough();
  rig_.Expect("29C-777.77");
  Declare("29C-777.77", "MSKU1234565");
  rig_.See("A", 'D');
  rig_.ReadContainer("CSQU3054450", 0.95);
  rig_.ReadContainer("MSKU1234565", 0.93);
  rig_.Read("29C-777.77", 0.6);
  Stay(milliseconds(1000));
  EXPECT_THAT(rig_.CausesOfLast(), ElementsAre(cause::kReadUnsure)) << "it confirms nothing";
  rig_.Read("29C-777.77");
  EXPECT_EQ(rig_.raised.size(), 1u) << "and contradicts nothing";
}

TEST_F(LaneMachineContainer, StillContradictsWhereNoneOfTheDisputedIsTheDeclaredOne) {
  rig_.ReadContainer(kOther);
  rig_.ReadContainer("MSKU1234565");
  rig_.Read("29C-123.45");
  Stay(milliseconds(1000));
  EXPECT_TRUE(rig_.raised.empty());
  EXPECT_THAT(rig_.CausesOfLast(), ElementsAre(cause::kContainerMismatch));
  EXPECT_THAT(FirstCause().params, ElementsAre(Pair("expected", kDeclared), Pair("seen", kOther)));
}

TEST_F(LaneMachineContainer, IsTheOneThatMostFramesShow) {
  for (int frame = 0; frame < 3; ++frame) rig_.ReadContainer(kDeclared);
  rig_.ReadContainer(kNearly, 0.9);  // misread once
  rig_.Read("29C-123.45");
  EXPECT_EQ(rig_.raised.size(), 1u);
}

TEST_F(LaneMachineContainer, ConfirmsAnUnsureFrontWhenOneTripDeclaresIt) {
  rig_.Read("29C-123.48", 0.49);
  rig_.ReadContainer(kDeclared);
  EXPECT_TRUE(rig_.raised.empty()) << "further frames may be sure of another plate";
  Stay(milliseconds(800));
  ASSERT_EQ(rig_.raised.size(), 1u);
  EXPECT_EQ(rig_.decisions.back().plate, "29C12345");
  EXPECT_THAT(rig_.CausesOfLast(), ElementsAre(cause::kAllCleared, cause::kConfirmedByContainer));
  EXPECT_THAT(rig_.decisions.back().verdict.causes[1].params, ElementsAre(Pair("seen", "29C12348")));
}

TEST_F(LaneMachineContainer, NamesNobodyWhenTwoTrucksDeclareIt) {
  Declare("29C-777.77", kDeclared);
  rig_.Read("29C-123.45", 0.6);
  rig_.ReadContainer(kDeclared);
  Stay(milliseconds(1000));
  EXPECT_TRUE(rig_.raised.empty());
  EXPECT_THAT(rig_.CausesOfLast(), ElementsAre(cause::kReadUnsure));
}

// The next lane's truck in the picture.
TEST_F(LaneMachineContainer, ConfirmsNobodyWhenTwoLanesSeeIt) {
  rig_.SeeElsewhere(kDeclared);
  rig_.ReadContainer(kDeclared);
  rig_.Read("29C-123.48", 0.49);
  Stay(milliseconds(40'000));
  EXPECT_TRUE(rig_.raised.empty())
      << "the other lane has forgotten it meanwhile, and nobody has seen it since";
  EXPECT_THAT(rig_.CausesOfLast(),
              ElementsAre(cause::kReadUnsure, cause::kContainerSeen, cause::kTripNotFound));
  rig_.ReadContainer(kDeclared);
  Stay(milliseconds(300));
  EXPECT_EQ(rig_.raised.size(), 1u) << "it is here, and no longer there";
}

TEST_F(LaneMachineContainer, StillContradictsWhenTwoLanesSeeIt) {
  Declare("51D-999.88", kOther);
  rig_.SeeElsewhere(kOther);
  rig_.ReadContainer(kOther);
  rig_.Read("29C-123.45");
  Stay(milliseconds(1000));
  EXPECT_TRUE(rig_.raised.empty());
  EXPECT_THAT(rig_.CausesOfLast(), ElementsAre(cause::kContainerMismatch));
}

TEST_F(LaneMachineContainer, OpensForNobodyWhoseFrontWasNotRead) {
  rig_.ReadContainer(kDeclared);
  Stay(milliseconds(8000));
  EXPECT_TRUE(rig_.raised.empty());
  EXPECT_EQ(rig_.machine().state(), LaneState::kAsking);
  EXPECT_THAT(rig_.CausesOfLast(), ElementsAre(cause::kNoRead, cause::kContainerSeen));
  EXPECT_THAT(rig_.decisions.back().verdict.causes[1].params, ElementsAre(Pair("plate", "29C12345")));
}

TEST_F(LaneMachineContainer, HidesNoWatchListedTruckThatDeclaresIt) {
  Declare("51D-999.88", kOther);
  rig_.table.Apply(WatchFacts{"watch_1", "51D99988", "51D99988", "CAUSE_STOLEN", true});
  rig_.ReadContainer(kOther);
  rig_.Read("29C-123.45");
  Stay(milliseconds(1000));
  EXPECT_TRUE(rig_.raised.empty());
  EXPECT_THAT(rig_.CausesOfLast(), ElementsAre(cause::kWatchListed, cause::kContainerMismatch));
}

// The trip of a slip declares one, too.
TEST_F(LaneMachineContainer, FindsOutASlipThatWasLent) {
  rig_.ReadContainer(kOther);
  rig_.Show(rig_.SlipOf("29C-123.45"));
  Stay(milliseconds(8000));
  EXPECT_TRUE(rig_.raised.empty());
  EXPECT_THAT(rig_.CausesOfLast(), ElementsAre(cause::kContainerMismatch));
}

TEST_F(LaneMachineContainer, IsNoRivalOfThePlateAlsoWhenTheFrontCameraSeesIt) {
  PlateRead read;
  read.read_id = "read-of-the-front";
  read.of = ReadOf::kContainer;
  read.frame_time = rig_.clock.Now();
  read.plate = read.key = kOther;
  read.confidence = 0.95;
  EXPECT_EQ(rig_.See(read), ReadUse::kTaken);
  rig_.Read("29C-123.45");
  Stay(milliseconds(1000));
  EXPECT_TRUE(rig_.raised.empty());
  EXPECT_EQ(rig_.decisions.back().plate, "29C12345");
  EXPECT_THAT(rig_.CausesOfLast(), ElementsAre(cause::kContainerMismatch));
}

TEST_F(LaneMachineContainer, IsWaitedForWhereOneIsDeclared) {
  rig_.plates_are_read = rig_.containers_are_read = true;
  rig_.ReadRear("29C-123.45");
  rig_.Read("29C-123.45");
  Stay(milliseconds(800));
  EXPECT_TRUE(rig_.decisions.empty());
  rig_.ReadContainer(kOther);
  Stay(milliseconds(800));
  EXPECT_TRUE(rig_.raised.empty());
  EXPECT_THAT(rig_.CausesOfLast(), ElementsAre(cause::kContainerMismatch));
}

TEST_F(LaneMachineContainer, LetsATruckInAtOnceWhenItAndAPlateWereSeen) {
  rig_.plates_are_read = rig_.containers_are_read = true;
  rig_.ReadContainer(kDeclared);
  rig_.Read("29C-123.45");
  EXPECT_TRUE(rig_.raised.empty()) << "the trailer may be another's";
  rig_.ReadRear("29C-123.45");
  EXPECT_EQ(rig_.raised.size(), 1u);
}

TEST_F(LaneMachineContainer, IsWaitedForNoLongerThanAnyWitness) {
  rig_.plates_are_read = rig_.containers_are_read = true;
  rig_.ReadRear("29C-123.45");
  rig_.Read("29C-123.45");
  Stay(milliseconds(1300));
  EXPECT_TRUE(rig_.raised.empty());
  Stay(milliseconds(400));
  EXPECT_EQ(rig_.raised.size(), 1u);
}

TEST_F(LaneMachineContainer, IsNotWaitedForByALaneWhoseFurtherCamerasShowNone) {
  rig_.plates_are_read = true;
  rig_.ReadRear("29C-123.45");
  rig_.Read("29C-123.45");
  EXPECT_EQ(rig_.raised.size(), 1u);
}

TEST_F(LaneMachineContainer, IsWaitedForAloneWhereNoFurtherCameraShowsPlates) {
  rig_.containers_are_read = true;
  rig_.Read("29C-123.45");
  Stay(milliseconds(800));
  EXPECT_TRUE(rig_.raised.empty());
  rig_.ReadContainer(kDeclared);
  EXPECT_EQ(rig_.raised.size(), 1u);
}

TEST_F(LaneMachineContainer, IsNotWaitedForWhereNoneIsDeclaredNorByALaneWithoutFurtherCamera) {
  rig_.Read("29C-123.45");
  EXPECT_EQ(rig_.raised.size(), 1u);
  rig_.SeeFor(milliseconds(500), "A", 'M');
  rig_.DriveThrough();
  rig_.Expect("29C-777.77");
  Declare("29C-777.77", "");
  rig_.plates_are_read = rig_.containers_are_read = true;
  rig_.See("A", 'D');
  rig_.ReadRear("29C-777.77");
  rig_.Read("29C-777.77");
  EXPECT_EQ(rig_.raised.size(), 2u);
}

TEST_F(LaneMachineContainer, IsNotTheNextTrucksWhenItsOwnWentThrough) {
  rig_.ReadContainer(kDeclared, 0.95, milliseconds(0), "rear/7");
  rig_.Read("29C-123.45");
  ASSERT_EQ(rig_.raised.size(), 1u);
  rig_.SeeFor(milliseconds(500), "A", 'M');
  rig_.See("A", 'U');
  rig_.SeeFor(milliseconds(500), "SX", 'U');
  rig_.See("AX", 'U');  // the next one is there, and the first not yet away
  EXPECT_EQ(rig_.ReadContainer(kOther), ReadUse::kOfAnother) << "whose it is cannot be told";
  rig_.SeeFor(milliseconds(2000), "A", 'U');
  rig_.SeeFor(milliseconds(500), "A", 'M');
  rig_.See("A", 'D');
  EXPECT_EQ(rig_.passages.size(), 1u);
  EXPECT_EQ(rig_.ReadContainer(kDeclared), ReadUse::kOfAnother);
  EXPECT_EQ(rig_.ReadContainer(kNearly, 0.95, milliseconds(0), "rear/7"), ReadUse::kOfAnother);
  EXPECT_EQ(rig_.ReadContainer(kOther, 0.95, milliseconds(0), "rear/8"), ReadUse::kTaken);
}

TEST_F(LaneMachineContainer, IsNotTheNextTrucksWhenItIsSeenFirstAsItsOwnDrivesAway) {
  rig_.Read("29C-123.45");
  ASSERT_EQ(rig_.raised.size(), 1u);
  rig_.SeeFor(milliseconds(500), "A", 'M');
  rig_.DriveThrough();
  rig_.See("A", 'D');
  EXPECT_EQ(rig_.ReadContainer(kDeclared), ReadUse::kOfAnother);
  EXPECT_EQ(rig_.ReadContainer(kOther), ReadUse::kTaken);
}

// What stands behind the lane the whole day is asked about once.
TEST_F(LaneMachineContainer, IsNoTrucksWhenItStandsThereBeforeAndAfter) {
  rig_.ReadContainer(kOther);
  rig_.Read("29C-123.45");
  Stay(milliseconds(1000));
  ASSERT_THAT(rig_.CausesOfLast(), ElementsAre(cause::kContainerMismatch));
  ASSERT_TRUE(rig_.OfficerOpens({.reason_code = "OFFICER_PAPERS"}).has_value());
  EXPECT_THAT(rig_.CausesOfLast(), ElementsAre("OFFICER_PAPERS", cause::kContainerMismatch));
  rig_.SeeFor(milliseconds(500), "A", 'M');
  rig_.DriveThrough();
  for (int frame = 0; frame < 5; ++frame) {
    EXPECT_EQ(rig_.ReadContainer(kOther), ReadUse::kNoSession);
    rig_.SeeFor(milliseconds(20'000), "", 'D');
  }
  rig_.Expect("29C-777.77");
  Declare("29C-777.77", "");
  rig_.See("A", 'D');
  for (int frame = 0; frame < 3; ++frame) {
    EXPECT_EQ(rig_.ReadContainer(kOther), ReadUse::kOfAnother);
    Stay(milliseconds(20'000));
  }
  rig_.Read("29C-777.77");
  EXPECT_EQ(rig_.raised.size(), 2u);
}

TEST_F(LaneMachineContainer, ConfirmsNothingWhenItsOwnWentBackAndStillContradicts) {
  rig_.ReadContainer(kDeclared);
  Stay(milliseconds(1000));
  Next();
  EXPECT_EQ(rig_.ReadContainer(kDeclared), ReadUse::kTaken);
  rig_.Read("29C-123.45", 0.6);  // another truck, or the same again
  Stay(milliseconds(2000));
  EXPECT_TRUE(rig_.raised.empty());
  EXPECT_THAT(rig_.CausesOfLast(), ElementsAre(cause::kReadUnsure, cause::kContainerSeen));
  Next();
  rig_.ReadContainer(kOther);
  Next();
  rig_.ReadContainer(kOther);
  rig_.Read("29C-123.45");
  Stay(milliseconds(1000));
  EXPECT_TRUE(rig_.raised.empty()) << "nobody shakes off his container by rolling back";
  EXPECT_THAT(rig_.CausesOfLast(), ElementsAre(cause::kContainerMismatch));
}

TEST_F(LaneMachineContainer, IsNotTheNextTrucksWhenItComesLate) {
  rig_.SeeFor(milliseconds(2000), "", 'D');
  EXPECT_EQ(rig_.ReadContainer(kOther, 0.95, milliseconds(1900)), ReadUse::kNoSession);
  rig_.See("A", 'D');
  EXPECT_EQ(rig_.ReadContainer(kOther, 0.95, milliseconds(2500)), ReadUse::kTooOld);
  rig_.Read("29C-123.45");
  EXPECT_EQ(rig_.raised.size(), 1u);
}

TEST_F(LaneMachineContainer, CountsWhenItCameWhileItsVehicleRolledUp) {
  Next();
  rig_.SeeFor(milliseconds(3000), "", 'D');
  EXPECT_EQ(rig_.ReadContainer(kOther), ReadUse::kNoSession);
  rig_.See("A", 'D');
  rig_.Read("29C-123.45");
  Stay(milliseconds(1000));
  EXPECT_THAT(rig_.CausesOfLast(), ElementsAre(cause::kContainerMismatch));
}

}  // namespace
}  // namespace bordergate::lane
