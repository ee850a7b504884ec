#include "services/report/store/postgres_report_store.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "libs/core/check.h"
#include "libs/core/reasons.h"
#include "libs/db/text_array.h"
#include "libs/plate/plate.h"
#include "services/report/domain/reasons.h"

namespace bordergate::report {
namespace {

using db::Row;
using db::Rows;
using nlohmann::json;

// Names of enum values in the tables, in the order of the enums. Part of the data: never change one, add
// another.
constexpr std::array<std::string_view, 2> kDirectionNames = {"export", "import"};
constexpr std::array<std::string_view, 4> kTicketStateNames = {"waiting", "called", "passed", "closed"};
constexpr std::array<std::string_view, 3> kPassageKindNames = {"automatic", "manual", "unauthorised"};

template <class Enum, size_t kCount>
Enum ValueOf(const std::array<std::string_view, kCount>& names, const std::string& name) {
  const auto found = std::find(names.begin(), names.end(), name);
  BG_CHECK(found != names.end(), "a table holds only names that its constraint allows");
  return static_cast<Enum>(found - names.begin());
}

PassageFact ToPassage(const Row& row) {
  return {.passage_id = row.Text("passage_id"),
          .lane_id = row.Text("lane_id"),
          .gate_id = row.Text("gate_id"),
          .direction = ValueOf<Direction>(kDirectionNames, row.Text("direction")),
          .kind = ValueOf<PassageKind>(kPassageKindNames, row.Text("kind")),
          .plate = row.Text("plate"),
          .trip_id = row.Text("trip_id"),
          .decision_id = row.Text("decision_id"),
          .evidence_id = row.Text("evidence_id"),
          .arrive_time = row.Time("arrive_time"),
          .leave_time = row.Time("leave_time")};
}

// The order of the list is time and id, so both make up the key of a page.
std::string PageKeyOf(const PassageFact& passage) {
  return fmt::format("{} {}", passage.leave_time.time_since_epoch().count(), passage.passage_id);
}

struct PagePosition {
  std::optional<Instant> leave_time;
  std::string passage_id;
};

Result<PagePosition> ParsePageKey(const std::string& key) {
  if (key.empty()) return PagePosition{};
  const size_t space = key.find(' ');
  const bool number =
      space != std::string::npos && space > 0 && space < 19 && key.find_first_not_of("0123456789") == space;
  if (!number) {
    return Error(kInvalidField, "page_token is none of this list")
        .WithField({"page_token", "PAGE_TOKEN_INVALID",
                    "must be the next_page_token of an earlier answer, or empty"});
  }
  return PagePosition{.leave_time = Instant(std::chrono::microseconds(std::stoll(key.substr(0, space)))),
                      .passage_id = key.substr(space + 1)};
}

// % and _ mean something in LIKE; a plate part holds neither after normalising, but nobody should have to
// rely on it.
std::string LikePattern(const std::string& part) {
  std::string pattern = "%";
  for (const char c : part) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + "%";
}

}  // namespace

Result<void> PostgresReportStore::PutTrip(const TripFact& trip) {
  BG_TRY(transaction().Execute(
      "INSERT INTO trips (trip_id, enterprise_id, gate_id, direction, open, perishable) VALUES ($1, $2, $3, "
      "$4, $5, $6) "
      "ON CONFLICT (trip_id) DO UPDATE SET open = $5, perishable = $6",
      {trip.trip_id, trip.enterprise_id, trip.gate_id, kDirectionNames[static_cast<size_t>(trip.direction)],
       trip.open, trip.perishable}));
  return {};
}

Result<void> PostgresReportStore::PutTicket(const TicketFact& ticket) {
  BG_TRY(transaction().Execute(
      "INSERT INTO tickets (ticket_id, trip_id, gate_id, state, perishable, check_in_time, pass_time) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (ticket_id) DO UPDATE SET state = $4, pass_time = $7",
      {ticket.ticket_id, ticket.trip_id, ticket.gate_id, kTicketStateNames[static_cast<size_t>(ticket.state)],
       ticket.perishable, ticket.check_in_time, ticket.pass_time}));
  return {};
}

Result<void> PostgresReportStore::PutPassage(const PassageFact& passage) {
  BG_TRY(transaction().Execute(
      "INSERT INTO passages (passage_id, lane_id, gate_id, direction, kind, plate, plate_key, trip_id, "
      "decision_id, "
      "evidence_id, arrive_time, leave_time) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) "
      "ON CONFLICT (passage_id) DO NOTHING",
      {passage.passage_id, passage.lane_id, passage.gate_id,
       kDirectionNames[static_cast<size_t>(passage.direction)],
       kPassageKindNames[static_cast<size_t>(passage.kind)], passage.plate, PlateKey(passage.plate),
       passage.trip_id, passage.decision_id, passage.evidence_id, passage.arrive_time, passage.leave_time}));
  return {};
}

Result<void> PostgresReportStore::PutPayment(const PaymentFact& payment) {
  BG_TRY(transaction().Execute(
      "INSERT INTO payments (invoice_id, gate_id, paid_dong, settle_time) VALUES ($1, $2, $3, $4) "
      "ON CONFLICT (invoice_id) DO UPDATE SET paid_dong = $3, settle_time = $4",
      {payment.invoice_id, payment.gate_id, payment.paid_dong, payment.settle_time}));
  return {};
}

Result<void> PostgresReportStore::AddTimelineEntry(const TimelineEntry& entry) {
  BG_TRY(transaction().Execute(
      "INSERT INTO timeline (source, sequence, trip_id, event_kind, event_time, actor, params) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7)",
      {entry.source, entry.sequence, entry.trip_id, entry.event_kind, entry.event_time, entry.actor,
       json(entry.params).dump()}));
  return {};
}

Result<void> PostgresReportStore::AddOutOfTurnCall(const std::string& gate_id, Instant time) {
  BG_TRY(transaction().Execute("INSERT INTO out_of_turn_calls (gate_id, call_time) VALUES ($1, $2)",
                               {gate_id, time}));
  return {};
}

Result<TripFact> PostgresReportStore::FindTrip(const std::string& trip_id) {
  const Rows rows = BG_TRY(transaction().Execute("SELECT * FROM trips WHERE trip_id = $1", {trip_id}));
  if (rows.empty()) return Error(kTripNotFound, "there is no such trip");
  const Row row = rows.front();
  return TripFact{.trip_id = row.Text("trip_id"),
                  .enterprise_id = row.Text("enterprise_id"),
                  .gate_id = row.Text("gate_id"),
                  .direction = ValueOf<Direction>(kDirectionNames, row.Text("direction")),
                  .open = row.Flag("open"),
                  .perishable = row.Flag("perishable")};
}

Result<std::vector<TimelineEntry>> PostgresReportStore::ReadTimeline(const std::string& trip_id) {
  const Rows rows = BG_TRY(transaction().Execute(
      "SELECT * FROM timeline WHERE trip_id = $1 ORDER BY event_time, source, sequence", {trip_id}));
  std::vector<TimelineEntry> entries;
  for (const Row row : rows) {
    entries.push_back({.trip_id = row.Text("trip_id"),
                       .source = row.Text("source"),
                       .sequence = row.Integer("sequence"),
                       .event_kind = row.Text("event_kind"),
                       .event_time = row.Time("event_time"),
                       .actor = row.Text("actor"),
                       .params = json::parse(row.Text("params")).get<std::map<std::string, std::string>>()});
  }
  return entries;
}

Result<PageOf<PassageFact>> PostgresReportStore::SearchPassages(const PassageQuery& query, const Page& page) {
  const PagePosition position = BG_TRY(ParsePageKey(page.after));
  const Rows rows = BG_TRY(transaction().Execute(
      "SELECT * FROM passages WHERE ($1 = '%%' OR plate_key LIKE $1) AND ($2 = '' OR gate_id = $2) "
      "AND ($3 = '' OR lane_id = $3) AND ($4 = '' OR trip_id = $4) "
      "AND ($5::timestamptz IS NULL OR leave_time >= $5) AND ($6::timestamptz IS NULL OR leave_time < $6) "
      "AND ($7::timestamptz IS NULL OR (leave_time, passage_id) < ($7, $8)) "
      "AND ($9::text[] = '{}' OR gate_id = ANY ($9::text[])) "
      "ORDER BY leave_time DESC, passage_id DESC LIMIT $10",
      {LikePattern(query.plate_part), query.gate_id, query.lane_id, query.trip_id, query.from_time,
       query.until_time, position.leave_time, position.passage_id, db::ToArray(query.gate_ids),
       page.size + 1}));
  std::vector<PassageFact> passages;
  for (const Row row : rows) passages.push_back(ToPassage(row));
  return CutPage(std::move(passages), page, PageKeyOf);
}

Result<BoardGate> PostgresReportStore::CountBoard(const std::string& gate_id, const DaySpan& day,
                                                  Instant wait_since) {
  const Row row =
      BG_TRY(
          transaction().Execute(
              "SELECT "
              "(SELECT count(*) FROM trips t WHERE t.gate_id = $1 AND t.open AND NOT EXISTS (SELECT 1 FROM "
              "tickets k "
              "WHERE k.trip_id = t.trip_id)) AS declared, "
              "(SELECT count(*) FROM tickets WHERE gate_id = $1 AND state = 'waiting') AS waiting, "
              "(SELECT count(*) FROM tickets WHERE gate_id = $1 AND state = 'waiting' AND perishable) AS "
              "perishable, "
              "(SELECT count(*) FROM tickets WHERE gate_id = $1 AND state = 'called') AS called, "
              "(SELECT count(*) FROM passages WHERE gate_id = $1 AND direction = 'export' AND leave_time >= "
              "$2 AND "
              "leave_time < $3) AS exported, "
              "(SELECT count(*) FROM passages WHERE gate_id = $1 AND direction = 'import' AND leave_time >= "
              "$2 AND "
              "leave_time < $3) AS imported, "
              "(SELECT coalesce(percentile_disc(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM pass_time - "
              "check_in_time)), -1)::bigint FROM tickets WHERE gate_id = $1 AND state = 'passed' AND "
              "pass_time >= $4) AS "
              "wait, "
              "(SELECT count(*) FROM out_of_turn_calls WHERE gate_id = $1 AND call_time >= $2 AND call_time "
              "< $3) AS "
              "out_of_turn",
              {gate_id, day.from, day.until, wait_since}))
          .front();
  auto count = [&](const char* column) { return static_cast<int>(row.Integer(column)); };
  return BoardGate{.gate_id = gate_id,
                   .declared_count = count("declared"),
                   .waiting_count = count("waiting"),
                   .waiting_perishable_count = count("perishable"),
                   .called_count = count("called"),
                   .exported_count = count("exported"),
                   .imported_count = count("imported"),
                   .median_wait_s = row.Integer("wait"),
                   .out_of_turn_count = count("out_of_turn")};
}

Result<DailyCounters> PostgresReportStore::CountDay(const std::string& gate_id, const DaySpan& day) {
  const Row row =
      BG_TRY(transaction().Execute("SELECT count(*) FILTER (WHERE p.direction = 'export' AND "
                                   "coalesce(t.perishable, false)) AS perishable, "
                                   "count(*) FILTER (WHERE p.direction = 'export' AND NOT "
                                   "coalesce(t.perishable, false)) AS other, "
                                   "count(*) FILTER (WHERE p.direction = 'import') AS imported, "
                                   "count(*) FILTER (WHERE p.kind = 'manual') AS manual, "
                                   "count(*) FILTER (WHERE p.kind = 'unauthorised') AS unauthorised, "
                                   "(SELECT coalesce(sum(paid_dong), 0)::bigint FROM payments WHERE gate_id "
                                   "= $1 AND settle_time >= $2 AND "
                                   "settle_time < $3) AS paid "
                                   "FROM passages p LEFT JOIN trips t USING (trip_id) "
                                   "WHERE p.gate_id = $1 AND p.leave_time >= $2 AND p.leave_time < $3",
                                   {gate_id, day.from, day.until}))
          .front();
  auto count = [&](const char* column) { return static_cast<int>(row.Integer(column)); };
  return DailyCounters{.exported_perishable_count = count("perishable"),
                       .exported_other_count = count("other"),
                       .imported_count = count("imported"),
                       .manual_count = count("manual"),
                       .unauthorised_count = count("unauthorised"),
                       .paid_dong = row.Integer("paid")};
}

}  // namespace bordergate::report
