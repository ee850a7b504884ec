// The readers of transponders of the site, as the lanes are told about them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/core/clock.h"

namespace bordergate::camera {

struct TagReaderStatus {
  std::string tag_reader_id;
  std::string lane_id;
  std::string fault_code;  // NO_REPORTS; empty when healthy
  std::optional<Instant> report_time;
};

class TagReaders {
 public:
  virtual ~TagReaders() = default;
  // One for each lane of each reader, in the order of the site file.
  virtual std::vector<TagReaderStatus> List() const = 0;
};

}  // namespace bordergate::camera
