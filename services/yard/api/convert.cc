#include "services/yard/api/convert.h"

#include <charconv>

#include <fmt/format.h>

#include "libs/rpc/enums.h"
#include "libs/rpc/time.h"

namespace bordergate::yard {
namespace {

using rpc::ToProtoEnum;
using rpc::ToTimestamp;

}  // namespace

v1::Yard ToProto(const Yard& yard) {
  v1::Yard proto;
  proto.set_yard_id(yard.id.value());
  proto.set_gate_id(yard.gate_id);
  proto.set_title(yard.title);
  proto.set_slot_count(yard.slot_count);
  proto.set_occupied_count(yard.occupied_count);
  return proto;
}

v1::HoldingPlan ToProto(const HoldingPlan& plan) {
  v1::HoldingPlan proto;
  proto.set_gate_id(plan.gate_id);
  proto.set_version(plan.version);
  proto.set_called_max(plan.called_max);
  proto.set_call_valid_s(static_cast<int32_t>(plan.call_valid.count()));
  proto.set_perishable_of_ten(plan.perishable_of_ten);
  proto.set_cleared_only(plan.cleared_only);
  proto.set_fee_settled_only(plan.fee_settled_only);
  proto.set_author(plan.author);
  proto.set_reason(plan.reason);
  *proto.mutable_create_time() = ToTimestamp(plan.create_time);
  return proto;
}

v1::Ticket ToProto(const Ticket& ticket) {
  v1::Ticket proto;
  proto.set_ticket_id(ticket.id.value());
  proto.set_trip_id(ticket.trip_id.value());
  proto.set_yard_id(ticket.yard_id.value());
  proto.set_gate_id(ticket.gate_id);
  proto.set_enterprise_id(ticket.enterprise_id.value());
  proto.set_number(ticket.number);
  proto.set_ahead_count(ticket.ahead_count);
  proto.set_state(ToProtoEnum<v1::Ticket::State>(ticket.state));
  proto.set_wait(ToProtoEnum<v1::Ticket::Wait>(ticket.wait));
  proto.set_perishable(ticket.perishable);
  *proto.mutable_check_in_time() = ToTimestamp(ticket.check_in_time);
  if (ticket.call_time) *proto.mutable_call_time() = ToTimestamp(*ticket.call_time);
  if (ticket.call_expire_time) *proto.mutable_call_expire_time() = ToTimestamp(*ticket.call_expire_time);
  if (ticket.pass_time) *proto.mutable_pass_time() = ToTimestamp(*ticket.pass_time);
  proto.set_call_count(ticket.call_count);
  return proto;
}

Yard FromProto(const v1::PutYardRequest& request) {
  return {.id = Id<Yard>(request.yard_id()),
          .gate_id = request.gate_id(),
          .title = request.title(),
          .slot_count = request.slot_count()};
}

HoldingPlan FromProto(const v1::PutHoldingPlanRequest& request) {
  return {.gate_id = request.gate_id(),
          .called_max = request.called_max(),
          .call_valid = seconds(request.call_valid_s()),
          .perishable_of_ten = request.perishable_of_ten(),
          .cleared_only = request.cleared_only(),
          .fee_settled_only = request.fee_settled_only(),
          .reason = request.reason()};
}

Viewer ToViewer(const rpc::Caller& caller) {
  if (caller.Has(common::v1::ROLE_ENTERPRISE)) return {.enterprise_id = Id<Enterprise>(caller.enterprise_id)};
  return {.gate_ids = caller.gate_ids};
}

std::string ToText(const TicketKey& key) {
  if (key.gate_id.empty()) return {};
  return fmt::format("{} {}", key.gate_id, key.number);
}

TicketKey ReadTicketKey(FieldChecks& checks, std::string_view text) {
  if (text.empty()) return {};
  const size_t space = text.find(' ');
  TicketKey key{.gate_id = std::string(text.substr(0, space))};
  const std::string_view number = space == std::string_view::npos ? "" : text.substr(space + 1);
  const auto read = std::from_chars(number.data(), number.data() + number.size(), key.number);
  const bool fits =
      read.ec == std::errc() && read.ptr == number.data() + number.size() && IsSlug(key.gate_id);
  checks.Require(fits, "page_token", "PAGE_TOKEN_INVALID",
                 "must be the next_page_token of an earlier answer, or empty");
  return key;
}

std::string ProtoEventBodies::Of(const Yard& yard) const {
  v1::YardEvent event;
  *event.mutable_yard() = ToProto(yard);
  return event.SerializeAsString();
}

std::string ProtoEventBodies::Of(const HoldingPlan& plan) const {
  v1::YardEvent event;
  *event.mutable_holding_plan() = ToProto(plan);
  return event.SerializeAsString();
}

std::string ProtoEventBodies::Of(const Ticket& ticket, std::string_view reason) const {
  v1::YardEvent event;
  *event.mutable_ticket() = ToProto(ticket);
  event.set_reason(std::string(reason));
  return event.SerializeAsString();
}

}  // namespace bordergate::yard
