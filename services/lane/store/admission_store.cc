#include "services/lane/store/admission_store.h"

#include "libs/core/text.h"

namespace bordergate::lane {
namespace {

// A source that is alive is noted on disk this often; after a restart its facts look older by this at the
// most.
constexpr seconds kNoteInterval{20};

int64_t Microseconds(Instant instant) { return instant.time_since_epoch().count(); }
int64_t DaysOf(std::chrono::sys_days day) { return day.time_since_epoch().count(); }
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
  trip.empty = row.Integer(10) != 0;
  if (!row.IsNull(11)) trip.container_number = row.Text(11);
  return trip;
}

}  // namespace

struct AdmissionStore::Statements {
  explicit Statements(Connection& writer)
      : trip(writer, "INSERT OR REPLACE INTO trips VALUES (?,?,?,?,?,?,?,?,?,?,?,?)"),
        fee(writer, "INSERT OR REPLACE INTO fees VALUES (?,?,?)"),
        // As AdmissionTable::Apply: a closed ticket of the past does not hide the trip's new one.
        ticket(writer,
               "INSERT INTO tickets VALUES (?1,?2,?3,?4,?5) ON CONFLICT (trip_id) DO UPDATE SET "
               "ticket_id=?2, state=?3, "
               "call_expire_us=?4, update_us=?5 WHERE ticket_id=?2 OR ?3 <> 3"),
        watch(writer, "INSERT OR REPLACE INTO watch_list VALUES (?,?,?,?)"),
        vehicle(writer, "INSERT OR REPLACE INTO vehicles VALUES (?,?,?,?,?)"),
        untag(writer, "UPDATE vehicles SET tag_id='' WHERE tag_id=? AND tag_id<>'' AND plate_key<>?"),
        unwatch(writer, "DELETE FROM watch_list WHERE entry_id=?"),
        sequence(
            writer,
            "INSERT INTO applied_sequences VALUES (?1,?2,0) ON CONFLICT (source) DO UPDATE SET sequence=?2"),
        heard(
            writer,
            "INSERT INTO applied_sequences VALUES (?2,0,?1) ON CONFLICT (source) DO UPDATE SET heard_us=?1") {
  }

  Statement trip, fee, ticket, watch, vehicle, untag, unwatch, sequence, heard;
};

AdmissionStore::AdmissionStore(Database& database)
    : database_(database), statements_(std::make_unique<Statements>(database.writer())) {
  static_assert(static_cast<int>(TicketFacts::State::kClosed) == 3, "as in the statement above");
}

AdmissionStore::~AdmissionStore() = default;

// From memory: facts that reached the disk and were never shown to the lanes are asked for again.
Result<int64_t> AdmissionStore::AppliedSequence(Source source) {
  const std::lock_guard lock(mutex_);
  return HeardOf(source).sequence;
}

Result<void> AdmissionStore::Apply(Source source, std::span<const AdmissionChange> changes,
                                   int64_t sequence) {
  BG_TRY(database_.Change([&]() -> Result<void> {
    for (const AdmissionChange& change : changes) BG_TRY(Write(change));
    return statements_->sequence.Bind(SourceName(source), sequence).Run();
  }));
  for (const AdmissionChange& change : changes) Show(change);
  const std::lock_guard lock(mutex_);
  HeardOf(source).sequence = sequence;
  return {};
}

void AdmissionStore::Show(const AdmissionChange& change) {
  const std::lock_guard lock(mutex_);
  table_.Apply(change);
}

void AdmissionStore::CaughtUp(Source source, Moment now) {
  {
    const std::lock_guard lock(mutex_);
    Heard& heard = HeardOf(source);
    heard.steady = now.steady;
    heard.wall = now.wall;
    if (heard.noted && now.steady - *heard.noted < kNoteInterval) return;
    heard.noted = now.steady;
  }
  // Failing only makes the facts look older after a restart.
  (void)database_.Change(
      [&] { return statements_->heard.Bind(Microseconds(now.wall), SourceName(source)).Run(); });
}

std::optional<milliseconds> AdmissionStore::Age(Source source, Moment now) const {
  const std::lock_guard lock(mutex_);
  const Heard& heard = HeardOf(source);
  if (heard.steady) return std::chrono::duration_cast<milliseconds>(now.steady - *heard.steady);
  if (!heard.wall || *heard.wall > now.wall) return std::nullopt;
  return std::chrono::duration_cast<milliseconds>(now.wall - *heard.wall);
}

void AdmissionStore::Dated(Source source, Instant event_time, Moment received) {
  const std::lock_guard lock(mutex_);
  skew_.Saw(static_cast<size_t>(source), event_time, received);
}

std::optional<milliseconds> AdmissionStore::Skew(Moment now) const {
  const std::lock_guard lock(mutex_);
  return skew_.Estimate(now);
}

Known AdmissionStore::Find(const Sighting& sighting) const {
  const std::lock_guard lock(mutex_);
  return table_.Find(sighting);
}

std::optional<TagTruck> AdmissionStore::FindTag(const TagSighting& sighting) const {
  const std::lock_guard lock(mutex_);
  return table_.FindTag(sighting);
}

std::string AdmissionStore::TruckOfLoad(const Sighting& sighting) const {
  const std::lock_guard lock(mutex_);
  return table_.TruckOfLoad(sighting);
}

void AdmissionStore::NoteTag(const TagRead& tag, SteadyInstant at) {
  const std::lock_guard lock(mutex_);
  table_.NoteTag(tag, at);
}

bool AdmissionStore::Claim(const std::string& trip_id, std::string_view lane_id, SteadyInstant now,
                           SteadyInstant until) {
  const std::lock_guard lock(mutex_);
  return table_.Claim(trip_id, lane_id, now, until);
}

void AdmissionStore::Release(const std::string& trip_id, std::string_view lane_id) {
  const std::lock_guard lock(mutex_);
  table_.Release(trip_id, lane_id);
}

void AdmissionStore::Passed(const std::string& trip_id, Instant now) {
  const std::lock_guard lock(mutex_);
  table_.Passed(trip_id, now);
}

void AdmissionStore::Crossed(const std::string& key, Direction direction, Instant now) {
  const std::lock_guard lock(mutex_);
  table_.Crossed(key, direction, now);
}

size_t AdmissionStore::trip_count() const {
  const std::lock_guard lock(mutex_);
  return table_.trip_count();
}

size_t AdmissionStore::watch_count() const {
  const std::lock_guard lock(mutex_);
  return table_.watch_count();
}

Result<void> AdmissionStore::Write(const AdmissionChange& change) {
  if (const auto* trip = std::get_if<TripFacts>(&change)) {
    return statements_->trip
        .Bind(trip->trip_id, trip->gate_id, static_cast<int>(trip->direction), trip->plate, trip->key,
              trip->trailer_key, static_cast<int>(trip->state), Join(trip->steps_missing),
              Join(trip->steps_held), Microseconds(trip->update_time), trip->empty, trip->container_number)
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
  if (const auto* vehicle = std::get_if<VehicleFacts>(&change)) {
    const int64_t last_day = vehicle->permit_last_day ? DaysOf(*vehicle->permit_last_day) : -1;
    if (!vehicle->tag_id.empty()) BG_TRY(statements_->untag.Bind(vehicle->tag_id, vehicle->key).Run());
    return statements_->vehicle
        .Bind(vehicle->key, last_day, vehicle->tare_kg, vehicle->plate, vehicle->tag_id)
        .Run();
  }
  const auto& watch = std::get<WatchFacts>(change);
  if (!watch.in_force) return statements_->unwatch.Bind(watch.entry_id).Run();
  return statements_->watch.Bind(watch.entry_id, watch.plate, watch.key, watch.cause).Run();
}

Result<void> AdmissionStore::Load() {
  return database_.Read([&](Connection& reader) -> Result<void> {
    BG_TRY(LoadFacts(reader));
    return LoadTimes(reader);
  });
}

Result<void> AdmissionStore::LoadPassed(Database& journal, Instant since) {
  return journal.Read([&](Connection& reader) -> Result<void> {
    Statement passed(reader, "SELECT trip_id, leave_us FROM passages WHERE trip_id <> '' AND leave_us >= ?");
    passed.Bind(Microseconds(since));
    while (BG_TRY(passed.Step())) Passed(passed.Text(0), ToInstant(passed.Integer(1)));
    Statement crossed(reader, "SELECT plate_key, direction, leave_us FROM crossings");
    while (BG_TRY(crossed.Step())) {
      Crossed(crossed.Text(0), static_cast<Direction>(crossed.Integer(1)), ToInstant(crossed.Integer(2)));
    }
    return {};
  });
}

Result<void> AdmissionStore::LoadFacts(Connection& reader) {
  Statement watched(reader, "SELECT entry_id, plate, plate_key, cause FROM watch_list");
  while (BG_TRY(watched.Step())) {
    Show(WatchFacts{watched.Text(0), watched.Text(1), watched.Text(2), watched.Text(3), true});
  }
  Statement vehicles(reader, "SELECT plate_key, permit_last_day, tare_kg, plate, tag_id FROM vehicles");
  while (BG_TRY(vehicles.Step())) {
    VehicleFacts vehicle{vehicles.Text(0), std::nullopt, static_cast<int>(vehicles.Integer(2)),
                         vehicles.Text(3), vehicles.Text(4)};
    if (vehicles.Integer(1) >= 0)
      vehicle.permit_last_day = std::chrono::sys_days(std::chrono::days(vehicles.Integer(1)));
    Show(vehicle);
  }
  Statement trips(reader, "SELECT * FROM trips");
  while (BG_TRY(trips.Step())) Show(ReadTrip(trips));
  Statement fees(reader, "SELECT trip_id, settled, update_us FROM fees");
  while (BG_TRY(fees.Step())) Show(FeeFacts{fees.Text(0), fees.Integer(1) != 0, ToInstant(fees.Integer(2))});
  Statement tickets(reader, "SELECT trip_id, ticket_id, state, call_expire_us, update_us FROM tickets");
  while (BG_TRY(tickets.Step())) {
    Show(TicketFacts{tickets.Text(1), tickets.Text(0), static_cast<TicketFacts::State>(tickets.Integer(2)),
                     ToInstant(tickets.Integer(3)), ToInstant(tickets.Integer(4))});
  }
  return {};
}

Result<void> AdmissionStore::LoadTimes(Connection& reader) {
  Statement heard(reader, "SELECT source, sequence, heard_us FROM applied_sequences");
  const std::lock_guard lock(mutex_);
  while (BG_TRY(heard.Step())) {
    for (const Source source : kSources) {
      if (heard.Text(0) != SourceName(source)) continue;
      HeardOf(source).sequence = heard.Integer(1);
      if (heard.Integer(2) > 0) HeardOf(source).wall = ToInstant(heard.Integer(2));
    }
  }
  return {};
}

Result<void> AdmissionStore::Prune(Instant before) {
  std::vector<std::string> gone;
  {
    const std::lock_guard lock(mutex_);
    gone = table_.Prune(before);
  }
  if (gone.empty()) return {};
  return database_.Change([&]() -> Result<void> {
    for (const char* sql : {"DELETE FROM trips WHERE trip_id=?", "DELETE FROM fees WHERE trip_id=?",
                            "DELETE FROM tickets WHERE trip_id=?"}) {
      Statement forget(database_.writer(), sql);
      for (const std::string& trip_id : gone) BG_TRY(forget.Bind(trip_id).Run());
    }
    return {};
  });
}

}  // namespace bordergate::lane
