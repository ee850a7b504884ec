// Goal: the driver of scales speaks Modbus, not merely the language of our own twin. Method: the demands of
// scale_test.cc against a server on pymodbus, a process of its own.
#include <gtest/gtest.h>

#include "embedded/lane_device.h"
#include "services/lane/device/modbus_scale.h"
#include "services/lane/testing/independent_controller.h"

namespace bordergate::lane {
namespace {

TEST(IndependentScale, TellsItsWeightAndWhatItDoesNotVouchFor) {
  IndependentController server(BORDERGATE_SOURCE_FOLDER "/services/lane/testing/independent_controller.py");
  ModbusScale scale({"127.0.0.1", server.port(), 1, milliseconds(500)},
                    *ParseScaleMap(embedded::lane_device::scale_simulated_toml()));
  server.Tell("scale 1 14650");
  EXPECT_EQ(*scale.Read(), (Weight{ScaleState::kStable, 14'650}));
  server.Tell("scale 1 -20");
  EXPECT_EQ(*scale.Read(), (Weight{ScaleState::kStable, -20}));
  server.Tell("scale 0 70000");
  EXPECT_EQ(*scale.Read(), (Weight{ScaleState::kMoving, 70'000}));
  server.Tell("scale 3 14650");
  EXPECT_EQ(scale.Read()->state, ScaleState::kOverload);
  server.Tell("silent on");
  EXPECT_TRUE(scale.Read().error().Is(kScaleUnreachable));
  server.Tell("silent off");
  server.Tell("scale 1 14650");
  EXPECT_EQ(*scale.Read(), (Weight{ScaleState::kStable, 14'650}));
}

}  // namespace
}  // namespace bordergate::lane
