#include "services/lane/domain/bench_plan.h"

#include <algorithm>
#include <iterator>

namespace bordergate::lane {
namespace {

struct Row {
  BenchStep step;
  std::string_view name;
  ArmNeeded arm;
  bool BenchAbilities::* needs;  // null: every controller has it
};

constexpr Row kRows[] = {
    {BenchStep::kLink, "link", ArmNeeded::kAny, nullptr},
    {BenchStep::kHeartbeat, "heartbeat", ArmNeeded::kAny, &BenchAbilities::heartbeat},
    {BenchStep::kRestPosition, "rest_position", ArmNeeded::kAny, nullptr},
    {BenchStep::kArmingLoop, "arming_loop", ArmNeeded::kAny, &BenchAbilities::arming_loop},
    {BenchStep::kSafetyLoop, "safety_loop", ArmNeeded::kAny, nullptr},
    {BenchStep::kExitLoop, "exit_loop", ArmNeeded::kAny, &BenchAbilities::exit_loop},
    {BenchStep::kHandOperation, "hand_operation", ArmNeeded::kAny, &BenchAbilities::hand_operation},
    {BenchStep::kControllerFault, "controller_fault", ArmNeeded::kAny, &BenchAbilities::controller_fault},
    {BenchStep::kRedLight, "red_light", ArmNeeded::kAny, &BenchAbilities::lights},
    {BenchStep::kGreenLight, "green_light", ArmNeeded::kAny, &BenchAbilities::lights},
    {BenchStep::kScale, "scale", ArmNeeded::kAny, &BenchAbilities::scale},
    {BenchStep::kRaise, "raise", ArmNeeded::kDown, nullptr},
    {BenchStep::kRequestRefused, "request_refused", ArmNeeded::kUp, nullptr},
    {BenchStep::kOwnProtection, "own_protection", ArmNeeded::kUp, nullptr},
    {BenchStep::kLower, "lower", ArmNeeded::kUp, nullptr},
    {BenchStep::kReversal, "reversal", ArmNeeded::kUp, nullptr},
    {BenchStep::kStop, "stop", ArmNeeded::kDown, nullptr},
    {BenchStep::kEmergency, "emergency", ArmNeeded::kDown, &BenchAbilities::emergency},
};

const Row& RowOf(BenchStep step) {
  return *std::find_if(std::begin(kRows), std::end(kRows), [&](const Row& row) { return row.step == step; });
}

}  // namespace

std::vector<BenchStep> AllBenchSteps() {
  std::vector<BenchStep> steps;
  for (const Row& row : kRows) steps.push_back(row.step);
  return steps;
}

bool IsThere(BenchStep step, const BenchAbilities& has) {
  const auto needs = RowOf(step).needs;
  return needs == nullptr || has.*needs;
}

ArmNeeded ArmBefore(BenchStep step) { return RowOf(step).arm; }

std::string_view NameOf(BenchStep step) { return RowOf(step).name; }

std::string_view NameOf(BenchOutcome outcome) {
  switch (outcome) {
    case BenchOutcome::kPassed:
      return "passed";
    case BenchOutcome::kFailed:
      return "failed";
    case BenchOutcome::kSkipped:
      return "skipped";
    case BenchOutcome::kAbsent:
      return "absent";
  }
  return "";
}

bool Accepted(const std::map<BenchStep, BenchFinding>& findings) {
  return std::all_of(std::begin(kRows), std::end(kRows), [&](const Row& row) {
    const auto it = findings.find(row.step);
    return it != findings.end() &&
           (it->second.outcome == BenchOutcome::kPassed || it->second.outcome == BenchOutcome::kAbsent);
  });
}

}  // namespace bordergate::lane
