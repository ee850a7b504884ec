// Goal: the barrier behaves as the maker's box would, whatever software writes. Method: coils and a virtual
// clock.
#include "services/simulator/domain/barrier_controller.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bordergate::simulator {
namespace {

using Happening = BarrierController::Happening;

class BarrierRig {
 public:
  BarrierController barrier{BarrierTimes{}};
  Faults faults;
  bool safety_loop = false;

  void Advance(milliseconds span) {
    for (milliseconds passed{0}; passed < span; passed += milliseconds(20)) {
      now_ += milliseconds(20);
      barrier.Step(now_, milliseconds(20), safety_loop, faults);
      for (const Happening happening : barrier.TakeHappenings()) happenings.push_back(happening);
    }
  }
  void Write(Coil coil, bool on = true) { barrier.WriteCoil(coil, on, now_); }
  void Raise() {
    Write(kCoilRaise);
    Advance(milliseconds(1300));
  }
  bool up() const { return barrier.upper_limit(faults); }
  bool down() const { return barrier.lower_limit(faults); }

  std::vector<Happening> happenings;

 private:
  WorldTime now_{0};
};

TEST(BarrierController, RaisesIn1200MillisecondsAndLowersIn2500) {
  BarrierRig rig;
  EXPECT_TRUE(rig.down());
  rig.Write(kCoilRaise);
  rig.Advance(milliseconds(1160));
  EXPECT_FALSE(rig.up());
  EXPECT_FALSE(rig.down());
  rig.Advance(milliseconds(40));
  EXPECT_TRUE(rig.up());
  rig.Write(kCoilLower);
  rig.Advance(milliseconds(2440));
  EXPECT_FALSE(rig.down());
  rig.Advance(milliseconds(60));
  EXPECT_TRUE(rig.down());
}

TEST(BarrierController, RemembersAVehicleAtTheExitUntilTheNextRaisePulseOrThePowerGoes) {
  BarrierRig rig;
  EXPECT_FALSE(rig.barrier.exit_latch());
  rig.barrier.SeeExit(true);
  rig.barrier.SeeExit(false);
  EXPECT_TRUE(rig.barrier.exit_latch());
  rig.Write(kCoilLower);
  EXPECT_TRUE(rig.barrier.exit_latch());
  rig.Write(kCoilRaise);
  EXPECT_FALSE(rig.barrier.exit_latch());
  rig.barrier.SeeExit(true);
  rig.barrier.LosePower();
  EXPECT_FALSE(rig.barrier.exit_latch());
}

TEST(BarrierController, LetsAPulseFallBackByItselfAndCountsItOnce) {
  BarrierRig rig;
  rig.Write(kCoilRaise);
  rig.Advance(milliseconds(480));
  EXPECT_TRUE(rig.barrier.coils()[kCoilRaise]);
  rig.Write(kCoilRaise);  // while it is still 1
  rig.Advance(milliseconds(20));
  EXPECT_FALSE(rig.barrier.coils()[kCoilRaise]);
  EXPECT_THAT(rig.happenings, testing::Contains(Happening::kRaisePulse).Times(1));
}

TEST(BarrierController, IgnoresLoweringWhileAVehicleIsUnderTheArm) {
  BarrierRig rig;
  rig.Raise();
  rig.safety_loop = true;
  rig.Write(kCoilLower);
  rig.Advance(milliseconds(3000));
  EXPECT_TRUE(rig.up());
  rig.safety_loop = false;
  rig.Advance(milliseconds(3000));
  EXPECT_TRUE(rig.up()) << "a request that was ignored is not kept for later";
}

TEST(BarrierController, GoesUpAgainWhenAVehicleComesUnderAFallingArm) {
  BarrierRig rig;
  rig.Raise();
  rig.Write(kCoilLower);
  rig.Advance(milliseconds(1000));
  rig.safety_loop = true;
  rig.Advance(milliseconds(1000));
  EXPECT_TRUE(rig.up());
}

TEST(BarrierController, StopsWhereItIs) {
  BarrierRig rig;
  rig.Write(kCoilRaise);
  rig.Advance(milliseconds(600));
  rig.Write(kCoilStop);
  rig.Advance(milliseconds(5000));
  EXPECT_NEAR(rig.barrier.angle(), 0.5, 0.03);
  EXPECT_FALSE(rig.up() || rig.down());
}

TEST(BarrierController, KeepsARaisedArmUpWhenTheHeartbeatStopsAndObeysNothingUntilItIsBack) {
  BarrierRig rig;
  rig.Write(kCoilHeartbeat);
  rig.Write(kCoilGreen);
  rig.Raise();
  rig.Advance(milliseconds(6000));
  EXPECT_TRUE(rig.barrier.link_lost());
  EXPECT_TRUE(rig.up());
  EXPECT_FALSE(rig.barrier.coils()[kCoilGreen]);
  EXPECT_TRUE(rig.barrier.coils()[kCoilRed]);
  rig.Write(kCoilLower);
  rig.Advance(milliseconds(3000));
  EXPECT_TRUE(rig.up());
  rig.Write(kCoilHeartbeat, false);
  rig.Write(kCoilLower);
  rig.Advance(milliseconds(3000));
  EXPECT_TRUE(rig.down());
  EXPECT_THAT(rig.happenings, testing::IsSupersetOf({Happening::kLinkLost, Happening::kLinkBack}));
}

TEST(BarrierController, ObeysWithoutAHeartbeatUntilTheFirstOneWasSeen) {
  BarrierRig rig;
  rig.Advance(milliseconds(60'000));
  rig.Raise();
  EXPECT_TRUE(rig.up());
}

TEST(BarrierController, StaysUpThroughAnEmergencyOpeningWhateverIsWritten) {
  BarrierRig rig;
  rig.faults.Set(Fault::kEmergencyOpening, true);
  rig.Advance(milliseconds(1300));
  rig.Write(kCoilLower);
  rig.Write(kCoilStop);
  rig.Advance(milliseconds(3000));
  EXPECT_TRUE(rig.up());
  rig.faults.Set(Fault::kEmergencyOpening, false);
  rig.Advance(milliseconds(3000));
  EXPECT_TRUE(rig.up()) << "it comes down by command only";
  rig.Write(kCoilLower);
  rig.Advance(milliseconds(2600));
  EXPECT_TRUE(rig.down());
}

TEST(BarrierController, ObeysItsButtonsAndNoCoilInHandOperation) {
  BarrierRig rig;
  rig.faults.Set(Fault::kLocalOperation, true);
  rig.Raise();
  EXPECT_TRUE(rig.down());
  rig.barrier.PressRaise();
  rig.Advance(milliseconds(1300));
  EXPECT_TRUE(rig.up());
}

TEST(BarrierController, DoesNotMoveWhenStuck) {
  BarrierRig rig;
  rig.faults.Set(Fault::kArmStuck, true);
  rig.Raise();
  EXPECT_TRUE(rig.down());
}

TEST(BarrierController, ObeysOneMasterAlone) {  // F10
  BarrierRig rig;
  const auto token = [](uint64_t number, uint64_t instance) { return number << 32 | instance; };
  const auto raise = [](uint64_t of) { return CommandBlock{.token = of, .command = 1, .levels = 2}; };
  EXPECT_FALSE(rig.barrier.WriteBlock(raise(0), {})) << "no token";
  EXPECT_TRUE(rig.barrier.WriteBlock({.token = token(6, 900), .levels = 2, .heartbeat = 1}, {}));
  EXPECT_TRUE(rig.barrier.WriteBlock({.token = token(7, 5), .levels = 2, .heartbeat = 1}, {}));
  for (const uint64_t other : {token(6, 900), token(7, 4), token(7, 6), token(9, 1)}) {
    EXPECT_FALSE(rig.barrier.WriteBlock(raise(other), {})) << other;
  }
  EXPECT_FALSE(rig.barrier.WriteCoil(kCoilRaise, true, {}));
  rig.barrier.LosePower();
  EXPECT_FALSE(rig.barrier.WriteBlock(raise(token(6, 900)), {})) << "the token outlives a power cut";
  EXPECT_FALSE(rig.barrier.WriteCoil(kCoilRaise, true, {}));
  rig.Advance(milliseconds(3000));
  EXPECT_TRUE(rig.down());
  EXPECT_THAT(rig.happenings, testing::Not(testing::Contains(Happening::kRaisePulse)));
  EXPECT_TRUE(rig.barrier.WriteBlock(raise(token(7, 5)), {}));
  rig.Advance(milliseconds(1300));
  EXPECT_TRUE(rig.up());
}

TEST(BarrierController, ForgetsItsOutputsWithoutPowerAndStandsWhereItIs) {
  BarrierRig rig;
  rig.Write(kCoilGreen);
  rig.Write(kCoilRaise);
  rig.Advance(milliseconds(600));
  rig.barrier.LosePower();
  rig.Advance(milliseconds(3000));
  EXPECT_FALSE(rig.barrier.coils()[kCoilGreen]);
  EXPECT_FALSE(rig.up() || rig.down());
}

}  // namespace
}  // namespace bordergate::simulator
