// The rates by which Resolution 09/2025/NQ-HĐND is known, with made-up rates by mass between them.
#pragma once

#include "services/fee/domain/tariff.h"

namespace bordergate::fee {

inline Tariff PublishedTariff() {
  Tariff tariff{.gate_id = "huu-nghi",
                .version = 7,
                .effective_time = Instant(std::chrono::sys_days(std::chrono::year(2025) / 5 / 8)),
                .source = "Nghị quyết 09/2025/NQ-HĐND",
                .reason = "biểu phí thử"};
  tariff.lines = {
      {.line_id = "produce_under_2t",
       .direction = Direction::kExport,
       .perishable_only = true,
       .gross_mass_below_kg = 2'000,
       .amount_dong = 100'000,
       .title_vi = "Xe dưới 2 tấn chở rau quả xuất khẩu"},
      {.line_id = "temporary_container",
       .regimes = {"REGIME_TEMPORARY_IMPORT", "REGIME_TEMPORARY_EXPORT"},
       .container_only = true,
       .amount_dong = 4'000'000,
       .title_vi = "Công-te-nơ tạm nhập tái xuất"},
      {.line_id = "under_4t",
       .gross_mass_below_kg = 4'000,
       .amount_dong = 300'000,
       .title_vi = "Xe dưới 4 tấn"},
      {.line_id = "under_18t",
       .gross_mass_from_kg = 4'000,
       .gross_mass_below_kg = 18'000,
       .amount_dong = 1'000'000,
       .title_vi = "Xe từ 4 đến dưới 18 tấn"},
      {.line_id = "from_18t",
       .gross_mass_from_kg = 18'000,
       .amount_dong = 1'500'000,
       .title_vi = "Xe từ 18 tấn"},
  };
  tariff.coefficients = {
      {.coefficient_id = "exported_ore",
       .direction = Direction::kExport,
       .hs_chapters = {"26"},
       .permille = 5'000,
       .title_vi = "Quặng xuất khẩu"},
      {.coefficient_id = "inland_import",
       .direction = Direction::kImport,
       .regimes = {"REGIME_IMPORT"},
       .permille = 1'300,
       .title_vi = "Nhập khẩu đi vào nội địa"},
      {.coefficient_id = "transshipped",
       .regimes = {"REGIME_TRANSSHIPMENT"},
       .permille = 300,
       .title_vi = "Chỉ sang tải tại bãi"},
  };
  return tariff;
}

}  // namespace bordergate::fee
