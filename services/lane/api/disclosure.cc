#include "services/lane/api/disclosure.h"

#include <string_view>
#include <utility>

#include "services/lane/domain/reasons.h"

namespace bordergate::lane {
namespace {

using Reasons = google::protobuf::RepeatedPtrField<v1::Reason>;

// The roles of VehicleService.ListWatchList; a test compares them.
bool MayReadWatchList(const rpc::Caller& caller) {
  return caller.Has(common::v1::ROLE_BORDER_GUARD) || caller.Has(common::v1::ROLE_CUSTOMS) ||
         caller.Has(common::v1::ROLE_AUDITOR);
}

bool TellsOfWatchList(const v1::Reason& reason) {
  return reason.code() == cause::kWatchListed || reason.code() == cause::kWatchListLookAlike;
}

// One reason in place of all that tell of the list: how many entries a plate looks like is not told either.
void TakeOutWatchList(Reasons& reasons) {
  Reasons told;
  bool taken_out = false;
  for (v1::Reason& reason : reasons) {
    if (!TellsOfWatchList(reason)) {
      *told.Add() = std::move(reason);
    } else if (!std::exchange(taken_out, true)) {
      told.Add()->set_code(cause::kOfficerCheck);
    }
  }
  reasons = std::move(told);
}

}  // namespace

v1::Decision ToldTo(const rpc::Caller& caller, v1::Decision decision) {
  if (!MayReadWatchList(caller)) TakeOutWatchList(*decision.mutable_reasons());
  return decision;
}

v1::Lane ToldTo(const rpc::Caller& caller, v1::Lane lane) {
  if (lane.has_decision()) *lane.mutable_decision() = ToldTo(caller, std::move(*lane.mutable_decision()));
  return lane;
}

v1::RuleTrial ToldTo(const rpc::Caller& caller, v1::RuleTrial trial) {
  if (MayReadWatchList(caller)) return trial;
  for (v1::RuleTrial::Example& example : *trial.mutable_examples()) {
    TakeOutWatchList(*example.mutable_was_reasons());
    TakeOutWatchList(*example.mutable_would_reasons());
  }
  return trial;
}

}  // namespace bordergate::lane
