// A service's events, as its Watch stream reads them. PostgreSQL (libs/db) and the lane's SQLite journal
// implement it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "libs/core/clock.h"
#include "libs/core/result.h"

namespace bordergate {

// One committed event. Sequences start at 1, have no gaps and follow the order of the commits.
struct StoredEvent {
  int64_t sequence = 0;
  std::string kind;
  std::string actor;
  std::string trace_id;
  Instant time;
  std::string body;  // serialized event of the service, with an empty header
};

class EventSource {
 public:
  virtual ~EventSource() = default;

  // Up to `count_max` events after a sequence, in order.
  //   errors   SERVICE_UNAVAILABLE
  //   thread   safe for use by several threads
  virtual Result<std::vector<StoredEvent>> ReadAfter(int64_t after_sequence, int count_max) = 0;

  // Waits until an event after the sequence is committed, or the time is over. Returns the last sequence
  // committed.
  //   thread   safe for use by several threads
  virtual int64_t WaitBeyond(int64_t sequence, milliseconds at_most) = 0;
};

}  // namespace bordergate
