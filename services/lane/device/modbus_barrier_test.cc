// Goal: a pulse goes out once or its outcome is named; every answer that is not right ends the connection;
// the driver works again when the controller does. Method: a Modbus TCP server that misbehaves on demand. The
// same tests are what any driver must pass.
#include "services/lane/device/modbus_barrier.h"

#include <gtest/gtest.h>

#include "embedded/lane_device.h"
#include "services/lane/domain/reasons.h"
#include "services/lane/testing/modbus_controller.h"

namespace bordergate::lane {
namespace {

using Fault = ModbusController::Fault;

class DriverRig {
 public:
  DriverRig() {
    ModbusSettings settings;
    settings.host = "127.0.0.1";
    settings.port = controller.port();
    settings.timeout = milliseconds(100);
    settings.reconnect_first = milliseconds(1);
    settings.reconnect_longest = milliseconds(2);
    settings.heartbeat = milliseconds(20);
    barrier.emplace(settings, *ParseRegisterMap(embedded::lane_device::simulated_toml()), clock);
  }
  // Polls until one succeeds; the test's own time limit ends it otherwise.
  BarrierInputs PollUntilGood() {
    while (true) {
      if (const auto inputs = barrier->Poll()) return *inputs;
      std::this_thread::yield();
    }
  }
  template <class Test>
  void PollUntil(Test test) {
    while (!test(PollUntilGood())) std::this_thread::yield();
  }
  int pulses() {
    return controller.With([](LaneModel& model) { return model.raise_pulses(); });
  }

  SystemClock clock;
  ModbusController controller{milliseconds(50)};
  std::optional<ModbusBarrier> barrier;
};

TEST(ModbusBarrier, ReadsSwitchesAndLoops) {
  DriverRig rig;
  BarrierInputs inputs = rig.PollUntilGood();
  EXPECT_TRUE(inputs.lower_limit);
  EXPECT_FALSE(inputs.upper_limit);
  EXPECT_FALSE(inputs.arming_loop);
  rig.controller.With([](LaneModel& model) { model.Arrive({.id = 1, .length_m = 4, .front_m = 1}); });
  inputs = rig.PollUntilGood();
  EXPECT_TRUE(inputs.arming_loop);
  EXPECT_FALSE(inputs.safety_loop);
}

TEST(ModbusBarrier, RaisesAndLowersOnce) {
  DriverRig rig;
  rig.PollUntilGood();
  EXPECT_EQ(rig.barrier->Raise(), Sent::kYes);
  rig.PollUntil([](const BarrierInputs& inputs) { return inputs.upper_limit; });
  EXPECT_EQ(rig.barrier->RequestLower(), Sent::kYes);
  rig.PollUntil([](const BarrierInputs& inputs) { return inputs.lower_limit; });
  EXPECT_EQ(rig.pulses(), 1);
}

TEST(ModbusBarrier, DoesNotAskToLowerOntoAVehicle) {
  DriverRig rig;
  rig.PollUntilGood();
  rig.controller.With([](LaneModel& model) { model.Arrive({.id = 1, .speed_m_s = 0, .front_m = 9}); });
  EXPECT_EQ(rig.barrier->RequestLower(), Sent::kNo);
}

TEST(ModbusBarrier, SaysThatNothingWasSentBeforeItIsConnected) {
  DriverRig rig;
  EXPECT_EQ(rig.barrier->Raise(), Sent::kNo);
  EXPECT_EQ(rig.pulses(), 0);
}

TEST(ModbusBarrier, SaysThatNothingWasSentWhenTheControllerHasHungUp) {
  DriverRig rig;
  rig.PollUntilGood();
  rig.controller.fault = Fault::kHangsUp;
  EXPECT_FALSE(rig.barrier->Poll());
  EXPECT_EQ(rig.barrier->Raise(), Sent::kNo);
  rig.controller.fault = Fault::kNone;
  rig.PollUntilGood();
  EXPECT_EQ(rig.barrier->Raise(), Sent::kYes);
}

TEST(ModbusBarrier, DoesNotRepeatAPulseWithoutAnAnswer) {  // F1
  for (const Fault fault : {Fault::kSilent, Fault::kActsSilently}) {
    DriverRig rig;
    rig.PollUntilGood();
    rig.controller.fault = fault;
    EXPECT_EQ(rig.barrier->Raise(), Sent::kUnknown);
    EXPECT_EQ(rig.barrier->Raise(), Sent::kNo) << "not connected any more";
    rig.controller.fault = Fault::kNone;
    rig.PollUntilGood();
    EXPECT_EQ(rig.pulses(), fault == Fault::kActsSilently ? 1 : 0);
  }
}

TEST(ModbusBarrier, DoesNotBelieveWrongAnswers) {  // F2, F11
  for (const Fault fault : {Fault::kException, Fault::kWrongTransaction, Fault::kShortAnswer}) {
    DriverRig rig;
    rig.PollUntilGood();
    rig.controller.fault = fault;
    const auto inputs = rig.barrier->Poll();
    ASSERT_FALSE(inputs);
    EXPECT_TRUE(inputs.error().Is(kBarrierUnreachable));
    rig.controller.fault = Fault::kNone;
    rig.PollUntilGood();
    rig.controller.fault = fault;
    EXPECT_EQ(rig.barrier->Raise(), Sent::kUnknown);
    rig.controller.fault = Fault::kNone;
    rig.PollUntilGood();
  }
}

TEST(ModbusBarrier, ConnectsAgainAfterEveryBreak) {
  DriverRig rig;
  for (int i = 0; i < 5; ++i) {
    rig.PollUntilGood();
    rig.controller.fault = Fault::kHangsUp;
    EXPECT_FALSE(rig.barrier->Poll());
    rig.controller.fault = Fault::kNone;
  }
  rig.PollUntilGood();
  EXPECT_GE(rig.controller.connections(), 6);
}

TEST(ModbusBarrier, BeatsItsHeartAndShowsOneLight) {  // F12
  DriverRig rig;
  rig.PollUntil([&](const BarrierInputs&) { return rig.controller.heartbeats() >= 3; });
  EXPECT_FALSE(rig.controller.With([](LaneModel& model) { return model.green(); }));
  rig.barrier->ShowLight(true);
  rig.PollUntil([&](const BarrierInputs&) {
    return rig.controller.With([](LaneModel& model) { return model.green(); });
  });
}

TEST(ModbusBarrier, TellsThatTheControllerForgotItsOutputs) {  // F8
  DriverRig rig;
  EXPECT_FALSE(rig.PollUntilGood().outputs_kept) << "a controller that was never spoken to";
  EXPECT_TRUE(rig.PollUntilGood().outputs_kept);
  rig.controller.fault = Fault::kHangsUp;
  EXPECT_FALSE(rig.barrier->Poll());
  rig.controller.fault = Fault::kNone;
  EXPECT_TRUE(rig.PollUntilGood().outputs_kept) << "only the link was lost";
}

TEST(RegisterMap, ReadsRegistersAndInvertedContacts) {
  const auto map = ParseRegisterMap(R"(
    inputs_from = "holding_registers"
    [inputs]
    upper_limit = 160
    lower_limit = {address = 161, inverted = true}
    arming_loop = 176
    safety_loop = 177
    exit_loop = 178
    [outputs]
    raise = 100
    lower = 101
    [pulse]
    length_ms = 300
  )");
  ASSERT_TRUE(map) << map.error().message();
  EXPECT_EQ(map->first_bit(), 160);
  EXPECT_EQ(map->bit_count(), 32);
  std::vector<bool> bits(32);
  bits[17] = true;
  const BarrierInputs inputs = map->Decode(bits);
  EXPECT_FALSE(inputs.upper_limit);
  EXPECT_TRUE(inputs.lower_limit);
  EXPECT_TRUE(inputs.safety_loop);
  EXPECT_FALSE(inputs.emergency) << "not wired";
}

TEST(RegisterMap, ListsEveryFault) {
  const auto map = ParseRegisterMap(R"(
    inputs_from = "somewhere"
    [inputs]
    upper_limit = -1
    sideways = 3
    [outputs]
    raise = 0
    [pulse]
    length_ms = 9999
  )");
  ASSERT_FALSE(map);
  EXPECT_TRUE(map.error().Is(kRegisterMapInvalid));
  for (const char* part : {"inputs_from", "upper_limit", "lower_limit is required", "safety_loop",
                           "outputs.lower", "pulse.length_ms", "inputs.sideways"}) {
    EXPECT_NE(map.error().message().find(part), std::string::npos) << part;
  }
}

}  // namespace
}  // namespace bordergate::lane
