// The part of PostgresYardStore that keeps tickets and what is known of their trips.
#include "libs/db/text_array.h"
#include "services/yard/domain/reasons.h"
#include "services/yard/store/names.h"
#include "services/yard/store/postgres_yard_store.h"

namespace bordergate::yard {
namespace {

using db::Row;
using db::Rows;
using db::ToArray;
using db::ValueOf;

TripFacts ToFacts(const Row& row) {
  return {.trip_id = Id<Trip>(row.Text("trip_id")),
          .enterprise_id = Id<Enterprise>(row.Text("enterprise_id")),
          .gate_id = row.Text("gate_id"),
          .plate_key = row.Text("plate_key"),
          .perishable = row.Flag("perishable"),
          .state = ValueOf<TripState>(kTripStateNames, row.Text("state")),
          .fee_settled = row.Flag("fee_settled")};
}

Ticket ToTicket(const Row& row) {
  Ticket ticket{.id = Id<Ticket>(row.Text("ticket_id")),
                .trip_id = Id<Trip>(row.Text("trip_id")),
                .yard_id = Id<Yard>(row.Text("yard_id")),
                .gate_id = row.Text("gate_id"),
                .enterprise_id = Id<Enterprise>(row.Text("enterprise_id")),
                .number = row.Integer("number"),
                .state = ValueOf<TicketState>(kTicketStateNames, row.Text("state")),
                .perishable = row.Flag("perishable"),
                .check_in_time = row.Time("check_in_time"),
                .call_time = row.OptionalTime("call_time"),
                .call_expire_time = row.OptionalTime("call_expire_time"),
                .pass_time = row.OptionalTime("pass_time"),
                .call_count = static_cast<int>(row.Integer("call_count")),
                .missed_count = static_cast<int>(row.Integer("missed_count"))};
  if (!row.IsNull("wait")) ticket.wait = ValueOf<Wait>(kWaitNames, row.Text("wait"));
  return ticket;
}

Ticket ToTicketWithPlace(const Row& row) {
  Ticket ticket = ToTicket(row);
  ticket.ahead_count = static_cast<int>(row.Integer("ahead_count"));
  return ticket;
}

std::vector<Ticket> ToTickets(const Rows& rows) {
  std::vector<Ticket> tickets;
  for (const Row row : rows) tickets.push_back(ToTicket(row));
  return tickets;
}

std::optional<std::string_view> WaitName(const std::optional<Wait>& wait) {
  if (!wait) return std::nullopt;
  return db::NameOf(kWaitNames, *wait);
}

std::optional<TripFacts> FirstFacts(const Rows& rows) {
  if (rows.empty()) return std::nullopt;
  return ToFacts(rows.front());
}

}  // namespace

Result<void> PostgresYardStore::SaveTrip(const TripFacts& facts) {
  BG_TRY(transaction().Execute(
      "INSERT INTO trips (trip_id, is_known, enterprise_id, gate_id, plate_key, perishable, state) "
      "VALUES ($1, true, $2, $3, $4, $5, $6) ON CONFLICT (trip_id) DO UPDATE SET is_known = true, "
      "enterprise_id = $2, gate_id = $3, plate_key = $4, perishable = $5, "
      "state = CASE WHEN trips.state = 'crossed' THEN 'crossed' ELSE $6 END",
      {facts.trip_id, facts.enterprise_id, facts.gate_id, facts.plate_key, facts.perishable,
       db::NameOf(kTripStateNames, facts.state)}));
  return {};
}

Result<void> PostgresYardStore::SaveFee(const Id<Trip>& trip_id, bool settled) {
  BG_TRY(transaction().Execute(
      "INSERT INTO trips (trip_id, fee_settled) VALUES ($1, $2) ON CONFLICT (trip_id) DO UPDATE SET "
      "fee_settled = $2",
      {trip_id, settled}));
  return {};
}

Result<void> PostgresYardStore::MarkCrossed(const Id<Trip>& trip_id) {
  BG_TRY(transaction().Execute(
      "INSERT INTO trips (trip_id, state) VALUES ($1, 'crossed') ON CONFLICT (trip_id) DO UPDATE SET "
      "state = 'crossed'",
      {trip_id}));
  return {};
}

Result<std::optional<TripFacts>> PostgresYardStore::FindTrip(const Id<Trip>& id) {
  return FirstFacts(
      BG_TRY(transaction().Execute("SELECT * FROM trips WHERE trip_id = $1 AND is_known", {id})));
}

Result<std::optional<TripFacts>> PostgresYardStore::FindOpenTrip(const std::string& gate_id,
                                                                 std::string_view plate_key) {
  return FirstFacts(
      BG_TRY(transaction().Execute("SELECT * FROM trips WHERE gate_id = $1 AND plate_key = $2 AND state IN "
                                   "('declared', 'held', 'cleared') "
                                   "AND is_known ORDER BY trip_id DESC LIMIT 1",
                                   {gate_id, plate_key})));
}

Result<void> PostgresYardStore::AddTicket(const Ticket& ticket) {
  BG_TRY(transaction().Execute(
      "INSERT INTO tickets (ticket_id, trip_id, yard_id, gate_id, enterprise_id, number, state, wait, "
      "perishable, "
      "check_in_time, call_time, call_expire_time, pass_time, call_count, missed_count) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
      {ticket.id, ticket.trip_id, ticket.yard_id, ticket.gate_id, ticket.enterprise_id, ticket.number,
       db::NameOf(kTicketStateNames, ticket.state), WaitName(ticket.wait), ticket.perishable,
       ticket.check_in_time, ticket.call_time, ticket.call_expire_time, ticket.pass_time, ticket.call_count,
       ticket.missed_count}));
  return {};
}

Result<void> PostgresYardStore::SaveTicket(const Ticket& ticket) {
  BG_TRY(transaction().Execute(
      "UPDATE tickets SET number = $2, state = $3, wait = $4, call_time = $5, call_expire_time = $6, "
      "pass_time = $7, "
      "call_count = $8, missed_count = $9 WHERE ticket_id = $1",
      {ticket.id, ticket.number, db::NameOf(kTicketStateNames, ticket.state), WaitName(ticket.wait),
       ticket.call_time, ticket.call_expire_time, ticket.pass_time, ticket.call_count, ticket.missed_count}));
  return {};
}

Result<Ticket> PostgresYardStore::FindTicket(const Id<Ticket>& id) {
  const Rows rows = BG_TRY(transaction().Execute(
      "SELECT tickets.*, count_ahead(tickets) AS ahead_count FROM tickets WHERE ticket_id = $1", {id}));
  if (rows.empty()) return Error(kTicketNotFound, "there is no such ticket");
  return ToTicketWithPlace(rows.front());
}

Result<std::optional<Ticket>> PostgresYardStore::FindTicketOfTrip(const Id<Trip>& trip_id) {
  const Rows rows =
      BG_TRY(transaction().Execute("SELECT * FROM tickets WHERE trip_id = $1 ORDER BY state IN ('waiting', "
                                   "'called') DESC, number DESC LIMIT 1",
                                   {trip_id}));
  if (rows.empty()) return std::optional<Ticket>();
  return std::optional(ToTicket(rows.front()));
}

Result<std::vector<Ticket>> PostgresYardStore::ListWaiting(const std::string& gate_id) {
  return ToTickets(BG_TRY(transaction().Execute(
      "SELECT * FROM tickets WHERE gate_id = $1 AND state = 'waiting' ORDER BY number", {gate_id})));
}

Result<std::vector<Ticket>> PostgresYardStore::ListFirstReady(const std::string& gate_id, int count) {
  return ToTickets(BG_TRY(transaction().Execute(
      "SELECT * FROM tickets WHERE ticket_id IN ("
      "(SELECT ticket_id FROM tickets WHERE gate_id = $1 AND wait = 'turn' AND perishable ORDER BY number "
      "LIMIT $2) "
      "UNION "
      "(SELECT ticket_id FROM tickets WHERE gate_id = $1 AND wait = 'turn' ORDER BY number LIMIT $2)) "
      "ORDER BY number",
      {gate_id, count})));
}

Result<std::vector<Ticket>> PostgresYardStore::ListExpiredCalls(const std::string& gate_id, Instant now) {
  return ToTickets(BG_TRY(transaction().Execute(
      "SELECT * FROM tickets WHERE gate_id = $1 AND state = 'called' AND call_expire_time <= $2 "
      "ORDER BY call_expire_time, number",
      {gate_id, now})));
}

Result<int> PostgresYardStore::CountCalled(const std::string& gate_id) {
  return static_cast<int>(
      BG_TRY(transaction().Execute(
                 "SELECT count(*) AS count FROM tickets WHERE gate_id = $1 AND state = 'called'", {gate_id}))
          .front()
          .Integer("count"));
}

Result<std::vector<Ticket>> PostgresYardStore::ListTickets(const TicketFilter& filter,
                                                           const TicketPage& page) {
  std::optional<std::string_view> state;
  if (filter.state) state = db::NameOf(kTicketStateNames, *filter.state);
  const Rows rows = BG_TRY(transaction().Execute(
      "SELECT tickets.*, count_ahead(tickets) AS ahead_count FROM tickets WHERE ($1::text IS NULL OR "
      "enterprise_id = $1) "
      "AND ($2::text[] = '{}' OR gate_id = ANY ($2::text[])) AND ($3 = '' OR gate_id = $3) "
      "AND ($4::text IS NULL OR state = $4) AND ($5 = '' OR trip_id = $5) "
      "AND ($6 = '' OR (gate_id, number) > ($6, $7::bigint)) ORDER BY gate_id, number LIMIT $8",
      {filter.viewer.enterprise_id, ToArray(filter.viewer.gate_ids), filter.gate_id, state, filter.trip_id,
       page.after.gate_id, page.after.number, page.size + 1}));
  std::vector<Ticket> tickets;
  for (const Row row : rows) tickets.push_back(ToTicketWithPlace(row));
  return tickets;
}

}  // namespace bordergate::yard
