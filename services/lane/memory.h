// The lane's whole memory: journal, pictures, admission table and rules, opened in their order, and kept
// tidy.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "libs/telemetry/telemetry.h"
#include "services/lane/config.h"
#include "services/lane/store/admission_store.h"
#include "services/lane/store/evidence_folder.h"
#include "services/lane/store/sqlite_journal.h"
#include "services/lane/store/sqlite_rules.h"

namespace bordergate::lane {

// Removes what is over and shows how much there is. A thread of its own, from Start until destruction.
class Memory {
 public:
  // Opens the admission table, which is in memory afterwards and may be fed, and the pictures.
  //   errors   JOURNAL_UNAVAILABLE
  static Result<std::unique_ptr<Memory>> Open(const LaneConfig& config, Telemetry& telemetry,
                                              const Clock& clock);
  // Then the journal, and what hangs on it.
  //   database   the journal's; null opens it
  //   errors     JOURNAL_UNAVAILABLE
  Result<void> OpenJournal(const EventBodies& bodies, std::unique_ptr<Database> database = nullptr);
  ~Memory();
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;

  Database& journal_database() { return *journal_database_; }
  SqliteJournal& journal() { return *journal_; }
  EvidenceFolder& evidence() { return *evidence_; }
  AdmissionStore& admission() { return *admission_; }
  SqliteRules& rules() { return *rules_; }

  void StartTidying();
  // For readiness.
  //   errors   JOURNAL_UNAVAILABLE, OUTCOME_UNKNOWN
  Result<void> CheckWritable();

 private:
  Memory(const LaneConfig& config, Telemetry& telemetry, const Clock& clock)
      : config_(config), telemetry_(telemetry), clock_(clock) {}
  void TidyLoop();

  const LaneConfig& config_;
  Telemetry& telemetry_;
  const Clock& clock_;
  std::unique_ptr<Database> journal_database_;
  std::unique_ptr<Database> admission_database_;
  std::unique_ptr<SqliteJournal> journal_;
  std::unique_ptr<EvidenceFolder> evidence_;
  std::unique_ptr<AdmissionStore> admission_;
  std::unique_ptr<SqliteRules> rules_;

  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::thread tidier_;
};

// Where the journal lies.
std::string JournalFile(const LaneConfig& config);

// The commands `lane migrate` and `lane verify-journal`: print one line, return the exit code. Verifying
// reads only, and may be done while the service runs.
int RunMigrateCommand(const LaneConfig& config);
int RunVerifyCommand(const LaneConfig& config);

}  // namespace bordergate::lane
