// The ground truth on disk: one JSON object a line, appended, so that it outlives the program.
#pragma once

#include <filesystem>
#include <fstream>
#include <vector>

#include "libs/core/result.h"
#include "services/simulator/domain/ground_truth.h"

namespace bordergate::simulator {

// Not safe for use by several threads.
class TruthFile {
 public:
  // Opens or makes the file. An empty path keeps nothing.
  //   errors   TRUTH_UNWRITABLE
  static Result<TruthFile> Open(const std::filesystem::path& path);

  // What was there when it was opened, in order. A last line that was cut short is left out, and the next one
  // begins on a line of its own.
  const std::vector<TruthRecord>& earlier() const { return earlier_; }
  // Hands the record to the kernel: it outlives the process, not a power cut.
  //   errors   TRUTH_UNWRITABLE
  Result<void> Append(const TruthRecord& record);

 private:
  std::vector<TruthRecord> earlier_;
  std::filesystem::path path_;
  std::ofstream file_;
};

}  // namespace bordergate::simulator
