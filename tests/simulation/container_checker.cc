#include "tests/simulation/container_checker.h"

#include <fmt/format.h>

namespace bordergate::lane {
namespace {

// Frames of a vehicle that rolls up to an empty lane are its own, too.
constexpr milliseconds kRollsUp{2000};
// Nobody waits for longer.
constexpr seconds kStays{120};

}  // namespace

// Frames disagree where one of them, perhaps one that came early, shows what is declared: then none counts.
std::string ContainerChecker::CheckOpening(const Decision& decision, SteadyInstant now) {
  const std::set<std::string>& declared = declared_[decision.plate];
  std::string sure;
  bool as_declared = false;
  for (const auto& [number, surely] : seen_[decision.session_id]) {
    if (surely) sure = number;
    as_declared |= declared.contains(number);
  }
  openings_ += sure.empty() ? 0 : 1;
  for (const auto& [number, at] : early_[decision.lane_id])
    as_declared |= declared.contains(number) && now - at <= kStays;
  if (sure.empty() || as_declared) return "";
  return fmt::format("{}: opened for {} with the container {}, which it does not declare", decision.lane_id,
                     decision.plate, sure);
}

std::string ContainerChecker::CheckQuestion(const Decision& decision, SteadyInstant arrived) {
  for (const Cause& why : decision.verdict.causes) {
    if (!decision.by_lane() || why.code != "CONTAINER_MISMATCH") continue;
    ++questions_;
    const std::string& number = why.params.at("seen");
    const auto& shown = shown_[decision.lane_id];
    const auto last = shown.find(number);
    if (last == shown.end() || last->second < arrived - kRollsUp)
      return fmt::format("{}: asked about {} with the container {}, which was seen before it came",
                         decision.lane_id, decision.plate, number);
  }
  return "";
}

}  // namespace bordergate::lane
