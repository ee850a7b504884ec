// Between the rules' types and the contract's.
#pragma once

#include "bordergate/customs/v1/customs_service.pb.h"

#include "libs/rpc/call_context.h"
#include "services/customs/domain/slip_desk.h"
#include "services/customs/domain/trip_desk.h"

namespace bordergate::customs {

v1::Trip ToProto(const Trip& trip);
v1::Workflow ToProto(const Workflow& workflow);
v1::Slip ToProto(const SignedSlip& slip);

// What the enterprise filled in; the rest is as in an empty trip.
Trip FromProto(const v1::DeclareTripRequest& request);
Workflow FromProto(const v1::PutWorkflowRequest& request);

Viewer ToViewer(const rpc::Caller& caller);
Officer ToOfficer(const rpc::Caller& caller);

class ProtoEventBodies final : public EventBodies {
 public:
  std::string Of(const Trip& trip, std::string_view step_id) const override;
  std::string Of(const Workflow& workflow) const override;
};

}  // namespace bordergate::customs
