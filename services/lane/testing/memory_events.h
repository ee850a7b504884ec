// An EventSource in memory: the events of a service that is played by a test.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

#include <google/protobuf/message_lite.h>

#include "libs/core/event_source.h"

namespace bordergate::lane {

// Safe for use by several threads.
class MemoryEvents final : public EventSource {
 public:
  void Append(const std::string& kind, const google::protobuf::MessageLite& event) {
    {
      const std::lock_guard lock(mutex_);
      const auto sequence = static_cast<int64_t>(events_.size()) + 1;
      const Instant now =
          std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
      events_.push_back({sequence, kind, "service:test", "", now, event.SerializeAsString()});
    }
    changed_.notify_all();
  }

  Result<std::vector<StoredEvent>> ReadAfter(int64_t after_sequence, int count_max) override {
    const std::lock_guard lock(mutex_);
    const auto from = std::min(static_cast<size_t>(after_sequence), events_.size());
    const auto to = std::min(from + static_cast<size_t>(count_max), events_.size());
    return std::vector<StoredEvent>(events_.begin() + static_cast<std::ptrdiff_t>(from),
                                    events_.begin() + static_cast<std::ptrdiff_t>(to));
  }
  int64_t WaitBeyond(int64_t sequence, milliseconds at_most) override {
    std::unique_lock lock(mutex_);
    const auto head = [this] { return static_cast<int64_t>(events_.size()); };
    changed_.wait_for(lock, at_most, [&] { return head() > sequence; });
    return head();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<StoredEvent> events_;
};

}  // namespace bordergate::lane
