#include "services/lane/domain/takeover.h"

#include <algorithm>
#include <utility>

namespace bordergate::lane {

Takeover::Takeover(Settings settings, std::vector<std::string> lanes, std::map<std::string, uint64_t> ours)
    : settings_(settings), lanes_(std::move(lanes)), ours_(std::move(ours)) {}

void Takeover::Saw(const std::string& lane, std::optional<FenceView> view, SteadyInstant now) {
  if (!view) {
    seen_.erase(lane);
    return;
  }
  const auto it = seen_.find(lane);
  if (it != seen_.end() && it->second.view == *view) return;
  seen_.insert_or_assign(lane, Seen{*view, now});
}

// By the half that a run draws for itself: whoever borrows a barrier gives it back under the owner's instance
// and a further number, or under none when it had no owner.
bool Takeover::Ours(const std::string& lane, const FenceView& view) const {
  const auto instance = static_cast<uint32_t>(view.token);
  if (instance == 0) return settings_.leads || !settings_.paired;
  const auto it = ours_.find(lane);
  return it != ours_.end() && static_cast<uint32_t>(it->second) == instance;
}

bool Takeover::MayTake(bool standby_whole, SteadyInstant now) const {
  if (!settings_.paired) {
    return std::all_of(seen_.begin(), seen_.end(), [&](const auto& one) {
      return Ours(one.first, one.second.view) || Silent(one.second, now);
    });
  }
  size_t ours = 0, left_to_us = 0;
  for (const auto& [lane, seen] : seen_) {
    if (Ours(lane, seen.view)) {
      ++ours;
    } else if (!Silent(seen, now)) {
      return false;
    } else if (seen.view.standby_in_step) {
      ++left_to_us;
    }
  }
  const size_t most = lanes_.size() / 2 + 1;
  return ours >= most || (standby_whole && left_to_us >= most);
}

bool Takeover::OwnerIsGone(SteadyInstant now) const {
  const auto silent = std::count_if(seen_.begin(), seen_.end(), [&](const auto& one) {
    const FenceView& view = one.second.view;
    return view.token != 0 && !Ours(one.first, view) && Silent(one.second, now);
  });
  return settings_.paired && static_cast<size_t>(silent) > lanes_.size() / 2;
}

uint64_t Takeover::TokenOf(const std::string& lane) const {
  const auto it = seen_.find(lane);
  return it == seen_.end() ? 0 : it->second.view.token;
}

}  // namespace bordergate::lane
