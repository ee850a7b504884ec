#include "services/simulator/actors/trip_form.h"

#include <algorithm>

#include <fmt/format.h>

namespace bordergate::simulator {
namespace {

using nlohmann::json;

constexpr const char* kPapersExpire = "2031-12-31";

const char* CountryCodeOf(PlateCountry country) { return country == PlateCountry::kVietnam ? "VN" : "CN"; }

json GoodsForm(const std::vector<GoodsItem>& goods) {
  json lines = json::array();
  for (const GoodsItem& item : goods) {
    lines.push_back({{"hs_code", item.hs_code},
                     {"description", item.description},
                     {"package_count", item.package_count},
                     {"package_kind", item.package_kind},
                     {"gross_mass_kg", std::to_string(item.gross_mass_kg)},
                     {"net_mass_kg", std::to_string(item.net_mass_kg)},
                     {"value_minor", std::to_string(item.value_minor)},
                     {"currency_code", item.currency_code},
                     {"origin_country_code", item.origin_country_code}});
  }
  return lines;
}

json QuarantineForm(bool perishable, Chance& chance) {
  json form = {{"driver_temperature_decicelsius", chance.Between(361, 371)}, {"health_declared", true}};
  if (perishable) {
    form["growing_area_code"] = fmt::format("VN-LSOR-{}", chance.Digits(4));
    form["packing_house_code"] = fmt::format("VN-LSPH-{}", chance.Digits(3));
    form["certificate_number"] = fmt::format("KDTV-2026-{}", chance.Digits(6));
  }
  return form;
}

}  // namespace

json EnterpriseForm(const Firm& firm) {
  return {{"name", firm.name}, {"tax_code", firm.tax_code}, {"address", firm.address}, {"phone", firm.phone}};
}

json VehicleForm(const FleetTruck& truck) {
  return {{"kind", truck.tractor ? "KIND_TRACTOR" : "KIND_TRUCK"},
          {"plate", truck.plate.normalised},
          {"vin", truck.vin},
          {"axle_count", truck.axle_count},
          {"tare_kg", truck.tare_kg},
          {"permitted_mass_kg", truck.permitted_mass_kg},
          {"permit_number", truck.permit_number},
          {"permit_expire_date", kPapersExpire},
          {"tag_id", truck.tag_id}};
}

json TrailerForm(const FleetTruck& truck) {
  return {{"kind", "KIND_TRAILER"},
          {"plate", truck.trailer_plate.normalised},
          {"axle_count", 3},
          {"tare_kg", truck.trailer_tare_kg},
          {"permitted_mass_kg", 38'000}};
}

json DriverForm(const Driver& driver) {
  return {{"name", driver.name},
          {"nationality_code", CountryCodeOf(driver.nationality)},
          {"document_kind", "DOCUMENT_KIND_PASSPORT"},
          {"document_number", driver.passport_number},
          {"document_expire_date", kPapersExpire},
          {"phone", driver.phone}};
}

json TripForm(const PlannedTrip& trip, const FleetTruck& truck, const std::string& gate_id,
              const std::string& driver_id, const std::string& phone, Instant now) {
  // Another stream than the goods' own, which start from the bare seed.
  SeededRandom random(trip.seed ^ 0x9E3779B97F4A7C15ULL);
  Chance chance(random);
  const auto goods = GoodsOf(trip, truck);
  const bool perishable = std::ranges::any_of(goods, &GoodsItem::perishable);
  json form = {{"gate_id", gate_id},
               {"route", "1119-1120"},
               {"direction", trip.is_export ? "DIRECTION_EXPORT" : "DIRECTION_IMPORT"},
               {"regime", trip.is_export ? "REGIME_EXPORT" : "REGIME_IMPORT"},
               {"expected_arrival_time", FormatInstant(now + std::chrono::hours(1))},
               {"declaration_number", "30" + chance.Digits(10)},
               {"declaration_kind", trip.is_export ? "B11" : "A11"},
               {"contact_phone", phone},
               {"plate", truck.plate.normalised},
               {"driver_id", driver_id},
               {"goods", GoodsForm(goods)},
               {"quarantine", QuarantineForm(perishable, chance)}};
  if (truck.tractor) {
    form["trailer_plate"] = truck.trailer_plate.normalised;
    form["container_number"] = ContainerOf(trip, truck);
    form["seal_numbers"] = {fmt::format("LS{}", chance.Digits(7))};
  }
  return form;
}

}  // namespace bordergate::simulator
