#include "services/lane/api/lane_api.h"

#include <cmath>
#include <set>

#include "libs/core/check.h"
#include "libs/core/field_checks.h"
#include "libs/core/paging.h"
#include "libs/plate/plate.h"
#include "libs/rpc/once.h"
#include "services/lane/api/convert.h"
#include "services/lane/domain/reasons.h"

namespace bordergate::lane {
namespace {

constexpr int kRemarkMax = 500;
constexpr int kPlateMax = 20;

template <class Request>
RequestKey KeyOf(const rpc::CallContext& call, const Request& request) {
  return {call.caller.actor(), call.method, request.request_id(), Sha256(rpc::SerializeCanonical(request))};
}

template <class Response>
Result<Response> Parse(const std::string& bytes) {
  Response response;
  BG_CHECK(response.ParseFromString(bytes), "an answer that was kept can be read");
  return response;
}

void CheckReasonCode(FieldChecks& checks, const std::string& code, const std::string& remark,
                     const std::set<std::string>& codes) {
  checks.Require(codes.contains(code), "reason_code", "REASON_CODE_UNKNOWN",
                 "must be one of the codes in the reference");
  const bool other = code == cause::kOfficerOther;
  checks.Text("remark", remark, {.length_min = other ? 1 : 0, .length_max = kRemarkMax});
}

std::optional<Mode> ModeToSet(v1::Mode mode) {
  switch (mode) {
    case v1::MODE_AUTO:
      return Mode::kAuto;
    case v1::MODE_CONFIRM:
      return Mode::kConfirm;
    case v1::MODE_MANUAL:
      return Mode::kManual;
    case v1::MODE_CLOSED:
      return Mode::kClosed;
    default:
      return std::nullopt;
  }
}

}  // namespace

Result<LaneHost*> LaneApi::FindLane(const Call& call, const std::string& lane_id) const {
  LaneHost* lane = lanes_.Find(lane_id);
  if (lane == nullptr || !call.caller.MaySeeGate(lane->info().gate_id)) {
    return Error(kLaneNotFound, "there is no such lane at the gates you are posted to");
  }
  return lane;
}

Result<v1::ListLanesResponse> LaneApi::ListLanes(const Call& call, const v1::ListLanesRequest& request) {
  FieldChecks checks;
  const Page page = ReadPage(checks, request.page_size(), request.page_token());
  BG_TRY(checks.Done());
  std::vector<LaneHost*> found;
  for (auto it = lanes_.all().upper_bound(page.after);
       it != lanes_.all().end() && found.size() <= static_cast<size_t>(page.size); ++it) {
    const LaneInfo& info = it->second->info();
    if (!request.gate_id().empty() && info.gate_id != request.gate_id()) continue;
    if (call.caller.MaySeeGate(info.gate_id)) found.push_back(it->second.get());
  }
  const auto cut = CutPage(std::move(found), page, [](const LaneHost* lane) { return lane->info().lane_id; });
  v1::ListLanesResponse response;
  for (const LaneHost* lane : cut.items) *response.add_lanes() = ToProto(lane->View());
  if (!cut.last_key.empty()) response.set_next_page_token(PageToken(cut.last_key));
  return response;
}

Result<v1::OpenBarrierResponse> LaneApi::OpenBarrier(const Call& call,
                                                     const v1::OpenBarrierRequest& request) {
  FieldChecks checks;
  checks.RequestId(request.request_id());
  CheckReasonCode(checks, request.reason_code(), request.remark(),
                  {cause::kOfficerIdentified, cause::kOfficerPapers, cause::kOfficerOrder,
                   cause::kOfficerReturn, cause::kOfficerService, cause::kOfficerOther});
  checks.Text("plate", request.plate(), {.length_min = 0, .length_max = kPlateMax});
  BG_TRY(checks.Done());
  LaneHost* lane = BG_TRY(FindLane(call, request.lane_id()));
  const OfficerOpening command{.session_id = request.session_id(),
                               .reason_code = request.reason_code(),
                               .plate = NormalisePlate(request.plate()),
                               .remark = request.remark(),
                               .officer_id = call.caller.subject_id,
                               .officer_name = call.caller.display_name,
                               .trace_id = call.trace.trace_id,
                               .watch_list_acknowledged = request.watch_list_acknowledged()};
  return Parse<v1::OpenBarrierResponse>(
      BG_TRY(lane->Open(KeyOf(call, request), command, [](const Decision& decision) {
        v1::OpenBarrierResponse response;
        *response.mutable_decision() = ToProto(decision);
        return response.SerializeAsString();
      })));
}

Result<v1::RefuseVehicleResponse> LaneApi::RefuseVehicle(const Call& call,
                                                         const v1::RefuseVehicleRequest& request) {
  FieldChecks checks;
  checks.RequestId(request.request_id());
  CheckReasonCode(checks, request.reason_code(), request.remark(),
                  {cause::kOfficerMismatch, cause::kOfficerPapersMissing, cause::kOfficerSuspicion,
                   cause::kOfficerWrongLane, cause::kOfficerOther});
  BG_TRY(checks.Done());
  LaneHost* lane = BG_TRY(FindLane(call, request.lane_id()));
  const OfficerRefusal command{.session_id = request.session_id(),
                               .reason_code = request.reason_code(),
                               .remark = request.remark(),
                               .officer_id = call.caller.subject_id,
                               .officer_name = call.caller.display_name,
                               .trace_id = call.trace.trace_id};
  return Parse<v1::RefuseVehicleResponse>(
      BG_TRY(lane->Refuse(KeyOf(call, request), command, [](const Decision& decision) {
        v1::RefuseVehicleResponse response;
        *response.mutable_decision() = ToProto(decision);
        return response.SerializeAsString();
      })));
}

Result<v1::SetLaneModeResponse> LaneApi::SetLaneMode(const Call& call,
                                                     const v1::SetLaneModeRequest& request) {
  FieldChecks checks;
  checks.RequestId(request.request_id());
  const std::optional<Mode> mode = ModeToSet(request.mode());
  checks.Require(mode.has_value(), "mode", "MODE_INVALID",
                 "must be MODE_AUTO, MODE_CONFIRM, MODE_MANUAL or MODE_CLOSED");
  checks.Text("reason", request.reason(), {.length_min = 3, .length_max = kRemarkMax});
  BG_TRY(checks.Done());
  LaneHost* lane = BG_TRY(FindLane(call, request.lane_id()));
  const RequestedMode requested{request.lane_id(), *mode, call.caller.subject_id, request.reason(),
                                call.trace.trace_id};
  return Parse<v1::SetLaneModeResponse>(
      BG_TRY(lane->SetMode(KeyOf(call, request), requested, [](const LaneView& view) {
        v1::SetLaneModeResponse response;
        *response.mutable_lane() = ToProto(view);
        return response.SerializeAsString();
      })));
}

Result<v1::PutCheckpointRuleResponse> LaneApi::PutCheckpointRule(
    const Call& call, const v1::PutCheckpointRuleRequest& request) {
  FieldChecks checks;
  checks.RequestId(request.request_id());
  checks.Text("checkpoint_id", request.checkpoint_id(), {.length_min = 1, .length_max = 60});
  checks.Require(request.confidence_min() >= 0.5 && request.confidence_min() <= 1, "confidence_min",
                 "NUMBER_OUT_OF_RANGE", "must be from 0.5 to 1");
  checks.Text("reason", request.reason(), {.length_min = 3, .length_max = kRemarkMax});
  BG_TRY(checks.Done());
  CheckpointRule rule;
  rule.checkpoint_id = request.checkpoint_id();
  rule.cleared_required = request.cleared_required();
  rule.fee_required = request.fee_required();
  rule.call_required = request.call_required();
  rule.confidence_min = request.confidence_min();
  rule.author = call.caller.subject_id;
  rule.reason = request.reason();
  return Parse<v1::PutCheckpointRuleResponse>(
      BG_TRY(rules_.Put(KeyOf(call, request), std::move(rule), [](const CheckpointRule& made) {
        v1::PutCheckpointRuleResponse response;
        *response.mutable_checkpoint_rule() = ToProto(made);
        return response.SerializeAsString();
      })));
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

Result<v1::GetEvidenceResponse> LaneApi::GetEvidence(const Call&, const v1::GetEvidenceRequest& request) {
  v1::GetEvidenceResponse response;
  response.mutable_content()->set_content_type("image/jpeg");
  response.mutable_content()->set_data(BG_TRY(evidence_.Read(request.evidence_id())));
  return response;
}

}  // namespace bordergate::lane
