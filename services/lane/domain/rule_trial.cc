#include "services/lane/domain/rule_trial.h"

#include <algorithm>

namespace bordergate::lane {
namespace {

constexpr size_t kExamplesMax = 20;

bool AsksMore(const CheckpointRule& rule) { return rule.permit_required || rule.stay_max_h != 0; }

}  // namespace

void RuleTrialRun::Add(PastDecision decision) {
  std::string key = decision.lane_id + "/" + decision.session_id;
  last_.insert_or_assign(std::move(key), std::move(decision));
}

RuleTrial RuleTrialRun::Done() && {
  std::vector<const PastDecision*> decisions;
  decisions.reserve(last_.size());
  for (const auto& [key, decision] : last_) decisions.push_back(&decision);
  std::sort(decisions.begin(), decisions.end(), [](const PastDecision* a, const PastDecision* b) {
    return std::tie(a->decide_time, a->decision_id) > std::tie(b->decide_time, b->decision_id);
  });
  RuleTrial trial;
  for (const PastDecision* past : decisions) {
    ++trial.vehicles;
    if (!past->whole && AsksMore(proposed_)) {
      ++trial.unknown;
      continue;
    }
    Verdict was = Decide(past->facts, past->rule, past->decide_time);
    Verdict would = Decide(past->facts, proposed_, past->decide_time);
    if (was.outcome == would.outcome) continue;
    ++trial.otherwise;
    ++trial.changes[{was.outcome, would.outcome}];
    if (trial.examples.size() < kExamplesMax) {
      trial.examples.push_back({past->decision_id, past->lane_id, past->facts.plate, past->decide_time,
                                std::move(was), std::move(would)});
    }
  }
  return trial;
}

}  // namespace bordergate::lane
