// The centre: what is declared, paid and called there, what reaches the lanes of it, and what it hears of
// them.
#include <algorithm>

#include "libs/core/check.h"
#include "tests/simulation/lane_world_process.h"

namespace bordergate::lane {
namespace {

// A source of facts gives a sign of life this often, and asks for events.
constexpr milliseconds kCentreSpeaks{1000};
constexpr int kUploadedAtOnce = 50;

}  // namespace

std::string LaneWorld::NewPlate() {
  std::string plate = "29C";
  for (int i = 0; i < 5; ++i) plate += static_cast<char>('0' + random_.Below(10));
  known_plates_.push_back(plate);
  return plate;
}

const std::string& LaneWorld::KnownPlate() {
  const size_t recent = std::min<size_t>(known_plates_.size(), 400);
  return known_plates_[known_plates_.size() - 1 - random_.Below(recent)];
}

void LaneWorld::Declare(const std::string& plate, bool complete, bool empty) {
  const std::string trip_id = "trip_" + std::to_string(++trip_count_);
  TripFacts trip = ClearedTrip(trip_id, plate);
  trip.empty = empty;
  const int tare_kg = tare_of_.try_emplace(plate, 8000 + static_cast<int>(random_.Below(8000))).first->second;
  Tell(Source::kVehicle, VehicleFacts{plate, std::nullopt, tare_kg, plate, WorldTag(plate)});
  if (!empty && random_.Below(3) == 0) {
    trip.trailer_key = "29R" + plate.substr(3);
    trailer_of_[plate] = trip.trailer_key;
  }
  trip.container_number = "";
  if (Chance(options_.container_permille)) {
    const bool again = !known_containers_.empty() && random_.Below(30) == 0;  // somebody has declared it, too
    trip.container_number = again ? KnownContainer() : NewContainer();
  }
  container_of_[plate] = *trip.container_number;
  checker_.containers().OnDeclared(plate, *trip.container_number);
  checker_.OnTrailerDeclared(plate, trip.trailer_key);
  checker_.OnDeclared(plate, empty, tare_kg);
  trip_of_[plate] = trip_id;
  if (complete) checker_.OnComplete(plate);
  if (!complete && random_.Below(2) == 0) {
    trip.state = TripFacts::State::kDeclared;
    trip.steps_missing = {"customs"};
  }
  Tell(Source::kCustoms, trip);
  Tell(Source::kFee, FeeFacts{trip_id, complete, {}});
  Tell(Source::kYard, TicketFacts{"ticket_" + std::to_string(trip_count_),
                                  trip_id,
                                  TicketFacts::State::kCalled,
                                  clock_.Now() + std::chrono::hours(3),
                                  {}});
}

void LaneWorld::ApplyFacts() {
  if (facts_.empty()) return;
  for (const Source source : kSources) {
    std::vector<AdmissionChange> changes;
    for (const auto& [from, change] : facts_) {
      if (from != source) continue;
      const auto* watch = std::get_if<WatchFacts>(&change);
      if (watch != nullptr) checker_.OnWatched(watch->key);
      if (watch != nullptr && sabotage_ == Sabotage::kWatchListForgotten) continue;
      changes.push_back(change);
    }
    sequence_ += static_cast<int64_t>(changes.size());
    BG_CHECK(process_->admission.Apply(source, changes, sequence_).has_value(), "facts reach the disk");
  }
  facts_.clear();
}

void LaneWorld::Centre() {
  const SteadyInstant now = clock_.SteadyNow();
  const bool cut = now < centre_cut_until_;
  if (up() && !cut) ApplyFacts();
  if (up() && !cut && now - centre_spoke_at_ >= kCentreSpeaks) {
    centre_spoke_at_ = now;
    for (const Source source : kSources) process_->admission.CaughtUp(source, NowOf(clock_));
    Upload();
  }
  if (!up()) return;
  const auto age = process_->admission.Age(Source::kVehicle, NowOf(clock_));
  checker_.OnCentreAge(!age || *age > std::chrono::minutes(15));
}

// As any consumer of lane's events: asks after the last one applied, and applies them together with their
// last sequence, or not at all.
void LaneWorld::Upload() {
  const auto events = process_->journal->ReadAfter(checker_.uploaded(), kUploadedAtOnce);
  BG_CHECK(events.has_value(), "the journal can be read");
  if (Chance(100)) return;  // the answer was lost, or the centre died over it
  for (const StoredEvent& event : *events) checker_.OnUploaded(event);
}

}  // namespace bordergate::lane
