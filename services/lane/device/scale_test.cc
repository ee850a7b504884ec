// Goal: a weight is told only when the indicator says that it is one, in kilograms, whatever the maker's
// registers; or the scale is known to be silent. Method: a Modbus TCP server that misbehaves on demand, by
// the maps of the program. The same tests are what any scale's driver must pass.
#include <bit>

#include <gtest/gtest.h>

#include "embedded/lane_device.h"
#include "libs/core/random.h"
#include "services/lane/device/modbus_scale.h"
#include "services/lane/device/scale_poller.h"
#include "services/lane/testing/register_server.h"

namespace bordergate::lane {
namespace {

using Words = std::vector<uint16_t>;
using ScaleFault = RegisterServer::Fault;

ScaleMap SimulatedScale() { return *ParseScaleMap(embedded::lane_device::scale_simulated_toml()); }
std::unique_ptr<ModbusScale> ScaleDriver(const RegisterServer& server, ScaleMap map = SimulatedScale()) {
  return std::make_unique<ModbusScale>(ModbusAddress{"127.0.0.1", server.port(), 1, milliseconds(100)},
                                       std::move(map));
}
// What the driver makes of these registers, from 0 on.
Weight WeightFrom(const Words& words, std::string_view map) {
  RegisterServer server;
  server.Set(0, words);
  return *ScaleDriver(server, *ParseScaleMap(map))->Read();
}

TEST(ModbusScale, TellsAWeightOnlyAtRest) {
  RegisterServer server;
  const auto scale = ScaleDriver(server);
  server.Set(0, {1, 0, 14'650});
  EXPECT_EQ(*scale->Read(), (Weight{ScaleState::kStable, 14'650}));
  server.Set(0, {0, 1, 0});
  EXPECT_EQ(*scale->Read(), (Weight{ScaleState::kMoving, 65'536}));
  server.Set(0, {1, 0xffff, 0xffec});
  EXPECT_EQ(*scale->Read(), (Weight{ScaleState::kStable, -20}));
}

TEST(ModbusScale, TellsNoWeightWhenTheIndicatorDoesNotVouchForIt) {
  for (const auto& [status, state] : {std::pair<uint16_t, ScaleState>(0x03, ScaleState::kOverload),
                                      {0x05, ScaleState::kUnderRange},
                                      {0x09, ScaleState::kTared},
                                      {0x1f, ScaleState::kFault}}) {
    EXPECT_EQ(WeightFrom({status, 0, 14'650}, embedded::lane_device::scale_simulated_toml()),
              (Weight{state, 0}));
  }
}

TEST(ModbusScale, ReadsTheRegistersOfMakers) {
  namespace maps = embedded::lane_device;
  const std::string_view dini = maps::scale_dini_argeo_dgt4x_toml();
  EXPECT_EQ(WeightFrom({0, 14'650, 0, 0, 0x04}, dini), (Weight{ScaleState::kStable, 14'650}));
  EXPECT_EQ(WeightFrom({0, 20, 0, 0, 0x06}, dini), (Weight{ScaleState::kStable, -20})) << "its sign is a bit";
  EXPECT_EQ(WeightFrom({0, 20, 0, 0, 0x14}, dini).state, ScaleState::kOverload);
  const std::string_view flintec = maps::scale_flintec_ft_112_toml();
  EXPECT_EQ(WeightFrom({0, 0, 0, 0, 1, 100, 0, 0, 0, 0}, flintec), (Weight{ScaleState::kStable, 65'636}));
  EXPECT_EQ(WeightFrom({0, 0, 0, 0, 0, 100, 0, 4, 0, 0}, flintec).state, ScaleState::kMoving);
  EXPECT_EQ(WeightFrom({0, 0, 0, 0, 0, 100, 0, 0, 0, 4}, flintec).state, ScaleState::kFault);
  const auto bits = std::bit_cast<uint32_t>(14'650.4F);
  const auto high = static_cast<uint16_t>(bits >> 16), low = static_cast<uint16_t>(bits);
  const std::string_view tuna = maps::scale_tuna_id551_toml();
  EXPECT_EQ(WeightFrom({0, 0, high, low, 0x8000}, tuna), (Weight{ScaleState::kStable, 14'650}));
  EXPECT_EQ(WeightFrom({0, 0, high, low, 0x9000}, tuna).state, ScaleState::kMoving);
  EXPECT_EQ(WeightFrom({0, 0, high, low, 0}, tuna).state, ScaleState::kFault);
  EXPECT_EQ(WeightFrom({0, 0, 0x7fc0, 0, 0x8000}, tuna).state, ScaleState::kFault) << "no number";
}

TEST(ModbusScale, CountsInTheUnitsAndWordsOfTheMap) {
  constexpr std::string_view kTonnes = R"(
    registers = "holding"
    [weight]
    address = 2
    type = "int32"
    words = "low_first"
    kg_per_unit = 10
    [bits.stable]
    address = 1
    bit = 15)";
  EXPECT_EQ(WeightFrom({0, 0x8000, 1465, 0}, kTonnes), (Weight{ScaleState::kStable, 14'650}));
}

TEST(ModbusScale, SaysThatItIsSilentAndWorksAgainWhenItIsNot) {
  RegisterServer server;
  server.Set(0, {1, 0, 14'650});
  const auto scale = ScaleDriver(server);
  for (const ScaleFault fault : {ScaleFault::kSilent, ScaleFault::kHangsUp}) {
    server.fault = fault;
    const auto weight = scale->Read();
    ASSERT_FALSE(weight);
    EXPECT_TRUE(weight.error().Is(kScaleUnreachable));
    server.fault = ScaleFault::kNone;
    EXPECT_EQ(*scale->Read(), (Weight{ScaleState::kStable, 14'650}));
  }
}

TEST(ScaleMap, NeverMakesAWeightOfThisWorldFromNoise) {
  SeededRandom random(3);
  for (const std::string_view toml :
       {embedded::lane_device::scale_simulated_toml(), embedded::lane_device::scale_dini_argeo_dgt4x_toml(),
        embedded::lane_device::scale_flintec_ft_112_toml(), embedded::lane_device::scale_tuna_id551_toml()}) {
    const auto map = ParseScaleMap(toml);
    ASSERT_TRUE(map) << map.error().message();
    for (int i = 0; i < 5000; ++i) {
      Words words(static_cast<size_t>(map->count()));
      for (uint16_t& word : words) word = static_cast<uint16_t>(random.Below(65'536));
      EXPECT_LE(std::abs(map->Read(words).kg), 1'000'000);
    }
  }
}

TEST(ScaleMap, NamesEveryFault) {
  const auto map = ParseScaleMap(R"(
    registers = "coils"
    colour = 1
    [weight]
    address = 70000
    type = "text"
    words = "high_first"
    [bits.ready]
    address = 1
    bit = 1
    [bits.tared]
    address = 1
    bit = 16)");
  ASSERT_FALSE(map);
  EXPECT_TRUE(map.error().Is(kRegisterMapInvalid));
  for (const char* fault :
       {"registers must be", "colour is not", "weight.address", "weight.type", "weight.kg_per_unit",
        "bits.ready is not", "bits.tared.bit", "bits.stable is required"}) {
    EXPECT_NE(map.error().message().find(fault), std::string::npos) << map.error().message();
  }
}

class Heard final : public WeightListener {
 public:
  void SeeWeight(const Weight& weight) override {
    const std::lock_guard lock(mutex_);
    last_ = weight;
    changed_.notify_all();
  }
  void WaitFor(const Weight& weight) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return last_ == weight; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  Weight last_;
};

TEST(ScalePoller, TellsWhatTheScaleSaysAlsoAfterItWasSilent) {
  RegisterServer server;
  server.Set(0, {1, 0, 8000});
  Heard heard;
  const ScalePoller poller(ScaleDriver(server), heard, milliseconds(5));
  heard.WaitFor({ScaleState::kStable, 8000});
  server.fault = ScaleFault::kHangsUp;
  server.Set(0, {1, 0, 9000});
  server.fault = ScaleFault::kNone;
  heard.WaitFor({ScaleState::kStable, 9000});
}

}  // namespace
}  // namespace bordergate::lane
