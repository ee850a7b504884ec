// What one checkpoint demands, as data: versioned, with an author and a reason.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/core/clock.h"

namespace bordergate::lane {

enum class Direction { kExport, kImport };

// A span of each of some days by the gate's own clock. A span past midnight is two.
struct OpeningHours {
  std::vector<int> weekdays;  // 1 Monday to 7 Sunday; empty: every day
  int open_minute = 0;        // from midnight on, 0 to 1439
  int close_minute = 1440;    // not open any more at this one; above open_minute, at most 1440

  bool operator==(const OpeningHours&) const = default;
};

struct CheckpointRule {
  std::string checkpoint_id;  // gate and direction: "huu-nghi-export"
  int version = 0;
  bool cleared_required = true;  // every agency has confirmed its step
  bool fee_required = true;      // the fee is settled
  bool call_required = true;     // the yard has called the truck and the call is good
  double confidence_min = 0.85;  // from here on a read is sure, 0.5 to 1
  std::string author;
  std::string reason;
  Instant create_time;
  bool permit_required = false;  // the vehicle has a cross-border permit that is good today
  int stay_max_h = 0;            // of a vehicle on its way home, since it came; 0: as long as it likes
  std::vector<OpeningHours> opening_hours;  // empty: at any hour
  int weight_tolerance_kg = 0;  // of a truck that is declared empty, from its unladen mass; 0: not weighed
};

// True when a checkpoint with these hours is open. `utc_offset`: of the gate's clock on the wall.
bool IsOpenAt(const std::vector<OpeningHours>& hours, Instant now, std::chrono::minutes utc_offset);
// When it opens next, by the gate's clock: "2026-11-23 07:00". Empty: never again within a week.
std::string NextOpening(const std::vector<OpeningHours>& hours, Instant now, std::chrono::minutes utc_offset);

// "420-1200/12345;0-1440": one span after the other, minutes and weekdays. How the hours are kept on disk and
// with a decision.
std::string HoursText(const std::vector<OpeningHours>& hours);
// Nothing for a text that HoursText does not make.
std::optional<std::vector<OpeningHours>> ParseHours(std::string_view text);

inline std::string CheckpointId(const std::string& gate_id, Direction direction) {
  return gate_id + (direction == Direction::kExport ? "-export" : "-import");
}

}  // namespace bordergate::lane
