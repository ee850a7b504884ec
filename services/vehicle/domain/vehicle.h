// A tractor, a rigid truck or a trailer.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "libs/core/id.h"
#include "libs/plate/plate.h"
#include "services/vehicle/domain/enterprise.h"

namespace bordergate::vehicle {

enum class VehicleKind { kTruck, kTractor, kTrailer };

struct Vehicle {
  Id<Vehicle> id;
  Id<Enterprise> enterprise_id;
  std::optional<VehicleKind> kind;  // always set in a checked vehicle
  std::string plate_as_written;
  std::string vin;  // empty when unknown
  int axle_count = 0;
  int tare_kg = 0;
  int permitted_mass_kg = 0;
  std::string permit_number;       // empty when none
  std::string permit_expire_date;  // "2027-03-31"; empty when none
  std::string tag_id;              // TID, upper case; empty when none
  Instant register_time;
};

// Adds every fault of the fields an enterprise fills in. Field names are those of RegisterVehicleRequest.
// Reasons: FIELD_REQUIRED, PLATE_INVALID, PLATE_NOT_A_TRAILER, PLATE_IS_A_TRAILER, VIN_INVALID,
// NUMBER_OUT_OF_RANGE, TARE_ABOVE_PERMITTED, DATE_INVALID, those of FieldChecks::Text, TAG_ID_INVALID.
void CheckVehicle(const Vehicle& vehicle, FieldChecks& checks);

// The number of a transponder as it is kept: upper case.
std::string TagIdFrom(std::string_view as_written);

// Adds TAG_ID_INVALID unless empty or 16 to 48 hexadecimal digits, an even number of them: whole bytes, as
// they are locked into the chip (GS1 EPC Gen2v2, TID bank).
void CheckTagId(std::string_view tag_id, FieldChecks& checks);

}  // namespace bordergate::vehicle
