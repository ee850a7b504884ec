// Sessions, tokens, and tries that failed.
#include "services/identity/store/names.h"
#include "services/identity/store/postgres_identity_store.h"
#include "services/identity/store/rows.h"

namespace bordergate::identity {
namespace {

using db::Rows;

Session ToSession(const db::Row& row) {
  return {.id = Id<Session>(row.Text("session_id")),
          .kind = SubjectKindOf(row.Text("subject_kind")),
          .subject_id = row.Text("subject_id"),
          .create_time = row.Time("create_time"),
          .last_used_time = row.Time("last_used_time"),
          .expire_time = row.OptionalTime("expire_time"),
          .last_expire_time = row.OptionalTime("last_expire_time")};
}

}  // namespace

Result<void> PostgresIdentityStore::AddSession(const Session& session, std::string_view token_digest,
                                               Instant over_before) {
  BG_TRY(transaction().Execute(
      "INSERT INTO sessions (session_id, token_digest, subject_kind, subject_id, create_time, "
      "last_used_time, "
      "expire_time, last_expire_time) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      {session.id, db::Bytes{token_digest}, NameOf(session.kind), session.subject_id, session.create_time,
       session.last_used_time, session.expire_time, session.last_expire_time}));
  // Each new one clears away four that are over, so the table never needs a job of its own.
  BG_TRY(
      transaction().Execute("DELETE FROM sessions WHERE session_id = ANY (ARRAY(SELECT session_id FROM "
                            "sessions WHERE expire_time < $1 "
                            "ORDER BY expire_time LIMIT 4 FOR UPDATE SKIP LOCKED))",
                            {over_before}));
  return {};
}

Result<std::optional<Bearer>> PostgresIdentityStore::FindBearer(std::string_view token_digest) {
  const Rows rows = BG_TRY(
      transaction().Execute("SELECT * FROM sessions WHERE token_digest = $1", {db::Bytes{token_digest}}));
  if (rows.empty()) return std::optional<Bearer>();
  Session session = ToSession(rows.front());
  std::optional<Subject> subject = BG_TRY(FindSubject(session));
  if (!subject) return std::optional<Bearer>();
  return std::optional(Bearer{.session = std::move(session), .subject = *std::move(subject)});
}

Result<std::optional<Subject>> PostgresIdentityStore::FindSubject(const Session& session) {
  std::optional<Subject> subject;
  switch (session.kind) {
    case SubjectKind::kPerson: {
      const Rows rows = BG_TRY(
          transaction().Execute("SELECT person_id, sign_in_name, display_name, array_to_string(roles, ',') "
                                "AS roles, enterprise_id, "
                                "array_to_string(gate_ids, ',') AS gate_ids, disable_time, create_time "
                                "FROM persons WHERE person_id = $1 AND disable_time IS NULL",
                                {session.subject_id}));
      if (!rows.empty()) subject = SubjectOf(ToPerson(rows.front()));
      break;
    }
    case SubjectKind::kApiClient: {
      const Rows rows = BG_TRY(
          transaction().Execute("SELECT * FROM api_clients WHERE api_client_id = $1 AND revoke_time IS NULL",
                                {session.subject_id}));
      if (!rows.empty()) subject = SubjectOf(ToApiClient(rows.front()));
      break;
    }
    case SubjectKind::kDevice: {
      const Rows rows = BG_TRY(transaction().Execute(
          "SELECT * FROM devices WHERE device_id = $1 AND revoke_time IS NULL", {session.subject_id}));
      if (!rows.empty()) subject = SubjectOf(ToDevice(rows.front()));
      break;
    }
  }
  return subject;
}

Result<void> PostgresIdentityStore::SaveUse(const Session& session) {
  BG_TRY(
      transaction().Execute("UPDATE sessions SET last_used_time = $2, expire_time = $3 WHERE session_id = $1 "
                            "AND last_used_time < $2",
                            {session.id, session.last_used_time, session.expire_time}));
  return {};
}

Result<bool> PostgresIdentityStore::EndSession(const Id<Session>& id) {
  return BG_TRY(transaction().Execute("DELETE FROM sessions WHERE session_id = $1", {id})).affected() > 0;
}

Result<std::vector<Id<Session>>> PostgresIdentityStore::EndSessionsOf(std::string_view subject_id,
                                                                      int keep_newest,
                                                                      const Id<Session>& except) {
  const Rows rows = BG_TRY(transaction().Execute(
      "DELETE FROM sessions WHERE session_id = ANY (ARRAY(SELECT session_id FROM sessions WHERE subject_id = "
      "$1 "
      "AND session_id <> $3 ORDER BY create_time DESC, session_id DESC OFFSET $2)) RETURNING session_id",
      {subject_id, keep_newest, except}));
  std::vector<Id<Session>> ended;
  for (const db::Row row : rows) ended.emplace_back(row.Text("session_id"));
  return ended;
}

Result<std::vector<Instant>> PostgresIdentityStore::LockTries(std::string_view name_digest, Instant since) {
  BG_TRY(transaction().Execute(
      "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || ' tries ' || encode($1, 'hex'), 0))",
      {db::Bytes{name_digest}}));
  const Rows rows = BG_TRY(transaction().Execute(
      "SELECT try_time FROM tries WHERE name_digest = $1 AND try_time > $2 ORDER BY try_time",
      {db::Bytes{name_digest}, since}));
  std::vector<Instant> times;
  for (const db::Row row : rows) times.push_back(row.Time("try_time"));
  return times;
}

Result<void> PostgresIdentityStore::AddTry(const Try& one, Instant over_before) {
  BG_TRY(transaction().Execute("INSERT INTO tries (try_id, name_digest, try_time) VALUES ($1, $2, $3)",
                               {one.id, db::Bytes{one.name_digest}, one.time}));
  BG_TRY(transaction().Execute(
      "DELETE FROM tries WHERE try_id = ANY (ARRAY(SELECT try_id FROM tries WHERE try_time < $1 "
      "ORDER BY try_time LIMIT 4 FOR UPDATE SKIP LOCKED))",
      {over_before}));
  return {};
}

Result<void> PostgresIdentityStore::RemoveTry(const Id<Try>& id) {
  BG_TRY(transaction().Execute("DELETE FROM tries WHERE try_id = $1", {id}));
  return {};
}

}  // namespace bordergate::identity
