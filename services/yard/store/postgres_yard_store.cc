// Gates, yards, plans and the order log. Tickets and trips: postgres_tickets.cc.
#include "services/yard/store/postgres_yard_store.h"

#include "libs/core/reasons.h"
#include "services/yard/domain/reasons.h"
#include "services/yard/store/names.h"

namespace bordergate::yard {
namespace {

using db::Row;
using db::Rows;

Yard ToYard(const Row& row) {
  return {.id = Id<Yard>(row.Text("yard_id")),
          .gate_id = row.Text("gate_id"),
          .title = row.Text("title"),
          .slot_count = static_cast<int>(row.Integer("slot_count")),
          .occupied_count = static_cast<int>(row.Integer("occupied_count"))};
}

HoldingPlan ToPlan(const Row& row) {
  return {.gate_id = row.Text("gate_id"),
          .version = static_cast<int>(row.Integer("version")),
          .called_max = static_cast<int>(row.Integer("called_max")),
          .call_valid = seconds(row.Integer("call_valid_s")),
          .perishable_of_ten = static_cast<int>(row.Integer("perishable_of_ten")),
          .cleared_only = row.Flag("cleared_only"),
          .fee_settled_only = row.Flag("fee_settled_only"),
          .author = row.Text("author"),
          .reason = row.Text("reason"),
          .create_time = row.Time("create_time")};
}

OrderEntry ToEntry(const Row& row) {
  return {.gate_id = row.Text("gate_id"),
          .position = row.Integer("position"),
          .time = row.Time("entry_time"),
          .kind = row.Text("kind"),
          .ticket_id = row.Text("ticket_id"),
          .number = row.Integer("number"),
          .details = ReadDetails(row.Text("details")),
          .actor = row.Text("actor"),
          .actor_name = row.Text("actor_name"),
          .reason = row.Text("reason"),
          .digest = row.Bytes("digest")};
}

GateHead ToHead(const Row& row) {
  return {.gate_id = row.Text("gate_id"),
          .last_number = row.Integer("last_number"),
          .calls_made = row.Integer("calls_made"),
          .log_position = row.Integer("log_position"),
          .log_digest = row.Bytes("log_digest")};
}

Result<Yard> OneYard(const Rows& rows) {
  if (rows.empty()) return Error(kYardNotFound, "there is no such yard");
  return ToYard(rows.front());
}

}  // namespace

Result<GateHead> PostgresYardStore::LockGate(const std::string& gate_id) {
  BG_TRY(
      transaction().Execute("INSERT INTO gates (gate_id, last_number, calls_made, log_position, log_digest) "
                            "VALUES ($1, 0, 0, 0, $2) "
                            "ON CONFLICT DO NOTHING",
                            {gate_id, db::Bytes{FirstDigest()}}));
  return ToHead(
      BG_TRY(transaction().Execute("SELECT * FROM gates WHERE gate_id = $1 FOR UPDATE", {gate_id})).front());
}

Result<void> PostgresYardStore::SaveGate(const GateHead& head) {
  BG_TRY(transaction().Execute(
      "UPDATE gates SET last_number = $2, calls_made = $3, log_position = $4, log_digest = $5 WHERE gate_id "
      "= $1",
      {head.gate_id, head.last_number, head.calls_made, head.log_position, db::Bytes{head.log_digest}}));
  return {};
}

Result<GateHead> PostgresYardStore::FindGate(const std::string& gate_id) {
  const Rows rows = BG_TRY(transaction().Execute("SELECT * FROM gates WHERE gate_id = $1", {gate_id}));
  return rows.empty() ? GateHead{.gate_id = gate_id} : ToHead(rows.front());
}

Result<std::vector<GateHead>> PostgresYardStore::ListGates() {
  const Rows rows = BG_TRY(transaction().Execute("SELECT * FROM gates ORDER BY gate_id"));
  std::vector<GateHead> heads;
  for (const Row row : rows) heads.push_back(ToHead(row));
  return heads;
}

Result<std::vector<std::string>> PostgresYardStore::ListGatesWithExpiredCalls(Instant now) {
  const Rows rows = BG_TRY(transaction().Execute(
      "SELECT DISTINCT gate_id FROM tickets WHERE state = 'called' AND call_expire_time <= $1", {now}));
  std::vector<std::string> ids;
  for (const Row row : rows) ids.push_back(row.Text("gate_id"));
  return ids;
}

Result<Yard> PostgresYardStore::FindYard(const Id<Yard>& id) {
  return OneYard(BG_TRY(transaction().Execute("SELECT * FROM yards WHERE yard_id = $1", {id})));
}

Result<Yard> PostgresYardStore::LockYard(const Id<Yard>& id) {
  return OneYard(BG_TRY(transaction().Execute("SELECT * FROM yards WHERE yard_id = $1 FOR UPDATE", {id})));
}

Result<void> PostgresYardStore::SaveYard(const Yard& yard) {
  BG_TRY(
      transaction().Execute("INSERT INTO yards (yard_id, gate_id, title, slot_count) VALUES ($1, $2, $3, $4) "
                            "ON CONFLICT (yard_id) DO UPDATE SET gate_id = $2, title = $3, slot_count = $4",
                            {yard.id, yard.gate_id, yard.title, yard.slot_count}));
  return {};
}

Result<PageOf<Yard>> PostgresYardStore::ListYards(const Page& page) {
  const Rows rows = BG_TRY(
      transaction().Execute("SELECT * FROM yards WHERE ($1 = '' OR yard_id > $1) ORDER BY yard_id LIMIT $2",
                            {page.after, page.size + 1}));
  return db::ToPage<Yard>(rows, page, ToYard, [](const Yard& yard) { return yard.id.value(); });
}

Result<void> PostgresYardStore::TakeSlot(const Id<Yard>& id) {
  const Rows rows =
      BG_TRY(transaction().Execute("UPDATE yards SET occupied_count = occupied_count + 1 WHERE yard_id = $1 "
                                   "AND occupied_count < slot_count",
                                   {id}));
  if (rows.affected() == 0) return Error(kYardFull, "every slot of the yard is taken");
  return {};
}

Result<void> PostgresYardStore::FreeSlot(const Id<Yard>& id) {
  BG_TRY(
      transaction().Execute("UPDATE yards SET occupied_count = occupied_count - 1 WHERE yard_id = $1", {id}));
  return {};
}

Result<HoldingPlan> PostgresYardStore::AddPlan(HoldingPlan plan) {
  const auto inserted = transaction().Execute(
      "INSERT INTO holding_plans (gate_id, version, called_max, call_valid_s, perishable_of_ten, "
      "cleared_only, "
      "fee_settled_only, author, reason, create_time) "
      "SELECT $1::text, coalesce(max(version), 0) + 1, $2::integer, $3::integer, $4::integer, $5::boolean, "
      "$6::boolean, $7::text, $8::text, $9::timestamptz FROM holding_plans WHERE gate_id = $1 RETURNING "
      "version",
      {plan.gate_id, plan.called_max, plan.call_valid.count(), plan.perishable_of_ten, plan.cleared_only,
       plan.fee_settled_only, plan.author, plan.reason, plan.create_time});
  BG_TRY(db::Stored(inserted, {{"holding_plans_version", Error(kConflict, "another version came first")}}));
  plan.version = static_cast<int>(inserted->front().Integer("version"));
  return plan;
}

Result<HoldingPlan> PostgresYardStore::CurrentPlan(const std::string& gate_id) {
  const Rows rows = BG_TRY(transaction().Execute(
      "SELECT * FROM holding_plans WHERE gate_id = $1 ORDER BY version DESC LIMIT 1", {gate_id}));
  if (rows.empty()) return HoldingPlan{.gate_id = gate_id};
  return ToPlan(rows.front());
}

Result<PageOf<HoldingPlan>> PostgresYardStore::ListPlans(std::string_view gate_id, const NumberPage& page) {
  const Rows rows = BG_TRY(transaction().Execute(
      "SELECT * FROM holding_plans WHERE ($1 = '' OR gate_id = $1) AND ($2::bigint = 0 OR plan_id < $2) "
      "ORDER BY plan_id DESC LIMIT $3",
      {gate_id, page.after, page.size + 1}));
  PageOf<HoldingPlan> plans;
  for (const Row row : rows) plans.items.push_back(ToPlan(row));
  if (plans.items.size() > static_cast<size_t>(page.size)) {
    plans.items.pop_back();
    plans.last_key = rows[plans.items.size() - 1].Text("plan_id");
  }
  return plans;
}

Result<void> PostgresYardStore::AddOrderEntry(const OrderEntry& entry) {
  BG_TRY(transaction().Execute(
      "INSERT INTO order_log (gate_id, position, entry_time, kind, ticket_id, number, details, actor, "
      "actor_name, "
      "reason, digest) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
      {entry.gate_id, entry.position, entry.time, entry.kind, entry.ticket_id, entry.number,
       DetailsText(entry.details), entry.actor, entry.actor_name, entry.reason, db::Bytes{entry.digest}}));
  return {};
}

Result<std::vector<OrderEntry>> PostgresYardStore::ReadOrderLog(const std::string& gate_id,
                                                                int64_t after_position, int count_max) {
  const Rows rows = BG_TRY(transaction().Execute(
      "SELECT * FROM order_log WHERE gate_id = $1 AND position > $2 ORDER BY position LIMIT $3",
      {gate_id, after_position, count_max}));
  std::vector<OrderEntry> entries;
  for (const Row row : rows) entries.push_back(ToEntry(row));
  return entries;
}

}  // namespace bordergate::yard
