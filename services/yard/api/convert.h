// Between the rules' types and the contract's.
#pragma once

#include "bordergate/yard/v1/yard_service.pb.h"

#include "libs/rpc/call_context.h"
#include "services/yard/domain/gate_desk.h"

namespace bordergate::yard {

v1::Yard ToProto(const Yard& yard);
v1::HoldingPlan ToProto(const HoldingPlan& plan);
v1::Ticket ToProto(const Ticket& ticket);

Yard FromProto(const v1::PutYardRequest& request);
HoldingPlan FromProto(const v1::PutHoldingPlanRequest& request);

Viewer ToViewer(const rpc::Caller& caller);

// The key of a page of tickets as text, and back; PAGE_TOKEN_INVALID when it is none.
std::string ToText(const TicketKey& key);
TicketKey ReadTicketKey(FieldChecks& checks, std::string_view text);

class ProtoEventBodies final : public EventBodies {
 public:
  std::string Of(const Yard& yard) const override;
  std::string Of(const HoldingPlan& plan) const override;
  std::string Of(const Ticket& ticket, std::string_view reason) const override;
};

}  // namespace bordergate::yard
