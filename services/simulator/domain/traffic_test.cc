// Goal: a seed gives the same people and the same days, and the days look like the gate's. Method: count over
// simulated days.
#include "services/simulator/domain/traffic.h"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bordergate::simulator {
namespace {

constexpr int kTrips = 4000;

std::string Spell(const PlannedTrip& trip) {
  return std::to_string(trip.number) + " " + std::to_string(trip.at.count()) + " " +
         std::string(PurposeName(trip.purpose)) + " " + std::to_string(trip.firm) + " " +
         std::to_string(trip.truck) + " " + std::to_string(trip.seed);
}

std::vector<std::string> Day(uint64_t seed) {
  const std::vector<Firm> firms = MakePopulation(seed, {});
  Traffic traffic(seed, {}, firms);
  std::vector<std::string> day;
  for (int at = 0; at < 200; ++at) day.push_back(Spell(traffic.Next()));
  return day;
}

TEST(Traffic, IsTheSameForTheSameSeedAndAnotherForAnother) {
  EXPECT_EQ(Day(42), Day(42));
  EXPECT_NE(Day(42), Day(43));
}

TEST(Traffic, HasTheSharesOfTheSettings) {
  const std::vector<Firm> firms = MakePopulation(1, {});
  Traffic traffic(1,
                  {.trucks_per_hour = 60,
                   .export_share = 0.4,
                   .undeclared_share = 0.05,
                   .watch_listed_share = 0.02,
                   .mismatched_share = 0.03,
                   .trailer_swapped_share = 0.02,
                   .tag_swapped_share = 0.04,
                   .start_hour = 8,
                   .warm_start = 0},
                  firms);
  std::map<Purpose, int> purposes;
  int exports = 0;
  int vietnamese_exports = 0;
  for (int at = 0; at < kTrips; ++at) {
    const PlannedTrip trip = traffic.Next();
    ++purposes[trip.purpose];
    exports += trip.is_export ? 1 : 0;
    vietnamese_exports +=
        trip.is_export && firms[static_cast<size_t>(trip.firm)].country == PlateCountry::kVietnam ? 1 : 0;
  }
  EXPECT_NEAR(exports, 0.4 * kTrips, 120);
  EXPECT_NEAR(vietnamese_exports, 0.7 * exports, 120);
  EXPECT_NEAR(purposes[Purpose::kUndeclared], 0.05 * kTrips, 60);
  EXPECT_NEAR(purposes[Purpose::kWatchListed], 0.02 * kTrips, 40);
  EXPECT_NEAR(purposes[Purpose::kMismatched], 0.03 * kTrips, 50);
  EXPECT_NEAR(purposes[Purpose::kTrailerSwapped], 0.02 * kTrips, 40);
  EXPECT_NEAR(purposes[Purpose::kTagSwapped], 0.04 * kTrips, 60);
}

TEST(Traffic, ComesInOrderWithAPeakAfterLunchAndFewAtNight) {
  const std::vector<Firm> firms = MakePopulation(1, {});
  Traffic traffic(1, {.trucks_per_hour = 60, .start_hour = 0, .warm_start = 0}, firms);
  std::array<int, 24> by_hour{};
  WorldTime last{0};
  for (;;) {
    const PlannedTrip trip = traffic.Next();
    EXPECT_GE(trip.at, last);
    last = trip.at;
    if (trip.at >= minutes(24 * 60)) break;
    ++by_hour[static_cast<size_t>(trip.at / minutes(60))];
  }
  EXPECT_GT(by_hour[15], 3 * std::max(1, by_hour[3]));
  EXPECT_GT(by_hour[15], 40);
}

TEST(Traffic, StartsWithATruckOfEveryKindAtOnce) {
  const std::vector<Firm> firms = MakePopulation(1, {});
  Traffic traffic(1, {.warm_start = 6}, firms);
  std::map<Purpose, int> purposes;
  std::set<std::pair<bool, PlateCountry>> ways;
  for (int at = 0; at < 6; ++at) {
    const PlannedTrip trip = traffic.Next();
    EXPECT_EQ(trip.at, WorldTime(0));
    ++purposes[trip.purpose];
    ways.emplace(trip.is_export, firms[static_cast<size_t>(trip.firm)].country);
  }
  EXPECT_GT(traffic.Next().at, WorldTime(0));
  EXPECT_EQ(purposes[Purpose::kUndeclared], 1);
  EXPECT_EQ(purposes[Purpose::kWatchListed], 1);
  EXPECT_EQ(purposes[Purpose::kDeclared], 4);
  EXPECT_EQ(ways.size(), 4u) << "both countries, both ways";
}

TEST(Traffic, StartsWithNobodyOfAShareThatIsNone) {
  const std::vector<Firm> firms = MakePopulation(1, {});
  Traffic traffic(
      1, {.export_share = 1, .undeclared_share = 0, .watch_listed_share = 0, .mismatched_share = 0}, firms);
  for (int at = 0; at < 50; ++at) {
    const PlannedTrip trip = traffic.Next();
    EXPECT_EQ(trip.purpose, Purpose::kDeclared);
    EXPECT_TRUE(trip.is_export);
  }
}

TEST(Traffic, FillsATruckWithinItsMassAndTheSameForTheSameTrip) {
  const std::vector<Firm> firms = MakePopulation(5, {});
  Traffic traffic(5, {}, firms);
  for (int at = 0; at < 300; ++at) {
    const PlannedTrip trip = traffic.Next();
    const FleetTruck& truck = firms[static_cast<size_t>(trip.firm)].trucks[static_cast<size_t>(trip.truck)];
    const auto goods = GoodsOf(trip, truck);
    int64_t gross = 0;
    for (const GoodsItem& item : goods) {
      EXPECT_GT(item.package_count, 0);
      EXPECT_LE(item.net_mass_kg, item.gross_mass_kg);
      gross += item.gross_mass_kg;
    }
    EXPECT_LE(gross, truck.permitted_mass_kg - truck.tare_kg);
    EXPECT_EQ(GoodsOf(trip, truck).front().description, goods.front().description);
  }
}

TEST(Population, IsTheSameForTheSameSeedAndSharesNothingBetweenFirms) {
  const std::vector<Firm> firms = MakePopulation(9, {});
  const std::vector<Firm> again = MakePopulation(9, {});
  std::set<std::string> plates;
  std::set<std::string> papers;
  size_t trucks = 0;
  for (size_t at = 0; at < firms.size(); ++at) {
    EXPECT_EQ(firms[at].tax_code, again[at].tax_code);
    EXPECT_TRUE(papers.insert(firms[at].tax_code).second);
    EXPECT_TRUE(papers.insert(firms[at].name).second);
    for (size_t one = 0; one < firms[at].trucks.size(); ++one) {
      EXPECT_EQ(firms[at].trucks[one].plate, again[at].trucks[one].plate);
      plates.insert(firms[at].trucks[one].plate.key);
      ++trucks;
    }
  }
  EXPECT_EQ(plates.size(), trucks);
}

TEST(Population, CarriesTranspondersInMostTrucksEachItsOwnAndAPlateAtEveryRear) {
  const std::vector<Firm> firms = MakePopulation(9, {});
  const std::vector<Firm> again = MakePopulation(9, {});
  std::set<std::string> tags;
  int trucks = 0;
  int tagged = 0;
  for (size_t at = 0; at < firms.size(); ++at) {
    for (size_t one = 0; one < firms[at].trucks.size(); ++one) {
      const FleetTruck& fleet = firms[at].trucks[one];
      const Truck truck = MakeTruck(fleet);
      ++trucks;
      EXPECT_EQ(fleet.tag_id, again[at].trucks[one].tag_id);
      EXPECT_FALSE(truck.rear_face.lines.empty());
      EXPECT_EQ(RearPlate(truck), fleet.tractor ? fleet.trailer_plate.normalised : fleet.plate.normalised);
      if (fleet.tag_id.empty()) continue;
      ++tagged;
      EXPECT_EQ(fleet.tag_id.size(), 24u);
      EXPECT_EQ(fleet.tag_id.find_first_not_of("0123456789ABCDEF"), std::string::npos);
      EXPECT_TRUE(tags.insert(fleet.tag_id).second);
    }
  }
  EXPECT_NEAR(tagged, 0.8 * trucks, 0.1 * trucks);
}

TEST(Population, DrivesNothingButThePhotographsWhenThereAreAny) {
  PopulationSettings settings;
  for (const char* plate : {"29C12345", "桂F12345", "29C12345"}) {
    settings.photos.push_back({ParsePlate(plate).value(), false, std::string(plate) + ".jpg"});
  }
  std::vector<std::string> shown;
  for (const Firm& firm : MakePopulation(1, settings)) {
    for (const FleetTruck& truck : firm.trucks) shown.push_back(MakeTruck(truck).photo);
  }
  EXPECT_THAT(shown, testing::UnorderedElementsAre("29C12345.jpg", "桂F12345.jpg"));
}

}  // namespace
}  // namespace bordergate::simulator
