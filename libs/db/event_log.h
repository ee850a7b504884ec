// The events of a service's schema as an EventSource: read in order, woken by LISTEN/NOTIFY.
#pragma once

#include <memory>

#include "libs/core/event_source.h"
#include "libs/db/database.h"

namespace bordergate::db {

class EventLog final : public EventSource {
 public:
  // Listens on a connection and a thread of its own. While the connection is away it looks at the table once
  // a second.
  EventLog(Database& database, Telemetry& telemetry, const Clock& clock);
  ~EventLog() override;

  Result<std::vector<StoredEvent>> ReadAfter(int64_t after_sequence, int count_max) override;
  int64_t WaitBeyond(int64_t sequence, milliseconds at_most) override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace bordergate::db
