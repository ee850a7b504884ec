// Goal: the scale tells over Modbus what stands on it at that moment. Method: a client written from the
// specification.
#include "services/simulator/device/scale_indicator.h"

#include <gtest/gtest.h>

#include "services/simulator/testing/modbus_peer.h"

namespace bordergate::simulator {
namespace {

TEST(ScaleIndicator, TellsWhatStandsOnItNow) {
  ScaleSight sight{.kg = 70'000, .stable = true};
  const auto scale = ScaleIndicator::Start("127.0.0.1", 0, 1, [&] { return sight; }).value();
  ModbusPeer peer(scale->port());
  EXPECT_EQ(peer.Ask(4, {0, 0, 0, 3}).data, (std::vector<uint8_t>{6, 0, 1, 0, 1, 0x11, 0x70}));
  sight = {.kg = 14'500, .stable = false, .tared = true};
  EXPECT_EQ(peer.Ask(4, {0, 0, 0, 3}).data, (std::vector<uint8_t>{6, 0, 8, 0, 0, 0x38, 0xa4}));
  sight = {.kg = 90'000, .overload = true};
  EXPECT_EQ(peer.Ask(4, {0, 0, 0, 1}).data, (std::vector<uint8_t>{2, 0, 3}));
}

}  // namespace
}  // namespace bordergate::simulator
