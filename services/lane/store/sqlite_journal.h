// The lane's journal in SQLite: events in a hash chain, openings, passages, answers, rules.
//
// Safe for use by several threads.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>

#include "libs/core/event_source.h"
#include "services/lane/domain/journal.h"
#include "services/lane/domain/lane_controller.h"
#include "services/lane/domain/rule_trial.h"
#include "services/lane/store/database.h"

namespace bordergate::lane {

class SqliteJournal final : public Journal, public EventSource, public DecisionArchive {
 public:
  // Reads the end of the chain.
  //   errors   JOURNAL_UNAVAILABLE
  static Result<std::unique_ptr<SqliteJournal>> Open(Database& database);
  ~SqliteJournal() override;

  Result<void> Append(const Record& record) override;
  void Announce() override;
  Result<std::optional<std::string>> FindAnswer(const RequestKey& key) override;

  // EventSource; WaitBeyond is woken by Announce.
  Result<std::vector<StoredEvent>> ReadAfter(int64_t after_sequence, int count_max) override;
  int64_t WaitBeyond(int64_t sequence, milliseconds at_most) override;

  // What the last run left behind for a lane. `midnight`: the start of the day of the gate.
  Result<LaneStart> Load(const std::string& lane_id, Instant midnight);
  // The newest version of each checkpoint's rule.
  Result<std::vector<CheckpointRule>> LoadRules();

  // DecisionArchive
  Result<std::vector<Kept>> ReadDecisions(Instant begin, Instant end, int64_t after_sequence,
                                          int count_max) override;

  // Walks the whole chain. The number of rows, when every hash is right.
  //   errors   JOURNAL_BROKEN (names the first wrong row), JOURNAL_UNAVAILABLE
  Result<int64_t> Verify();

  // Forgets answers older than `before`.
  Result<void> PruneAnswers(Instant before);

 private:
  explicit SqliteJournal(Database& database);

  Result<void> Write(const Record& record);
  Result<void> WriteEvent(const JournalEvent& event);
  Result<bool> WritePassage(const Passage& passage);
  Result<void> WriteOpened(const Record::Opened& opened);
  Result<void> WriteAnswer(const KeptAnswer& answer, const std::string& decision_id);
  Result<void> WriteRule(const CheckpointRule& rule);

  struct Head {
    int64_t sequence = 0;
    std::string hash = std::string(32, '\0');
  };
  struct Statements;

  Database& database_;
  std::unique_ptr<Statements> statements_;
  Head head_;          // as written in the transaction under way; the leader's alone
  Head head_durable_;  // before it
  std::mutex announce_mutex_;
  std::condition_variable announced_;
  int64_t announced_sequence_ = 0;
  std::atomic<int64_t> durable_sequence_ = 0;
};

}  // namespace bordergate::lane
