#include "services/camera/domain/tag_pace.h"

#include <algorithm>
#include <limits>

namespace bordergate::camera {
namespace {

// One that does not say how strong it was is the weakest.
int Strength(const LaneTag& tag) {
  return tag.rssi_cdbm == 0 ? std::numeric_limits<int>::min() : tag.rssi_cdbm;
}

}  // namespace

bool TagPace::IsDue(const Heard& heard, SteadyInstant now) {
  return heard.strongest && (!heard.told_time || now - *heard.told_time >= kSpan);
}

bool TagPace::MayTell(SteadyInstant now) {
  while (!told_.empty() && now - told_.front() >= kSpan) told_.pop_front();
  return told_.size() < kToldMax;
}

LaneTag TagPace::Tell(Heard& heard, SteadyInstant now) {
  told_.push_back(now);
  heard.told_time = now;
  LaneTag tag = *std::move(heard.strongest);
  heard.strongest.reset();
  return tag;
}

// Who has not been heard for a span has gone.
void TagPace::Forget(SteadyInstant now) {
  std::erase_if(heard_, [&](const auto& item) {
    const Heard& heard = item.second;
    if (now - heard.time < kSpan || (heard.told_time && now - *heard.told_time < kSpan)) return false;
    if (heard.strongest) ++crowded_count_;
    return true;
  });
}

std::optional<LaneTag> TagPace::Add(const LaneTag& tag, SteadyInstant now) {
  if (!heard_.contains(tag.tag_id) && heard_.size() >= kHeardMax) {
    Forget(now);
    if (heard_.size() >= kHeardMax) {
      ++crowded_count_;
      return std::nullopt;
    }
  }
  // Whoever waits is asked first, the strongest of them: the next TakeDue does that.
  const bool others_wait = std::any_of(heard_.begin(), heard_.end(), [&](const auto& item) {
    return item.first != tag.tag_id && IsDue(item.second, now);
  });
  Heard& heard = heard_[tag.tag_id];
  heard.time = now;
  if (!heard.strongest || Strength(tag) > Strength(*heard.strongest) || now - heard.strongest_time >= kSpan) {
    heard.strongest = tag;
    heard.strongest_time = now;
  }
  if (others_wait || !IsDue(heard, now) || !MayTell(now)) return std::nullopt;
  return Tell(heard, now);
}

std::vector<LaneTag> TagPace::TakeDue(SteadyInstant now) {
  std::vector<Heard*> due;
  for (auto& [tag_id, heard] : heard_) {
    if (IsDue(heard, now)) due.push_back(&heard);
  }
  std::sort(due.begin(), due.end(),
            [](const Heard* a, const Heard* b) { return Strength(*a->strongest) > Strength(*b->strongest); });
  std::vector<LaneTag> tags;
  for (Heard* heard : due) {
    if (!MayTell(now)) break;
    tags.push_back(Tell(*heard, now));
  }
  Forget(now);
  return tags;
}

bool TagPace::waiting() const {
  return std::any_of(heard_.begin(), heard_.end(), [](const auto& item) { return item.second.strongest; });
}

}  // namespace bordergate::camera
