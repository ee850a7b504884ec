// A day of traffic from a seed: which truck of which firm sets out when, with what, and what is wrong with
// it. The same seed and settings give the same days.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "services/simulator/domain/chance.h"
#include "services/simulator/domain/goods.h"
#include "services/simulator/domain/population.h"
#include "services/simulator/domain/world_time.h"

namespace bordergate::simulator {

struct TrafficSettings {
  double trucks_per_hour = 60;  // mean over the hours the gate is open
  double export_share = 0.4;
  double undeclared_share = 0.04;
  double watch_listed_share = 0.02;
  double mismatched_share = 0.02;
  double trailer_swapped_share = 0;
  double tag_swapped_share = 0;
  int start_hour = 8;  // of the gate's clock when the world begins
  // Trucks that are there at once: both directions and both countries in turn, the second undeclared and the
  // fourth watch-listed where there are such shares, so that the first minute shows them all.
  int warm_start = 6;
};

// One truck's story, before it begins.
struct PlannedTrip {
  int64_t number = 0;  // from 1
  WorldTime at{};      // of the day's clock, since the world began
  bool is_export = false;
  Purpose purpose = Purpose::kDeclared;
  int firm = 0;   // in the population
  int truck = 0;  // of the firm's fleet; whoever sends it takes the next one when this is underway
  int driver = 0;
  uint64_t seed = 0;  // for what the firm fills in: goods, container, seals
};

// How much of the mean comes in an hour of the day, 0 to 23: closed at night, a peak after lunch.
double HourShare(int hour);

class Traffic {
 public:
  //   firms   the population the trucks come from; firms without trucks send none
  Traffic(uint64_t seed, TrafficSettings settings, const std::vector<Firm>& firms);

  // The next truck, later than or together with the one before.
  PlannedTrip Next();

 private:
  Purpose DrawPurpose();
  Purpose WarmPurpose() const;
  int DrawFirm(bool vietnamese);

  const TrafficSettings settings_;
  SeededRandom random_;
  Chance chance_;
  std::vector<int> vietnamese_;  // firms by country, with trucks
  std::vector<int> chinese_;
  std::vector<int> truck_counts_;
  std::vector<int> driver_counts_;
  int64_t number_ = 0;
  double at_s_ = 0;
};

// What fills the truck of a trip; the same for the same trip.
std::vector<GoodsItem> GoodsOf(const PlannedTrip& trip, const FleetTruck& truck);
// The number of the container that it is carried in; empty on a rigid truck. The same for the same trip.
std::string ContainerOf(const PlannedTrip& trip, const FleetTruck& truck);

}  // namespace bordergate::simulator
