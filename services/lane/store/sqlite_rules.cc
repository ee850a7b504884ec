#include "services/lane/store/sqlite_rules.h"

#include "services/lane/domain/reasons.h"

namespace bordergate::lane {

Result<void> SqliteRules::Load(const std::vector<std::string>& checkpoint_ids, const CheckpointRule& first) {
  std::map<std::string, CheckpointRule> kept;
  for (CheckpointRule& rule : BG_TRY(journal_.LoadRules())) kept.emplace(rule.checkpoint_id, std::move(rule));
  for (const std::string& id : checkpoint_ids) {
    if (!kept.contains(id)) {
      CheckpointRule rule = first;
      rule.checkpoint_id = id;
      rule.version = 1;
      rule.create_time = clock_.Now();
      BG_TRY(Keep(rule, std::nullopt));
      kept.emplace(id, std::move(rule));
    }
    const std::lock_guard lock(mutex_);
    rules_[id] = std::make_shared<const CheckpointRule>(kept.at(id));
  }
  return {};
}

std::shared_ptr<const CheckpointRule> SqliteRules::Find(const std::string& checkpoint_id) const {
  const std::lock_guard lock(mutex_);
  const auto it = rules_.find(checkpoint_id);
  return it == rules_.end() ? nullptr : it->second;
}

std::vector<std::shared_ptr<const CheckpointRule>> SqliteRules::All() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<const CheckpointRule>> all;
  all.reserve(rules_.size());
  for (const auto& [id, rule] : rules_) all.push_back(rule);
  return all;
}

Result<std::string> SqliteRules::Put(const RequestKey& key, CheckpointRule rule, const RuleAnswer& answer) {
  const std::lock_guard putting(put_mutex_);
  if (auto kept = BG_TRY(journal_.FindAnswer(key))) return *std::move(kept);
  const auto before = Find(rule.checkpoint_id);
  if (!before) return Error(kCheckpointNotFound, "no lane stands at " + rule.checkpoint_id);
  if (rule.version != 0 && rule.version != before->version) {
    return Error(kRuleChanged, "another version came into force since")
        .With("version", std::to_string(before->version))
        .With("author", before->author);
  }
  rule.version = before->version + 1;
  rule.create_time = clock_.Now();
  std::string bytes = answer(rule);
  BG_TRY(Keep(rule, KeptAnswer{key, bytes, rule.create_time}));
  const auto made = std::make_shared<const CheckpointRule>(std::move(rule));
  const std::lock_guard lock(mutex_);
  rules_[made->checkpoint_id] = made;
  return bytes;
}

Result<void> SqliteRules::Keep(const CheckpointRule& rule, std::optional<KeptAnswer> answer) {
  Record record;
  record.events.push_back(
      {"checkpoint_rule.put", "", rule.author, "", rule.create_time, bodies_.Of(rule), ""});
  record.rule = rule;
  record.answer = std::move(answer);
  BG_TRY(journal_.Append(record));
  journal_.Announce();
  return {};
}

}  // namespace bordergate::lane
