#include "services/exchange/store/postgres_exchange_store.h"

#include <nlohmann/json.hpp>

namespace bordergate::exchange {
namespace {

using db::Row;
using db::Rows;
using nlohmann::json;

std::string ToJson(const std::vector<Clause>& clauses) {
  json list = json::array();
  for (const Clause& clause : clauses)
    list.push_back({{"event_kind", clause.event_kind}, {"fields", clause.fields}});
  return list.dump();
}

std::vector<Clause> FromJson(const std::string& text) {
  std::vector<Clause> clauses;
  for (const json& item : json::parse(text)) {
    clauses.push_back({.event_kind = item.at("event_kind"), .fields = item.at("fields")});
  }
  return clauses;
}

Agreement ToAgreement(const Row& row) {
  return {.partner_id = row.Text("partner_id"),
          .version = static_cast<int>(row.Integer("version")),
          .title = row.Text("title"),
          .clauses = FromJson(row.Text("clauses")),
          .author = row.Text("author"),
          .reason = row.Text("reason"),
          .create_time = row.Time("create_time")};
}

Message ToMessage(const Row& row) {
  return {.sequence = row.Integer("sequence"),
          .event_kind = row.Text("event_kind"),
          .event_time = row.Time("event_time"),
          .agreement_version = static_cast<int>(row.Integer("agreement_version")),
          .payload = row.Text("payload"),
          .digest = row.Text("digest")};
}

}  // namespace

Result<int> PostgresExchangeStore::AddAgreement(const Agreement& agreement) {
  BG_TRY(transaction().Execute("INSERT INTO partners (partner_id) VALUES ($1) ON CONFLICT DO NOTHING",
                               {agreement.partner_id}));
  BG_TRY(transaction().Execute("SELECT 1 FROM partners WHERE partner_id = $1 FOR UPDATE",
                               {agreement.partner_id}));
  const Rows rows = BG_TRY(transaction().Execute(
      "INSERT INTO agreements (partner_id, version, title, clauses, author, reason, create_time) "
      "SELECT $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5, $6 FROM agreements WHERE partner_id = $1 "
      "RETURNING version",
      {agreement.partner_id, agreement.title, ToJson(agreement.clauses), agreement.author, agreement.reason,
       agreement.create_time}));
  return static_cast<int>(rows.front().Integer("version"));
}

Result<std::vector<Agreement>> PostgresExchangeStore::CurrentAgreements() {
  const Rows rows = BG_TRY(transaction().Execute(
      "SELECT DISTINCT ON (partner_id) * FROM agreements ORDER BY partner_id, version DESC"));
  std::vector<Agreement> agreements;
  for (const Row row : rows) agreements.push_back(ToAgreement(row));
  return agreements;
}

Result<PageOf<Agreement>> PostgresExchangeStore::ListAgreements(const std::optional<std::string>& partner_id,
                                                                const Page& page) {
  const Rows rows =
      BG_TRY(transaction().Execute("SELECT DISTINCT ON (partner_id) * FROM agreements WHERE ($1::text IS "
                                   "NULL OR partner_id = $1) AND partner_id > $2 "
                                   "ORDER BY partner_id, version DESC LIMIT $3",
                                   {partner_id, page.after, page.size + 1}));
  std::vector<Agreement> agreements;
  for (const Row row : rows) agreements.push_back(ToAgreement(row));
  return CutPage(std::move(agreements), page,
                 [](const Agreement& agreement) { return agreement.partner_id; });
}

Result<void> PostgresExchangeStore::AddMessage(const std::string& partner_id, Message message) {
  const Rows rows =
      BG_TRY(transaction().Execute("UPDATE partners SET last_sequence = last_sequence + 1 WHERE partner_id = "
                                   "$1 RETURNING last_sequence, last_digest",
                                   {partner_id}));
  message.sequence = rows.front().Integer("last_sequence");
  message.digest = ChainDigest(rows.front().Text("last_digest"), message);
  BG_TRY(
      transaction().Execute("INSERT INTO messages (partner_id, sequence, event_kind, event_time, "
                            "agreement_version, payload, digest) "
                            "VALUES ($1, $2, $3, $4, $5, $6, $7)",
                            {partner_id, message.sequence, message.event_kind, message.event_time,
                             message.agreement_version, message.payload, message.digest}));
  BG_TRY(transaction().Execute("UPDATE partners SET last_digest = $2 WHERE partner_id = $1",
                               {partner_id, message.digest}));
  return {};
}

Result<std::vector<Message>> PostgresExchangeStore::ReadMessages(const std::string& partner_id,
                                                                 int64_t after_sequence, int count_max) {
  const Rows rows = BG_TRY(transaction().Execute(
      "SELECT * FROM messages WHERE partner_id = $1 AND sequence > $2 ORDER BY sequence LIMIT $3",
      {partner_id, after_sequence, count_max}));
  std::vector<Message> messages;
  for (const Row row : rows) messages.push_back(ToMessage(row));
  return messages;
}

Result<int64_t> PostgresExchangeStore::LastSequence(const std::string& partner_id) {
  const Rows rows =
      BG_TRY(transaction().Execute("SELECT last_sequence FROM partners WHERE partner_id = $1", {partner_id}));
  return rows.empty() ? int64_t{0} : rows.front().Integer("last_sequence");
}

Result<int64_t> PostgresExchangeStore::Acknowledge(const std::string& partner_id, int64_t up_to_sequence) {
  const Rows rows = BG_TRY(transaction().Execute(
      "UPDATE partners SET acknowledged_sequence = greatest(acknowledged_sequence, $2) WHERE partner_id = $1 "
      "RETURNING acknowledged_sequence",
      {partner_id, up_to_sequence}));
  return rows.empty() ? int64_t{0} : rows.front().Integer("acknowledged_sequence");
}

}  // namespace bordergate::exchange
