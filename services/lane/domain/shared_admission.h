// One admission table for all lanes of the process. Safe for use by several threads; each call holds the lock
// for the few microseconds of its own work.
#pragma once

#include <mutex>
#include <span>

#include "services/lane/domain/admission_table.h"
#include "services/lane/domain/lane_machine.h"

namespace bordergate::lane {

class SharedAdmission final : public FactsSource {
 public:
  Known Find(const Sighting& sighting) const override {
    const std::lock_guard lock(mutex_);
    return table_.Find(sighting);
  }
  void Apply(std::span<const AdmissionChange> changes) {
    for (const AdmissionChange& change : changes) {
      const std::lock_guard lock(mutex_);  // anew for each: a lane never waits for a whole batch
      table_.Apply(change);
    }
  }
  bool Claim(const std::string& trip_id, std::string_view lane_id, Instant now, Instant until) {
    const std::lock_guard lock(mutex_);
    return table_.Claim(trip_id, lane_id, now, until);
  }
  void Release(const std::string& trip_id, std::string_view lane_id) {
    const std::lock_guard lock(mutex_);
    table_.Release(trip_id, lane_id);
  }
  void Passed(const std::string& trip_id, Instant now) {
    const std::lock_guard lock(mutex_);
    table_.Passed(trip_id, now);
  }
  std::vector<std::string> Prune(Instant before) {
    const std::lock_guard lock(mutex_);
    return table_.Prune(before);
  }
  size_t trip_count() const {
    const std::lock_guard lock(mutex_);
    return table_.trip_count();
  }
  size_t watch_count() const {
    const std::lock_guard lock(mutex_);
    return table_.watch_count();
  }

 private:
  mutable std::mutex mutex_;
  AdmissionTable table_;
};

}  // namespace bordergate::lane
