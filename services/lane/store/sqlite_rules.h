// The rules of the checkpoints, in memory for the lanes and in the journal for ever.
//
// Safe for use by several threads.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "services/lane/domain/event_bodies.h"
#include "services/lane/domain/rules.h"
#include "services/lane/store/sqlite_journal.h"

namespace bordergate::lane {

class SqliteRules final : public Rules {
 public:
  SqliteRules(SqliteJournal& journal, const EventBodies& bodies, const Clock& clock)
      : journal_(journal), bodies_(bodies), clock_(clock) {}

  // The newest versions; a checkpoint without one gets `first` as its version 1.
  //   errors   JOURNAL_UNAVAILABLE
  Result<void> Load(const std::vector<std::string>& checkpoint_ids, const CheckpointRule& first);

  std::shared_ptr<const CheckpointRule> Find(const std::string& checkpoint_id) const override;
  std::vector<std::shared_ptr<const CheckpointRule>> All() const override;
  Result<std::string> Put(const RequestKey& key, CheckpointRule rule, const RuleAnswer& answer) override;

 private:
  Result<void> Keep(const CheckpointRule& rule, std::optional<KeptAnswer> answer);

  SqliteJournal& journal_;
  const EventBodies& bodies_;
  const Clock& clock_;
  std::mutex put_mutex_;  // one new version at a time
  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const CheckpointRule>> rules_;
};

}  // namespace bordergate::lane
