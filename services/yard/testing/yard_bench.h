// Yard on a private PostgreSQL with everybody who has to do with it, for tests.
#pragma once

#include <gtest/gtest.h>

#include "embedded/yard_store.h"
#include "libs/db/event_log.h"
#include "libs/db/migrate.h"
#include "libs/rpc/time.h"
#include "libs/testing/callers.h"
#include "libs/testing/manual_wall_clock.h"
#include "libs/testing/test_postgres.h"
#include "services/yard/api/convert.h"
#include "services/yard/api/yard_api.h"
#include "services/yard/call_timer.h"
#include "services/yard/follow.h"
#include "services/yard/store/postgres_yard_store.h"
#include "services/yard/verify_order.h"

namespace bordergate::yard {

class YardBench : public ::testing::Test, protected Callers {
 protected:
  YardBench() { EXPECT_TRUE(db::Migrate(database_, clock_, embedded::yard_store::migrations()).has_value()); }

  rpc::CallContext Operator() { return As("person_operator", common::v1::ROLE_YARD_OPERATOR); }

  v1::PutYardRequest YardForm(int slot_count, const std::string& yard_id = "xuan-cuong") {
    v1::PutYardRequest request;
    request.set_request_id(NextRequestId());
    request.set_yard_id(yard_id);
    request.set_gate_id("huu-nghi");
    request.set_title("Bãi Xuân Cương");
    request.set_slot_count(slot_count);
    return request;
  }
  v1::PutHoldingPlanRequest PlanForm(int called_max, int perishable_of_ten = 0) {
    v1::PutHoldingPlanRequest request;
    request.set_request_id(NextRequestId());
    request.set_gate_id("huu-nghi");
    request.set_called_max(called_max);
    request.set_call_valid_s(600);
    request.set_perishable_of_ten(perishable_of_ten);
    request.set_cleared_only(true);
    request.set_fee_settled_only(true);
    request.set_reason("kế hoạch thử");
    return request;
  }
  void PutYardAndPlan(int slot_count, int called_max, int perishable_of_ten = 0) {
    ASSERT_TRUE(api_.PutYard(Centre(), YardForm(slot_count)).has_value());
    ASSERT_TRUE(api_.PutHoldingPlan(Centre(), PlanForm(called_max, perishable_of_ten)).has_value());
  }

  // What the other services tell. Trip "trip_7" has the truck 12C-100.07.
  customs::v1::CustomsEvent TripEvent(int trip, customs::v1::Trip::State state, bool perishable = false) {
    customs::v1::CustomsEvent event;
    event.mutable_header()->set_sequence(++customs_sequence_);
    event.mutable_header()->set_kind("trip.step_confirmed");
    customs::v1::Trip& body = *event.mutable_trip();
    body.set_trip_id(TripId(trip));
    body.set_enterprise_id("enterprise_1");
    body.set_gate_id("huu-nghi");
    body.mutable_vehicle()->mutable_plate()->set_normalised(Plate(trip));
    body.set_perishable(perishable);
    body.set_state(state);
    if (state == customs::v1::Trip::STATE_CROSSED)
      *body.mutable_cross_time() = rpc::ToTimestamp(clock_.Now());
    return event;
  }
  fee::v1::FeeEvent InvoiceEvent(int trip, fee::v1::Invoice::State state) {
    fee::v1::FeeEvent event;
    event.mutable_header()->set_sequence(++fee_sequence_);
    event.mutable_invoice()->set_trip_id(TripId(trip));
    event.mutable_invoice()->set_gate_id("huu-nghi");
    event.mutable_invoice()->set_state(state);
    return event;
  }
  lane::v1::LaneEvent PassageEvent(int trip) {
    lane::v1::LaneEvent event;
    event.mutable_header()->set_sequence(++lane_sequence_);
    event.mutable_header()->set_kind("passage.completed");
    event.mutable_passage()->set_passage_id("passage_" + std::to_string(lane_sequence_));
    event.mutable_passage()->set_trip_id(TripId(trip));
    event.mutable_passage()->set_gate_id("huu-nghi");
    *event.mutable_passage()->mutable_leave_time() = rpc::ToTimestamp(clock_.Now());
    return event;
  }
  void CustomsTells(int trip, customs::v1::Trip::State state, bool perishable = false) {
    const auto event = TripEvent(trip, state, perishable);
    const auto applied = customs_.apply({event}, customs_sequence_);
    ASSERT_TRUE(applied.has_value()) << applied.error().message();
  }
  void FeeTells(int trip, fee::v1::Invoice::State state) {
    const auto event = InvoiceEvent(trip, state);
    const auto applied = fee_.apply({event}, fee_sequence_);
    ASSERT_TRUE(applied.has_value()) << applied.error().message();
  }
  void LaneTells(int trip) {
    const auto event = PassageEvent(trip);
    const auto applied = lane_.apply({event}, lane_sequence_);
    ASSERT_TRUE(applied.has_value()) << applied.error().message();
  }
  // Declared, cleared and paid.
  void MakeReady(int trip, bool perishable = false) {
    CustomsTells(trip, customs::v1::Trip::STATE_CLEARED, perishable);
    FeeTells(trip, fee::v1::Invoice::STATE_PAID);
  }
  void CallsExpire() { ASSERT_TRUE(ExpireDueCalls(yards_, bodies_, ids_, clock_).has_value()); }

  static std::string TripId(int trip) { return "trip_" + std::to_string(trip); }
  static std::string Plate(int trip) { return "12C" + std::to_string(10'000 + trip); }

  v1::CheckInRequest CheckInForm(int trip) {
    v1::CheckInRequest request;
    request.set_request_id(NextRequestId());
    request.set_yard_id("xuan-cuong");
    request.set_trip_id(TripId(trip));
    return request;
  }
  Result<v1::Ticket> CheckIn(int trip) {
    return BG_TRY(api_.CheckIn(Operator(), CheckInForm(trip))).ticket();
  }
  Result<v1::Ticket> CallOutOfTurn(const rpc::CallContext& call, const std::string& ticket_id,
                                   const std::string& reason = "động vật sống") {
    v1::CallOutOfTurnRequest request;
    request.set_request_id(NextRequestId());
    request.set_ticket_id(ticket_id);
    request.set_reason(reason);
    return BG_TRY(api_.CallOutOfTurn(call, request)).ticket();
  }
  std::vector<v1::Ticket> Tickets(const rpc::CallContext& call, const std::string& trip_id = "") {
    v1::ListTicketsRequest request;
    request.set_page_size(200);
    request.set_trip_id(trip_id);
    const auto page = api_.ListTickets(call, request).value();
    return {page.tickets().begin(), page.tickets().end()};
  }
  // The trip's last ticket.
  v1::Ticket TicketOf(int trip) {
    const auto found = Tickets(Operator(), TripId(trip));
    EXPECT_FALSE(found.empty()) << trip;
    return found.empty() ? v1::Ticket() : found.back();
  }
  int Occupied() { return api_.ListYards(Lan(), {})->yards(0).occupied_count(); }

  std::vector<v1::YardEvent> Events() {
    std::vector<v1::YardEvent> events;
    const auto stored = events_.ReadAfter(0, 100'000).value();
    for (const StoredEvent& one : stored) {
      v1::YardEvent& event = events.emplace_back();
      EXPECT_TRUE(event.ParseFromString(one.body));
      event.mutable_header()->set_kind(one.kind);
      event.mutable_header()->set_actor(one.actor);
    }
    return events;
  }
  std::vector<std::string> EventKinds() {
    std::vector<std::string> kinds;
    for (const v1::YardEvent& event : Events()) kinds.push_back(event.header().kind());
    return kinds;
  }
  // What is wrong with the gate's order log; empty when it is whole and fair.
  std::string OrderFault() {
    const auto fault = VerifyOrder(yards_, "huu-nghi", clock_);
    EXPECT_TRUE(fault.has_value());
    return fault && *fault ? **fault : "";
  }

  int64_t customs_sequence_ = 0;
  int64_t fee_sequence_ = 0;
  int64_t lane_sequence_ = 0;
  ManualWallClock clock_;
  SystemRandom random_;
  IdMaker ids_{clock_, random_};
  Telemetry telemetry_{"yard", "error"};
  db::Database database_{TestPostgres::Get().NewDatabase(), telemetry_, clock_};
  db::EventLog events_{database_, telemetry_, clock_};
  db::PostgresUnitOfWork<YardStore, PostgresYardStore> yards_{database_, clock_};
  ProtoEventBodies bodies_;
  YardApi api_{yards_, bodies_, ids_, clock_};
  Following following_{yards_, bodies_, ids_, clock_};
  rpc::Subscription<customs::v1::customs_service::Watch>::Consumer customs_ = FollowCustoms(following_);
  rpc::Subscription<fee::v1::fee_service::Watch>::Consumer fee_ = FollowFee(following_);
  rpc::Subscription<lane::v1::lane_service::Watch>::Consumer lane_ = FollowLane(following_);
};

}  // namespace bordergate::yard
