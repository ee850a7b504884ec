// The commits of a SQLite file as values, so that another file can follow it.
#pragma once

#include <cstdint>
#include <string>

#include "libs/core/result.h"

namespace bordergate::lane {

// A place in the sequence of commits. Two files that agree in both have the same history.
struct CommitPosition {
  int64_t number = 0;  // 0: nothing was committed yet
  std::string commit_id;

  bool operator==(const CommitPosition&) const = default;
};

// One commit: the place it brings a file to, from the place before, and what it changes.
struct Commit {
  CommitPosition position;
  std::string changeset;  // SQLite's session extension
};

// Told each commit of a Database before those who wait for it hear of it.
class CommitListener {
 public:
  virtual ~CommitListener() = default;
  //   errors   OUTCOME_UNKNOWN: it is on this disk, but must not be acted upon yet
  virtual Result<void> Committed(const Commit& commit) = 0;
};

}  // namespace bordergate::lane
