#include "services/yard/domain/call_forward.h"

#include <algorithm>
#include <array>

namespace bordergate::yard {

std::string_view NameOf(Wait wait) {
  static constexpr std::array<std::string_view, 4> kNames = {"turn", "steps", "held", "fee"};
  return kNames.at(static_cast<size_t>(wait));
}

Wait WaitOf(const HoldingPlan& plan, const TripFacts& facts) {
  if (facts.state == TripState::kHeld || !IsOpen(facts.state)) return Wait::kHeld;
  if (plan.cleared_only && facts.state != TripState::kCleared) return Wait::kSteps;
  if (plan.fee_settled_only && !facts.fee_settled) return Wait::kFee;
  return Wait::kTurn;
}

bool IsPerishableTurn(const HoldingPlan& plan, int64_t calls_made) {
  const int64_t place = calls_made % 10;
  return (place + 1) * plan.perishable_of_ten / 10 > place * plan.perishable_of_ten / 10;
}

std::vector<Id<Ticket>> NextCalls(const HoldingPlan& plan, int called_count, int64_t calls_made,
                                  std::vector<Candidate> ready) {
  std::vector<Id<Ticket>> calls;
  while (called_count < plan.called_max && !ready.empty()) {
    auto next = ready.begin();
    if (IsPerishableTurn(plan, calls_made)) {
      const auto fresh =
          std::find_if(ready.begin(), ready.end(), [](const Candidate& one) { return one.perishable; });
      if (fresh != ready.end()) next = fresh;
    }
    calls.push_back(next->id);
    ready.erase(next);
    ++called_count;
    ++calls_made;
  }
  return calls;
}

AfterMissedCall JudgeMissedCall(const Ticket& ticket, Wait wait) {
  if (wait != Wait::kTurn) return AfterMissedCall::kKeepsItsPlace;
  return ticket.missed_count == 0 ? AfterMissedCall::kGoesToTheEnd : AfterMissedCall::kIsClosed;
}

}  // namespace bordergate::yard
