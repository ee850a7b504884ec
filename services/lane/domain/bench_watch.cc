#include "services/lane/domain/bench_watch.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace bordergate::lane {
namespace {

struct Named {
  std::string_view name;
  bool BarrierInputs::* value;
};
constexpr std::array<Named, 8> kInputs = {{
    {"upper_limit", &BarrierInputs::upper_limit},
    {"lower_limit", &BarrierInputs::lower_limit},
    {"arming_loop", &BarrierInputs::arming_loop},
    {"safety_loop", &BarrierInputs::safety_loop},
    {"exit_loop", &BarrierInputs::exit_loop},
    {"emergency", &BarrierInputs::emergency},
    {"controller_fault", &BarrierInputs::controller_fault},
    {"hand_operation", &BarrierInputs::hand_operation},
}};

std::string Text(milliseconds span) { return std::to_string(span.count()); }

milliseconds Since(SteadyInstant start, SteadyInstant now) {
  return std::chrono::duration_cast<milliseconds>(now - start);
}

BenchFinding Passed(std::map<std::string, std::string> params = {}) {
  return {BenchOutcome::kPassed, "PASSED", std::move(params)};
}

// The first picture and its time are where every step starts.
class Watch : public BenchWatch {
 public:
  explicit Watch(const BenchTimes& times) : times_(times) {}
  std::optional<BenchFinding> See(const BarrierInputs& inputs, SteadyInstant now) final {
    if (!start_) {
      start_ = now;
      before_ = inputs;
    }
    return Look(inputs, now);
  }

 protected:
  virtual std::optional<BenchFinding> Look(const BarrierInputs& inputs, SteadyInstant now) = 0;
  milliseconds Elapsed(SteadyInstant now) const { return Since(*start_, now); }

  const BenchTimes times_;
  std::optional<SteadyInstant> start_;
  BarrierInputs before_;
};

class InputWatch final : public Watch {
 public:
  InputWatch(BenchStep input, const BenchTimes& times)
      : Watch(times),
        name_(NameOf(input)),
        opens_(input == BenchStep::kEmergency),
        may_move_arm_(opens_ || input == BenchStep::kSafetyLoop) {}

  // The emergency opening is held until the arm is up, or ought to be.
  std::string_view waits_for() const override {
    if (!on_at_) return "press";
    return !opens_ || opened_ || late_ ? "release" : "press";
  }

 private:
  std::optional<BenchFinding> Look(const BarrierInputs& inputs, SteadyInstant now) override {
    const bool on = Value(inputs, name_);
    if (!on_at_) return BeforeItIsOn(on, inputs, now);
    NoteOther(inputs, now);
    opened_ = opened_ || inputs.upper_limit;
    late_ = Since(*on_at_, now) >= times_.travel_max;
    if (on && off_at_) return Failed("INPUT_FLICKERS", {{"expected", name_}});
    if (on) {
      if (Since(*on_at_, now) >= times_.patience) return Failed("INPUT_STAYS_ON", {{"expected", name_}});
      return std::nullopt;
    }
    if (!off_at_) off_at_ = now;
    if (Since(*off_at_, now) < times_.settle) return std::nullopt;
    if (!other_.empty()) return Failed("INPUT_TOGETHER", {{"expected", name_}, {"seen", other_}});
    if (opens_ && !opened_) {
      if (!late_) return std::nullopt;
      return Failed("EMERGENCY_DID_NOT_OPEN");
    }
    return Passed({{"on_for_ms", Text(Since(*on_at_, *off_at_))}});
  }

  std::optional<BenchFinding> BeforeItIsOn(bool on, const BarrierInputs& inputs, SteadyInstant now) {
    if (on && now == *start_) return Failed("INPUT_ALREADY_ON", {{"expected", name_}});
    NoteOther(inputs, now);
    if (on) {
      on_at_ = now;
      opened_ = inputs.upper_limit;
      return std::nullopt;
    }
    if (other_at_ && Since(*other_at_, now) >= times_.settle)
      return Failed("INPUT_SWAPPED", {{"expected", name_}, {"seen", other_}});
    if (Elapsed(now) >= times_.patience) return Failed("INPUT_SILENT", {{"expected", name_}});
    return std::nullopt;
  }

  // Any other input that has changed since the step began. The switches follow the arm, which the wired
  // opening moves, and with some makers the safety loop too.
  void NoteOther(const BarrierInputs& inputs, SteadyInstant now) {
    for (const Named& one : kInputs) {
      const bool is_switch = one.name == "upper_limit" || one.name == "lower_limit";
      if (one.name == name_ || (is_switch && may_move_arm_)) continue;
      if (inputs.*one.value == before_.*one.value || other_at_) continue;
      other_ = one.name;
      other_at_ = now;
    }
  }

  static bool Value(const BarrierInputs& inputs, std::string_view name) {
    const auto* it =
        std::find_if(kInputs.begin(), kInputs.end(), [&](const Named& one) { return one.name == name; });
    return inputs.*it->value;
  }

  const std::string name_;
  const bool opens_;
  const bool may_move_arm_;
  std::optional<SteadyInstant> on_at_, off_at_, other_at_;
  std::string other_;
  bool opened_ = false;
  bool late_ = false;  // it ought to be open by now
};

class MotionWatch final : public Watch {
 public:
  MotionWatch(bool up, const BenchTimes& times) : Watch(times), up_(up) {}

 private:
  std::optional<BenchFinding> Look(const BarrierInputs& inputs, SteadyInstant now) override {
    const bool at_start = up_ ? inputs.lower_limit : inputs.upper_limit;
    const bool at_end = up_ ? inputs.upper_limit : inputs.lower_limit;
    if (!at_start && !left_after_) left_after_ = Elapsed(now);
    if (at_end && !at_start) {
      return Passed({{"left_after_ms", Text(*left_after_)}, {"arrived_after_ms", Text(Elapsed(now))}});
    }
    if (Elapsed(now) < times_.travel_max) return std::nullopt;
    if (at_end) return Failed("SWITCH_STAYS_ON", {{"seen", up_ ? "lower_limit" : "upper_limit"}});
    if (at_start) return Failed("ARM_DID_NOT_MOVE", {{"within_ms", Text(times_.travel_max)}});
    return Failed("SWITCH_SILENT", {{"expected", up_ ? "upper_limit" : "lower_limit"}});
  }

  const bool up_;
  std::optional<milliseconds> left_after_;
};

class OccupiedWatch final : public Watch {
 public:
  using Watch::Watch;
  std::string_view waits_for() const override { return "press"; }

 private:
  std::optional<BenchFinding> Look(const BarrierInputs& inputs, SteadyInstant now) override {
    if (inputs.safety_loop) return Passed();
    if (Elapsed(now) >= times_.patience) return Failed("INPUT_SILENT", {{"expected", "safety_loop"}});
    return std::nullopt;
  }
};

class HoldWatch final : public Watch {
 public:
  using Watch::Watch;

 private:
  std::optional<BenchFinding> Look(const BarrierInputs& inputs, SteadyInstant now) override {
    // Before the loop: an arm that moves is worse than a step that proves nothing.
    if (!inputs.upper_limit) return Failed("ARM_LEFT_ITS_PLACE");
    if (!inputs.safety_loop) return Failed("LOOP_CLEARED_TOO_SOON", {{"expected", "safety_loop"}});
    if (Elapsed(now) < times_.hold) return std::nullopt;
    return Passed({{"held_for_ms", Text(times_.hold)}});
  }
};

class ReversalWatch final : public Watch {
 public:
  using Watch::Watch;

 private:
  std::optional<BenchFinding> Look(const BarrierInputs& inputs, SteadyInstant now) override {
    if (inputs.lower_limit) return Failed(seen_at_ ? "ARM_CAME_DOWN" : "LOOP_TOO_LATE");
    moving_ = moving_ || !inputs.upper_limit;
    if (moving_ && inputs.safety_loop && !seen_at_) seen_at_ = now;
    if (seen_at_ && inputs.upper_limit) {
      return Passed({{"up_after_ms", Text(Since(*seen_at_, now))}});
    }
    if (seen_at_ && Since(*seen_at_, now) >= times_.travel_max) return Failed("ARM_STOPPED_HALFWAY");
    if (seen_at_ || Elapsed(now) < times_.travel_max) return std::nullopt;
    if (!moving_) return Failed("ARM_DID_NOT_MOVE", {{"within_ms", Text(times_.travel_max)}});
    return Failed("SWITCH_SILENT", {{"expected", "lower_limit"}});
  }

  bool moving_ = false;
  std::optional<SteadyInstant> seen_at_;
};

class StopWatch final : public Watch {
 public:
  using Watch::Watch;

 private:
  std::optional<BenchFinding> Look(const BarrierInputs& inputs, SteadyInstant now) override {
    if (inputs.upper_limit) return Failed("STOP_DID_NOT_HOLD");
    if (Elapsed(now) < times_.travel_max) return std::nullopt;
    if (inputs.lower_limit) return Failed("ARM_DID_NOT_MOVE", {{"within_ms", Text(times_.travel_max)}});
    return Passed({{"held_for_ms", Text(times_.travel_max)}});
  }
};

}  // namespace

std::unique_ptr<BenchWatch> WatchInput(BenchStep input, const BenchTimes& times) {
  return std::make_unique<InputWatch>(input, times);
}
std::unique_ptr<BenchWatch> WatchMotion(bool up, const BenchTimes& times) {
  return std::make_unique<MotionWatch>(up, times);
}
std::unique_ptr<BenchWatch> WatchOccupied(const BenchTimes& times) {
  return std::make_unique<OccupiedWatch>(times);
}
std::unique_ptr<BenchWatch> WatchHold(const BenchTimes& times) { return std::make_unique<HoldWatch>(times); }
std::unique_ptr<BenchWatch> WatchReversal(const BenchTimes& times) {
  return std::make_unique<ReversalWatch>(times);
}
std::unique_ptr<BenchWatch> WatchStop(const BenchTimes& times) { return std::make_unique<StopWatch>(times); }

BenchFinding JudgeLink(const std::vector<std::optional<std::chrono::microseconds>>& trips,
                       const BenchTimes& times) {
  std::vector<std::chrono::microseconds> good;
  for (const auto& trip : trips) {
    if (trip) good.push_back(*trip);
  }
  if (good.size() < trips.size()) {
    return Failed("LINK_LOSES", {{"lost", std::to_string(trips.size() - good.size())},
                                 {"asked", std::to_string(trips.size())}});
  }
  std::sort(good.begin(), good.end());
  const auto text = [](std::chrono::microseconds span) {
    std::string digits = std::to_string(span.count() / 100);
    if (digits.size() < 2) digits.insert(0, "0");
    return digits.insert(digits.size() - 1, ".");
  };
  const std::chrono::microseconds slowest = good.back();
  if (slowest > times.answer_max) {
    return Failed("LINK_SLOW", {{"slowest_ms", text(slowest)}, {"limit_ms", Text(times.answer_max)}});
  }
  return Passed({{"asked", std::to_string(trips.size())},
                 {"median_ms", text(good[good.size() / 2])},
                 {"slowest_ms", text(slowest)}});
}

BenchFinding JudgeHeartbeat(int changes, int beats) {
  const std::map<std::string, std::string> params = {{"changes", std::to_string(changes)}};
  return changes < beats ? Failed("HEARTBEAT_NOT_HELD", params) : Passed(params);
}

BenchFinding JudgeRest(const BarrierInputs& inputs, bool is_down) {
  const bool here = is_down ? inputs.lower_limit : inputs.upper_limit;
  const bool there = is_down ? inputs.upper_limit : inputs.lower_limit;
  if (here && there) return Failed("SWITCHES_BOTH");
  if (there) return Failed("SWITCHES_SWAPPED");
  if (!here) return Failed("SWITCH_SILENT", {{"expected", is_down ? "lower_limit" : "upper_limit"}});
  return Passed();
}

BenchFinding JudgeLight(const std::string& shown, const std::set<std::string>& seen) {
  if (seen.size() > 1) return Failed("LIGHT_BOTH");
  if (seen.empty()) return Failed("LIGHT_DARK", {{"expected", shown}});
  if (*seen.begin() != shown) return Failed("LIGHT_SWAPPED", {{"expected", shown}, {"seen", *seen.begin()}});
  return Passed();
}

BenchFinding Failed(std::string code, std::map<std::string, std::string> params) {
  return {BenchOutcome::kFailed, std::move(code), std::move(params)};
}

}  // namespace bordergate::lane
