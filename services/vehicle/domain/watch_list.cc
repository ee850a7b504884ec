#include "services/vehicle/domain/watch_list.h"

#include "libs/plate/plate.h"

namespace bordergate::vehicle {

void CheckWatchListEntry(const WatchListEntry& entry, FieldChecks& checks) {
  const auto plate = ParsePlate(entry.plate_as_written);
  if (!plate) checks.Require(false, "plate", kPlateInvalid.name, plate.error().message());
  checks.Require(entry.cause.has_value(), "cause", "FIELD_REQUIRED", "must be one of the causes");
  checks.Text("note", entry.note, {.length_min = 3, .length_max = 500});
}

}  // namespace bordergate::vehicle
