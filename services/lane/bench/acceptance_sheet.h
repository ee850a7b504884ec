// The record of a bench as a sheet to be signed: PDF, A4, by Pango and cairo.
#pragma once

#include <string>

#include "libs/core/result.h"
#include "services/lane/bench/bench_record.h"
#include "services/lane/bench/bench_text.h"

namespace bordergate::lane {

// Overwrites the file. Every step is on it, also those that were not done.
//   errors   BENCH_SHEET_UNWRITABLE (a font is not installed; the file cannot be written)
Result<void> PaintAcceptanceSheet(const BenchRecord& record, const BenchTexts& texts, Language language,
                                  const std::string& file);

}  // namespace bordergate::lane
