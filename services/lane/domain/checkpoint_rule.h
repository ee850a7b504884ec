// What one checkpoint demands, as data: versioned, with an author and a reason.
#pragma once

#include <string>

#include "libs/core/clock.h"

namespace bordergate::lane {

enum class Direction { kExport, kImport };

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
};

inline std::string CheckpointId(const std::string& gate_id, Direction direction) {
  return gate_id + (direction == Direction::kExport ? "-export" : "-import");
}

}  // namespace bordergate::lane
