// Vehicles to be stopped.
#pragma once

#include <optional>
#include <string>

#include "libs/core/clock.h"
#include "libs/core/field_checks.h"
#include "libs/core/id.h"

namespace bordergate::vehicle {

enum class WatchCause { kStolen, kSmuggling, kDebt, kOrder, kOverstay };

struct WatchListEntry {
  Id<WatchListEntry> id;
  std::string plate_as_written;
  std::optional<WatchCause> cause;  // always set in a checked entry
  std::string note;
  std::string added_by;
  Instant add_time;
  std::optional<Instant> remove_time;  // absent while it is in force
};

// Adds every fault of what an officer fills in. Field names are those of AddWatchListEntryRequest.
// Reasons: PLATE_INVALID, FIELD_REQUIRED, those of FieldChecks::Text.
void CheckWatchListEntry(const WatchListEntry& entry, FieldChecks& checks);

}  // namespace bordergate::vehicle
