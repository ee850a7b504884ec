// The admission table on disk: every fact as a row, with the sequence of its source that was applied last, so
// that a restart knows all that the run before knew.
//
// Safe for use by several threads.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "services/lane/domain/heard_of.h"
#include "services/lane/domain/shared_admission.h"
#include "services/lane/store/database.h"

namespace bordergate::lane {

class AdmissionStore {
 public:
  explicit AdmissionStore(Database& database);
  ~AdmissionStore();

  // The sequence of a source that was applied last; 0 before the first.
  Result<int64_t> AppliedSequence(const std::string& source);

  // Writes facts and the sequence they brought the table to, all or nothing.
  //   heard   when the source was known to have nothing more; the age of the table after a restart counts
  //   from it
  Result<void> Apply(const std::string& source, std::span<const AdmissionChange> changes, int64_t sequence,
                     Instant heard);
  // Only the time: the source is alive and has nothing new. A source that was never applied has no row and no
  // time.
  Result<void> NoteHeard(const std::string& source, Instant heard);

  // Everything, into memory: facts, trips that passed here since `passed_since`, times the sources were heard
  // of.
  Result<void> Load(SharedAdmission& admission, CentreInputs& centre, Instant passed_since);

  // Forgets trips that the table has forgotten.
  Result<void> Forget(std::span<const std::string> trip_ids);

 private:
  struct Statements;
  Result<void> Write(const AdmissionChange& change);

  Database& database_;
  std::unique_ptr<Statements> statements_;
};

}  // namespace bordergate::lane
