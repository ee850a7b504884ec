// Goal: the arm is where its switches say and nowhere else. Method: switch pictures on a virtual clock.
#include "services/lane/domain/arm.h"

#include <gtest/gtest.h>

#include "libs/testing/manual_clock.h"

namespace bordergate::lane {
namespace {

class ArmRig {
 public:
  std::optional<Arm::Event> See(char where) {
    clock_.Advance(milliseconds(100));
    return arm.See(where == 'U' || where == 'B', where == 'D' || where == 'B', clock_.SteadyNow());
  }
  // The first event of `span`.
  std::optional<Arm::Event> SeeFor(milliseconds span, char where) {
    std::optional<Arm::Event> first;
    for (milliseconds done{0}; done < span; done += milliseconds(100)) {
      if (const auto event = See(where); event && !first) first = event;
    }
    return first;
  }
  void Command(BarrierCommand command) { arm.Commanded(command, clock_.SteadyNow()); }

  Arm arm{milliseconds(8000)};

 private:
  ManualClock clock_;
};

TEST(Arm, RisesAndLowersOnCommand) {
  ArmRig rig;
  EXPECT_EQ(rig.See('D'), Arm::Event::kReachedBottom);
  rig.Command(BarrierCommand::kRaise);
  EXPECT_EQ(rig.SeeFor(milliseconds(900), 'M'), std::nullopt);
  EXPECT_EQ(rig.arm.position(), ArmPosition::kMoving);
  EXPECT_EQ(rig.See('U'), Arm::Event::kReachedTop);
  rig.Command(BarrierCommand::kLower);
  EXPECT_EQ(rig.SeeFor(milliseconds(900), 'M'), std::nullopt);
  EXPECT_EQ(rig.See('D'), Arm::Event::kReachedBottom);
}

TEST(Arm, SaysOnceThatItDidNotRise) {
  ArmRig rig;
  rig.See('D');
  rig.Command(BarrierCommand::kRaise);
  EXPECT_EQ(rig.SeeFor(milliseconds(8000), 'D'), std::nullopt);
  EXPECT_EQ(rig.See('D'), Arm::Event::kDidNotRise);
  EXPECT_EQ(rig.SeeFor(milliseconds(20000), 'D'), std::nullopt);
}

TEST(Arm, IsUnknownWhenItHangsBetweenItsSwitches) {
  ArmRig rig;
  rig.See('D');
  rig.Command(BarrierCommand::kRaise);
  EXPECT_EQ(rig.SeeFor(milliseconds(9000), 'M'), Arm::Event::kLost);
  EXPECT_EQ(rig.arm.position(), ArmPosition::kUnknown);
  EXPECT_EQ(rig.See('U'), Arm::Event::kFound);
  EXPECT_EQ(rig.arm.position(), ArmPosition::kUp);
}

TEST(Arm, IsUnknownWhenBothSwitchesAreOn) {
  ArmRig rig;
  rig.See('D');
  EXPECT_EQ(rig.See('B'), Arm::Event::kLost);
  EXPECT_EQ(rig.arm.position(), ArmPosition::kUnknown);
  EXPECT_EQ(rig.See('D'), Arm::Event::kFound);
}

TEST(Arm, TellsARiseThatNobodyCommanded) {
  ArmRig rig;
  rig.See('D');
  EXPECT_EQ(rig.SeeFor(milliseconds(200), 'M'), std::nullopt) << "a pole in the wind";
  EXPECT_EQ(rig.See('D'), std::nullopt);
  EXPECT_EQ(rig.SeeFor(milliseconds(500), 'M'), Arm::Event::kRoseByItself);
  EXPECT_EQ(rig.See('U'), std::nullopt) << "told once";
}

TEST(Arm, TellsARiseDuringALostLink) {
  ArmRig rig;
  rig.See('D');
  rig.arm.Silent();
  EXPECT_EQ(rig.arm.position(), ArmPosition::kUnknown);
  EXPECT_EQ(rig.See('U'), Arm::Event::kRoseByItself);
}

TEST(Arm, KnowsThatItsOwnProtectionRaisedItAgain) {
  ArmRig rig;
  rig.See('D');
  rig.Command(BarrierCommand::kRaise);
  rig.See('U');
  rig.Command(BarrierCommand::kLower);
  rig.SeeFor(milliseconds(300), 'U');
  rig.SeeFor(milliseconds(300), 'M');
  EXPECT_EQ(rig.See('U'), Arm::Event::kWentUpAgain);
}

TEST(Arm, FoundUpAtTheStartIsNoEvent) {
  ArmRig rig;
  EXPECT_EQ(rig.See('U'), std::nullopt);
  EXPECT_EQ(rig.arm.position(), ArmPosition::kUp);
}

}  // namespace
}  // namespace bordergate::lane
