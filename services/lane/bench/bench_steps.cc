// What is done in each step.
#include <cstdlib>
#include <utility>

#include "libs/core/check.h"
#include "services/lane/bench/bench_session.h"

namespace bordergate::lane {
namespace {

constexpr int kZeroMax_kg = 100;
constexpr int kLoadMin_kg = 500;

}  // namespace

BenchSession::Maybe<BenchFinding> BenchSession::Do(BenchStep step) {
  const auto hindered = BringArm(ArmBefore(step));
  if (!hindered) return std::unexpected(hindered.error());
  if (*hindered) return **hindered;
  switch (step) {
    case BenchStep::kLink:
      return DoLink();
    case BenchStep::kHeartbeat:
      return DoHeartbeat();
    case BenchStep::kRestPosition:
      return DoRest();
    case BenchStep::kArmingLoop:
    case BenchStep::kSafetyLoop:
    case BenchStep::kExitLoop:
    case BenchStep::kHandOperation:
    case BenchStep::kControllerFault:
    case BenchStep::kEmergency:
      return Watch(WatchInput(step, settings_.times), std::string(NameOf(step)));
    case BenchStep::kRedLight:
    case BenchStep::kGreenLight:
      return DoLight(step);
    case BenchStep::kScale:
      return DoScale();
    case BenchStep::kRaise:
      return Move(true, WatchMotion(true, settings_.times));
    case BenchStep::kLower:
      return Move(false, WatchMotion(false, settings_.times));
    case BenchStep::kRequestRefused:
    case BenchStep::kOwnProtection:
      return DoRefusedOrProtected(step);
    case BenchStep::kReversal:
      return DoReversal();
    case BenchStep::kStop:
      return DoStop();
  }
  BG_CHECK(false, "every step is done");
  return Failed("LINK_LOST");
}

BenchSession::Maybe<std::optional<BarrierInputs>> BenchSession::AwaitInputs() {
  while (true) {
    std::optional<BenchLine> line;
    const auto inputs = Turn(&line);
    if (!inputs || *inputs || IsLost()) return inputs;
  }
}

BenchSession::Maybe<BenchFinding> BenchSession::DoLink() {
  const auto first = AwaitInputs();  // connects
  if (!first) return std::unexpected(first.error());
  if (!*first) return Failed("LINK_LOST");
  std::vector<std::optional<std::chrono::microseconds>> trips;
  for (int i = 0; i < settings_.link_requests; ++i) {
    std::optional<BenchLine> line;
    const auto inputs = Turn(&line);
    if (!inputs) return std::unexpected(inputs.error());
    trips.push_back(*inputs ? std::optional(last_trip_) : std::nullopt);
  }
  return JudgeLink(trips, settings_.times);
}

BenchSession::Maybe<BenchFinding> BenchSession::DoHeartbeat() {
  const SteadyInstant until = clock_.SteadyNow() + settings_.heartbeat * (2 * settings_.beats);
  int changes = 0;
  std::optional<uint16_t> last;
  while (changes < settings_.beats && clock_.SteadyNow() < until) {
    std::optional<BenchLine> line;
    const auto inputs = Turn(&line);
    if (!inputs) return std::unexpected(inputs.error());
    if (!*inputs) {
      if (IsLost()) return Failed("LINK_LOST");
      continue;
    }
    const auto beat = barrier_.LookAtHeart();
    if (!beat || !*beat) continue;
    if (last && **beat != *last) ++changes;
    last = *beat;
  }
  return JudgeHeartbeat(changes, settings_.beats);
}

BenchSession::Maybe<BenchFinding> BenchSession::DoRest() {
  Tell("say.rest");
  const auto word = Ask({BenchWord::kUp, BenchWord::kDown});
  if (!word) return std::unexpected(word.error());
  const auto inputs = AwaitInputs();
  if (!inputs) return std::unexpected(inputs.error());
  if (!*inputs) return Failed("LINK_LOST");
  return JudgeRest(**inputs, *word == BenchWord::kDown);
}

BenchSession::Maybe<BenchFinding> BenchSession::DoLight(BenchStep step) {
  barrier_.ShowLight(step == BenchStep::kGreenLight);
  for (int polls = 0; polls < 2; ++polls) {  // shown with the next poll
    const auto inputs = AwaitInputs();
    if (!inputs) return std::unexpected(inputs.error());
    if (!*inputs) return Failed("LINK_LOST");
  }
  Tell("say.light");
  const auto word = Ask({BenchWord::kRed, BenchWord::kGreen, BenchWord::kBoth, BenchWord::kNeither});
  barrier_.ShowLight(false);
  if (!word) return std::unexpected(word.error());
  std::set<std::string> seen;
  if (*word == BenchWord::kRed || *word == BenchWord::kBoth) seen.insert("red_light");
  if (*word == BenchWord::kGreen || *word == BenchWord::kBoth) seen.insert("green_light");
  return JudgeLight(std::string(NameOf(step)), seen);
}

BenchSession::Maybe<BenchFinding> BenchSession::DoRefusedOrProtected(BenchStep step) {
  Tell("say.occupy");
  const auto occupied = Watch(WatchOccupied(settings_.times));
  if (!occupied || !occupied->passed()) return occupied;
  if (step == BenchStep::kRequestRefused) {
    if (barrier_.RequestLower() != Sent::kNo) return Failed("REQUEST_WAS_SENT");
  } else {
    Tell("say.own_button");
    BenchTimes until_pressed = settings_.times;
    until_pressed.hold = until_pressed.patience;
    const auto stayed = Watch(WatchHold(until_pressed), "", true);
    if (!stayed || !stayed->passed()) return stayed;
  }
  Tell("say.watching");
  return Watch(WatchHold(settings_.times));
}

// The last it said when it did not come to rest.
BenchSession::Maybe<Weight> BenchSession::AwaitRest() {
  const SteadyInstant until = clock_.SteadyNow() + settings_.scale_rest;
  Weight last;
  while (last.state != ScaleState::kStable && clock_.SteadyNow() < until) {
    std::optional<BenchLine> line;
    if (const auto turned = Turn(&line); !turned) return std::unexpected(turned.error());
    const Result<Weight> weight = settings_.scale->Read();
    last = weight ? *weight : Weight{};
  }
  return last;
}

BenchSession::Maybe<BenchFinding> BenchSession::DoScale() {
  Weight weight;
  for (const char* asked : {"say.scale_empty", "say.scale_load"}) {
    Tell(asked);
    if (const auto word = Ask({BenchWord::kEnter}); !word) return std::unexpected(word.error());
    const auto rest = AwaitRest();
    if (!rest) return std::unexpected(rest.error());
    weight = *rest;
    if (weight.state == ScaleState::kSilent) return Failed("SCALE_NO_ANSWER");
    if (weight.state != ScaleState::kStable)
      return Failed("SCALE_NOT_AT_REST", {{"state", std::string(ScaleStateName(weight.state))}});
    const std::map<std::string, std::string> shown = {{"weight_kg", std::to_string(weight.kg)}};
    const bool wants_load = std::string_view(asked) == "say.scale_load";
    if (!wants_load && std::abs(weight.kg) > kZeroMax_kg) return Failed("SCALE_NOT_ZERO", shown);
    if (wants_load && weight.kg < kLoadMin_kg) return Failed("SCALE_NO_LOAD", shown);
  }
  const std::map<std::string, std::string> shown = {{"weight_kg", std::to_string(weight.kg)}};
  Tell("say.scale_shows", shown);
  const auto word = Ask({BenchWord::kEnter, BenchWord::kNext});
  if (!word) return std::unexpected(word.error());
  if (*word == BenchWord::kNext) return Failed("SCALE_DIFFERS", shown);
  return BenchFinding{BenchOutcome::kPassed, "PASSED", shown};
}

BenchSession::Maybe<BenchFinding> BenchSession::DoReversal() {
  Tell("say.reversal");
  return Move(false, WatchReversal(settings_.times));
}

BenchSession::Maybe<BenchFinding> BenchSession::DoStop() {
  Tell("say.stop");
  auto stopped = Move(true, WatchStop(settings_.times));
  if (stopped && stopped->passed()) Tell("say.stop_release");
  return stopped;
}

BenchSession::Maybe<std::optional<BenchFinding>> BenchSession::BringArm(ArmNeeded needed) {
  if (needed == ArmNeeded::kAny) return std::nullopt;
  const auto inputs = AwaitInputs();
  if (!inputs) return std::unexpected(inputs.error());
  if (!*inputs) return Failed("LINK_LOST");
  const bool up = needed == ArmNeeded::kUp;
  if (up ? (*inputs)->upper_limit : (*inputs)->lower_limit) return std::nullopt;
  Tell(up ? "say.needs_up" : "say.needs_down");
  const auto moved = Move(up, WatchMotion(up, settings_.times));
  if (!moved) return std::unexpected(moved.error());
  return moved->passed() ? std::nullopt : std::optional(*moved);
}

BenchSession::Maybe<std::optional<BenchFinding>> BenchSession::AwaitClearLoops() {
  bool told = false;
  while (true) {
    const auto inputs = AwaitInputs();
    if (!inputs) return std::unexpected(inputs.error());
    if (!*inputs) return Failed("LINK_LOST");
    if (!(*inputs)->safety_loop && !(*inputs)->exit_loop) return std::nullopt;
    if (!std::exchange(told, true)) Tell("say.clear_loops");
  }
}

BenchSession::Maybe<BenchFinding> BenchSession::Move(bool up, std::unique_ptr<BenchWatch> watch) {
  if (!up) {
    const auto hindered = AwaitClearLoops();
    if (!hindered) return std::unexpected(hindered.error());
    if (*hindered) return **hindered;
  }
  Tell(up ? "say.type_raise" : "say.type_lower");
  if (const auto word = Ask({up ? BenchWord::kRaise : BenchWord::kLower}); !word)
    return std::unexpected(word.error());
  if ((up ? barrier_.Raise() : barrier_.RequestLower()) != Sent::kYes) return Failed("COMMAND_NOT_TAKEN");
  Tell("say.moves");
  return Watch(std::move(watch));
}

}  // namespace bordergate::lane
