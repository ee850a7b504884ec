#include "services/yard/domain/order_audit.h"

#include <charconv>

#include <fmt/format.h>

namespace bordergate::yard {
namespace {

int64_t Number(const OrderEntry& entry, const std::string& name) {
  const auto found = entry.details.find(name);
  if (found == entry.details.end()) return -1;
  int64_t value = -1;
  std::from_chars(found->second.data(), found->second.data() + found->second.size(), value);
  return value;
}

bool Says(const OrderEntry& entry, const std::string& name, std::string_view value) {
  const auto found = entry.details.find(name);
  return found != entry.details.end() && found->second == value;
}

}  // namespace

std::optional<std::string> OrderAudit::Next(const OrderEntry& entry) {
  static const std::map<std::string, std::string (OrderAudit::*)(const OrderEntry&), std::less<>> kRules = {
      {"plan", &OrderAudit::OnPlan},
      {"check_in", &OrderAudit::OnCheckIn},
      {"wait", &OrderAudit::OnWait},
      {"call", &OrderAudit::OnCall},
      {"out_of_turn", &OrderAudit::OnOutOfTurn},
      {"expire", &OrderAudit::OnExpire},
      {"pass", &OrderAudit::OnPass},
      {"close", &OrderAudit::OnClose}};
  const auto rule = kRules.find(entry.kind);
  const std::string fault = rule == kRules.end() ? "is of no known kind" : (this->*rule->second)(entry);
  if (fault.empty()) return std::nullopt;
  return fmt::format("entry {} ({} {}) {}", entry.position, entry.kind, entry.number, fault);
}

std::string OrderAudit::OnPlan(const OrderEntry& entry) {
  called_max_ = Number(entry, "called_max");
  perishable_of_ten_ = Number(entry, "perishable_of_ten");
  call_valid_ = seconds(Number(entry, "call_valid_s"));
  return called_max_ >= 1 && perishable_of_ten_ >= 0 && call_valid_ >= seconds(1) ? "" : "is no rule";
}

std::string OrderAudit::OnCheckIn(const OrderEntry& entry) {
  if (entry.number != last_number_ + 1) return fmt::format("does not follow number {}", last_number_);
  last_number_ = entry.number;
  waiting_[entry.number] = {entry.ticket_id, Says(entry, "perishable", "1"), Says(entry, "wait", "turn")};
  return "";
}

std::string OrderAudit::OnWait(const OrderEntry& entry) {
  if (!IsWaiting(entry)) return "is about a ticket that does not wait";
  waiting_[entry.number].ready = Says(entry, "wait", "turn");
  return "";
}

std::string OrderAudit::OnCall(const OrderEntry& entry) {
  if (!IsWaiting(entry)) return "calls a ticket that does not wait";
  if (!waiting_[entry.number].ready) return "calls a ticket that is not ready";
  if (static_cast<int64_t>(called_.size()) >= called_max_) return "calls more than the plan allows";
  if (Number(entry, "turn") != calls_made_) return fmt::format("is not call {}", calls_made_);
  const int64_t first = WhoseTurn();
  if (first != entry.number) return fmt::format("overtakes number {} without a reason", first);
  ++calls_made_;
  Summon(entry);
  return "";
}

std::string OrderAudit::OnOutOfTurn(const OrderEntry& entry) {
  if (!IsWaiting(entry)) return "calls a ticket that does not wait";
  if (!waiting_[entry.number].ready) return "calls a ticket that is not ready";
  if (entry.reason.empty() || entry.actor.empty()) return "overtakes without a name or a reason";
  Summon(entry);
  return "";
}

std::string OrderAudit::OnExpire(const OrderEntry& entry) {
  const auto call = called_.find(entry.ticket_id);
  if (call == called_.end()) return "ends a call that was not made";
  if (entry.time < call->second.expire_time) return "ends a call before its time";
  const int64_t number = Number(entry, "number");
  const bool ready = Says(entry, "wait", "turn");
  if (ready && number != last_number_ + 1) return "does not send the truck to the end";
  if (ready && ++missed_[entry.ticket_id] > 1) return "sends the truck to the end twice";
  if (!ready && number != call->second.number) return "takes the place of a truck that was held";
  if (ready) last_number_ = number;
  waiting_[number] = {entry.ticket_id, call->second.perishable, ready};
  called_.erase(call);
  return "";
}

std::string OrderAudit::OnPass(const OrderEntry& entry) {
  if (passed_[entry.ticket_id]) return "passes a second time";
  passed_[entry.ticket_id] = true;
  waiting_.erase(entry.number);
  called_.erase(entry.ticket_id);
  return "";
}

std::string OrderAudit::OnClose(const OrderEntry& entry) {
  if (entry.reason.empty()) return "ends a ticket without a reason";
  if (!IsWaiting(entry) && !called_.contains(entry.ticket_id)) return "ends a ticket that is over";
  waiting_.erase(entry.number);
  called_.erase(entry.ticket_id);
  return "";
}

int64_t OrderAudit::WhoseTurn() const {
  // Calls 0..9 of each ten; the share is spread so that after n of them n × share / 10 went to fresh goods.
  const int64_t of_this_ten = calls_made_ % 10;
  const int64_t due_before = of_this_ten * perishable_of_ten_ / 10;
  const int64_t due_after = (of_this_ten + 1) * perishable_of_ten_ / 10;
  int64_t first = 0;
  for (const auto& [number, ticket] : waiting_) {
    if (!ticket.ready) continue;
    if (first == 0) first = number;
    if (due_after == due_before) break;
    if (ticket.perishable) return number;
  }
  return first;
}

bool OrderAudit::IsWaiting(const OrderEntry& entry) const {
  const auto found = waiting_.find(entry.number);
  return found != waiting_.end() && found->second.ticket_id == entry.ticket_id;
}

void OrderAudit::Summon(const OrderEntry& entry) {
  const auto ticket = waiting_.find(entry.number);
  called_[entry.ticket_id] = {entry.number, entry.time + call_valid_, ticket->second.perishable};
  waiting_.erase(ticket);
}

}  // namespace bordergate::yard
