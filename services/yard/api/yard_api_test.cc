// Goal: each verb does its work once, for those who may; the yard never holds more trucks than slots; a
// ticket is called by the published rule. Method: the handlers over a private PostgreSQL, called by an
// enterprise, by another one, by officers of the gate and of another gate.
#include "services/yard/api/yard_api.h"

#include <future>

#include <gmock/gmock.h>

#include "libs/core/reasons.h"
#include "services/yard/domain/reasons.h"
#include "services/yard/testing/yard_bench.h"

namespace bordergate::yard {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class YardApiTest : public YardBench {};

TEST_F(YardApiTest, MakesAndChangesAYard) {
  const auto request = YardForm(2);
  EXPECT_EQ(api_.PutYard(Centre(), request)->yard().slot_count(), 2);
  EXPECT_EQ(api_.PutYard(Centre(), request)->yard().slot_count(), 2);
  EXPECT_EQ(api_.PutYard(Centre(), YardForm(3))->yard().slot_count(), 3);
  ASSERT_EQ(api_.ListYards(Lan(), {})->yards_size(), 1);
  EXPECT_EQ(api_.ListYards(Lan(), {})->yards(0).title(), "Bãi Xuân Cương");
  EXPECT_THAT(EventKinds(), ElementsAre("yard.put", "yard.put"));
  EXPECT_EQ(
      api_.PutYard(Elsewhere(common::v1::ROLE_MANAGEMENT_CENTRE), YardForm(1)).error().fields().at(0).reason,
      "GATE_NOT_YOURS");
  auto wrong = YardForm(0);
  wrong.set_yard_id("Xuân Cương");
  EXPECT_EQ(api_.PutYard(Centre(), wrong).error().fields().size(), 2u);
}

TEST_F(YardApiTest, KeepsAYardAsLargeAsWhatStandsInIt) {
  PutYardAndPlan(2, 1);
  for (int trip : {1, 2}) {
    CustomsTells(trip, customs::v1::Trip::STATE_DECLARED);
    ASSERT_TRUE(CheckIn(trip).has_value());
  }
  EXPECT_EQ(api_.PutYard(Centre(), YardForm(1)).error().fields().at(0).reason, "SLOT_COUNT_BELOW_OCCUPIED");
  auto other_gate = YardForm(2);
  other_gate.set_gate_id("tan-thanh");
  EXPECT_EQ(api_.PutYard(Centre(), other_gate).error().fields().at(0).reason, "YARD_NOT_EMPTY");
  EXPECT_EQ(api_.PutYard(Centre(), YardForm(5))->yard().occupied_count(), 2);
}

TEST_F(YardApiTest, KeepsEveryVersionOfAPlan) {
  EXPECT_EQ(api_.PutHoldingPlan(Centre(), PlanForm(3))->holding_plan().version(), 1);
  const auto second = api_.PutHoldingPlan(Centre(), PlanForm(4, 5))->holding_plan();
  EXPECT_EQ(second.version(), 2);
  EXPECT_EQ(second.author(), "person_centre");
  const auto plans = api_.ListHoldingPlans(Minh(), {}).value();
  ASSERT_EQ(plans.holding_plans_size(), 2);
  EXPECT_EQ(plans.holding_plans(0).perishable_of_ten(), 5);
  EXPECT_EQ(plans.holding_plans(0).call_valid_s(), 600);
  auto wrong = PlanForm(0, 10);
  wrong.set_call_valid_s(59);
  EXPECT_EQ(api_.PutHoldingPlan(Centre(), wrong).error().fields().size(), 3u);
}

TEST_F(YardApiTest, ChecksATruckInByTripOrPlateOnce) {
  PutYardAndPlan(5, 1);
  CustomsTells(1, customs::v1::Trip::STATE_DECLARED);
  const v1::Ticket ticket = CheckIn(1).value();
  EXPECT_EQ(ticket.state(), v1::Ticket::STATE_WAITING);
  EXPECT_EQ(ticket.wait(), v1::Ticket::WAIT_STEPS);
  EXPECT_EQ(ticket.number(), 1);
  EXPECT_EQ(ticket.enterprise_id(), "enterprise_1");
  v1::CheckInRequest by_plate;
  by_plate.set_request_id("by-plate");
  by_plate.set_yard_id("xuan-cuong");
  by_plate.set_plate("12C-100.01");
  EXPECT_EQ(api_.CheckIn(Operator(), by_plate)->ticket().ticket_id(), ticket.ticket_id());
  EXPECT_EQ(Occupied(), 1);
  EXPECT_THAT(EventKinds(), ElementsAre("yard.put", "holding_plan.put", "ticket.checked_in"));
}

TEST_F(YardApiTest, RefusesATruckThatIsNotExpectedHere) {
  PutYardAndPlan(5, 1);
  auto request = CheckInForm(1);
  EXPECT_TRUE(api_.CheckIn(Operator(), request).error().Is(kTripNotExpected));
  CustomsTells(1, customs::v1::Trip::STATE_CANCELLED);
  EXPECT_TRUE(CheckIn(1).error().Is(kTripNotExpected));
  request.set_request_id(NextRequestId());
  request.set_yard_id("nowhere");
  EXPECT_TRUE(api_.CheckIn(Operator(), request).error().Is(kYardNotFound));
  request.set_yard_id("xuan-cuong");
  EXPECT_TRUE(api_.CheckIn(Elsewhere(common::v1::ROLE_YARD_OPERATOR), request).error().Is(kYardNotFound));
  request.set_plate("12C-100.01");
  EXPECT_EQ(api_.CheckIn(Operator(), request).error().fields().at(0).reason, "TRIP_OR_PLATE_REQUIRED");
  request.clear_trip_id();
  request.set_plate("42C-12345");
  EXPECT_EQ(api_.CheckIn(Operator(), request).error().fields().at(0).reason, "PLATE_INVALID");
  EXPECT_EQ(Occupied(), 0);
}

TEST_F(YardApiTest, NeverHoldsMoreTrucksThanSlots) {
  PutYardAndPlan(3, 1);
  for (int trip = 1; trip <= 8; ++trip) CustomsTells(trip, customs::v1::Trip::STATE_DECLARED);
  std::vector<std::future<Result<v1::CheckInResponse>>> arrivals;
  for (int trip = 1; trip <= 8; ++trip) {
    arrivals.push_back(std::async(std::launch::async, [this, call = Operator(), form = CheckInForm(trip)] {
      return api_.CheckIn(call, form);
    }));
  }
  std::set<int64_t> numbers;
  int refused = 0;
  for (auto& arrival : arrivals) {
    const auto answer = arrival.get();
    if (answer) numbers.insert(answer->ticket().number());
    if (!answer) refused += answer.error().Is(kYardFull) ? 1 : 0;
  }
  EXPECT_THAT(numbers, ElementsAre(1, 2, 3));
  EXPECT_EQ(refused, 5);
  EXPECT_EQ(Occupied(), 3);
  EXPECT_EQ(OrderFault(), "");
}

TEST_F(YardApiTest, CallsATruckAtOnceWhenItIsReadyAndThereIsRoom) {
  PutYardAndPlan(5, 1);
  MakeReady(1);
  MakeReady(2);
  const v1::Ticket first = CheckIn(1).value();
  EXPECT_EQ(first.state(), v1::Ticket::STATE_CALLED);
  EXPECT_EQ(first.call_count(), 1);
  EXPECT_EQ(first.call_expire_time().seconds() - first.call_time().seconds(), 600);
  const v1::Ticket second = CheckIn(2).value();
  EXPECT_EQ(second.state(), v1::Ticket::STATE_WAITING);
  EXPECT_EQ(second.wait(), v1::Ticket::WAIT_TURN);
  EXPECT_EQ(second.ahead_count(), 0);
  EXPECT_EQ(Events()[3].header().kind(), "ticket.called");
  EXPECT_EQ(Events()[3].header().actor(), "service:yard");
  EXPECT_EQ(Events()[3].ticket().state(), v1::Ticket::STATE_CALLED);
}

TEST_F(YardApiTest, CallsNobodyWithoutAPlanAndEverybodyWhoIsReadyWithOne) {
  ASSERT_TRUE(api_.PutYard(Centre(), YardForm(5)).has_value());
  MakeReady(1);
  CustomsTells(2, customs::v1::Trip::STATE_DECLARED);
  MakeReady(3);
  for (int trip : {1, 2, 3}) EXPECT_EQ(CheckIn(trip)->state(), v1::Ticket::STATE_WAITING);
  EXPECT_EQ(TicketOf(3).ahead_count(), 2);
  ASSERT_TRUE(api_.PutHoldingPlan(Centre(), PlanForm(5)).has_value());
  EXPECT_EQ(TicketOf(1).state(), v1::Ticket::STATE_CALLED);
  EXPECT_EQ(TicketOf(2).wait(), v1::Ticket::WAIT_STEPS);
  EXPECT_EQ(TicketOf(3).state(), v1::Ticket::STATE_CALLED);
  // A plan that asks for less lets the other one go.
  auto easy = PlanForm(5);
  easy.set_cleared_only(false);
  easy.set_fee_settled_only(false);
  ASSERT_TRUE(api_.PutHoldingPlan(Centre(), easy).has_value());
  EXPECT_EQ(TicketOf(2).state(), v1::Ticket::STATE_CALLED);
  EXPECT_EQ(OrderFault(), "");
}

TEST_F(YardApiTest, ShowsATicketToItsOwnerAndToOfficersOfItsGate) {
  PutYardAndPlan(5, 1);
  CustomsTells(1, customs::v1::Trip::STATE_DECLARED);
  const v1::Ticket ticket = CheckIn(1).value();
  v1::GetTicketRequest get;
  get.set_ticket_id(ticket.ticket_id());
  EXPECT_TRUE(api_.GetTicket(Lan(), get).has_value());
  EXPECT_TRUE(api_.GetTicket(Operator(), get).has_value());
  EXPECT_TRUE(api_.GetTicket(Minh(), get).error().Is(kTicketNotFound));
  EXPECT_TRUE(api_.GetTicket(Elsewhere(common::v1::ROLE_YARD_OPERATOR), get).error().Is(kTicketNotFound));
  EXPECT_EQ(Tickets(Lan()).size(), 1u);
  EXPECT_THAT(Tickets(Minh()), IsEmpty());
  EXPECT_THAT(Tickets(Elsewhere(common::v1::ROLE_TRAFFIC_POLICE)), IsEmpty());
}

TEST_F(YardApiTest, ListsTicketsInPagesByNumber) {
  PutYardAndPlan(10, 1);
  for (int trip = 1; trip <= 5; ++trip) {
    CustomsTells(trip, customs::v1::Trip::STATE_DECLARED);
    ASSERT_TRUE(CheckIn(trip).has_value());
  }
  v1::ListTicketsRequest request;
  request.set_page_size(2);
  std::vector<int64_t> numbers;
  std::vector<int> ahead;
  do {
    const auto page = api_.ListTickets(Operator(), request).value();
    for (const auto& ticket : page.tickets()) {
      numbers.push_back(ticket.number());
      ahead.push_back(ticket.ahead_count());
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(numbers, ElementsAre(1, 2, 3, 4, 5));
  EXPECT_THAT(ahead, ElementsAre(0, 1, 2, 3, 4));
  request.set_page_token(PageToken("huu-nghi x"));
  EXPECT_EQ(api_.ListTickets(Operator(), request).error().fields().at(0).reason, "PAGE_TOKEN_INVALID");
}

TEST_F(YardApiTest, CallsOutOfTurnWithANameAndAReasonButNeverPastAnAgency) {
  PutYardAndPlan(10, 1);
  for (int trip = 1; trip <= 3; ++trip) MakeReady(trip);
  CustomsTells(4, customs::v1::Trip::STATE_HELD);
  for (int trip = 1; trip <= 4; ++trip) ASSERT_TRUE(CheckIn(trip).has_value());
  EXPECT_TRUE(CallOutOfTurn(Centre(), TicketOf(3).ticket_id(), "x").error().Is(kInvalidField));
  EXPECT_TRUE(CallOutOfTurn(Centre(), "ticket_none").error().Is(kTicketNotFound));
  EXPECT_TRUE(CallOutOfTurn(Elsewhere(common::v1::ROLE_MANAGEMENT_CENTRE), TicketOf(3).ticket_id())
                  .error()
                  .Is(kTicketNotFound));
  EXPECT_TRUE(CallOutOfTurn(Centre(), TicketOf(1).ticket_id()).error().Is(kTicketNotWaiting));
  const Error held = CallOutOfTurn(Centre(), TicketOf(4).ticket_id()).error();
  EXPECT_TRUE(held.Is(kTicketNotReady));
  EXPECT_EQ(held.metadata().at("wait"), "held");
  EXPECT_EQ(CallOutOfTurn(Centre(), TicketOf(3).ticket_id())->state(), v1::Ticket::STATE_CALLED);
  EXPECT_EQ(TicketOf(2).state(), v1::Ticket::STATE_WAITING);
  const v1::YardEvent event = Events().back();
  EXPECT_EQ(event.header().kind(), "ticket.called_out_of_turn");
  EXPECT_EQ(event.header().actor(), "person_centre");
  EXPECT_EQ(event.reason(), "động vật sống");
  EXPECT_EQ(OrderFault(), "");
}

TEST_F(YardApiTest, ShowsAnOrderLogThatWasTamperedWith) {
  PutYardAndPlan(10, 1);
  for (int trip = 1; trip <= 3; ++trip) {
    MakeReady(trip);
    ASSERT_TRUE(CheckIn(trip).has_value());
  }
  const auto run = [&](const std::string& sql) {
    return database_
        .Change(clock_.SteadyNow() + seconds(5),
                [&](db::Transaction& transaction) { return transaction.ExecuteScript(sql); })
        .has_value();
  };
  ASSERT_EQ(OrderFault(), "");
  EXPECT_FALSE(run("UPDATE order_log SET actor = 'service:yard'"));
  EXPECT_FALSE(run("DELETE FROM order_log"));
  // Whoever owns the database can switch the trigger off; the chain tells.
  ASSERT_TRUE(run("ALTER TABLE order_log DISABLE TRIGGER order_log_only_grows"));
  ASSERT_TRUE(run("DELETE FROM order_log WHERE position = (SELECT max(position) FROM order_log)"));
  EXPECT_EQ(OrderFault(), "the log does not end where the gate says it does");
  ASSERT_TRUE(run("UPDATE order_log SET reason = 'bán lốt' WHERE position = 2"));
  EXPECT_THAT(OrderFault(), ::testing::HasSubstr("entry 2"));
}

}  // namespace
}  // namespace bordergate::yard
