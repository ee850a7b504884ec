// Goal: a truck that is declared empty opens by itself only when it weighs what it weighs empty; nobody else
// is weighed, and no weight is ever taken for the next truck. Method: the state machine on a virtual clock.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/lane/domain/reasons.h"
#include "services/lane/testing/machine_rig.h"

namespace bordergate::lane {
namespace {

using testing::ElementsAre;
using testing::Pair;

class LaneMachineWeight : public testing::Test {
 protected:
  LaneMachineWeight() {
    rig_.rule.weight_tolerance_kg = 300;
    Empty("29C-123.45", 14'500);
  }
  // A trip of an empty truck, with everything else.
  void Empty(const std::string& plate, int tare_kg) {
    rig_.Expect(plate);
    TripFacts trip = ClearedTrip("trip_" + PlateKey(plate), plate);
    trip.empty = true;
    rig_.table.Apply(trip);
    if (tare_kg > 0) rig_.table.Apply(VehicleFacts{PlateKey(plate), std::nullopt, tare_kg});
  }
  void Arrive(const std::string& plate) {
    rig_.See("", 'D');
    rig_.See("A", 'D');
    rig_.Read(plate);
  }
  // The scale says so for a while.
  void Weigh(const Weight& weight, milliseconds span = milliseconds(1500)) {
    for (milliseconds done{0}; done < span; done += milliseconds(100)) {
      rig_.See("A", 'D');
      rig_.Weigh(weight);
    }
  }

  MachineRig rig_;
};

TEST_F(LaneMachineWeight, OpensForAnEmptyTruckThatWeighsWhatItShould) {
  Arrive("29C-123.45");
  EXPECT_TRUE(rig_.raised.empty());
  Weigh({ScaleState::kStable, 14'780});
  ASSERT_EQ(rig_.raised.size(), 1u);
  EXPECT_THAT(rig_.CausesOfLast(), ElementsAre(cause::kAllCleared));
  EXPECT_EQ(rig_.decisions.back().weight_kg, 14'780);
  EXPECT_EQ(rig_.decisions.back().expected_weight_kg, 14'500);
  rig_.DriveThrough();
  ASSERT_EQ(rig_.passages.size(), 1u);
  EXPECT_EQ(rig_.passages[0].weight_kg, 14'780);
}

TEST_F(LaneMachineWeight, AsksWhenItWeighsMoreOrLess) {
  for (const int kg : {14'801, 14'199}) {
    Arrive("29C-123.45");
    Weigh({ScaleState::kStable, kg});
    const Decision& decision = rig_.decisions.back();
    EXPECT_EQ(decision.verdict.outcome, Outcome::kAsk);
    ASSERT_EQ(decision.verdict.causes.size(), 1u);
    EXPECT_EQ(decision.verdict.causes[0].code, cause::kWeightMismatch);
    EXPECT_THAT(decision.verdict.causes[0].params,
                ElementsAre(Pair("expected_kg", "14500"), Pair("tolerance_kg", "300"),
                            Pair("weight_kg", std::to_string(kg))));
    rig_.SeeFor(milliseconds(5000), "", 'D');  // it goes back
  }
  EXPECT_TRUE(rig_.raised.empty());
}

TEST_F(LaneMachineWeight, LetsAnOfficerOpenAndKeepsWhatWasWeighed) {
  Arrive("29C-123.45");
  Weigh({ScaleState::kStable, 15'600});
  ASSERT_TRUE(rig_.OfficerOpens({.reason_code = "OFFICER_PAPERS"}).has_value());
  EXPECT_THAT(rig_.CausesOfLast(), ElementsAre("OFFICER_PAPERS", cause::kWeightMismatch));
  EXPECT_EQ(rig_.decisions.back().weight_kg, 15'600);
}

TEST_F(LaneMachineWeight, WaitsForTheScaleAndThenAsks) {
  Arrive("29C-123.45");
  Weigh({ScaleState::kMoving, 14'500}, milliseconds(9000));
  EXPECT_TRUE(rig_.decisions.empty()) << "it may come to rest";
  Weigh({ScaleState::kMoving, 14'500}, milliseconds(1500));
  EXPECT_EQ(rig_.machine().state(), LaneState::kAsking);
  EXPECT_THAT(rig_.CausesOfLast(), ElementsAre(cause::kWeightNotStable));
  EXPECT_EQ(rig_.decisions.back().verdict.causes[0].params.at("scale_state"), "MOVING");
  Weigh({ScaleState::kStable, 14'500});
  EXPECT_EQ(rig_.raised.size(), 1u) << "it came to rest after all";
}

TEST_F(LaneMachineWeight, NamesWhyThereIsNoWeight) {
  for (const ScaleState state :
       {ScaleState::kOverload, ScaleState::kUnderRange, ScaleState::kTared, ScaleState::kFault}) {
    Arrive("29C-123.45");
    Weigh({state, 0}, milliseconds(11'000));
    EXPECT_THAT(rig_.CausesOfLast(), ElementsAre(cause::kWeightNotStable));
    EXPECT_EQ(rig_.decisions.back().verdict.causes[0].params.at("scale_state"), ScaleStateName(state));
    rig_.SeeFor(milliseconds(5000), "", 'D');
  }
  EXPECT_TRUE(rig_.raised.empty());
}

TEST_F(LaneMachineWeight, AsksAtOnceWhenTheScaleIsSilent) {
  Arrive("29C-123.45");
  rig_.SeeFor(milliseconds(1000), "A", 'D');
  EXPECT_THAT(rig_.CausesOfLast(), ElementsAre(cause::kScaleSilent)) << "it never spoke";
  rig_.SeeFor(milliseconds(5000), "", 'D');
  rig_.Weigh({ScaleState::kStable, 0});
  rig_.SeeFor(milliseconds(3500), "", 'D');
  Arrive("29C-123.45");
  rig_.SeeFor(milliseconds(1000), "A", 'D');
  EXPECT_THAT(rig_.CausesOfLast(), ElementsAre(cause::kScaleSilent)) << "it spoke too long ago";
  EXPECT_TRUE(rig_.raised.empty());
}

TEST_F(LaneMachineWeight, TakesNoWeightOfAnEmptyScaleNorOfTheTruckBefore) {
  rig_.Weigh({ScaleState::kStable, 14'500});  // of somebody who has left
  Arrive("29C-123.45");
  rig_.Weigh({ScaleState::kStable, 14'500});
  EXPECT_TRUE(rig_.raised.empty()) << "it has only just arrived";
  Weigh({ScaleState::kStable, 40}, milliseconds(2000));
  EXPECT_TRUE(rig_.raised.empty()) << "it does not stand on the scale";
  EXPECT_TRUE(rig_.decisions.empty());
}

TEST_F(LaneMachineWeight, OfOneTruckIsForgottenWithIt) {
  Empty("29C-999.99", 14'500);
  Arrive("29C-123.45");
  Weigh({ScaleState::kStable, 14'500});
  ASSERT_EQ(rig_.raised.size(), 1u);
  rig_.DriveThrough();
  Arrive("29C-999.99");
  rig_.SeeFor(milliseconds(500), "A", 'D');
  EXPECT_EQ(rig_.raised.size(), 1u);
  EXPECT_EQ(rig_.machine().waiting_weight_kg(), 0);
}

TEST_F(LaneMachineWeight, AsksWhenNobodyKnowsWhatTheTruckOrItsTrailerWeighs) {
  Empty("29C-777.77", 0);
  Arrive("29C-777.77");
  Weigh({ScaleState::kStable, 14'500});
  EXPECT_THAT(rig_.CausesOfLast(), ElementsAre(cause::kTareUnknown));
  rig_.SeeFor(milliseconds(5000), "", 'D');

  TripFacts trip = ClearedTrip("trip_29C12345", "29C-123.45");
  trip.empty = true;
  trip.trailer_key = "29R00123";
  rig_.table.Apply(trip);
  Arrive("29C-123.45");
  Weigh({ScaleState::kStable, 21'000});
  EXPECT_THAT(rig_.CausesOfLast(), ElementsAre(cause::kTareUnknown));
  rig_.table.Apply(VehicleFacts{"29R00123", std::nullopt, 6500});
  Weigh({ScaleState::kStable, 21'000});
  EXPECT_EQ(rig_.raised.size(), 1u) << "truck and trailer together";
}

TEST_F(LaneMachineWeight, IsAskedOfNobodyElse) {
  rig_.Expect("29C-555.55");  // with goods
  Arrive("29C-555.55");
  EXPECT_EQ(rig_.raised.size(), 1u);
  MachineRig without;  // a rule that weighs nobody
  without.Expect("29C-123.45");
  TripFacts trip = ClearedTrip("trip_29C12345", "29C-123.45");
  trip.empty = true;
  without.table.Apply(trip);
  without.See("", 'D');
  without.See("A", 'D');
  without.Read("29C-123.45");
  EXPECT_EQ(without.raised.size(), 1u);
}

}  // namespace
}  // namespace bordergate::lane
