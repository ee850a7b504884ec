// Rules of checkpoints: list, try, put.
#include <limits>
#include <set>

#include "libs/core/field_checks.h"
#include "libs/core/paging.h"
#include "libs/rpc/time.h"
#include "services/lane/api/convert.h"
#include "services/lane/api/disclosure.h"
#include "services/lane/api/lane_api.h"
#include "services/lane/api/order.h"
#include "services/lane/domain/reasons.h"

namespace bordergate::lane {
namespace {

constexpr int kCheckpointIdMax = 60;
constexpr int kStayMax_h = 720;
constexpr int kToleranceMin_kg = 50;
constexpr int kToleranceMax_kg = 20'000;
constexpr int kSpansMax = 21;
constexpr int kHoursMax = 168;
constexpr int kHoursUsual = 24;
// Decisions read at once, so that an officer's order never waits long for the journal.
constexpr int kReadAtOnce = 500;

void CheckHours(FieldChecks& checks, const google::protobuf::RepeatedPtrField<v1::OpeningHours>& hours) {
  checks.Require(hours.size() <= kSpansMax, "opening_hours", "SPAN_COUNT_INVALID",
                 "must be at most 21 spans");
  for (int i = 0; i < hours.size(); ++i) {
    const v1::OpeningHours& span = hours[i];
    const std::string field = "opening_hours/" + std::to_string(i) + "/";
    checks.Number(field + "open_minute", span.open_minute(), 0, 1439);
    checks.Number(field + "close_minute", span.close_minute(), span.open_minute() + 1, 1440);
    const std::set<int> days(span.weekdays().begin(), span.weekdays().end());
    const bool good = static_cast<int>(days.size()) == span.weekdays().size() &&
                      (days.empty() || (*days.begin() >= 1 && *days.rbegin() <= 7));
    checks.Require(good, field + "weekdays", "WEEKDAY_INVALID",
                   "must be numbers from 1 (Monday) to 7 (Sunday), each once");
  }
}

// The parts of a rule that Put and Try have in common.
template <class Request>
CheckpointRule ReadRule(FieldChecks& checks, const Request& request) {
  checks.Text("checkpoint_id", request.checkpoint_id(), {.length_min = 1, .length_max = kCheckpointIdMax});
  checks.Require(request.confidence_min() >= 0.5 && request.confidence_min() <= 1, "confidence_min",
                 "NUMBER_OUT_OF_RANGE", "must be from 0.5 to 1");
  checks.Number("stay_max_h", request.stay_max_h(), 0, kStayMax_h);
  checks.Require(request.weight_tolerance_kg() == 0 || (request.weight_tolerance_kg() >= kToleranceMin_kg &&
                                                        request.weight_tolerance_kg() <= kToleranceMax_kg),
                 "weight_tolerance_kg", "NUMBER_OUT_OF_RANGE", "must be 0, or from 50 to 20000");
  CheckHours(checks, request.opening_hours());
  CheckpointRule rule;
  rule.checkpoint_id = request.checkpoint_id();
  rule.cleared_required = request.cleared_required();
  rule.fee_required = request.fee_required();
  rule.call_required = request.call_required();
  rule.confidence_min = request.confidence_min();
  rule.permit_required = request.permit_required();
  rule.stay_max_h = request.stay_max_h();
  rule.weight_tolerance_kg = request.weight_tolerance_kg();
  for (const v1::OpeningHours& span : request.opening_hours()) {
    rule.opening_hours.push_back(
        {{span.weekdays().begin(), span.weekdays().end()}, span.open_minute(), span.close_minute()});
  }
  return rule;
}

// Whose decision it was; nothing for one by an officer or at another checkpoint.
std::optional<PastDecision> PastOf(DecisionArchive::Kept kept, const std::string& checkpoint_id) {
  v1::LaneEvent event;
  if (!kept.made_of || !event.ParseFromString(kept.body)) return std::nullopt;
  const v1::Decision& decision = event.decision();
  PastDecision& past = *kept.made_of;
  const bool here = CheckpointId(past.facts.gate_id, past.facts.direction) == checkpoint_id;
  if (!here || decision.decided_by() != "lane") return std::nullopt;
  past.decision_id = decision.decision_id();
  past.lane_id = decision.lane_id();
  past.session_id = decision.session_id();
  past.decide_time = rpc::ToInstant(decision.decide_time());
  return std::move(kept.made_of);
}

}  // namespace

Result<void> LaneApi::CheckCheckpoint(const Call& call, const std::string& checkpoint_id) const {
  for (const auto& [id, lane] : lanes_.all()) {
    const LaneInfo& info = lane->info();
    const bool here = CheckpointId(info.gate_id, info.direction) == checkpoint_id;
    if (here && call.caller.MaySeeGate(info.gate_id)) return {};
  }
  return Error(kCheckpointNotFound, "no lane of the gates you are posted to stands at " + checkpoint_id);
}

Result<v1::PutCheckpointRuleResponse> LaneApi::PutCheckpointRule(
    const Call& call, const v1::PutCheckpointRuleRequest& request) {
  FieldChecks checks;
  checks.RequestId(request.request_id());
  CheckpointRule rule = ReadRule(checks, request);
  checks.Text("reason", request.reason(), {.length_min = 3, .length_max = kRemarkMax});
  checks.Number("base_version", request.base_version(), 0, std::numeric_limits<int32_t>::max());
  BG_TRY(checks.Done());
  BG_TRY(CheckCheckpoint(call, rule.checkpoint_id));
  rule.version = request.base_version();
  rule.author = call.caller.subject_id;
  rule.reason = request.reason();
  return Parse<v1::PutCheckpointRuleResponse>(
      BG_TRY(rules_.Put(KeyOf(call, request), std::move(rule), [](const CheckpointRule& made) {
        v1::PutCheckpointRuleResponse response;
        *response.mutable_checkpoint_rule() = ToProto(made);
        return response.SerializeAsString();
      })));
}

Result<v1::TryCheckpointRuleResponse> LaneApi::TryCheckpointRule(
    const Call& call, const v1::TryCheckpointRuleRequest& request) {
  FieldChecks checks;
  CheckpointRule rule = ReadRule(checks, request);
  checks.Number("hours", request.hours(), 0, kHoursMax);
  BG_TRY(checks.Done());
  BG_TRY(CheckCheckpoint(call, rule.checkpoint_id));
  const Instant end = clock_.Now();
  const Instant begin = end - std::chrono::hours(request.hours() == 0 ? kHoursUsual : request.hours());
  RuleTrialRun run(rule);
  int64_t after = 0;
  for (bool more = true; more;) {
    std::vector<DecisionArchive::Kept> kept = BG_TRY(archive_.ReadDecisions(begin, end, after, kReadAtOnce));
    more = kept.size() == static_cast<size_t>(kReadAtOnce);
    for (DecisionArchive::Kept& one : kept) {
      after = one.sequence;
      if (auto past = PastOf(std::move(one), rule.checkpoint_id)) run.Add(*std::move(past));
    }
  }
  v1::TryCheckpointRuleResponse response;
  *response.mutable_rule_trial() = ToldTo(call.caller, ToProto(std::move(run).Done()));
  return response;
}

Result<v1::ListCheckpointRulesResponse> LaneApi::ListCheckpointRules(
    const Call&, const v1::ListCheckpointRulesRequest& request) {
  FieldChecks checks;
  const Page page = ReadPage(checks, request.page_size(), request.page_token());
  BG_TRY(checks.Done());
  std::vector<std::shared_ptr<const CheckpointRule>> found;
  for (auto& rule : rules_.All()) {
    if (rule->checkpoint_id > page.after && found.size() <= static_cast<size_t>(page.size))
      found.push_back(rule);
  }
  const auto cut = CutPage(std::move(found), page, [](const auto& rule) { return rule->checkpoint_id; });
  v1::ListCheckpointRulesResponse response;
  for (const auto& rule : cut.items) *response.add_checkpoint_rules() = ToProto(*rule);
  if (!cut.last_key.empty()) response.set_next_page_token(PageToken(cut.last_key));
  return response;
}

}  // namespace bordergate::lane
