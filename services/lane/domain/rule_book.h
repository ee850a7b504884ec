// The rule in force at each checkpoint. Safe for use by several threads.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "services/lane/domain/checkpoint_rule.h"

namespace bordergate::lane {

class RuleBook {
 public:
  // The rule in force; null for a checkpoint that no lane of this process stands at.
  std::shared_ptr<const CheckpointRule> Find(const std::string& checkpoint_id) const {
    const std::lock_guard lock(mutex_);
    const auto it = rules_.find(checkpoint_id);
    return it == rules_.end() ? nullptr : it->second;
  }
  void Put(CheckpointRule rule) {
    const std::lock_guard lock(mutex_);
    const std::string id = rule.checkpoint_id;
    rules_[id] = std::make_shared<const CheckpointRule>(std::move(rule));
  }
  // By checkpoint.
  std::vector<std::shared_ptr<const CheckpointRule>> All() const {
    const std::lock_guard lock(mutex_);
    std::vector<std::shared_ptr<const CheckpointRule>> all;
    for (const auto& [id, rule] : rules_) all.push_back(rule);
    return all;
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const CheckpointRule>> rules_;
};

}  // namespace bordergate::lane
