// The rule in force at each checkpoint.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "libs/core/result.h"
#include "services/lane/domain/checkpoint_rule.h"
#include "services/lane/domain/journal.h"

namespace bordergate::lane {

// Safe for use by several threads.
class Rules {
 public:
  virtual ~Rules() = default;
  // The rule in force; null for a checkpoint that no lane of this process stands at.
  virtual std::shared_ptr<const CheckpointRule> Find(const std::string& checkpoint_id) const = 0;
  // All in force, by checkpoint.
  virtual std::vector<std::shared_ptr<const CheckpointRule>> All() const = 0;

  // Makes a new version of a checkpoint's rule; the next decision follows it. `version` and `create_time` are
  // given here; `rule.version` says which version it was made from, 0 for whichever is in force. A repeat of
  // a request that was answered gets the bytes of its first answer.
  //   errors   REQUEST_ID_REUSED, CHECKPOINT_NOT_FOUND, RULE_CHANGED, JOURNAL_UNAVAILABLE, OUTCOME_UNKNOWN
  using RuleAnswer = std::function<std::string(const CheckpointRule&)>;
  virtual Result<std::string> Put(const RequestKey& key, CheckpointRule rule, const RuleAnswer& answer) = 0;
};

}  // namespace bordergate::lane
