// Why a bench cannot begin or end as it should. They end the command; no answer carries them.
#pragma once

#include "libs/core/result.h"

namespace bordergate::lane {

// A lane program commands this controller; its heartbeat changes while nobody else touches it.
// Caller: stop that lane program (or the other bench) and start the bench again.
inline constexpr Reason kBenchBarrierInUse{"BENCH_BARRIER_IN_USE", Code::kFailedPrecondition};
// The record of an earlier bench cannot be read, or is of another lane or another wiring.
// Caller: name another file with --out, or start over with --again.
inline constexpr Reason kBenchRecordInvalid{"BENCH_RECORD_INVALID", Code::kInvalidArgument};
// The record or the sheet cannot be written.
// Caller: see the message; ./setup installs the fonts that it may name.
inline constexpr Reason kBenchSheetUnwritable{"BENCH_SHEET_UNWRITABLE", Code::kFailedPrecondition};

}  // namespace bordergate::lane
