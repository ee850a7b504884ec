// Goal: a bench walks a whole lane, names wires that are swapped, never moves an arm that nobody asked for,
// and leaves a controller to whom it belonged. Method: the production driver and a Modbus controller with
// asphalt behind it; the electrician is a script that does what he is told.
#include "services/lane/bench_command.h"

#include <atomic>
#include <deque>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "embedded/lane_device.h"
#include "libs/testing/temporary_folder.h"
#include "services/lane/testing/coil_map.h"
#include "services/lane/testing/modbus_controller.h"
#include "services/lane/testing/register_server.h"

namespace bordergate::lane {
namespace {

using testing::HasSubstr;

// Presses loops, sees lights, types words. Speaks English.
class Electrician final : public BenchPerson {
 public:
  Electrician(ModbusController& controller, RegisterServer& scale) : controller_(controller), scale_(scale) {
    controller_.Wire([this](BarrierInputs inputs) { return Wired(inputs); });
  }
  ~Electrician() override { controller_.Wire(nullptr); }

  void Tell(const std::string& code, const std::string& text) override {
    heard.push_back(code);
    if (code == "outcome.failed") failures += text + "\n";
    if (code == quits_at) quits_ = true;
    if (code == "say.press") Press(text, true);
    if (code == "say.release") Press(text, false);
    if (code == "say.rest") Type("down");
    if (code == "say.scale_empty") Load({1, 0, 20});
    if (code == "say.scale_load") Load(load);
    if (code == "say.scale_shows") Type("");
    if (code == "say.light") Type(IsGreen() ? "green" : "red");
    if (code == "say.type_raise") Type("raise");
    if (code == "say.type_lower") Type("lower");
    if (code == "say.stopped" || code == "say.not_told") Type("stopped");
    if (code == "say.occupy") Drive(8);
    if (code == "say.clear_loops") Drive(std::nullopt);
    if (code == "say.own_button") {
      controller_.With([](LaneModel& model) { model.LowerPulse(); });
      Type("");
    }
    if (code == "say.reversal") trips_loop_ = true;
    if (code == "say.stop") presses_stop_ = true;
    if (code == "say.stop_release") controller_.With([](LaneModel& model) { model.arm_stuck = false; });
    if (code == "say.after_failure") {
      swapped = false;
      load = kLoaded;
      Drive(std::nullopt);
      Type(mends ? "" : "next");
    }
  }

  std::optional<std::string> Hear(milliseconds) override {
    std::this_thread::yield();
    const BarrierInputs inputs = controller_.With([](LaneModel& model) { return model.Inputs(); });
    const bool moving = !inputs.upper_limit && !inputs.lower_limit;
    if (moving && std::exchange(trips_loop_, false)) Drive(8);
    if (moving && presses_stop_) {
      presses_stop_ = false;
      controller_.With([](LaneModel& model) { model.arm_stuck = true; });
    }
    if (quits_) return "quit";
    if (typed_.empty()) return std::nullopt;
    std::string line = typed_.front();
    typed_.pop_front();
    raises += line == "raise" ? 1 : 0;
    return line;
  }
  bool gone() const override { return false; }

  int Count(const std::string& code) const {
    return static_cast<int>(std::count(heard.begin(), heard.end(), code));
  }

  static inline const std::vector<uint16_t> kLoaded{1, 0, 14'650};
  std::atomic<bool> swapped = false;     // the wires of arming and exit loop
  std::vector<uint16_t> load = kLoaded;  // what the scale's registers hold with a vehicle on it
  bool mends = true;                     // what was named
  std::string quits_at;
  std::vector<std::string> heard;
  std::string failures;  // what was said of them
  int raises = 0;

 private:
  void Type(std::string line) { typed_.push_back(std::move(line)); }
  void Load(const std::vector<uint16_t>& registers) {
    scale_.Set(0, registers);
    Type("");
  }
  bool IsGreen() {
    return controller_.With([](LaneModel& model) { return model.green(); });
  }
  // A short vehicle with its front there; nothing: nobody.
  void Drive(std::optional<double> front_m) {
    controller_.With([&](LaneModel& model) {
      model.trucks().clear();
      if (front_m) model.Arrive({.id = 1, .length_m = 1.5, .speed_m_s = 0, .front_m = *front_m});
    });
  }
  void Press(const std::string& what, bool on) {
    const auto is = [&](const char* name) { return what.find(name) != std::string::npos; };
    if (is("arming")) Drive(on ? std::optional(1.5) : std::nullopt);
    if (is("safety")) Drive(on ? std::optional(8.0) : std::nullopt);
    if (is("exit")) Drive(on ? std::optional(13.5) : std::nullopt);
    if (is("hand")) hand_ = on;
    if (is("fault")) fault_ = on;
    if (is("emergency")) controller_.With([&](LaneModel& model) { model.emergency = on; });
  }
  BarrierInputs Wired(BarrierInputs inputs) const {
    if (swapped) std::swap(inputs.arming_loop, inputs.exit_loop);
    inputs.hand_operation = hand_;
    inputs.controller_fault = fault_;
    return inputs;
  }

  ModbusController& controller_;
  RegisterServer& scale_;
  std::atomic<bool> hand_ = false, fault_ = false;
  bool trips_loop_ = false, presses_stop_ = false, quits_ = false;
  std::deque<std::string> typed_;
};

class BenchRig {
 public:
  BenchRig() {
    arguments.site_file = folder.Write("site.toml", fmt::format(R"(
      [[gates]]
      gate_id = "huu-nghi"
      title = "Hữu Nghị"
      [[lanes]]
      lane_id = "huu-nghi-x1"
      gate_id = "huu-nghi"
      title = "X1"
      direction = "export"
      camera_id = "c"
      camera_url = "http://127.0.0.1:1/c.mjpeg"
      barrier_address = "127.0.0.1:{}"
      register_map = "here"
      scale_address = "127.0.0.1:{}")",
                                                                controller.port(), scale.port()));
    arguments.lane_id = "huu-nghi-x1";
    arguments.language = "en";
    arguments.person = "Lan";
    arguments.maps_folder = folder.path().string();
    arguments.sheet_file = (folder.path() / "x1.pdf").string();
    Map(embedded::lane_device::simulated_toml());
    settings.times = {.answer_max = seconds(5),
                      .patience = seconds(20),
                      .settle = milliseconds(60),
                      .travel_max = milliseconds(2500),
                      .hold = milliseconds(120)};
    settings.poll = milliseconds(1);
    settings.heartbeat = milliseconds(20);
    settings.owner_silent = milliseconds(300);
    settings.link_requests = 20;
    settings.scale_rest = milliseconds(100);
  }
  void Map(std::string_view toml) { (void)folder.Write("here.toml", toml); }
  int Run() { return RunBench(arguments, settings, electrician, clock); }
  BenchRecord record() { return **ReadBenchRecord((folder.path() / "x1.json").string()); }
  int pulses() {
    return controller.With([](LaneModel& model) { return model.raise_pulses(); });
  }
  // A lane program's hand on the controller.
  std::unique_ptr<ModbusBarrier> Owner(uint32_t instance) {
    ModbusSettings modbus;
    modbus.host = "127.0.0.1";
    modbus.port = controller.port();
    modbus.instance = instance;
    modbus.heartbeat = milliseconds(20);
    modbus.reconnect_first = milliseconds(1);
    const auto toml = LoadRegisterMap("here", folder.path(), {});
    return std::make_unique<ModbusBarrier>(modbus, *toml, clock);
  }

  TemporaryFolder folder;
  SystemClock clock;
  ModbusController controller{milliseconds(400)};
  RegisterServer scale;
  Electrician electrician{controller, scale};
  BenchArguments arguments;
  BenchSettings settings;
};

// Polls as a lane program does, until destruction.
class Beating {
 public:
  explicit Beating(ModbusBarrier& barrier)
      : thread_([this, &barrier] {
          while (!stopping_) (void)barrier.Poll();
        }) {}
  ~Beating() {
    stopping_ = true;
    thread_.join();
  }
  Beating(const Beating&) = delete;
  Beating& operator=(const Beating&) = delete;

 private:
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

TEST(BenchCommand, AcceptsALaneThatIsWiredAsItsMapSays) {
  BenchRig rig;
  ASSERT_EQ(rig.Run(), 0) << ToJson(rig.record());
  const BenchRecord record = rig.record();
  EXPECT_TRUE(record.accepted());
  EXPECT_EQ(record.results.size(), AllBenchSteps().size());
  EXPECT_GT(std::stoi(record.results.at(BenchStep::kRaise).finding.params.at("arrived_after_ms")), 100);
  EXPECT_EQ(rig.pulses(), rig.electrician.raises) << "the arm goes up for a typed word only";
  EXPECT_GT(std::filesystem::file_size(rig.arguments.sheet_file), 5'000u);
}

TEST(BenchCommand, AcceptsAControllerThatIsCommandedByCoils) {
  BenchRig rig;
  rig.Map(kCoilMap);
  EXPECT_EQ(rig.Run(), 0) << ToJson(rig.record());
  EXPECT_TRUE(rig.record().use_was_checked);
}

TEST(BenchCommand, AsksWhoCommandsAControllerThatCannotTell) {
  BenchRig rig;
  std::string map = kCoilMap;
  map.replace(map.find("heartbeat = 3"), 13, "");
  rig.Map(map);
  EXPECT_EQ(rig.Run(), 0) << ToJson(rig.record());
  EXPECT_EQ(rig.electrician.Count("say.not_told"), 1);
  EXPECT_FALSE(rig.record().use_was_checked);
  EXPECT_EQ(rig.record().results.at(BenchStep::kHeartbeat).finding.outcome, BenchOutcome::kAbsent);
}

TEST(BenchCommand, NamesSwappedWiresAndPassesThemOnceTheyAreMended) {
  BenchRig rig;
  rig.electrician.swapped = true;
  EXPECT_EQ(rig.Run(), 0) << ToJson(rig.record());
  EXPECT_THAT(rig.electrician.failures,
              HasSubstr("Pressed: arming loop (before the arm); seen: exit loop (behind the arm)"));
  EXPECT_GE(rig.record().results.at(BenchStep::kArmingLoop).attempts, 2);
}

TEST(BenchCommand, NamesAScaleThatTellsNoWeightAndPassesItOnceItIsMended) {
  for (const auto& [load, says] : {std::pair(std::vector<uint16_t>{1, 0, 14}, "14 kg with a vehicle on it"),
                                   {{0, 0, 14'650}, "no weight at rest (MOVING)"},
                                   {{9, 0, 14'650}, "no weight at rest (TARED)"}}) {
    BenchRig rig;
    rig.electrician.load = load;
    EXPECT_EQ(rig.Run(), 0) << ToJson(rig.record());
    EXPECT_THAT(rig.electrician.failures, HasSubstr(says));
    EXPECT_EQ(rig.record().results.at(BenchStep::kScale).finding.params.at("weight_kg"), "14650");
  }
}

TEST(BenchCommand, DoesNotAcceptSwappedWiresThatNobodyMends) {
  BenchRig rig;
  rig.electrician.swapped = true;
  rig.electrician.mends = false;
  rig.electrician.quits_at = "say.type_raise";
  EXPECT_EQ(rig.Run(), 3);
  const BenchFinding finding = rig.record().results.at(BenchStep::kArmingLoop).finding;
  EXPECT_EQ(finding.code, "INPUT_SWAPPED");
  EXPECT_EQ(finding.params.at("seen"), "exit_loop");
  EXPECT_EQ(rig.pulses(), 0) << "the word was not typed";
}

TEST(BenchCommand, GoesOnWhereItStopped) {
  BenchRig rig;
  rig.electrician.quits_at = "say.type_raise";
  EXPECT_EQ(rig.Run(), 3);
  const BenchRecord before = rig.record();
  EXPECT_FALSE(before.results.contains(BenchStep::kRaise));
  Electrician next(rig.controller, rig.scale);
  EXPECT_EQ(RunBench(rig.arguments, rig.settings, next, rig.clock), 0);
  EXPECT_EQ(next.Count("say.resumed"), 1);
  EXPECT_EQ(next.Count("say.rest"), 0) << "that had passed";
  EXPECT_EQ(rig.record().results.at(BenchStep::kArmingLoop).at, before.results.at(BenchStep::kArmingLoop).at);
}

TEST(BenchCommand, RefusesWhileALaneProgramHasTheController) {
  for (const std::string_view map : {embedded::lane_device::simulated_toml(), std::string_view(kCoilMap)}) {
    BenchRig rig;
    rig.Map(map);
    const auto owner = rig.Owner(5);
    const Beating beating(*owner);
    while (rig.controller.heartbeats() == 0) std::this_thread::yield();
    testing::internal::CaptureStderr();
    EXPECT_EQ(rig.Run(), 1);
    EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("BENCH_BARRIER_IN_USE"));
    EXPECT_EQ(rig.electrician.Count("say.step"), 0);
    EXPECT_EQ(rig.controller.refused(), 0) << "nothing was taken from it";
  }
}

TEST(BenchCommand, EndsWhenALaneProgramTakesTheControllerMeanwhile) {
  BenchRig rig;
  std::unique_ptr<ModbusBarrier> owner;
  rig.electrician.quits_at = "say.raise";
  Electrician& electrician = rig.electrician;
  std::thread lane([&] {
    while (rig.controller.token() == 0) std::this_thread::yield();  // the bench has it
    owner = rig.Owner(6);
    while (!owner->Poll()) std::this_thread::yield();
  });
  EXPECT_EQ(rig.Run(), 1);
  lane.join();
  EXPECT_EQ(electrician.Count("say.taken"), 1);
  EXPECT_EQ(static_cast<uint32_t>(rig.controller.token()), 6u) << "and keeps it";
}

TEST(BenchCommand, GivesTheControllerBackToWhomItBelonged) {
  BenchRig rig;
  const auto owner = rig.Owner(5);
  while (!owner->Poll()) std::this_thread::yield();
  ASSERT_TRUE(owner->TellStandbyInStep(true));
  const uint64_t before = rig.controller.token();
  rig.electrician.quits_at = "say.rest";
  EXPECT_EQ(rig.Run(), 3);
  const auto other = rig.Owner(9);
  const auto view = other->LookAtFence();
  ASSERT_TRUE(view);
  EXPECT_EQ(static_cast<uint32_t>(view->token), 5u);
  EXPECT_GT(view->token, before);
  EXPECT_TRUE(view->standby_in_step);
  EXPECT_EQ(rig.record().fence->ours, 0u);
}

TEST(BenchCommand, SaysWhatItCannotReachOrDoesNotKnow) {
  BenchRig rig;
  rig.arguments.lane_id = "huu-nghi-x9";
  EXPECT_EQ(rig.Run(), 1);
  rig.arguments.lane_id = "huu-nghi-x1";
  rig.controller.fault = ModbusController::Fault::kHangsUp;
  EXPECT_EQ(rig.Run(), 1);
  EXPECT_FALSE(std::filesystem::exists(rig.arguments.sheet_file));
}

}  // namespace
}  // namespace bordergate::lane
