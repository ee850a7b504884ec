// Goal: what is answered is what the events said, once each, for those who may see it. Method: events of the
// contract applied to a private PostgreSQL, then the handlers.
#include "services/report/api/report_api.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "embedded/report_store.h"
#include "libs/core/reasons.h"
#include "libs/db/migrate.h"
#include "libs/rpc/time.h"
#include "libs/testing/callers.h"
#include "libs/testing/test_postgres.h"
#include "services/report/domain/reasons.h"
#include "services/report/peers/effects.h"
#include "services/report/store/postgres_report_store.h"

namespace bordergate::report {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Pair;
using namespace std::chrono_literals;

// Noon of 22 November 2026 in Vietnam, and a steady clock that goes on so that deadlines hold.
class NoonClock final : public Clock {
 public:
  Instant Now() const override { return now; }
  SteadyInstant SteadyNow() const override { return std::chrono::steady_clock::now() + steady_offset; }
  Instant now = std::chrono::sys_days(2026y / 11 / 22) + 5h;
  SteadyInstant::duration steady_offset{};
};

class ReportApiTest : public ::testing::Test, protected Callers {
 protected:
  ReportApiTest() {
    EXPECT_TRUE(db::Migrate(database_, clock_, embedded::report_store::migrations()).has_value());
  }

  template <class Event>
  void Tell(Event event, const std::string& kind) {
    event.mutable_header()->set_sequence(++sequence_);
    event.mutable_header()->set_kind(kind);
    event.mutable_header()->set_actor("person_9");
    *event.mutable_header()->mutable_event_time() = rpc::ToTimestamp(clock_.Now());
    ASSERT_TRUE(
        reports_.Change(clock_.SteadyNow() + 5s, [&](ReportStore& store) { return Apply(store, event); })
            .has_value());
  }
  void Trip(const std::string& id, customs::v1::Trip::State state, const std::string& kind,
            bool perishable = true) {
    customs::v1::CustomsEvent event;
    event.mutable_trip()->set_trip_id(id);
    event.mutable_trip()->set_enterprise_id("enterprise_1");
    event.mutable_trip()->set_gate_id("huu-nghi");
    event.mutable_trip()->set_direction(common::v1::DIRECTION_EXPORT);
    event.mutable_trip()->set_state(state);
    event.mutable_trip()->set_perishable(perishable);
    Tell(event, kind);
  }
  void Ticket(const std::string& id, yard::v1::Ticket::State state, const std::string& kind,
              seconds waited = 0s) {
    yard::v1::YardEvent event;
    auto* ticket = event.mutable_ticket();
    ticket->set_ticket_id(id);
    ticket->set_trip_id("trip_" + id);
    ticket->set_gate_id("huu-nghi");
    ticket->set_state(state);
    ticket->set_perishable(true);
    *ticket->mutable_check_in_time() = rpc::ToTimestamp(clock_.Now() - waited);
    if (state == yard::v1::Ticket::STATE_PASSED)
      *ticket->mutable_pass_time() = rpc::ToTimestamp(clock_.Now());
    Tell(event, kind);
  }
  void Passage(const std::string& id, const std::string& plate, lane::v1::Passage::Kind kind, Instant leave,
               const std::string& trip = "") {
    lane::v1::LaneEvent event;
    auto* passage = event.mutable_passage();
    passage->set_passage_id(id);
    passage->set_lane_id("huu-nghi-x1");
    passage->set_gate_id("huu-nghi");
    passage->set_direction(common::v1::DIRECTION_EXPORT);
    passage->set_kind(kind);
    passage->set_plate(plate);
    passage->set_trip_id(trip);
    *passage->mutable_arrive_time() = rpc::ToTimestamp(leave - 20s);
    *passage->mutable_leave_time() = rpc::ToTimestamp(leave);
    Tell(event, "passage.completed");
  }
  void Decision(const std::string& trip, const std::string& reason, const std::string& param) {
    lane::v1::LaneEvent event;
    auto* decision = event.mutable_decision();
    decision->set_lane_id("huu-nghi-x1");
    decision->set_trip_id(trip);
    decision->set_outcome(lane::v1::Decision::OUTCOME_ASK);
    auto* cause = decision->add_reasons();
    cause->set_code(reason);
    (*cause->mutable_params())[param] = "12C34567";
    Tell(event, "decision.made");
  }
  std::map<std::string, std::string> LastParams(const rpc::CallContext& call, const std::string& trip) {
    v1::GetTripTimelineRequest request;
    request.set_trip_id(trip);
    const auto timeline = api_.GetTripTimeline(call, request).value();
    const auto& params = timeline.entries(timeline.entries_size() - 1).params();
    return {params.begin(), params.end()};
  }
  std::vector<std::string> Search(v1::SearchPassagesRequest request) {
    std::vector<std::string> ids;
    const auto response = api_.SearchPassages(Guard(), request).value();
    for (const auto& passage : response.passages()) ids.push_back(passage.passage_id());
    return ids;
  }
  v1::BoardGate Board() {
    clock_.steady_offset += 2s;
    return api_.GetBoard(Guard(), {})->gates(0);
  }

  int64_t sequence_ = 0;
  NoonClock clock_;
  Telemetry telemetry_{"report", "error"};
  db::Database database_{TestPostgres::Get().NewDatabase(), telemetry_, clock_};
  db::PostgresUnitOfWork<ReportStore, PostgresReportStore> reports_{database_, clock_};
  const Site site_{.gates = {{.gate_id = "huu-nghi", .title = "Hữu Nghị"}}, .lanes = {}};
  std::optional<milliseconds> source_age_ = milliseconds(300);
  ReportApi api_{reports_, site_, clock_, [this] { return source_age_; }};
};

TEST_F(ReportApiTest, FindsPassagesByAPartOfThePlateHoweverItIsTyped) {
  Passage("passage_1", "12C34567", lane::v1::Passage::KIND_AUTOMATIC, clock_.now - 3min);
  Passage("passage_2", "29Đ12345", lane::v1::Passage::KIND_AUTOMATIC, clock_.now - 2min);
  Passage("passage_3", "桂F1234挂", lane::v1::Passage::KIND_MANUAL, clock_.now - 1min);
  v1::SearchPassagesRequest request;
  EXPECT_THAT(Search(request), ElementsAre("passage_3", "passage_2", "passage_1"));
  request.set_plate("c-345");
  EXPECT_THAT(Search(request), ElementsAre("passage_1"));
  request.set_plate("29d");
  EXPECT_THAT(Search(request), ElementsAre("passage_2"));
  request.set_plate("桂F");
  EXPECT_THAT(Search(request), ElementsAre("passage_3"));
  EXPECT_EQ(api_.SearchPassages(Elsewhere(common::v1::ROLE_BORDER_GUARD), request)->passages_size(), 0);
  request.set_plate("%");
  EXPECT_TRUE(api_.SearchPassages(Guard(), request).error().Is(kInvalidField));
}

TEST_F(ReportApiTest, WalksPassagesPageByPageWithinATimeSpan) {
  for (int i = 0; i < 7; ++i) {
    Passage("passage_" + std::to_string(i), "12C34567", lane::v1::Passage::KIND_AUTOMATIC,
            clock_.now - std::chrono::minutes(i / 2));
  }
  v1::SearchPassagesRequest request;
  request.set_page_size(3);
  *request.mutable_until_time() = rpc::ToTimestamp(clock_.now);
  std::vector<std::string> seen;
  do {
    const auto response = api_.SearchPassages(Guard(), request).value();
    for (const auto& passage : response.passages()) seen.push_back(passage.passage_id());
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(seen, ElementsAre("passage_3", "passage_2", "passage_5", "passage_4", "passage_6"));
  request.set_page_token("bm9uc2Vuc2U=");
  EXPECT_TRUE(api_.SearchPassages(Guard(), request).error().Is(kInvalidField));
}

TEST_F(ReportApiTest, TellsATripsStoryToItsEnterpriseAndToOfficersOnly) {
  Trip("trip_7", customs::v1::Trip::STATE_DECLARED, "trip.declared");
  Ticket("7", yard::v1::Ticket::STATE_WAITING, "ticket.checked_in");
  Passage("passage_1", "12C34567", lane::v1::Passage::KIND_AUTOMATIC, clock_.now, "trip_7");
  v1::GetTripTimelineRequest request;
  request.set_trip_id("trip_7");
  const auto timeline = api_.GetTripTimeline(Lan(), request).value();
  ASSERT_EQ(timeline.entries_size(), 3);
  EXPECT_EQ(timeline.entries(0).event_kind(), "customs.trip.declared");
  EXPECT_EQ(timeline.entries(1).event_kind(), "lane.passage.completed");
  EXPECT_TRUE(api_.GetTripTimeline(Guard(), request).has_value());
  EXPECT_TRUE(api_.GetTripTimeline(Minh(), request).error().Is(kTripNotFound));
  EXPECT_TRUE(
      api_.GetTripTimeline(Elsewhere(common::v1::ROLE_BORDER_GUARD), request).error().Is(kTripNotFound));
}

TEST_F(ReportApiTest, TellsWhatALaneDecidedAndWhy) {
  Trip("trip_7", customs::v1::Trip::STATE_CLEARED, "trip.cleared");
  Decision("trip_7", "STEP_NOT_CONFIRMED", "step_id");
  const std::map<std::string, std::string> all = {{"lane_id", "huu-nghi-x1"},
                                                  {"outcome", "ask"},
                                                  {"reason", "STEP_NOT_CONFIRMED"},
                                                  {"step_id", "12C34567"}};
  EXPECT_EQ(LastParams(Lan(), "trip_7"), all);
  EXPECT_EQ(LastParams(Guard(), "trip_7"), all);
}

TEST_F(ReportApiTest, TellsWhoIsWatchedOnlyToThoseWhoMayReadTheWatchList) {
  Trip("trip_7", customs::v1::Trip::STATE_CLEARED, "trip.cleared");
  for (const std::string reason : {"WATCH_LISTED", "WATCH_LIST_LOOK_ALIKE"}) {
    Decision("trip_7", reason, "plate");
    EXPECT_THAT(LastParams(Guard(), "trip_7"), Contains(Pair("reason", reason)));
    const std::map<std::string, std::string> little = {{"lane_id", "huu-nghi-x1"}, {"outcome", "ask"}};
    EXPECT_EQ(LastParams(Lan(), "trip_7"), little);
    EXPECT_EQ(LastParams(Centre(), "trip_7"), little);
  }
}

TEST_F(ReportApiTest, CountsTheBoard) {
  Trip("trip_1", customs::v1::Trip::STATE_DECLARED, "trip.declared");
  Trip("trip_2", customs::v1::Trip::STATE_DECLARED, "trip.declared");
  EXPECT_EQ(Board().declared_count(), 2);
  Ticket("1", yard::v1::Ticket::STATE_WAITING, "ticket.checked_in");
  Ticket("2", yard::v1::Ticket::STATE_CALLED, "ticket.called_out_of_turn", 600s);
  v1::BoardGate board = Board();
  EXPECT_EQ(board.declared_count(), 0);
  EXPECT_EQ(board.waiting_count(), 1);
  EXPECT_EQ(board.waiting_perishable_count(), 1);
  EXPECT_EQ(board.called_count(), 1);
  EXPECT_EQ(board.out_of_turn_count(), 1);
  EXPECT_EQ(board.median_wait_s(), -1);
  Ticket("2", yard::v1::Ticket::STATE_PASSED, "ticket.passed");
  Passage("passage_1", "12C34567", lane::v1::Passage::KIND_AUTOMATIC, clock_.now, "trip_2");
  board = Board();
  EXPECT_EQ(board.called_count(), 0);
  EXPECT_EQ(board.exported_count(), 1);
  EXPECT_EQ(board.median_wait_s(), 600);
}

TEST_F(ReportApiTest, MakesTheBoardOnceASecondAndSaysHowOldItsSourcesAre) {
  const auto first = api_.GetBoard(Guard(), {}).value();
  EXPECT_EQ(first.source_age_ms(), 300);
  Trip("trip_1", customs::v1::Trip::STATE_DECLARED, "trip.declared");
  EXPECT_EQ(api_.GetBoard(Guard(), {})->gates(0).declared_count(), 0);
  source_age_ = std::nullopt;
  clock_.steady_offset += 2s;
  const auto second = api_.GetBoard(Guard(), {}).value();
  EXPECT_EQ(second.gates(0).declared_count(), 1);
  EXPECT_EQ(second.source_age_ms(), -1);
}

TEST_F(ReportApiTest, CountsADayOfTheGatesOwnClock) {
  const Instant midnight = std::chrono::sys_days(2026y / 11 / 21) + 17h;  // 00:00 of 22 November in Vietnam
  Trip("trip_1", customs::v1::Trip::STATE_CROSSED, "trip.crossed", true);
  Passage("passage_1", "12C34567", lane::v1::Passage::KIND_AUTOMATIC, midnight, "trip_1");
  Passage("passage_2", "12C34568", lane::v1::Passage::KIND_MANUAL, midnight + 1h);
  Passage("passage_3", "", lane::v1::Passage::KIND_UNAUTHORISED, midnight - 1s);
  fee::v1::FeeEvent paid;
  paid.mutable_invoice()->set_invoice_id("invoice_1");
  paid.mutable_invoice()->set_gate_id("huu-nghi");
  paid.mutable_invoice()->set_state(fee::v1::Invoice::STATE_PAID);
  paid.mutable_invoice()->set_paid_dong(100'000);
  *paid.mutable_invoice()->mutable_settle_time() = rpc::ToTimestamp(midnight + 2h);
  Tell(paid, "invoice.paid");
  v1::GetDailyCountersRequest request;
  request.set_gate_id("huu-nghi");
  const auto today = api_.GetDailyCounters(Guard(), request).value();
  EXPECT_EQ(today.date(), "2026-11-22");
  EXPECT_EQ(today.exported_perishable_count(), 1);
  EXPECT_EQ(today.exported_other_count(), 1);
  EXPECT_EQ(today.manual_count(), 1);
  EXPECT_EQ(today.unauthorised_count(), 0);
  EXPECT_EQ(today.paid_dong(), 100'000);
  request.set_date("2026-11-21");
  EXPECT_EQ(api_.GetDailyCounters(Guard(), request)->unauthorised_count(), 1);
  EXPECT_TRUE(
      api_.GetDailyCounters(Elsewhere(common::v1::ROLE_BORDER_GUARD), request).error().Is(kInvalidField));
  request.set_gate_id("nowhere");
  EXPECT_TRUE(api_.GetDailyCounters(Guard(), request).error().Is(kInvalidField));
}

}  // namespace
}  // namespace bordergate::report
