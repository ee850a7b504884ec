// How many live streams each caller holds.
#pragma once

#include <mutex>
#include <string>
#include <unordered_map>

namespace bordergate::gateway {

// Safe for use by several threads.
class StreamQuota {
 public:
  StreamQuota(int per_caller_max, int total_max) : per_caller_max_(per_caller_max), total_max_(total_max) {}

  // False when the caller, or everybody together, holds as many as allowed. Each true is given back by Leave.
  bool Enter(const std::string& caller) {
    const std::lock_guard lock(mutex_);
    if (total_ >= total_max_) return false;
    int& count = counts_[caller];
    if (count >= per_caller_max_) return false;
    ++count;
    ++total_;
    return true;
  }

  void Leave(const std::string& caller) {
    const std::lock_guard lock(mutex_);
    const auto found = counts_.find(caller);
    if (found == counts_.end()) return;
    --total_;
    if (--found->second == 0) counts_.erase(found);
  }

  int total() const {
    const std::lock_guard lock(mutex_);
    return total_;
  }

 private:
  const int per_caller_max_;
  const int total_max_;
  mutable std::mutex mutex_;
  int total_ = 0;
  std::unordered_map<std::string, int> counts_;
};

}  // namespace bordergate::gateway
