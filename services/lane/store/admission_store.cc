#include "services/lane/store/admission_store.h"

#include "libs/core/text.h"

namespace bordergate::lane {
namespace {

// Facts go into memory in pieces, so that no lane waits for the lock.
constexpr size_t kLoadPiece = 1000;

int64_t Microseconds(Instant instant) { return instant.time_since_epoch().count(); }
Instant ToInstant(int64_t microseconds) { return Instant(std::chrono::microseconds(microseconds)); }

// Step ids hold no comma (customs: a to z, digits, underscore).
std::string Join(const std::vector<std::string>& ids) {
  std::string text;
  for (const std::string& id : ids) text += (text.empty() ? "" : ",") + id;
  return text;
}

std::vector<std::string> SplitIds(const std::string& text) {
  std::vector<std::string> ids;
  if (text.empty()) return ids;
  for (const std::string_view id : Split(text, ',')) ids.emplace_back(id);
  return ids;
}

TripFacts ReadTrip(const Statement& row) {
  TripFacts trip;
  trip.trip_id = row.Text(0);
  trip.gate_id = row.Text(1);
  trip.direction = static_cast<Direction>(row.Integer(2));
  trip.plate = row.Text(3);
  trip.key = row.Text(4);
  trip.trailer_key = row.Text(5);
  trip.state = static_cast<TripFacts::State>(row.Integer(6));
  trip.steps_missing = SplitIds(row.Text(7));
  trip.steps_held = SplitIds(row.Text(8));
  trip.update_time = ToInstant(row.Integer(9));
  return trip;
}

}  // namespace

struct AdmissionStore::Statements {
  explicit Statements(Connection& writer)
      : trip(writer, "INSERT OR REPLACE INTO trips VALUES (?,?,?,?,?,?,?,?,?,?)"),
        fee(writer, "INSERT OR REPLACE INTO fees VALUES (?,?,?)"),
        // As AdmissionTable::Apply: a closed ticket of the past does not hide the trip's new one.
        ticket(writer,
               "INSERT INTO tickets VALUES (?1,?2,?3,?4,?5) ON CONFLICT (trip_id) DO UPDATE SET "
               "ticket_id=?2, state=?3, "
               "call_expire_us=?4, update_us=?5 WHERE ticket_id=?2 OR ?3 <> 3"),
        watch(writer, "INSERT OR REPLACE INTO watch_list VALUES (?,?,?,?)"),
        unwatch(writer, "DELETE FROM watch_list WHERE entry_id=?"),
        sequence(writer, "INSERT OR REPLACE INTO applied_sequences VALUES (?,?,?)"),
        heard(writer, "UPDATE applied_sequences SET heard_us=? WHERE source=?") {}

  Statement trip, fee, ticket, watch, unwatch, sequence, heard;
};

AdmissionStore::AdmissionStore(Database& database)
    : database_(database), statements_(std::make_unique<Statements>(database.writer())) {
  static_assert(static_cast<int>(TicketFacts::State::kClosed) == 3, "as in the statement above");
}

AdmissionStore::~AdmissionStore() = default;

Result<int64_t> AdmissionStore::AppliedSequence(const std::string& source) {
  int64_t sequence = 0;
  BG_TRY(database_.Read([&](Connection& reader) -> Result<void> {
    Statement find(reader, "SELECT sequence FROM applied_sequences WHERE source=?");
    find.Bind(source);
    if (BG_TRY(find.Step())) sequence = find.Integer(0);
    return {};
  }));
  return sequence;
}

Result<void> AdmissionStore::Apply(const std::string& source, std::span<const AdmissionChange> changes,
                                   int64_t sequence, Instant heard) {
  return database_.Change([&]() -> Result<void> {
    for (const AdmissionChange& change : changes) BG_TRY(Write(change));
    return statements_->sequence.Bind(source, sequence, Microseconds(heard)).Run();
  });
}

Result<void> AdmissionStore::NoteHeard(const std::string& source, Instant heard) {
  return database_.Change([&] { return statements_->heard.Bind(Microseconds(heard), source).Run(); });
}

Result<void> AdmissionStore::Write(const AdmissionChange& change) {
  if (const auto* trip = std::get_if<TripFacts>(&change)) {
    return statements_->trip
        .Bind(trip->trip_id, trip->gate_id, static_cast<int>(trip->direction), trip->plate, trip->key,
              trip->trailer_key, static_cast<int>(trip->state), Join(trip->steps_missing),
              Join(trip->steps_held), Microseconds(trip->update_time))
        .Run();
  }
  if (const auto* fee = std::get_if<FeeFacts>(&change)) {
    return statements_->fee.Bind(fee->trip_id, fee->settled, Microseconds(fee->update_time)).Run();
  }
  if (const auto* ticket = std::get_if<TicketFacts>(&change)) {
    return statements_->ticket
        .Bind(ticket->trip_id, ticket->ticket_id, static_cast<int>(ticket->state),
              Microseconds(ticket->call_expire_time), Microseconds(ticket->update_time))
        .Run();
  }
  const auto& watch = std::get<WatchFacts>(change);
  if (!watch.in_force) return statements_->unwatch.Bind(watch.entry_id).Run();
  return statements_->watch.Bind(watch.entry_id, watch.plate, watch.key, watch.cause).Run();
}

Result<void> AdmissionStore::Load(SharedAdmission& admission, CentreInputs& centre, Instant passed_since) {
  return database_.Read([&](Connection& reader) -> Result<void> {
    std::vector<AdmissionChange> piece;
    const auto flush = [&](size_t at_least) {
      if (piece.size() < at_least || piece.empty()) return;
      admission.Apply(piece);
      piece.clear();
    };
    // The watch list first: a lane that decides meanwhile knows whom to stop.
    Statement watched(reader, "SELECT entry_id, plate, plate_key, cause FROM watch_list");
    while (BG_TRY(watched.Step())) {
      piece.push_back(WatchFacts{watched.Text(0), watched.Text(1), watched.Text(2), watched.Text(3), true});
      flush(kLoadPiece);
    }
    Statement trips(reader, "SELECT * FROM trips");
    while (BG_TRY(trips.Step())) {
      piece.push_back(ReadTrip(trips));
      flush(kLoadPiece);
    }
    Statement fees(reader, "SELECT trip_id, settled, update_us FROM fees");
    while (BG_TRY(fees.Step())) {
      piece.push_back(FeeFacts{fees.Text(0), fees.Integer(1) != 0, ToInstant(fees.Integer(2))});
      flush(kLoadPiece);
    }
    Statement tickets(reader, "SELECT trip_id, ticket_id, state, call_expire_us, update_us FROM tickets");
    while (BG_TRY(tickets.Step())) {
      piece.push_back(TicketFacts{tickets.Text(1), tickets.Text(0),
                                  static_cast<TicketFacts::State>(tickets.Integer(2)),
                                  ToInstant(tickets.Integer(3)), ToInstant(tickets.Integer(4))});
      flush(kLoadPiece);
    }
    flush(1);
    Statement passed(reader, "SELECT trip_id, leave_us FROM passages WHERE trip_id <> '' AND leave_us >= ?");
    passed.Bind(Microseconds(passed_since));
    while (BG_TRY(passed.Step())) admission.Passed(passed.Text(0), ToInstant(passed.Integer(1)));
    Statement heard(reader, "SELECT source, heard_us FROM applied_sequences");
    while (BG_TRY(heard.Step())) {
      const std::string source = heard.Text(0);
      const Instant time = ToInstant(heard.Integer(1));
      if (source == "customs") centre.customs.Restore(time);
      if (source == "fee") centre.fee.Restore(time);
      if (source == "yard") centre.yard.Restore(time);
      if (source == "vehicle") centre.vehicle.Restore(time);
    }
    return {};
  });
}

Result<void> AdmissionStore::Forget(std::span<const std::string> trip_ids) {
  if (trip_ids.empty()) return {};
  return database_.Change([&]() -> Result<void> {
    for (const char* sql : {"DELETE FROM trips WHERE trip_id=?", "DELETE FROM fees WHERE trip_id=?",
                            "DELETE FROM tickets WHERE trip_id=?"}) {
      Statement forget(database_.writer(), sql);
      for (const std::string& trip_id : trip_ids) BG_TRY(forget.Bind(trip_id).Run());
    }
    return {};
  });
}

}  // namespace bordergate::lane
