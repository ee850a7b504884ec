#include "services/lane/domain/mode.h"

#include <algorithm>

#include "services/lane/domain/reasons.h"

namespace bordergate::lane {
namespace {

// What a fault of the lane costs.
std::optional<Mode> ModeForFault(std::string_view code) {
  for (const std::string_view manual :
       {cause::kBarrierUnreachable, cause::kBarrierPositionUnknown, cause::kBarrierControllerFault,
        cause::kArmWithoutCommand, cause::kEmergencyOpening}) {
    if (code == manual) return Mode::kManual;
  }
  for (const std::string_view confirm : {cause::kBarrierDidNotMove, cause::kLoopStuck, cause::kLoopSilent,
                                         cause::kLoopUnproved, cause::kJournalUnavailable}) {
    if (code == confirm) return Mode::kConfirm;
  }
  return std::nullopt;  // an alarm, such as tailgating, that says nothing about the next vehicle
}

Cause Stale(const InputAge& input) {
  // Not the age itself: it changes all the time and stands beside the input.
  return {cause::kInputStale,
          {{"input", std::string(input.name)}, {"limit_ms", std::to_string(input.limit.count())}}};
}

class Assessment {
 public:
  // The causes of the mode itself come first, then those that would not have sufficed.
  void Need(Mode mode, Cause why) {
    if (mode > verdict_.mode) verdict_.mode = mode;
    const auto place = std::upper_bound(found_.begin(), found_.end(), mode,
                                        [](Mode needed, const Found& found) { return needed > found.mode; });
    found_.insert(place, {mode, std::move(why)});
  }

  ModeVerdict Done() && {
    for (auto& found : found_) verdict_.causes.push_back(std::move(found.why));
    return std::move(verdict_);
  }

 private:
  struct Found {
    Mode mode;
    Cause why;
  };
  ModeVerdict verdict_{Mode::kAuto, {}};
  std::vector<Found> found_;
};

}  // namespace

std::string_view ModeName(Mode mode) {
  switch (mode) {
    case Mode::kAuto:
      return "AUTO";
    case Mode::kLocal:
      return "LOCAL";
    case Mode::kConfirm:
      return "CONFIRM";
    case Mode::kManual:
      return "MANUAL";
    case Mode::kClosed:
      return "CLOSED";
  }
  return "";
}

ModeVerdict AssessMode(const ModeInputs& inputs, const AgeLimits& limits) {
  Assessment result;
  if (inputs.requested != Mode::kAuto) {
    result.Need(inputs.requested,
                {cause::kSetByHand, {{"by", inputs.requested_by}, {"reason", inputs.requested_reason}}});
  }
  if (!inputs.barrier.fresh()) result.Need(Mode::kManual, Stale(inputs.barrier));
  if (inputs.hand_operation) result.Need(Mode::kManual, {cause::kHandOperation, {}});
  for (const std::string& fault : inputs.faults) {
    if (const auto mode = ModeForFault(fault)) result.Need(*mode, {fault, {}});
  }
  if (!inputs.camera.fresh()) result.Need(Mode::kConfirm, Stale(inputs.camera));
  if (!inputs.camera_fault.empty()) {
    result.Need(Mode::kConfirm, {cause::kCameraFault, {{"fault", inputs.camera_fault}}});
  }
  if (inputs.clock_skew && std::chrono::abs(*inputs.clock_skew) > limits.clock_skew) {
    result.Need(Mode::kConfirm,
                {cause::kClockSkewed,
                 {{"skew_s", std::to_string(std::chrono::round<seconds>(*inputs.clock_skew).count())},
                  {"limit_ms", std::to_string(limits.clock_skew.count())}}});
  }
  for (const InputAge& input : inputs.centre) {
    if (input.fresh()) continue;
    Mode mode = Mode::kLocal;
    if (!input.age || *input.age > limits.centre_manual) {
      mode = Mode::kManual;
    } else if (*input.age > limits.centre_confirm) {
      mode = Mode::kConfirm;
    }
    result.Need(mode, Stale(input));
  }
  return std::move(result).Done();
}

const ModeVerdict& ModeKeeper::Update(const ModeVerdict& assessed, Moment now) {
  if (!started_ || assessed.mode >= current_.mode) {
    started_ = true;
    better_since_.reset();
    if (assessed.mode == Mode::kAuto) promoted_once_ = true;
    Set(assessed, now);
    return current_;
  }
  if (!better_since_ || assessed.mode > better_) better_since_ = now.steady;
  better_ = assessed.mode;
  const auto healthy = std::chrono::duration_cast<milliseconds>(now.steady - *better_since_);
  // By hand, and at the start, there is nothing to wait for.
  const bool by_hand = std::any_of(current_.causes.begin(), current_.causes.end(),
                                   [](const Cause& why) { return why.code == cause::kSetByHand; });
  if (!promoted_once_ || by_hand || healthy >= promote_after_) {
    better_since_.reset();
    if (assessed.mode == Mode::kAuto) promoted_once_ = true;
    Set(assessed, now);
    return current_;
  }
  // Still the stricter mode, and the reason is now that it was not healthy for long enough.
  ModeVerdict waiting{current_.mode, assessed.causes};
  waiting.causes.insert(waiting.causes.begin(),
                        Cause{cause::kRecovering, {{"wait_ms", std::to_string(promote_after_.count())}}});
  Set(waiting, now);
  return current_;
}

void ModeKeeper::Set(const ModeVerdict& verdict, Moment now) {
  if (verdict.mode != current_.mode || since_ == Instant{}) since_ = now.wall;
  current_ = verdict;
}

}  // namespace bordergate::lane
