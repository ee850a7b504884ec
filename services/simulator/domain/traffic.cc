#include "services/simulator/domain/traffic.h"

#include <cmath>

#include "libs/core/check.h"
#include "services/simulator/domain/people.h"

namespace bordergate::simulator {
namespace {

// A gate that is open from 7 to 20 o'clock and lets a few trucks through at night.
constexpr std::array<double, 24> kHourShares = {0.10, 0.10, 0.10, 0.10, 0.10, 0.15, 0.40, 0.90,
                                                1.10, 1.25, 1.20, 0.95, 0.80, 1.20, 1.45, 1.50,
                                                1.35, 1.10, 0.80, 0.55, 0.30, 0.20, 0.15, 0.10};

}  // namespace

double HourShare(int hour) { return kHourShares[static_cast<size_t>(((hour % 24) + 24) % 24)]; }

Traffic::Traffic(uint64_t seed, TrafficSettings settings, const std::vector<Firm>& firms)
    : settings_(settings), random_(seed), chance_(random_) {
  for (const Firm& firm : firms) {
    truck_counts_.push_back(static_cast<int>(firm.trucks.size()));
    driver_counts_.push_back(static_cast<int>(firm.drivers.size()));
    if (firm.trucks.empty()) continue;
    (firm.country == PlateCountry::kVietnam ? vietnamese_ : chinese_).push_back(firm.number);
  }
  BG_CHECK(!vietnamese_.empty() || !chinese_.empty(), "a day of traffic needs trucks");
}

PlannedTrip Traffic::Next() {
  PlannedTrip trip;
  trip.number = ++number_;
  if (number_ > settings_.warm_start) {
    const int hour = settings_.start_hour + static_cast<int>(at_s_ / 3600);
    at_s_ += chance_.Exponential(3600 / (settings_.trucks_per_hour * HourShare(hour)));
  }
  trip.at = milliseconds(static_cast<int64_t>(at_s_ * 1000));
  trip.is_export = chance_.Happens(settings_.export_share);
  trip.purpose = DrawPurpose();
  // Seven exporters of ten drive Vietnamese trucks, seven importers of ten Chinese ones.
  bool vietnamese = chance_.Happens(trip.is_export ? 0.7 : 0.3);
  if (number_ <= settings_.warm_start) {
    const int place = static_cast<int>(number_ % 4);
    if (settings_.export_share > 0 && settings_.export_share < 1) trip.is_export = place % 2 == 1;
    vietnamese = place < 2;
    trip.purpose = WarmPurpose();
  }
  trip.firm = DrawFirm(vietnamese);
  trip.truck = static_cast<int>(chance_.Between(0, truck_counts_[static_cast<size_t>(trip.firm)] - 1));
  trip.driver = static_cast<int>(chance_.Between(0, driver_counts_[static_cast<size_t>(trip.firm)] - 1));
  trip.seed = random_.Next();
  return trip;
}

Purpose Traffic::DrawPurpose() {
  double draw = chance_.Share();
  const auto takes = [&draw](double share) {
    draw -= share;
    return draw < 0;
  };
  if (takes(settings_.undeclared_share)) return Purpose::kUndeclared;
  if (takes(settings_.watch_listed_share)) return Purpose::kWatchListed;
  if (takes(settings_.mismatched_share)) return Purpose::kMismatched;
  if (takes(settings_.trailer_swapped_share)) return Purpose::kTrailerSwapped;
  if (takes(settings_.tag_swapped_share)) return Purpose::kTagSwapped;
  return Purpose::kDeclared;
}

Purpose Traffic::WarmPurpose() const {
  if (number_ == 2 && settings_.undeclared_share > 0) return Purpose::kUndeclared;
  if (number_ == 4 && settings_.watch_listed_share > 0) return Purpose::kWatchListed;
  return Purpose::kDeclared;
}

int Traffic::DrawFirm(bool vietnamese) {
  const auto& wanted = vietnamese ? vietnamese_ : chinese_;
  return chance_.Pick(!wanted.empty() ? wanted : (vietnamese ? chinese_ : vietnamese_));
}

std::vector<GoodsItem> GoodsOf(const PlannedTrip& trip, const FleetTruck& truck) {
  SeededRandom random(trip.seed);
  Chance chance(random);
  return MakeGoods(trip.is_export, truck.permitted_mass_kg - truck.tare_kg, chance);
}

std::string ContainerOf(const PlannedTrip& trip, const FleetTruck& truck) {
  if (!truck.tractor) return "";
  SeededRandom random(trip.seed ^ 0xC2B2AE3D27D4EB4FULL);
  Chance chance(random);
  return MakeContainerNumber(chance);
}

}  // namespace bordergate::simulator
