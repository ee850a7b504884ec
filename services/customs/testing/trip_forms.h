// A declaration without faults, for tests to break in one place.
#pragma once

#include "libs/core/clock.h"
#include "services/customs/domain/trip.h"

namespace bordergate::customs {

inline Trip GoodForm(Instant now) {
  return {.enterprise_id = Id<Enterprise>("enterprise_1"),
          .gate_id = "huu-nghi",
          .route = "1119-1120",
          .direction = Direction::kExport,
          .regime = Regime::kExport,
          .expected_arrival_time = now + std::chrono::hours(6),
          .declaration_number = "106543210987",
          .declaration_kind = "B11",
          .contact_phone = "+84912345678",
          .plate = "12C-345.67",
          .trailer_plate = "12R-001.23",
          .container_number = "CSQU3054383",
          .seal_numbers = {"VN123456"},
          .driver_id = Id<Driver>("driver_1"),
          .goods = {{.hs_code = "08106000",
                     .description = "Sầu riêng tươi",
                     .package_count = 900,
                     .package_kind = "CT",
                     .gross_mass_kg = 16'200,
                     .net_mass_kg = 15'300,
                     .value_minor = 1'500'000'000,
                     .currency_code = "VND",
                     .origin_country_code = "VN"}},
          .quarantine = {.growing_area_code = "VN-TGOR-0123",
                         .packing_house_code = "VN-TGPH-045",
                         .certificate_number = "KD-2026-000123",
                         .driver_temperature_decicelsius = 366,
                         .health_declared = true}};
}

}  // namespace bordergate::customs
