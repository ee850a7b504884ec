// Goal: the driver speaks Modbus, not merely the language of our own twin of a controller. Method: the same
// demands as in modbus_barrier_test.cc against a server on pymodbus, a process of its own.
#include "services/lane/testing/independent_controller.h"

#include <gtest/gtest.h>

#include "embedded/lane_device.h"
#include "services/lane/device/modbus_barrier.h"
#include "services/lane/domain/reasons.h"
#include "services/lane/testing/coil_map.h"

namespace bordergate::lane {
namespace {

// By the block of commands, and by coils.
const std::string_view kIndependentMaps[] = {embedded::lane_device::simulated_toml(), kCoilMap};

class IndependentRig {
 public:
  explicit IndependentRig(std::string_view map = kIndependentMaps[0]) {
    ModbusSettings settings;
    settings.host = "127.0.0.1";
    settings.port = controller.port();
    settings.timeout = milliseconds(500);
    settings.reconnect_first = milliseconds(1);
    settings.reconnect_longest = milliseconds(2);
    settings.heartbeat = milliseconds(20);
    barrier.emplace(settings, *ParseRegisterMap(map), clock);
  }
  // Polls until the inputs fit; the test's own time limit ends it otherwise.
  template <class Fits>
  BarrierInputs PollUntil(Fits fits) {
    while (true) {
      if (const auto inputs = barrier->Poll(); inputs && fits(*inputs)) return *inputs;
      std::this_thread::yield();
    }
  }
  BarrierInputs PollUntilGood() {
    return PollUntil([](const BarrierInputs&) { return true; });
  }

  SystemClock clock;
  IndependentController controller{BORDERGATE_SOURCE_FOLDER
                                   "/services/lane/testing/independent_controller.py"};
  std::optional<ModbusBarrier> barrier;
};

TEST(IndependentController, TellsItsSwitchesAndLoops) {
  for (std::string_view map : kIndependentMaps) {
    IndependentRig rig(map);
    BarrierInputs inputs = rig.PollUntilGood();
    EXPECT_TRUE(inputs.lower_limit);
    EXPECT_FALSE(inputs.upper_limit || inputs.arming_loop || inputs.safety_loop || inputs.exit_loop);
    EXPECT_FALSE(inputs.outputs_kept) << "nobody has spoken to it before";
    rig.controller.Tell("loop arming on");
    rig.controller.Tell("loop exit on");
    inputs = rig.PollUntilGood();
    EXPECT_TRUE(inputs.arming_loop && inputs.exit_loop);
    EXPECT_FALSE(inputs.safety_loop);
    EXPECT_TRUE(inputs.outputs_kept);
  }
}

TEST(IndependentController, RaisesOnceAndLowersOnce) {
  for (std::string_view map : kIndependentMaps) {
    IndependentRig rig(map);
    rig.PollUntilGood();
    EXPECT_EQ(rig.barrier->Raise(), Sent::kYes);
    rig.PollUntil([](const BarrierInputs& inputs) { return inputs.upper_limit; });
    EXPECT_EQ(rig.barrier->RequestLower(), Sent::kYes);
    rig.PollUntil([](const BarrierInputs& inputs) { return inputs.lower_limit; });
    rig.controller.Tell("loop arming off");
    EXPECT_EQ(rig.controller.CountOf("coil 0 1"), 1);
    EXPECT_EQ(rig.controller.CountOf("coil 1 1"), 1);
  }
}

TEST(IndependentController, IsNotAskedToLowerOntoAVehicle) {
  for (std::string_view map : kIndependentMaps) {
    IndependentRig rig(map);
    rig.PollUntilGood();
    rig.controller.Tell("loop safety on");
    EXPECT_EQ(rig.barrier->RequestLower(), Sent::kNo);
    rig.controller.Tell("loop arming off");
    EXPECT_EQ(rig.controller.CountOf("coil 1 1"), 0);
  }
}

TEST(IndependentController, GetsNoSecondPulseWhenItDoesNotAnswer) {
  for (std::string_view map : kIndependentMaps) {
    IndependentRig rig(map);
    rig.PollUntilGood();
    rig.controller.Tell("silent on");
    EXPECT_EQ(rig.barrier->Raise(), Sent::kUnknown);
    EXPECT_EQ(rig.barrier->Raise(), Sent::kNo) << "not connected any more";
    rig.controller.Tell("silent off");
    rig.PollUntil([](const BarrierInputs& inputs) { return inputs.upper_limit; });
    rig.controller.Tell("loop arming off");
    EXPECT_EQ(rig.controller.CountOf("coil 0 1"), 1);
  }
}

TEST(IndependentController, FeelsTheHeartbeatAndShowsOneLight) {
  for (std::string_view map : kIndependentMaps) {
    IndependentRig rig(map);
    while (rig.controller.CountOf("coil 3 0") < 2) {
      rig.PollUntilGood();
      rig.controller.Tell("loop arming off");
    }
    EXPECT_GE(rig.controller.CountOf("coil 3 1"), 2);
    EXPECT_EQ(rig.controller.CountOf("coil 5 1"), 1) << "red, once";
    rig.barrier->ShowLight(true);
    rig.PollUntilGood();
    rig.controller.Tell("loop arming off");
    EXPECT_EQ(rig.controller.CountOf("coil 4 1"), 1);
    EXPECT_EQ(rig.controller.CountOf("coil 5 0"), 1);
  }
}

TEST(IndependentController, ObeysOneProgramAlone) {  // F10
  IndependentRig rig;
  rig.PollUntilGood();
  ModbusSettings settings;
  settings.host = "127.0.0.1";
  settings.port = rig.controller.port();
  settings.instance = 9;
  ModbusBarrier second(settings, *ParseRegisterMap(kIndependentMaps[0]), rig.clock);
  ASSERT_TRUE(second.Poll());
  EXPECT_EQ(rig.barrier->Raise(), Sent::kNo);
  EXPECT_EQ(second.Raise(), Sent::kYes);
  ModbusBarrier by_coils(settings, *ParseRegisterMap(kCoilMap), rig.clock);
  EXPECT_FALSE(by_coils.Poll()) << "its first write is refused";
  rig.controller.Tell("loop arming off");
  EXPECT_EQ(rig.controller.CountOf("coil 0 1"), 1);
  EXPECT_EQ(rig.controller.CountOf("refused"), 1);
}

}  // namespace
}  // namespace bordergate::lane
