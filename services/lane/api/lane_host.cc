#include "services/lane/api/lane_host.h"

namespace bordergate::lane {

void LaneBoard::Changed(const std::string& lane_id) {
  {
    const std::lock_guard lock(mutex_);
    lanes_[lane_id] = ++version_;
  }
  changed_.notify_all();
}

std::vector<std::string> LaneBoard::ChangedSince(int64_t& version, milliseconds at_most) const {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, at_most, [&] { return version_ > version; });
  std::vector<std::string> changed;
  for (const auto& [lane_id, at] : lanes_) {
    if (at > version) changed.push_back(lane_id);
  }
  version = version_;
  return changed;
}

void Lanes::Add(std::unique_ptr<LaneHost> lane) {
  const std::string id = lane->info().lane_id;
  lanes_.emplace(id, std::move(lane));
}

LaneHost* Lanes::Find(std::string_view lane_id) const {
  const auto it = lanes_.find(lane_id);
  return it == lanes_.end() ? nullptr : it->second.get();
}

}  // namespace bordergate::lane
