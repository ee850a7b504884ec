#include "services/lane/domain/tag_hearings.h"

#include <algorithm>

#include "services/lane/domain/moment.h"

namespace bordergate::lane {
namespace {

constexpr seconds kHeardFor{30};

}  // namespace

bool TagHearings::IsOver(const Hearing& hearing, SteadyInstant now) { return now - hearing.at > kHeardFor; }

void TagHearings::Heard(const std::string& tag_id, std::string_view lane_id, int rssi_cdbm,
                        SteadyInstant at) {
  if (!tags_.contains(tag_id) && tags_.size() >= kTagsMax) MakeRoom(at);
  Lanes& lanes = tags_[tag_id];
  const auto it = lanes.find(lane_id);
  if (it == lanes.end()) {
    lanes.emplace(lane_id, Hearing{rssi_cdbm, at});
    return;
  }
  Hearing& hearing = it->second;
  if (IsOver(hearing, at)) {
    hearing = {rssi_cdbm, at};
    return;
  }
  hearing.rssi_cdbm = StrongerOf(hearing.rssi_cdbm, rssi_cdbm);
  hearing.at = std::max(hearing.at, at);
}

bool TagHearings::CountsAt(const std::string& tag_id, std::string_view lane_id, int rssi_cdbm,
                           SteadyInstant now) const {
  const auto tag = tags_.find(tag_id);
  if (tag == tags_.end()) return true;
  return std::ranges::all_of(tag->second, [&](const auto& one) {
    const auto& [lane, hearing] = one;
    return lane == lane_id || IsOver(hearing, now) || ClearlyStronger(rssi_cdbm, hearing.rssi_cdbm);
  });
}

// What is over goes, else what was heard longest ago.
void TagHearings::MakeRoom(SteadyInstant now) {
  const auto last_of = [](const Lanes& lanes) {
    SteadyInstant last{};
    for (const auto& [lane, hearing] : lanes) last = std::max(last, hearing.at);
    return last;
  };
  std::erase_if(tags_, [&](const auto& tag) { return now - last_of(tag.second) > kHeardFor; });
  if (tags_.size() < kTagsMax) return;
  tags_.erase(std::ranges::min_element(tags_, {}, [&](const auto& tag) { return last_of(tag.second); }));
}

}  // namespace bordergate::lane
