// Goal: a pulse goes out once or its outcome is named; every answer that is not right ends the connection;
// the driver works again when the controller does. Method: a Modbus TCP server that misbehaves on demand. The
// same tests are what any driver must pass.
#include "services/lane/device/modbus_barrier.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <modbus.h>

#include "embedded/lane_device.h"
#include "services/lane/domain/reasons.h"
#include "services/lane/testing/coil_map.h"
#include "services/lane/testing/modbus_controller.h"

namespace bordergate::lane {
namespace {

using Fault = ModbusController::Fault;

// By the block of commands, and by coils.
const std::string_view kMaps[] = {embedded::lane_device::simulated_toml(), kCoilMap};

class DriverRig {
 public:
  explicit DriverRig(std::string_view map = kMaps[0]) {
    ModbusSettings settings;
    settings.host = "127.0.0.1";
    settings.port = controller.port();
    settings.timeout = milliseconds(100);
    settings.reconnect_first = milliseconds(1);
    settings.reconnect_longest = milliseconds(2);
    settings.heartbeat = milliseconds(20);
    settings.instance = 5;
    barrier.emplace(settings, *ParseRegisterMap(map), clock);
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
  for (std::string_view map : kMaps) {
    DriverRig rig(map);
    rig.PollUntilGood();
    EXPECT_EQ(rig.barrier->Raise(), Sent::kYes);
    rig.PollUntil([](const BarrierInputs& inputs) { return inputs.upper_limit; });
    EXPECT_EQ(rig.barrier->RequestLower(), Sent::kYes);
    rig.PollUntil([](const BarrierInputs& inputs) { return inputs.lower_limit; });
    EXPECT_EQ(rig.pulses(), 1);
  }
}

TEST(ModbusBarrier, DoesNotAskToLowerOntoAVehicle) {
  for (std::string_view map : kMaps) {
    DriverRig rig(map);
    rig.PollUntilGood();
    rig.controller.With([](LaneModel& model) { model.Arrive({.id = 1, .speed_m_s = 0, .front_m = 9}); });
    EXPECT_EQ(rig.barrier->RequestLower(), Sent::kNo);
  }
}

TEST(ModbusBarrier, SaysThatNothingWasSentBeforeItIsConnected) {
  DriverRig rig;
  EXPECT_EQ(rig.barrier->Raise(), Sent::kNo);
  EXPECT_EQ(rig.pulses(), 0);
}

TEST(ModbusBarrier, SaysThatNothingWasSentWhenTheControllerHasHungUp) {
  for (std::string_view map : kMaps) {
    DriverRig rig(map);
    rig.PollUntilGood();
    rig.controller.fault = Fault::kHangsUp;
    EXPECT_FALSE(rig.barrier->Poll());
    EXPECT_EQ(rig.barrier->Raise(), Sent::kNo);
    rig.controller.fault = Fault::kNone;
    rig.PollUntilGood();
    EXPECT_EQ(rig.barrier->Raise(), Sent::kYes);
  }
}

TEST(ModbusBarrier, DoesNotRepeatAPulseWithoutAnAnswer) {  // F1
  for (std::string_view map : kMaps) {
    for (const Fault fault : {Fault::kSilent, Fault::kActsSilently}) {
      DriverRig rig(map);
      rig.PollUntilGood();
      rig.controller.fault = fault;
      EXPECT_EQ(rig.barrier->Raise(), Sent::kUnknown);
      EXPECT_EQ(rig.barrier->Raise(), Sent::kNo) << "not connected any more";
      rig.controller.fault = Fault::kNone;
      rig.PollUntilGood();
      EXPECT_EQ(rig.pulses(), fault == Fault::kActsSilently ? 1 : 0);
    }
  }
}

TEST(ModbusBarrier, DoesNotBelieveWrongAnswers) {  // F2, F11
  for (const Fault fault :
       {Fault::kException, Fault::kWrongTransaction, Fault::kWrongUnit, Fault::kShortAnswer}) {
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
  for (std::string_view map : kMaps) {
    DriverRig rig(map);
    for (int i = 0; i < 5; ++i) {
      rig.PollUntilGood();
      rig.controller.fault = Fault::kHangsUp;
      EXPECT_FALSE(rig.barrier->Poll());
      rig.controller.fault = Fault::kNone;
    }
    rig.PollUntilGood();
    EXPECT_GE(rig.controller.connections(), 6);
  }
}

TEST(ModbusBarrier, BeatsItsHeartAndShowsOneLight) {
  for (std::string_view map : kMaps) {  // F12
    DriverRig rig(map);
    rig.PollUntil([&](const BarrierInputs&) { return rig.controller.heartbeats() >= 3; });
    EXPECT_FALSE(rig.controller.With([](LaneModel& model) { return model.green(); }));
    rig.barrier->ShowLight(true);
    rig.PollUntil([&](const BarrierInputs&) {
      return rig.controller.With([](LaneModel& model) { return model.green(); });
    });
  }
}

TEST(ModbusBarrier, TellsThatTheControllerForgotItsOutputs) {
  for (std::string_view map : kMaps) {  // F8
    DriverRig rig(map);
    EXPECT_FALSE(rig.PollUntilGood().outputs_kept) << "a controller that was never spoken to";
    EXPECT_TRUE(rig.PollUntilGood().outputs_kept);
    rig.controller.fault = Fault::kHangsUp;
    EXPECT_FALSE(rig.barrier->Poll());
    rig.controller.fault = Fault::kNone;
    EXPECT_TRUE(rig.PollUntilGood().outputs_kept) << "only the link was lost";
  }
}

// A second run of a lane program over the same controller.
class SecondRun {
 public:
  SecondRun(const DriverRig& first, uint32_t instance) {
    ModbusSettings settings;
    settings.host = "127.0.0.1";
    settings.port = first.controller.port();
    settings.timeout = milliseconds(100);
    settings.instance = instance;
    barrier.emplace(settings, *ParseRegisterMap(kMaps[0]), clock);
    barrier->OnTaken([this] { ++taken; });
  }
  SystemClock clock;
  std::optional<ModbusBarrier> barrier;
  int taken = 0;
};

TEST(Fence, LetsOneProgramMoveABarrier) {  // F10, A10
  DriverRig rig;
  int taken = 0;
  rig.barrier->OnTaken([&] { ++taken; });
  rig.PollUntilGood();
  SecondRun second(rig, 4);
  ASSERT_TRUE(second.barrier->LookAtFence());
  EXPECT_EQ(rig.barrier->Raise(), Sent::kYes) << "looking takes nothing";
  ASSERT_TRUE(second.barrier->Poll());
  EXPECT_EQ(rig.controller.token(), second.barrier->token());
  EXPECT_EQ(rig.barrier->Raise(), Sent::kNo);
  EXPECT_EQ(rig.barrier->RequestLower(), Sent::kNo);
  EXPECT_FALSE(rig.barrier->Poll());
  EXPECT_EQ(taken, 1);
  EXPECT_EQ(rig.pulses(), 1) << "nothing of the refused one has moved the arm";
  EXPECT_EQ(rig.controller.token(), second.barrier->token()) << "it does not take the barrier back";
  EXPECT_EQ(second.barrier->Raise(), Sent::kYes);
  EXPECT_TRUE(second.barrier->Poll()) << "the controller has done what came before";
  EXPECT_EQ(second.taken, 0);
  EXPECT_EQ(rig.pulses(), 2);
}

TEST(Fence, RefusesAPulseThatWasLeftOverByAProgramThatStoodStill) {  // A10: the stale owner wakes
  for (const bool fenced : {true, false}) {
    DriverRig rig;
    rig.controller.ignores_tokens = !fenced;
    rig.PollUntilGood();
    SecondRun second(rig, 6);
    ASSERT_TRUE(second.barrier->Poll());
    EXPECT_EQ(rig.barrier->Raise(), fenced ? Sent::kNo : Sent::kYes);
    EXPECT_TRUE(second.barrier->Poll()) << "the controller has done what came before";
    EXPECT_EQ(rig.pulses(), fenced ? 0 : 1) << "without a fence the test would notice";
  }
}

TEST(Fence, GivesABarrierToOneOfSeveralWhoWantItAtOnce) {
  DriverRig rig;
  rig.PollUntilGood();
  const uint64_t seen = rig.barrier->token();
  SecondRun second(rig, 6);
  ASSERT_TRUE(second.barrier->Poll());
  EXPECT_EQ(second.barrier->token(), CommandBlock::TokenAfter(seen, 6));
  // One that saw the first owner, and comes a moment after the second, with a number that is higher than the
  // second's.
  modbus_t* third = modbus_new_tcp("127.0.0.1", rig.controller.port());
  ASSERT_EQ(modbus_connect(third), 0);
  const CommandBlock late{.token = CommandBlock::TokenAfter(seen, 7),
                          .command = CommandBlock::Command::kRaise};
  EXPECT_EQ(modbus_write_registers(third, 0, CommandBlock::kWords, late.Encode().data()), -1);
  EXPECT_EQ(errno, EMBXILVAL);
  EXPECT_EQ(modbus_write_bit(third, 0, 1), -1) << "and no coil of somebody who knows nothing of tokens";
  modbus_free(third);
  EXPECT_EQ(rig.pulses(), 0);
  EXPECT_EQ(second.barrier->Raise(), Sent::kYes);
}

TEST(Fence, ShowsWhetherTheOwnerIsAlive) {
  DriverRig rig;
  rig.PollUntilGood();
  SecondRun watcher(rig, 4);
  const FenceView first = *watcher.barrier->LookAtFence();
  EXPECT_EQ(first.token, rig.barrier->token());
  EXPECT_FALSE(first.standby_in_step);
  EXPECT_TRUE(rig.barrier->TellStandbyInStep(true));
  rig.PollUntil([&](const BarrierInputs&) {
    const FenceView view = *watcher.barrier->LookAtFence();
    return view.heartbeat > first.heartbeat + 2 && view.standby_in_step;
  });
}

// As site_barriers.cc has them.
std::vector<NamedMap> MakersMaps() {
  namespace maps = embedded::lane_device;
  return {{"moxa-iologik-e1214", maps::moxa_iologik_e1214_toml()},
          {"advantech-adam-6060", maps::advantech_adam_6060_toml()},
          {"waveshare-relay-8ch", maps::waveshare_relay_8ch_toml()}};
}

TEST(RegisterMap, ComesWithThoseOfKnownMakers) {
  for (const NamedMap& one : MakersMaps()) {
    const auto map = LoadRegisterMap(std::string(one.name), {}, MakersMaps());
    ASSERT_TRUE(map) << one.name << ": " << map.error().message();
    EXPECT_FALSE(map->fence) << one.name << ": a module without a program of its own checks no token";
    EXPECT_LE(map->bit_count(), 8) << one.name << " has no more inputs";
  }
  // As the manuals count, from 1.
  const RegisterMap adam = *LoadRegisterMap("advantech-adam-6060", {}, MakersMaps());
  EXPECT_EQ(adam.inputs_from, RegisterMap::Table::kCoils);
  EXPECT_EQ(adam.raise + 1, 17);
  EXPECT_EQ(adam.exit_loop->address + 1, 5);
  EXPECT_TRUE(LoadRegisterMap("nobody", {}, MakersMaps()).error().Is(kRegisterMapInvalid));
}

// One whose map the twin happens to understand: relays that must be switched off again.
TEST(RegisterMap, OfARelayModuleRaisesAndLowersAndEndsItsPulses) {
  DriverRig rig;
  ModbusSettings settings;
  settings.host = "127.0.0.1";
  settings.port = rig.controller.port();
  settings.timeout = milliseconds(100);
  ModbusBarrier relays(settings, *LoadRegisterMap("waveshare-relay-8ch", {}, MakersMaps()), rig.clock);
  const auto poll_until = [&](auto fits) {
    while (true) {
      if (const auto inputs = relays.Poll(); inputs && fits(*inputs)) return;
      std::this_thread::yield();
    }
  };
  poll_until([](const BarrierInputs& inputs) { return inputs.lower_limit; });
  EXPECT_EQ(relays.Raise(), Sent::kYes);
  poll_until([](const BarrierInputs& inputs) { return inputs.upper_limit; });
  EXPECT_EQ(relays.RequestLower(), Sent::kYes);
  poll_until([](const BarrierInputs& inputs) { return inputs.lower_limit; });
  EXPECT_EQ(rig.pulses(), 1);
}

TEST(RegisterMap, IsCommandedByBlockOrByCoilsNotByBoth) {
  const auto map = ParseRegisterMap(fmt::format("{}[fence]\nblock = 0\n", kCoilMap));
  ASSERT_FALSE(map);
  EXPECT_NE(map.error().message().find("[outputs] has no meaning with fence.block"), std::string::npos);
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
