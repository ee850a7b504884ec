#include "services/lane/store/sqlite_journal.h"

#include <utility>

#include <fmt/format.h>

#include "libs/core/check.h"
#include "libs/core/reasons.h"
#include "libs/plate/plate.h"
#include "services/lane/domain/reasons.h"
#include "services/lane/store/basis.h"
#include "services/lane/store/chain.h"

namespace bordergate::lane {
namespace {

int64_t Microseconds(Instant instant) { return instant.time_since_epoch().count(); }
Instant ToInstant(int64_t microseconds) { return Instant(std::chrono::microseconds(microseconds)); }

const char* EndName(OpeningEnd how) {
  switch (how) {
    case OpeningEnd::kWithdrawn:
      return "withdrawn";
    case OpeningEnd::kNotSent:
      return "not_sent";
    case OpeningEnd::kDidNotMove:
      return "did_not_move";
    case OpeningEnd::kWentBack:
      return "went_back";
    case OpeningEnd::kNotUsed:
      return "not_used";
    case OpeningEnd::kNotExecuted:
      return "not_executed";
  }
  return "";
}

}  // namespace

// Prepared once on the writing connection.
struct SqliteJournal::Statements {
  explicit Statements(Connection& writer)
      : event(writer, "INSERT INTO journal VALUES (?,?,?,?,?,?,?,?,?)"),
        opened(writer, "INSERT OR REPLACE INTO openings VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,0,?)"),
        entered(writer, "UPDATE openings SET entered=? WHERE decision_id=?"),
        loops(writer, "INSERT OR REPLACE INTO loops VALUES (?,?)"),
        close_opening(writer, "DELETE FROM openings WHERE decision_id=?"),
        ending(writer, "INSERT OR IGNORE INTO endings VALUES (?,?)"),
        passage(writer, "INSERT OR IGNORE INTO passages VALUES (?,?,?,?,?)"),
        answer(writer, "INSERT INTO answers VALUES (?,?,?,?,?,?,?)"),
        drop_answer(writer, "DELETE FROM answers WHERE decision_id=?"),
        mode(writer, "INSERT OR REPLACE INTO requested_modes VALUES (?,?,?,?)"),
        rule(writer, "INSERT INTO rules VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)"),
        crossed(writer, "INSERT OR REPLACE INTO crossings VALUES (?,?,?)") {}

  Statement event, opened, entered, loops, close_opening, ending, passage, answer, drop_answer, mode, rule,
      crossed;
};

SqliteJournal::SqliteJournal(Database& database)
    : database_(database), statements_(std::make_unique<Statements>(database.writer())) {
  database_.OnTransaction([this] { head_ = head_durable_; },
                          [this](bool committed) {
                            if (committed) head_durable_ = head_;
                            durable_sequence_ = head_durable_.sequence;
                          });
}

SqliteJournal::~SqliteJournal() = default;

Result<std::unique_ptr<SqliteJournal>> SqliteJournal::Open(Database& database) {
  std::unique_ptr<SqliteJournal> journal(new SqliteJournal(database));
  Head& head = journal->head_durable_;
  BG_TRY(database.Read([&](Connection& reader) -> Result<void> {
    Statement last(reader, "SELECT sequence, hash FROM journal ORDER BY sequence DESC LIMIT 1");
    if (BG_TRY(last.Step())) head = {last.Integer(0), last.Text(1)};
    return {};
  }));
  journal->durable_sequence_ = journal->announced_sequence_ = head.sequence;
  return journal;
}

Result<void> SqliteJournal::Append(const Record& record) {
  return database_.Change([&] { return Write(record); });
}

Result<void> SqliteJournal::Write(const Record& record) {
  const Head before = head_;
  const Result<void> written = [&]() -> Result<void> {
    // A passage that is there already was written by a try whose answer was lost.
    if (record.passage && !BG_TRY(WritePassage(*record.passage))) return {};
    for (const JournalEvent& event : record.events) BG_TRY(WriteEvent(event));
    if (record.opened) BG_TRY(WriteOpened(*record.opened));
    if (record.entered) {
      BG_TRY(statements_->entered.Bind(record.entered->entered, record.entered->decision_id.value()).Run());
    }
    if (record.loops) BG_TRY(statements_->loops.Bind(record.loops->lane_id, record.loops->proved).Run());
    if (record.closed) {
      BG_TRY(statements_->close_opening.Bind(record.closed->decision_id.value()).Run());
      BG_TRY(statements_->ending.Bind(record.closed->decision_id.value(), EndName(record.closed->how)).Run());
      // Nothing was sent: the same request may try again.
      const bool nothing =
          record.closed->how == OpeningEnd::kWithdrawn || record.closed->how == OpeningEnd::kNotSent;
      if (nothing) BG_TRY(statements_->drop_answer.Bind(record.closed->decision_id.value()).Run());
    }
    if (record.mode) {
      const RequestedMode& mode = *record.mode;
      BG_TRY(statements_->mode.Bind(mode.lane_id, static_cast<int>(mode.mode), mode.by, mode.reason).Run());
    }
    if (record.rule) BG_TRY(WriteRule(*record.rule));
    if (record.answer) {
      BG_TRY(WriteAnswer(*record.answer, record.opened ? record.opened->decision.id.value() : std::string()));
    }
    return {};
  }();
  if (!written) head_ = before;
  return written;
}

Result<void> SqliteJournal::WriteEvent(const JournalEvent& event) {
  const ChainedRow row{head_.sequence + 1,       event.kind, event.lane_id, event.actor, event.trace_id,
                       Microseconds(event.time), event.body, event.basis};
  std::string hash = ChainHash(head_.hash, row);
  BG_TRY(statements_->event
             .Bind(row.sequence, row.kind, row.lane_id, row.actor, row.trace_id, row.time_us,
                   Statement::Blob(row.body), row.basis, Statement::Blob(hash))
             .Run());
  head_ = {row.sequence, std::move(hash)};
  return {};
}

Result<bool> SqliteJournal::WritePassage(const Passage& passage) {
  std::optional<std::string> decision_id;
  if (!passage.decision_id.empty()) decision_id = passage.decision_id.value();
  BG_TRY(statements_->passage
             .Bind(passage.id.value(), passage.lane_id, decision_id, passage.trip_id,
                   Microseconds(passage.leave_time))
             .Run());
  if (database_.writer().changes() == 0) return false;
  if (!passage.plate.empty()) {
    BG_TRY(statements_->crossed
               .Bind(PlateKey(passage.plate), static_cast<int>(passage.direction),
                     Microseconds(passage.leave_time))
               .Run());
  }
  if (decision_id) {
    BG_TRY(statements_->close_opening.Bind(*decision_id).Run());
    BG_TRY(statements_->ending.Bind(*decision_id, "passed").Run());
  }
  return true;
}

Result<void> SqliteJournal::WriteOpened(const Record::Opened& opened) {
  const Decision& decision = opened.decision;
  return statements_->opened
      .Bind(decision.lane_id, decision.id.value(), decision.session_id, decision.trip_id, decision.ticket_id,
            decision.plate, decision.decided_by, decision.decided_by_name, decision.evidence_id,
            Microseconds(decision.decide_time), Microseconds(decision.expire_time),
            Microseconds(opened.arrive_time), decision.rule_version, decision.weight_kg)
      .Run();
}

Result<void> SqliteJournal::WriteAnswer(const KeptAnswer& answer, const std::string& decision_id) {
  return statements_->answer
      .Bind(answer.key.caller, answer.key.method, answer.key.request_id, Statement::Blob(answer.key.digest),
            Statement::Blob(answer.answer), decision_id, Microseconds(answer.time))
      .Run();
}

Result<void> SqliteJournal::WriteRule(const CheckpointRule& rule) {
  return statements_->rule
      .Bind(rule.checkpoint_id, rule.version, rule.cleared_required, rule.fee_required, rule.call_required,
            rule.confidence_min, rule.author, rule.reason, Microseconds(rule.create_time),
            rule.permit_required, rule.stay_max_h, HoursText(rule.opening_hours), rule.weight_tolerance_kg)
      .Run();
}

void SqliteJournal::Announce() {
  {
    const std::lock_guard lock(announce_mutex_);
    announced_sequence_ = durable_sequence_;
  }
  announced_.notify_all();
}

int64_t SqliteJournal::WaitBeyond(int64_t sequence, milliseconds at_most) {
  std::unique_lock lock(announce_mutex_);
  announced_.wait_for(lock, at_most, [&] { return announced_sequence_ > sequence; });
  return durable_sequence_;
}

Result<std::optional<std::string>> SqliteJournal::FindAnswer(const RequestKey& key) {
  std::optional<std::string> answer;
  BG_TRY(database_.Read([&](Connection& reader) -> Result<void> {
    Statement find(reader, "SELECT digest, answer FROM answers WHERE caller=? AND method=? AND request_id=?");
    find.Bind(key.caller, key.method, key.request_id);
    if (!BG_TRY(find.Step())) return {};
    if (find.Text(0) != key.digest) {
      return Error(kRequestIdReused, "this request_id was used before with another request");
    }
    answer = find.Text(1);
    return {};
  }));
  return answer;
}

Result<std::vector<StoredEvent>> SqliteJournal::ReadAfter(int64_t after_sequence, int count_max) {
  std::vector<StoredEvent> events;
  BG_TRY(database_.Read([&](Connection& reader) -> Result<void> {
    Statement find(reader,
                   "SELECT sequence, kind, actor, trace_id, time_us, body FROM journal WHERE sequence > ? "
                   "ORDER BY sequence LIMIT ?");
    find.Bind(after_sequence, count_max);
    while (BG_TRY(find.Step())) {
      events.push_back({find.Integer(0), find.Text(1), find.Text(2), find.Text(3), ToInstant(find.Integer(4)),
                        find.Text(5)});
    }
    return {};
  }));
  return events;
}

Result<LaneStart> SqliteJournal::Load(const std::string& lane_id, Instant midnight) {
  LaneStart start;
  start.requested.lane_id = lane_id;
  BG_TRY(database_.Read([&](Connection& reader) -> Result<void> {
    Statement opening(reader, "SELECT * FROM openings WHERE lane_id=?");
    opening.Bind(lane_id);
    if (BG_TRY(opening.Step())) {
      Decision decision;
      decision.lane_id = lane_id;
      decision.id = Id<Decision>(opening.Text(1));
      decision.session_id = opening.Text(2);
      decision.verdict.outcome = Outcome::kOpen;
      decision.trip_id = opening.Text(3);
      decision.ticket_id = opening.Text(4);
      decision.plate = opening.Text(5);
      decision.decided_by = opening.Text(6);
      decision.decided_by_name = opening.Text(7);
      decision.evidence_id = opening.Text(8);
      decision.decide_time = ToInstant(opening.Integer(9));
      decision.expire_time = ToInstant(opening.Integer(10));
      decision.rule_version = static_cast<int>(opening.Integer(12));
      decision.weight_kg = static_cast<int>(opening.Integer(14));
      start.memory.last_decision = decision;
      start.memory.opening = {decision, ToInstant(opening.Integer(11)), opening.Integer(13) != 0};
    }
    Statement loops(reader, "SELECT proved FROM loops WHERE lane_id=?");
    loops.Bind(lane_id);
    if (BG_TRY(loops.Step())) start.memory.loops_unproved = loops.Integer(0) == 0;
    Statement mode(reader, "SELECT mode, set_by, reason FROM requested_modes WHERE lane_id=?");
    mode.Bind(lane_id);
    if (BG_TRY(mode.Step())) {
      start.requested = {lane_id, static_cast<Mode>(mode.Integer(0)), mode.Text(1), mode.Text(2)};
    }
    Statement count(reader, "SELECT count(*) FROM passages WHERE lane_id=? AND leave_us >= ?");
    count.Bind(lane_id, Microseconds(midnight));
    if (BG_TRY(count.Step())) start.passages_today = static_cast<int>(count.Integer(0));
    return {};
  }));
  return start;
}

Result<std::vector<CheckpointRule>> SqliteJournal::LoadRules() {
  std::vector<CheckpointRule> rules;
  BG_TRY(database_.Read([&](Connection& reader) -> Result<void> {
    // SQLite gives the other columns of the row that has the maximum.
    Statement find(reader,
                   "SELECT checkpoint_id, max(version), cleared_required, fee_required, call_required, "
                   "confidence_min, author, reason, create_us, permit_required, stay_max_h, opening_hours, "
                   "weight_tolerance_kg FROM rules "
                   "GROUP BY checkpoint_id");
    while (BG_TRY(find.Step())) {
      rules.push_back({find.Text(0), static_cast<int>(find.Integer(1)), find.Integer(2) != 0,
                       find.Integer(3) != 0, find.Integer(4) != 0, find.Number(5), find.Text(6), find.Text(7),
                       ToInstant(find.Integer(8)), find.Integer(9) != 0, static_cast<int>(find.Integer(10)),
                       ParseHours(find.Text(11)).value_or(std::vector<OpeningHours>()),
                       static_cast<int>(find.Integer(12))});
    }
    return {};
  }));
  return rules;
}

Result<std::vector<DecisionArchive::Kept>> SqliteJournal::ReadDecisions(Instant begin, Instant end,
                                                                        int64_t after_sequence,
                                                                        int count_max) {
  std::vector<Kept> decisions;
  BG_TRY(database_.Read([&](Connection& reader) -> Result<void> {
    Statement find(
        reader,
        "SELECT sequence, body, basis FROM journal INDEXED BY decisions_by_time WHERE kind = 'decision.made' "
        "AND time_us >= ? AND time_us < ? AND sequence > ? ORDER BY sequence LIMIT ?");
    find.Bind(Microseconds(begin), Microseconds(end), after_sequence, count_max);
    while (BG_TRY(find.Step())) {
      Kept kept{find.Integer(0), find.Text(1), PastDecision()};
      if (!ReadBasis(find.Text(2), *kept.made_of)) kept.made_of.reset();
      decisions.push_back(std::move(kept));
    }
    return {};
  }));
  return decisions;
}

Result<int64_t> SqliteJournal::Verify() {
  int64_t count = 0;
  BG_TRY(database_.Read([&](Connection& reader) -> Result<void> {
    count = BG_TRY(VerifyChain(reader));
    return {};
  }));
  return count;
}

Result<void> SqliteJournal::PruneAnswers(Instant before) {
  return database_.Change([&]() -> Result<void> {
    Statement prune(database_.writer(), "DELETE FROM answers WHERE time_us < ?");
    return prune.Bind(Microseconds(before)).Run();
  });
}

}  // namespace bordergate::lane
