// Goal: whose turn it is follows from the plan and the tickets alone. Method: small orders by hand; random
// orders with a seed against the shares and the order that the plan promises.
#include "services/yard/domain/call_forward.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/core/random.h"

namespace bordergate::yard {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

HoldingPlan PlanOf(int called_max, int perishable_of_ten = 0) {
  return {
      .gate_id = "huu-nghi", .version = 1, .called_max = called_max, .perishable_of_ten = perishable_of_ten};
}

// "3" is number 3; "3*" has fresh goods aboard.
std::vector<Candidate> ReadyTickets(const std::vector<std::string>& words) {
  std::vector<Candidate> ready;
  for (const std::string& word : words)
    ready.push_back({Id<Ticket>(word), std::stoll(word), word.ends_with('*')});
  return ready;
}

std::vector<std::string> Called(const HoldingPlan& plan, int called_count, int64_t calls_made,
                                const std::vector<std::string>& ready) {
  std::vector<std::string> ids;
  for (const Id<Ticket>& id : NextCalls(plan, called_count, calls_made, ReadyTickets(ready)))
    ids.push_back(id.value());
  return ids;
}

TripFacts Facts(TripState state, bool fee_settled) { return {.state = state, .fee_settled = fee_settled}; }

TEST(NextCalls, FillTheRoomAtTheGateByNumber) {
  EXPECT_THAT(Called(PlanOf(3), 0, 0, {"1", "2", "3", "4"}), ElementsAre("1", "2", "3"));
  EXPECT_THAT(Called(PlanOf(3), 2, 0, {"5", "8"}), ElementsAre("5"));
  EXPECT_THAT(Called(PlanOf(3), 3, 0, {"5"}), IsEmpty());
  // Out of turn calls may exceed the room; then nobody is called.
  EXPECT_THAT(Called(PlanOf(3), 5, 0, {"5"}), IsEmpty());
  EXPECT_THAT(Called(PlanOf(3), 0, 0, {}), IsEmpty());
}

TEST(NextCalls, NeverLookAtGoodsWithoutAShare) {
  EXPECT_THAT(Called(PlanOf(4, 0), 0, 0, {"1", "2*", "3", "4*"}), ElementsAre("1", "2*", "3", "4*"));
}

TEST(NextCalls, GiveFreshGoodsTheirShareAndKeepTheOrderWithinEachGroup) {
  // Five of ten: every second call goes first to fresh goods.
  EXPECT_THAT(Called(PlanOf(6, 5), 0, 0, {"1", "2", "3", "4*", "5", "6*", "7*"}),
              ElementsAre("1", "4*", "2", "6*", "3", "7*"));
  // The count goes on from where it was.
  EXPECT_THAT(Called(PlanOf(2, 5), 0, 1, {"1", "2*"}), ElementsAre("2*", "1"));
}

TEST(NextCalls, GoToTheFirstOfAllWhenNoFreshGoodsAreReady) {
  EXPECT_THAT(Called(PlanOf(3, 9), 0, 1, {"1", "2", "3"}), ElementsAre("1", "2", "3"));
}

TEST(PerishableTurn, ComesAsOftenInTenAsThePlanSays) {
  for (int share = 0; share <= 9; ++share) {
    for (int64_t start : {int64_t{0}, int64_t{10}, int64_t{1'234'560}}) {
      int turns = 0;
      for (int64_t call = start; call < start + 10; ++call)
        turns += IsPerishableTurn(PlanOf(1, share), call) ? 1 : 0;
      EXPECT_EQ(turns, share);
    }
  }
}

// Invariant: whatever is ready and whatever the plan, within each group the order is by number, and nobody
// but a truck with fresh goods, in a turn of theirs, goes before a smaller number.
TEST(NextCalls, LetNobodyOvertakeButFreshGoodsInTheirTurn) {
  for (uint64_t seed = 1; seed <= 2000; ++seed) {
    SeededRandom random(seed);
    const HoldingPlan plan =
        PlanOf(1 + static_cast<int>(random.Below(12)), static_cast<int>(random.Below(10)));
    std::vector<Candidate> ready;
    int64_t number = 0;
    for (uint64_t i = random.Below(20); i > 0; --i) {
      number += 1 + static_cast<int64_t>(random.Below(3));
      ready.push_back({Id<Ticket>(std::to_string(number)), number, random.Below(2) == 0});
    }
    int64_t calls_made = static_cast<int64_t>(random.Below(100));
    std::map<std::string, Candidate> waiting;
    for (const Candidate& one : ready) waiting.emplace(one.id.value(), one);
    for (const Id<Ticket>& id : NextCalls(plan, 0, calls_made, ready)) {
      const Candidate called = waiting.at(id.value());
      waiting.erase(id.value());
      for (const auto& [_, left] : waiting) {
        const bool overtaken = left.number < called.number;
        ASSERT_FALSE(overtaken && left.perishable == called.perishable) << "seed " << seed;
        ASSERT_FALSE(overtaken && !called.perishable && IsPerishableTurn(plan, calls_made) && left.perishable)
            << "seed " << seed;
        ASSERT_FALSE(overtaken && !IsPerishableTurn(plan, calls_made)) << "seed " << seed;
      }
      ++calls_made;
    }
    EXPECT_EQ(waiting.size(), ready.size() - std::min(ready.size(), static_cast<size_t>(plan.called_max)));
  }
}

TEST(Wait, NamesWhatTheTripLacksUnderThePlan) {
  HoldingPlan plan = PlanOf(1);
  EXPECT_EQ(WaitOf(plan, Facts(TripState::kHeld, true)), Wait::kHeld);
  EXPECT_EQ(WaitOf(plan, Facts(TripState::kDeclared, true)), Wait::kSteps);
  EXPECT_EQ(WaitOf(plan, Facts(TripState::kCleared, false)), Wait::kFee);
  EXPECT_EQ(WaitOf(plan, Facts(TripState::kCleared, true)), Wait::kTurn);
  plan.cleared_only = false;
  EXPECT_EQ(WaitOf(plan, Facts(TripState::kDeclared, true)), Wait::kTurn);
  EXPECT_EQ(WaitOf(plan, Facts(TripState::kHeld, true)), Wait::kHeld) << "a held trip is never called";
  plan.fee_settled_only = false;
  EXPECT_EQ(WaitOf(plan, Facts(TripState::kDeclared, false)), Wait::kTurn);
  EXPECT_EQ(WaitOf(plan, Facts(TripState::kCrossed, true)), Wait::kHeld);
}

TEST(MissedCall, SendsToTheEndOnceAndIsNotTheFaultOfATruckThatIsHeld) {
  Ticket ticket;
  EXPECT_EQ(JudgeMissedCall(ticket, Wait::kTurn), AfterMissedCall::kGoesToTheEnd);
  EXPECT_EQ(JudgeMissedCall(ticket, Wait::kHeld), AfterMissedCall::kKeepsItsPlace);
  ticket.missed_count = 1;
  EXPECT_EQ(JudgeMissedCall(ticket, Wait::kTurn), AfterMissedCall::kIsClosed);
  EXPECT_EQ(JudgeMissedCall(ticket, Wait::kSteps), AfterMissedCall::kKeepsItsPlace);
}

}  // namespace
}  // namespace bordergate::yard
