#include "services/simulator/actors/journeys.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "services/simulator/actors/json_access.h"
#include "services/simulator/domain/people.h"
#include "services/simulator/domain/plate_maker.h"

namespace bordergate::simulator {
namespace {

// Tries at the yard before the driver gives up: the yard may not have heard of the trip yet.
constexpr int kCheckInTriesMax = 20;
constexpr int kLaneTriesMax = 3;
// Tries to declare while an earlier trip of the truck is still open: customs hears of a crossing a little
// later.
constexpr int kDeclareTriesMax = 8;
constexpr milliseconds kAgain{30'000};
// Of the simulated day: a truck that is not called for so long goes home. Somebody at the console may hold
// it.
constexpr milliseconds kCallPatience{6 * 3'600'000};

// Another trailer, and on it another container.
void SwapTrailer(PlateCountry country, Chance& chance, Truck& truck) {
  const Plate trailer = MakeTrailerPlate(country, chance);
  truck.trailer_plate = trailer.normalised;
  truck.rear_face = MakeRearFace(trailer, truck.rear_face.two_line());
  truck.container_number = MakeContainerNumber(chance);
}

}  // namespace

struct Journeys::Journey {
  PlannedTrip plan;
  int truck = 0;
  std::string gate_id;
  FirmDesk* firm = nullptr;
  SeededRandom random;
  std::string trip_id = {};
  std::string watch_entry_id = {};
  int declare_tries = 0;
  int check_in_tries = 0;
  int lane_tries = 0;
  bool over = false;

  Journey(const PlannedTrip& of, int truck_number, std::string gate, FirmDesk& desk)
      : plan(of), truck(truck_number), gate_id(std::move(gate)), firm(&desk), random(of.seed + 1) {}
  const FleetTruck& fleet() const { return firm->firm().trucks[static_cast<size_t>(truck)]; }
};

Journeys::Journeys(JourneyParts parts, JourneySettings settings)
    : parts_(std::move(parts)), settings_(settings) {
  // What happened before this run is nobody's business here.
  for (const TruthRecord& record : parts_.road.RecordsAfter(0, SIZE_MAX)) seen_sequence_ = record.sequence;
}

Journeys::~Journeys() = default;

size_t Journeys::underway_count() const { return busy_.size(); }

bool Journeys::Begin(const PlannedTrip& plan) {
  const int truck = FreeTruck(plan);
  const std::string gate_id = GateFor(plan.is_export);
  if (truck < 0 || gate_id.empty()) {
    ++endings_["not_begun"];
    return false;
  }
  FirmDesk& firm = *parts_.firms[static_cast<size_t>(plan.firm)];
  const auto journey = std::make_shared<Journey>(plan, truck, gate_id, firm);
  busy_.emplace(plan.firm, truck);
  if (plan.purpose == Purpose::kUndeclared) {
    parts_.errands.AfterDay(About(journey, settings_.drive_to_yard),
                            [this, journey] { DriveToLane(journey); });
    return true;
  }
  if (plan.purpose == Purpose::kWatchListed) Watch(journey);
  Declare(journey);
  return true;
}

int Journeys::FreeTruck(const PlannedTrip& plan) const {
  const auto count = static_cast<int>(parts_.firms[static_cast<size_t>(plan.firm)]->firm().trucks.size());
  for (int step = 0; step < count; ++step) {
    const int truck = (plan.truck + step) % count;
    if (!busy_.contains({plan.firm, truck})) return truck;
  }
  return -1;
}

std::string Journeys::GateFor(bool is_export) const {
  for (const LanePlace& place : parts_.road.places()) {
    if (place.is_export == is_export) return place.gate_id;
  }
  return {};
}

void Journeys::Watch(const Ref& journey) {
  if (parts_.guard == nullptr) return;
  const Json form = {
      {"plate", journey->fleet().plate.normalised}, {"cause", "CAUSE_SMUGGLING"}, {"note", kWatchNote}};
  const std::string key = fmt::format("sim-{}-watch-{}", parts_.run, journey->plan.number);
  parts_.errands.Try("watch_list.add", [this, journey, form, key]() -> Result<void> {
    const auto answer = parts_.guard->Post("/v1/watch-list", key, form);
    if (!answer && answer.error().reason() != "PLATE_ALREADY_WATCHED") return answer.error();
    if (answer)
      journey->watch_entry_id = TextAt(ObjectAt(*answer, "watch_list_entry"), "watch_list_entry_id");
    return {};
  });
}

void Journeys::Declare(const Ref& journey) {
  const std::string key = fmt::format("sim-{}-trip-{}", parts_.run, journey->plan.number);
  // The form is made once: a repeat under the same key must not differ.
  const Instant now = parts_.clock.Now();
  parts_.errands.Try(
      "trip.declare",
      [this, journey, key, now]() -> Result<void> {
        auto trip_id = journey->firm->Declare(journey->plan, journey->truck, journey->gate_id, key, now);
        const bool waits = !trip_id && trip_id.error().reason() == "VEHICLE_HAS_OPEN_TRIP";
        if (waits && ++journey->declare_tries < kDeclareTriesMax)
          return Error(kNotYet, trip_id.error().message());
        journey->trip_id = BG_TRY(std::move(trip_id));
        by_trip_[journey->trip_id] = journey;
        parts_.errands.AfterDay(About(journey, settings_.pay_after), [this, journey] { Pay(journey); });
        parts_.errands.AfterDay(About(journey, settings_.drive_to_yard),
                                [this, journey] { CheckIn(journey); });
        parts_.errands.AfterDay(kCallPatience, [this, journey] {
          if (by_trip_.contains(journey->trip_id)) GoHome(journey, "not_called");
        });
        return {};
      },
      [this, journey](const Error&) { End(journey, "not_declared"); });
}

void Journeys::Pay(const Ref& journey) {
  parts_.errands.Try("fee.pay", [this, journey]() -> Result<void> {
    if (journey->over) return {};
    const Json page =
        BG_TRY(journey->firm->person().Get("/v1/invoices?page_size=10&trip_id=" + journey->trip_id));
    const Json& invoices = ListAt(page, "invoices");
    if (invoices.empty()) return Error(kNotYet, "the invoice is not issued yet");
    const Json& invoice = invoices.front();
    if (TextAt(invoice, "state") != "STATE_OPEN") return {};
    const int64_t owed = NumberAt(invoice, "amount_dong") - NumberAt(invoice, "paid_dong");
    const std::string reference = fmt::format("FT{}{:06}", parts_.run, journey->plan.number);
    return parts_.bank.Pay(parts_.door, TextAt(invoice, "invoice_id"), owed, reference, parts_.clock.Now());
  });
}

void Journeys::CheckIn(const Ref& journey) {
  const std::string key = fmt::format("sim-{}-check-in-{}", parts_.run, journey->plan.number);
  // A truck under another plate comes in by the code of its trip.
  const bool by_plate = journey->plan.purpose != Purpose::kMismatched;
  const std::string plate = by_plate ? journey->fleet().plate.normalised : std::string();
  parts_.errands.Try(
      "yard.check_in",
      [this, journey, key, plate]() -> Result<void> {
        if (journey->over) return {};
        auto done = parts_.yard.CheckIn(journey->gate_id, plate, journey->trip_id, key);
        const bool waits =
            !done && (done.error().reason() == "TRIP_NOT_EXPECTED" || done.error().reason() == "YARD_FULL");
        if (waits && ++journey->check_in_tries < kCheckInTriesMax)
          return Error(kNotYet, done.error().message());
        return done;
      },
      [this, journey](const Error&) { GoHome(journey, "not_checked_in"); });
}

void Journeys::Called(const std::string& trip_id) {
  const auto at = by_trip_.find(trip_id);
  if (at == by_trip_.end()) return;
  const Ref journey = at->second;
  by_trip_.erase(at);
  parts_.errands.AfterDay(About(journey, settings_.drive_to_lane), [this, journey] { DriveToLane(journey); });
}

std::string Journeys::LaneFor(const Journey& journey) const {
  std::string best;
  size_t least = SIZE_MAX;
  for (const LanePlace& place : parts_.road.places()) {
    if (place.gate_id != journey.gate_id || place.is_export != journey.plan.is_export) continue;
    const auto view = parts_.road.View(place.lane_id);
    const size_t load = view->trucks.size() + static_cast<size_t>(view->waiting_count);
    if (load >= least) continue;
    least = load;
    best = place.lane_id;
  }
  return best;
}

// What is wrong with it, put on. What its fleet cannot show is not wrong with it.
void Journeys::Disguise(const Journey& journey, Truck& truck) {
  SeededRandom random(journey.plan.seed);
  Chance chance(random);
  const FleetTruck& fleet = journey.fleet();
  if (truck.purpose == Purpose::kMismatched) {
    const Plate shown = MakeLookAlike(fleet.plate, chance);
    truck.plate = shown.normalised;
    if (auto face = MakePlateFace(shown, {.two_line = truck.face.two_line(), .colour = truck.face.colour})) {
      truck.face = *std::move(face);
    }
    // It is another truck: neither transponder nor trailer nor container is the declared one's.
    truck.tag_id.clear();
    if (fleet.tractor) {
      SwapTrailer(fleet.plate.country, chance, truck);
    } else {
      truck.rear_face = MakeRearFace(shown, truck.rear_face.two_line());
    }
    truck.photo.clear();  // there is no photograph of a plate that was made up
  } else if (truck.purpose == Purpose::kTrailerSwapped) {
    if (!fleet.tractor) {
      truck.purpose = Purpose::kDeclared;
      return;
    }
    SwapTrailer(fleet.plate.country, chance, truck);
  } else if (truck.purpose == Purpose::kTagSwapped) {
    const Firm& firm = journey.firm->firm();
    const auto other = OtherWithTag(firm, journey.truck);
    if (other) {
      truck.tag_id = firm.trucks[static_cast<size_t>(*other)].tag_id;
    } else {
      truck.purpose = Purpose::kDeclared;
    }
  }
}

void Journeys::DriveToLane(const Ref& journey) {
  if (journey->over) return;
  Truck truck = MakeTruck(journey->fleet());
  for (const GoodsItem& item : GoodsOf(journey->plan, journey->fleet()))
    truck.mass_kg += static_cast<int>(item.gross_mass_kg);
  truck.container_number = ContainerOf(journey->plan, journey->fleet());
  truck.purpose = journey->plan.purpose;
  truck.trip_id = journey->trip_id;
  truck.patience = settings_.driver_patience;
  Disguise(*journey, truck);
  ++journey->lane_tries;
  const auto truck_id = parts_.road.Place(LaneFor(*journey), std::move(truck));
  if (!truck_id) return End(journey, "no_lane");
  by_truck_id_[*truck_id] = journey;
}

void Journeys::LookAtLanes() {
  for (const TruthRecord& record : parts_.road.RecordsAfter(seen_sequence_, SIZE_MAX)) {
    seen_sequence_ = record.sequence;
    const auto at = by_truck_id_.find(record.truck_id);
    if (at == by_truck_id_.end()) continue;
    const auto truck = parts_.road.FindTruck(record.truck_id);
    if (!truck || !truck->over()) continue;
    const Ref journey = at->second;
    by_truck_id_.erase(at);
    AtLane(journey, record.event);
  }
}

void Journeys::AtLane(const Ref& journey, const std::string& event) {
  if (event == "truck.passed") return End(journey, "passed");
  const bool again = journey->plan.purpose == Purpose::kDeclared && journey->lane_tries < kLaneTriesMax;
  if (again) {
    parts_.errands.AfterDay(kAgain, [this, journey] { DriveToLane(journey); });
    return;
  }
  GoHome(journey, "turned_back");
}

void Journeys::GoHome(const Ref& journey, const std::string& how) {
  if (!journey->over) End(journey, how);
  if (journey->trip_id.empty()) return;
  const std::string key = fmt::format("sim-{}-cancel-{}", parts_.run, journey->plan.number);
  parts_.errands.Try("trip.cancel", [journey, key] {
    return journey->firm->Cancel(journey->trip_id, key, "xe quay đầu, không qua cửa khẩu");
  });
}

void Journeys::End(const Ref& journey, const std::string& how) {
  journey->over = true;
  ++endings_[how];
  busy_.erase({journey->plan.firm, journey->truck});
  by_trip_.erase(journey->trip_id);
  if (journey->watch_entry_id.empty()) return;
  const std::string path = fmt::format("/v1/watch-list/{}:remove", journey->watch_entry_id);
  const std::string key = fmt::format("sim-{}-unwatch-{}", parts_.run, journey->plan.number);
  parts_.errands.Try("watch_list.remove", [this, path, key]() -> Result<void> {
    BG_TRY(parts_.guard->Post(path, key, {{"reason", kUnwatchReason}}));
    return {};
  });
}

milliseconds Journeys::About(const Ref& journey, milliseconds mean) const {
  Chance chance(journey->random);
  return milliseconds(static_cast<int64_t>(static_cast<double>(mean.count()) * (0.5 + chance.Share())));
}

}  // namespace bordergate::simulator
