#include "services/lane/api/lane_api.h"

#include <set>

#include "libs/core/field_checks.h"
#include "libs/core/paging.h"
#include "libs/plate/plate.h"
#include "services/lane/api/convert.h"
#include "services/lane/api/disclosure.h"
#include "services/lane/api/order.h"
#include "services/lane/domain/reasons.h"

namespace bordergate::lane {
namespace {

constexpr int kPlateMax = 20;

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
  for (const LaneHost* lane : cut.items) *response.add_lanes() = ToldTo(call.caller, ToProto(lane->View()));
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
  auto told = Parse<v1::SetLaneModeResponse>(
      BG_TRY(lane->SetMode(KeyOf(call, request), requested, [](const LaneView& view) {
        v1::SetLaneModeResponse response;
        *response.mutable_lane() = ToProto(view);
        return response.SerializeAsString();
      })));
  // The kept answer is whole; what the caller may learn can have changed since.
  if (told) *told->mutable_lane() = ToldTo(call.caller, std::move(*told->mutable_lane()));
  return told;
}

Result<v1::GetEvidenceResponse> LaneApi::GetEvidence(const Call&, const v1::GetEvidenceRequest& request) {
  v1::GetEvidenceResponse response;
  response.mutable_content()->set_content_type("image/jpeg");
  response.mutable_content()->set_data(BG_TRY(evidence_.Read(request.evidence_id())));
  return response;
}

}  // namespace bordergate::lane
