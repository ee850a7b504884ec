// Goal: the controller speaks Modbus TCP as a real one does, also when it is asked nonsense or is broken.
// Method: a client written from the specification over registers that the test sets.
#include "services/simulator/device/modbus_controller.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/simulator/domain/reasons.h"
#include "services/simulator/testing/fake_barrier_port.h"
#include "services/simulator/testing/modbus_peer.h"

namespace bordergate::simulator {
namespace {

constexpr int kIllegalFunction = 1;
constexpr int kIllegalAddress = 2;
constexpr int kIllegalValue = 3;
constexpr int kDeviceFailure = 4;
constexpr int kGatewayTarget = 11;

class ControllerTest : public testing::Test {
 protected:
  FakeBarrierPort barrier_;
  std::unique_ptr<ModbusController> controller_ =
      ModbusController::Start("127.0.0.1", 0, 1, barrier_).value();
  ModbusPeer peer_{controller_->port()};
};

TEST_F(ControllerTest, ReadsInputsAndCoilsAndWritesOneCoil) {
  barrier_.SetInput(kInputLowerLimit, true);
  barrier_.SetInput(kInputArmingLoop, true);
  const auto inputs = peer_.ReadInputs(0, kInputCount);
  ASSERT_TRUE(inputs.came);
  EXPECT_FALSE(inputs.Bit(kInputUpperLimit));
  EXPECT_TRUE(inputs.Bit(kInputLowerLimit));
  EXPECT_TRUE(inputs.Bit(kInputArmingLoop));
  EXPECT_EQ(peer_.WriteCoil(kCoilRaise, true).exception, 0);
  EXPECT_TRUE(peer_.ReadCoils(0, kCoilCount).Bit(kCoilRaise));
  EXPECT_TRUE(barrier_.Read().coils[kCoilRaise]);
}

TEST_F(ControllerTest, WritesSeveralCoilsAtOnce) {
  EXPECT_EQ(peer_.Ask(15, {0, 3, 0, 3, 1, 0b101}).exception, 0);
  const Coils coils = barrier_.Read().coils;
  EXPECT_TRUE(coils[kCoilHeartbeat]);
  EXPECT_FALSE(coils[kCoilGreen]);
  EXPECT_TRUE(coils[kCoilRed]);
}

TEST_F(ControllerTest, AnswersWhatItDoesNotHaveWithTheExceptionOfTheStandard) {
  EXPECT_EQ(peer_.ReadCoils(0, kCoilCount + 1).exception, kIllegalAddress);
  EXPECT_EQ(peer_.ReadInputs(kInputCount, 1).exception, kIllegalAddress);
  EXPECT_EQ(peer_.WriteCoil(kCoilCount, true).exception, kIllegalAddress);
  EXPECT_EQ(peer_.Ask(3, {0, kRegisterCount, 0, 1}).exception, kIllegalAddress);  // holding registers
  EXPECT_EQ(peer_.Ask(4, {0, 0, 0, 1}).exception, kIllegalAddress);               // input registers
  EXPECT_EQ(peer_.Ask(0x2B, {0x0E, 1, 0}).exception, kIllegalFunction);
  EXPECT_EQ(peer_.Ask(5, {0, 0, 0x12, 0x34}).exception, kIllegalValue);  // neither on nor off
  EXPECT_FALSE(barrier_.Read().coils[kCoilRaise]);
  EXPECT_TRUE(peer_.ReadCoils(0, 1).came) << "and works on afterwards";
}

TEST_F(ControllerTest, TakesTheBlockOfCommandsWholeOrNotAtAll) {
  const std::vector<uint8_t> block = {0, 0, 0, 7, 14, 0, 1, 0, 2, 0, 3, 0, 4, 0, 1, 0, 2, 0, 9};
  EXPECT_EQ(peer_.Ask(16, block).exception, 0);
  EXPECT_EQ(barrier_.Read().block.token, 0x0001'0002'0003'0004u);
  EXPECT_EQ(barrier_.Read().block.command, 1);
  EXPECT_EQ(barrier_.Read().block.heartbeat, 9);
  EXPECT_EQ(peer_.Ask(3, {0, 0, 0, 7}).data,
            (std::vector<uint8_t>{14, 0, 1, 0, 2, 0, 3, 0, 4, 0, 1, 0, 2, 0, 9}));
  EXPECT_EQ(peer_.Ask(16, {0, 4, 0, 1, 2, 0, 1}).exception, kIllegalAddress) << "a part of the block";
  EXPECT_EQ(peer_.Ask(6, {0, 4, 0, 1}).exception, kIllegalFunction);
  barrier_.refuses = true;
  EXPECT_EQ(peer_.Ask(16, block).exception, kIllegalValue);
  EXPECT_EQ(peer_.WriteCoil(kCoilRaise, true).exception, kIllegalValue);
  EXPECT_FALSE(barrier_.Read().coils[kCoilRaise]);
}

TEST_F(ControllerTest, RefusesRequestsForAnotherUnit) {
  peer_.unit_id = 7;
  EXPECT_EQ(peer_.WriteCoil(kCoilRaise, true).exception, kGatewayTarget);
  EXPECT_FALSE(barrier_.Read().coils[kCoilRaise]);
}

TEST_F(ControllerTest, ServesSeveralClientsAtOnce) {
  ModbusPeer watcher(controller_->port());
  EXPECT_FALSE(watcher.ReadCoils(0, 1).Bit(0));
  EXPECT_EQ(peer_.WriteCoil(kCoilRaise, true).exception, 0);
  EXPECT_TRUE(watcher.ReadCoils(0, 1).Bit(0));
}

TEST_F(ControllerTest, HangsUpOnAClientThatStopsInTheMiddleOfARequestAndServesTheOthers) {
  ModbusPeer broken(controller_->port());
  broken.SendRaw({0, 1, 0, 0, 0, 6, 1});
  EXPECT_TRUE(peer_.ReadCoils(0, 1).came);
  EXPECT_TRUE(broken.Closed());
}

TEST_F(ControllerTest, AnswersWithAFailureWhileItRefuses) {
  barrier_.SetFault(Fault::kControllerRefuses, true);
  EXPECT_EQ(peer_.ReadInputs(0, 1).exception, kDeviceFailure);
  EXPECT_EQ(peer_.WriteCoil(kCoilRaise, true).exception, kDeviceFailure);
  EXPECT_FALSE(barrier_.Read().coils[kCoilRaise]);
  barrier_.SetFault(Fault::kControllerRefuses, false);
  EXPECT_EQ(peer_.ReadInputs(0, 1).exception, 0);
}

TEST_F(ControllerTest, SaysNothingWhileItIsSilentAndDoesNotObey) {
  barrier_.SetFault(Fault::kControllerSilent, true);
  EXPECT_FALSE(peer_.Ask(5, {0, kCoilRaise, 0xFF, 0}, 300).came);
  EXPECT_FALSE(barrier_.Read().coils[kCoilRaise]);
  barrier_.SetFault(Fault::kControllerSilent, false);
  EXPECT_TRUE(peer_.ReadCoils(0, 1).came);
}

TEST_F(ControllerTest, ClosesItsPortWhileItIsAwayAndComesBackOnTheSame) {
  barrier_.SetFault(Fault::kControllerAway, true);
  EXPECT_TRUE(peer_.Closed());
  EXPECT_FALSE(ModbusPeer(controller_->port()).connected());
  barrier_.SetFault(Fault::kControllerAway, false);
  bool answered = false;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!answered && std::chrono::steady_clock::now() < deadline) {
    ModbusPeer next(controller_->port());
    answered = next.connected() && next.ReadCoils(0, 1).came;
  }
  EXPECT_TRUE(answered);
}

TEST_F(ControllerTest, SaysThatItsPortIsTaken) {
  FakeBarrierPort other;
  EXPECT_TRUE(
      ModbusController::Start("127.0.0.1", controller_->port(), 1, other).error().Is(kControllerPortTaken));
}

}  // namespace
}  // namespace bordergate::simulator
