#include "libs/db/postgres_store.h"

#include <fmt/format.h>

#include "libs/core/reasons.h"

namespace bordergate::db {
namespace {

// Trucks wait for days, and so may a client's retry.
constexpr std::chrono::days kAnswersKeptFor{7};

}  // namespace

Result<std::optional<std::string>> FindAnswer(Transaction& transaction, const RequestKey& key) {
  // The same request arriving twice at one time: the second waits here for the first's answer.
  BG_TRY(transaction.Execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 1))",
                             {fmt::format("{} {} {}", key.caller, key.method, key.request_id)}));
  const Rows rows = BG_TRY(transaction.Execute(
      "SELECT digest, answer FROM request_log WHERE caller = $1 AND method = $2 AND request_id = $3",
      {key.caller, key.method, key.request_id}));
  if (rows.empty()) return std::optional<std::string>();
  if (rows.front().Bytes("digest") != key.digest) {
    return Error(kRequestIdReused,
                 "this request_id was used before with another request; a new change needs a new one");
  }
  return std::optional<std::string>(rows.front().Bytes("answer"));
}

Result<void> KeepAnswer(Transaction& transaction, const Clock& clock, const RequestKey& key,
                        std::string_view answer) {
  BG_TRY(
      transaction.Execute("INSERT INTO request_log (caller, method, request_id, digest, answer, keep_until) "
                          "VALUES ($1, $2, $3, $4, $5, $6)",
                          {key.caller, key.method, key.request_id, Bytes{key.digest}, Bytes{answer},
                           clock.Now() + kAnswersKeptFor}));
  // Each change clears away two that are over, so the table never needs a job of its own.
  BG_TRY(
      transaction.Execute("DELETE FROM request_log WHERE ctid = ANY (ARRAY(SELECT ctid FROM request_log "
                          "WHERE keep_until < $1 LIMIT 2 FOR UPDATE "
                          "SKIP LOCKED))",
                          {clock.Now()}));
  return {};
}

Result<void> AppendEvent(Transaction& transaction, const Clock& clock, const NewEvent& event) {
  const Rows rows = BG_TRY(transaction.Execute(
      "UPDATE event_head SET sequence = sequence + 1 RETURNING sequence, current_schema() AS schema"));
  const int64_t sequence = rows.front().Integer("sequence");
  BG_TRY(transaction.Execute(
      "INSERT INTO events (sequence, kind, actor, trace_id, event_time, body) VALUES ($1, $2, $3, $4, $5, "
      "$6)",
      {sequence, event.kind, event.actor, event.trace_id, clock.Now(), Bytes{event.body}}));
  BG_TRY(transaction.Execute("SELECT pg_notify('bordergate_events_' || $1, $2)",
                             {rows.front().Text("schema"), std::to_string(sequence)}));
  return {};
}

Result<int64_t> ReadAppliedSequence(Transaction& transaction, std::string_view source) {
  const Rows rows =
      BG_TRY(transaction.Execute("SELECT sequence FROM applied_sequence WHERE source = $1", {source}));
  return rows.empty() ? int64_t{0} : rows.front().Integer("sequence");
}

Result<int64_t> LockAppliedSequence(Transaction& transaction, std::string_view source) {
  BG_TRY(transaction.Execute(
      "INSERT INTO applied_sequence (source, sequence) VALUES ($1, 0) ON CONFLICT DO NOTHING", {source}));
  return BG_TRY(transaction.Execute("SELECT sequence FROM applied_sequence WHERE source = $1 FOR UPDATE",
                                    {source}))
      .front()
      .Integer("sequence");
}

Result<void> WriteAppliedSequence(Transaction& transaction, std::string_view source, int64_t sequence) {
  BG_TRY(
      transaction.Execute("INSERT INTO applied_sequence (source, sequence) VALUES ($1, $2) ON CONFLICT "
                          "(source) DO UPDATE SET sequence = $2",
                          {source, sequence}));
  return {};
}

}  // namespace bordergate::db
