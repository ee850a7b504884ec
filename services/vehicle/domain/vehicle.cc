#include "services/vehicle/domain/vehicle.h"

namespace bordergate::vehicle {
namespace {

// ISO 3779: 17 characters, no I, O, Q.
bool IsVin(std::string_view text) {
  return text.size() == 17 &&
         text.find_first_not_of("ABCDEFGHJKLMNPRSTUVWXYZ0123456789") == std::string_view::npos;
}

void CheckPlate(const Vehicle& vehicle, FieldChecks& checks) {
  const Result<Plate> plate = ParsePlate(vehicle.plate_as_written);
  if (!plate) return checks.Require(false, "plate", kPlateInvalid.name, plate.error().message());
  if (!vehicle.kind) return;
  const bool is_trailer = *vehicle.kind == VehicleKind::kTrailer;
  checks.Require(!is_trailer || IsTrailer(plate->kind), "plate", "PLATE_NOT_A_TRAILER",
                 "must be a trailer's plate (Vietnam R or RM, China 挂)");
  checks.Require(is_trailer || !IsTrailer(plate->kind), "plate", "PLATE_IS_A_TRAILER",
                 "is a trailer's plate; say KIND_TRAILER or correct the plate");
}

void CheckPermit(const Vehicle& vehicle, FieldChecks& checks) {
  checks.Text("permit_number", vehicle.permit_number, {.length_max = 40});
  if (vehicle.permit_number.empty() && vehicle.permit_expire_date.empty()) return;
  checks.Require(!vehicle.permit_number.empty(), "permit_number", "FIELD_REQUIRED",
                 "is required with permit_expire_date");
  checks.Require(ParseDay(vehicle.permit_expire_date).has_value(), "permit_expire_date", "DATE_INVALID",
                 "must be a day such as 2027-03-31 when a permit is named");
}

}  // namespace

void CheckVehicle(const Vehicle& vehicle, FieldChecks& checks) {
  checks.Require(vehicle.kind.has_value(), "kind", "FIELD_REQUIRED",
                 "must be KIND_TRUCK, KIND_TRACTOR or KIND_TRAILER");
  CheckPlate(vehicle, checks);
  checks.Require(vehicle.vin.empty() || IsVin(vehicle.vin), "vin", "VIN_INVALID",
                 "must have 17 characters of A to Z and 0 to 9 without I, O and Q, or be empty");
  checks.Number("axle_count", vehicle.axle_count, 1, 12);
  checks.Number("tare_kg", vehicle.tare_kg, 100, 60'000);
  checks.Number("permitted_mass_kg", vehicle.permitted_mass_kg, 200, 120'000);
  checks.Require(vehicle.tare_kg <= vehicle.permitted_mass_kg, "tare_kg", "TARE_ABOVE_PERMITTED",
                 "must not exceed permitted_mass_kg");
  CheckPermit(vehicle, checks);
  CheckTagId(vehicle.tag_id, checks);
}

std::string TagIdFrom(std::string_view as_written) {
  std::string tag_id(as_written);
  for (char& digit : tag_id) {
    if (digit >= 'a' && digit <= 'f') digit = static_cast<char>(digit - 'a' + 'A');
  }
  return tag_id;
}

void CheckTagId(std::string_view tag_id, FieldChecks& checks) {
  const bool is_tid = tag_id.size() >= 16 && tag_id.size() <= 48 && tag_id.size() % 2 == 0 &&
                      tag_id.find_first_not_of("0123456789ABCDEF") == std::string_view::npos;
  checks.Require(tag_id.empty() || is_tid, "tag_id", "TAG_ID_INVALID",
                 "must be the TID of the transponder, 16 to 48 hexadecimal digits (0 to 9, A to F), an even "
                 "number of them, or be empty");
}

}  // namespace bordergate::vehicle
