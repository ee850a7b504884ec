// Goal: the order follows the facts, each once, and stays fair whatever happens. Method: the other services'
// events handed to the consumers over a private PostgreSQL; random days with a seed, checked by the order
// log's own audit (invariants 4 and 21: nobody overtakes without a recorded reason, a ticket passes at most
// once).
#include "services/yard/follow.h"

#include <future>

#include <gmock/gmock.h>

#include "libs/core/random.h"
#include "services/yard/testing/yard_bench.h"

namespace bordergate::yard {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class FollowTest : public YardBench {};

TEST_F(FollowTest, KeepsThePlaceOfATruckThatIsNotReadyAndCallsItAsSoonAsItIs) {
  PutYardAndPlan(10, 2);
  CustomsTells(1, customs::v1::Trip::STATE_DECLARED);
  for (int trip : {2, 3, 4}) MakeReady(trip);
  for (int trip : {1, 2, 3, 4}) ASSERT_TRUE(CheckIn(trip).has_value());
  EXPECT_EQ(TicketOf(1).wait(), v1::Ticket::WAIT_STEPS);
  EXPECT_EQ(TicketOf(2).state(), v1::Ticket::STATE_CALLED);
  EXPECT_EQ(TicketOf(3).state(), v1::Ticket::STATE_CALLED);
  CustomsTells(1, customs::v1::Trip::STATE_HELD);
  EXPECT_EQ(TicketOf(1).wait(), v1::Ticket::WAIT_HELD);
  CustomsTells(1, customs::v1::Trip::STATE_CLEARED);
  EXPECT_EQ(TicketOf(1).wait(), v1::Ticket::WAIT_FEE);
  FeeTells(1, fee::v1::Invoice::STATE_OPEN);
  EXPECT_EQ(TicketOf(1).wait(), v1::Ticket::WAIT_FEE);
  FeeTells(1, fee::v1::Invoice::STATE_EXEMPTED);
  EXPECT_EQ(TicketOf(1).wait(), v1::Ticket::WAIT_TURN);
  EXPECT_EQ(TicketOf(1).number(), 1);
  LaneTells(2);
  EXPECT_EQ(TicketOf(1).state(), v1::Ticket::STATE_CALLED) << "before number 4, which was ready earlier";
  EXPECT_EQ(TicketOf(4).state(), v1::Ticket::STATE_WAITING);
  EXPECT_EQ(OrderFault(), "");
}

TEST_F(FollowTest, KnowsTheFeeAlsoWhenItHeardOfItFirst) {
  PutYardAndPlan(10, 1);
  FeeTells(1, fee::v1::Invoice::STATE_PAID);
  EXPECT_FALSE(CheckIn(1).has_value());
  CustomsTells(1, customs::v1::Trip::STATE_CLEARED);
  EXPECT_EQ(CheckIn(1)->state(), v1::Ticket::STATE_CALLED);
}

TEST_F(FollowTest, LetsATicketPassOnceHoweverOftenItIsTold) {
  PutYardAndPlan(10, 1);
  MakeReady(1);
  ASSERT_TRUE(CheckIn(1).has_value());
  const auto passage = PassageEvent(1);
  ASSERT_TRUE(lane_.apply({passage}, 1).has_value());
  ASSERT_TRUE(lane_.apply({passage}, 1).has_value());
  CustomsTells(1, customs::v1::Trip::STATE_CROSSED);
  LaneTells(1);
  EXPECT_EQ(TicketOf(1).state(), v1::Ticket::STATE_PASSED);
  EXPECT_TRUE(TicketOf(1).has_pass_time());
  EXPECT_EQ(Occupied(), 0);
  const auto kinds = EventKinds();
  EXPECT_EQ(std::count(kinds.begin(), kinds.end(), "ticket.passed"), 1);
  EXPECT_FALSE(CheckIn(1).has_value()) << "it has crossed";
  EXPECT_EQ(OrderFault(), "");
}

TEST_F(FollowTest, ClosesTheTicketOfACancelledTripAndFreesItsPlace) {
  PutYardAndPlan(10, 1);
  for (int trip : {1, 2}) {
    MakeReady(trip);
    ASSERT_TRUE(CheckIn(trip).has_value());
  }
  CustomsTells(1, customs::v1::Trip::STATE_CANCELLED);
  EXPECT_EQ(TicketOf(1).state(), v1::Ticket::STATE_CLOSED);
  EXPECT_EQ(TicketOf(2).state(), v1::Ticket::STATE_CALLED);
  EXPECT_EQ(Occupied(), 1);
  const auto events = Events();
  const auto closed = std::find_if(events.begin(), events.end(), [](const auto& event) {
    return event.header().kind() == "ticket.closed";
  });
  ASSERT_NE(closed, events.end());
  EXPECT_EQ(closed->reason(), "TRIP_CANCELLED");
  // What the lane saw is recorded all the same.
  LaneTells(1);
  EXPECT_EQ(TicketOf(1).state(), v1::Ticket::STATE_PASSED);
  EXPECT_EQ(Occupied(), 1);
  EXPECT_EQ(OrderFault(), "");
}

TEST_F(FollowTest, SendsATruckThatDoesNotComeToTheEndOnceAndThenClosesIt) {
  PutYardAndPlan(10, 1);
  for (int trip : {1, 2}) {
    MakeReady(trip);
    ASSERT_TRUE(CheckIn(trip).has_value());
  }
  clock_.Advance(seconds(599));
  CallsExpire();
  EXPECT_EQ(TicketOf(1).state(), v1::Ticket::STATE_CALLED);
  clock_.Advance(seconds(1));
  CallsExpire();
  EXPECT_EQ(TicketOf(1).state(), v1::Ticket::STATE_WAITING);
  EXPECT_EQ(TicketOf(1).number(), 3) << "a new number: the old one is never used again";
  EXPECT_EQ(TicketOf(2).state(), v1::Ticket::STATE_CALLED);
  LaneTells(2);
  EXPECT_EQ(TicketOf(1).state(), v1::Ticket::STATE_CALLED);
  EXPECT_EQ(TicketOf(1).call_count(), 2);
  clock_.Advance(seconds(600));
  CallsExpire();
  EXPECT_EQ(TicketOf(1).state(), v1::Ticket::STATE_CLOSED);
  EXPECT_EQ(Events().back().reason(), "CALL_EXPIRED_TWICE");
  EXPECT_EQ(Occupied(), 0);
  // It may come again, at the end of the order.
  EXPECT_EQ(CheckIn(1)->number(), 4);
  EXPECT_EQ(OrderFault(), "");
}

TEST_F(FollowTest, DoesNotBlameATruckThatAnAgencyHeldDuringItsCall) {
  PutYardAndPlan(10, 1);
  for (int trip : {1, 2}) {
    MakeReady(trip);
    ASSERT_TRUE(CheckIn(trip).has_value());
  }
  CustomsTells(1, customs::v1::Trip::STATE_HELD);
  clock_.Advance(seconds(600));
  CallsExpire();
  EXPECT_EQ(TicketOf(1).number(), 1);
  EXPECT_EQ(TicketOf(1).wait(), v1::Ticket::WAIT_HELD);
  EXPECT_EQ(TicketOf(2).state(), v1::Ticket::STATE_CALLED);
  CustomsTells(1, customs::v1::Trip::STATE_CLEARED);
  LaneTells(2);
  EXPECT_EQ(TicketOf(1).state(), v1::Ticket::STATE_CALLED);
  EXPECT_EQ(OrderFault(), "");
}

TEST_F(FollowTest, GivesFreshGoodsTheShareOfThePlan) {
  PutYardAndPlan(50, 1, 5);
  for (int trip = 1; trip <= 20; ++trip) MakeReady(trip, trip > 10);
  for (int trip = 1; trip <= 20; ++trip) ASSERT_TRUE(CheckIn(trip).has_value());
  std::vector<int> order;
  for (int i = 0; i < 20; ++i) {
    for (int trip = 1; trip <= 20; ++trip) {
      if (TicketOf(trip).state() != v1::Ticket::STATE_CALLED) continue;
      order.push_back(trip);
      LaneTells(trip);
      break;
    }
  }
  EXPECT_THAT(order, ElementsAre(1, 11, 2, 12, 3, 13, 4, 14, 5, 15, 6, 16, 7, 17, 8, 18, 9, 19, 10, 20));
  EXPECT_EQ(OrderFault(), "");
}

TEST_F(FollowTest, AppliesABatchWhollyOrNotAtAll) {
  PutYardAndPlan(10, 1);
  const auto script = [&](const char* sql) {
    ASSERT_TRUE(database_
                    .Change(clock_.SteadyNow() + seconds(5),
                            [&](db::Transaction& transaction) { return transaction.ExecuteScript(sql); })
                    .has_value());
  };
  script("ALTER TABLE trips ADD CONSTRAINT broken CHECK (trip_id <> 'trip_2')");
  const std::vector events = {TripEvent(1, customs::v1::Trip::STATE_DECLARED),
                              TripEvent(2, customs::v1::Trip::STATE_DECLARED)};
  EXPECT_FALSE(customs_.apply(events, 2).has_value());
  EXPECT_EQ(customs_.load().value(), 0);
  EXPECT_FALSE(CheckIn(1).has_value());
  script("ALTER TABLE trips DROP CONSTRAINT broken");
  EXPECT_TRUE(customs_.apply(events, 2).has_value());
  EXPECT_TRUE(CheckIn(1).has_value());
}

TEST_F(FollowTest, StaysFairWhenEverythingHappensAtOnce) {
  PutYardAndPlan(40, 3, 4);
  for (int trip = 1; trip <= 24; ++trip) CustomsTells(trip, customs::v1::Trip::STATE_CLEARED, trip % 3 == 0);
  // Arrivals, fees, passages, plans and the timer, each on a thread of its own.
  std::vector<fee::v1::FeeEvent> invoices;
  std::vector<lane::v1::LaneEvent> passages;
  for (int trip = 1; trip <= 24; ++trip) invoices.push_back(InvoiceEvent(trip, fee::v1::Invoice::STATE_PAID));
  for (int trip = 1; trip <= 8; ++trip) passages.push_back(PassageEvent(trip));
  std::vector<v1::CheckInRequest> arrivals;
  for (int trip = 1; trip <= 24; ++trip) arrivals.push_back(CheckInForm(trip));
  std::vector<v1::PutHoldingPlanRequest> plans;
  for (int i = 0; i < 5; ++i) plans.push_back(PlanForm(2 + i, i));
  std::vector<std::future<void>> threads;
  for (int part = 0; part < 3; ++part) {
    threads.push_back(std::async(std::launch::async, [&, part, call = Operator()] {
      for (size_t i = static_cast<size_t>(part); i < arrivals.size(); i += 3) {
        const auto ticket = api_.CheckIn(call, arrivals[i]);
        // Those whose passage was told first have nothing left to come for.
        const bool gone = i < passages.size() && !ticket && ticket.error().reason() == kTripNotExpected.name;
        EXPECT_TRUE(ticket.has_value() || gone) << ticket.error().message();
      }
    }));
  }
  threads.push_back(std::async(std::launch::async, [&] {
    for (const auto& event : invoices) EXPECT_TRUE(fee_.apply({event}, fee_sequence_).has_value());
  }));
  threads.push_back(std::async(std::launch::async, [&] {
    for (const auto& event : passages) EXPECT_TRUE(lane_.apply({event}, lane_sequence_).has_value());
  }));
  threads.push_back(std::async(std::launch::async, [&, call = Centre()] {
    for (const auto& plan : plans) EXPECT_TRUE(api_.PutHoldingPlan(call, plan).has_value());
  }));
  for (auto& thread : threads) thread.get();
  EXPECT_EQ(OrderFault(), "");
  int inside = 0;
  for (const v1::Ticket& ticket : Tickets(Operator())) {
    inside +=
        ticket.state() == v1::Ticket::STATE_WAITING || ticket.state() == v1::Ticket::STATE_CALLED ? 1 : 0;
  }
  EXPECT_EQ(Occupied(), inside);
}

// A day of anything: the audit replays the log against the rule, and the tickets agree with it.
TEST_F(FollowTest, StaysFairOnAnyDay) {
  for (uint64_t seed = 1; seed <= 3; ++seed) {
    SeededRandom random(seed);
    PutYardAndPlan(12, 3, 4);
    const int first_trip = static_cast<int>(seed) * 100;
    for (int step = 0; step < 150; ++step) {
      const int trip = first_trip + static_cast<int>(random.Below(16));
      switch (random.Below(9)) {
        case 0:
        case 1:
          (void)CheckIn(trip).has_value();
          break;
        case 2:
        case 3:
          MakeReady(trip, trip % 3 == 0);
          break;
        case 4: {
          const customs::v1::Trip::State states[] = {
              customs::v1::Trip::STATE_DECLARED, customs::v1::Trip::STATE_HELD,
              customs::v1::Trip::STATE_CLEARED, customs::v1::Trip::STATE_CANCELLED};
          CustomsTells(trip, states[random.Below(4)], trip % 3 == 0);
          break;
        }
        case 5:
          LaneTells(trip);
          break;
        case 6:
          clock_.Advance(seconds(static_cast<int64_t>(random.Below(400))));
          CallsExpire();
          break;
        case 7: {
          const auto tickets = Tickets(Operator());
          if (!tickets.empty()) {
            (void)CallOutOfTurn(Centre(), tickets[random.Below(tickets.size())].ticket_id()).has_value();
          }
          break;
        }
        default:
          ASSERT_TRUE(api_.PutHoldingPlan(Centre(), PlanForm(1 + static_cast<int>(random.Below(4)),
                                                             static_cast<int>(random.Below(10))))
                          .has_value());
      }
    }
    ASSERT_EQ(OrderFault(), "") << "seed " << seed;
    std::map<std::string, int> passed;
    int inside = 0;
    for (const v1::Ticket& ticket : Tickets(Operator())) {
      if (ticket.state() == v1::Ticket::STATE_PASSED) {
        EXPECT_EQ(++passed[ticket.trip_id()], 1) << "seed " << seed;
      }
      inside +=
          ticket.state() == v1::Ticket::STATE_WAITING || ticket.state() == v1::Ticket::STATE_CALLED ? 1 : 0;
    }
    EXPECT_EQ(Occupied(), inside) << "seed " << seed;
  }
}

TEST_F(FollowTest, EndsCallsByItselfAfterTheirTime) {
  PutYardAndPlan(10, 1);
  MakeReady(1);
  ASSERT_TRUE(CheckIn(1).has_value());
  clock_.Advance(seconds(600));
  const int64_t before = static_cast<int64_t>(EventKinds().size());
  const CallTimer timer(yards_, bodies_, ids_, clock_, telemetry_, milliseconds(10));
  EXPECT_GT(events_.WaitBeyond(before, seconds(20)), before);
  EXPECT_EQ(EventKinds()[static_cast<size_t>(before)], "ticket.call_expired");
}

}  // namespace
}  // namespace bordergate::yard
