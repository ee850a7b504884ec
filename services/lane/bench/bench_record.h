// What a bench found, as it is kept: a JSON file that a later run goes on from, and that the sheet is painted
// from.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "libs/core/clock.h"
#include "libs/core/result.h"
#include "services/lane/domain/bench_plan.h"

namespace bordergate::lane {

struct BenchResult {
  BenchFinding finding;
  Instant at{};
  int attempts = 1;
};

struct BenchRecord {
  std::string gate_id, gate_title, lane_id, lane_title;
  int utc_offset_minutes = 0;
  std::string address;  // "10.0.0.5:502, unit 1"
  std::string map_name;
  std::string map_digest;  // SHA-256 of what the map says, hexadecimal
  std::string person;
  Instant begun{}, ended{};
  bool use_was_checked = true;  // whether the controller could tell that no lane program commands it
  // The token that was in force before the bench took the barrier, and the bench's own while it has it.
  struct Fence {
    uint64_t before = 0;
    bool standby_in_step = false;
    uint64_t ours = 0;  // 0: given back
  };
  std::optional<Fence> fence;
  std::map<BenchStep, BenchResult> results;

  std::map<BenchStep, BenchFinding> findings() const;
  bool accepted() const { return Accepted(findings()); }
};

std::string ToJson(const BenchRecord& record);
//   errors   BENCH_RECORD_INVALID
Result<BenchRecord> ParseBenchRecord(const std::string& json);

// Written whole or not at all.
//   errors   BENCH_SHEET_UNWRITABLE
Result<void> WriteBenchRecord(const BenchRecord& record, const std::string& file);
// Nothing when there is no such file.
//   errors   BENCH_RECORD_INVALID
Result<std::optional<BenchRecord>> ReadBenchRecord(const std::string& file);

}  // namespace bordergate::lane
