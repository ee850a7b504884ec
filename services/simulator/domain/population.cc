#include "services/simulator/domain/population.h"

#include <set>

#include <fmt/format.h>

#include "libs/core/check.h"
#include "services/simulator/domain/people.h"
#include "services/simulator/domain/plate_maker.h"

namespace bordergate::simulator {
namespace {

// Six firms of ten are Vietnamese.
PlateCountry CountryOfFirm(int number) {
  return number % 5 < 3 ? PlateCountry::kVietnam : PlateCountry::kChina;
}

PlateFace FaceOf(const Plate& plate, std::optional<bool> two_line) {
  auto face = MakePlateFace(plate, {.two_line = two_line, .colour = {}});
  BG_CHECK(face.has_value(), "the layout was chosen for the plate");
  return *std::move(face);
}

// A truck around its plate.
FleetTruck MakeFleetTruck(Plate plate, std::set<std::string>& taken, Chance& chance) {
  FleetTruck truck;
  truck.plate = std::move(plate);
  truck.vin = MakeVin(chance);
  truck.paint = static_cast<int>(chance.Between(0, 999));
  truck.permit_number = fmt::format("GP-{}", chance.Digits(6));
  truck.tractor = chance.Happens(0.45);
  if (truck.tractor) {
    do {
      truck.trailer_plate = MakeTrailerPlate(truck.plate.country, chance);
    } while (!taken.insert(truck.trailer_plate.key).second);
    truck.axle_count = 6;
    truck.tare_kg = 15'000;
    truck.trailer_tare_kg = 6'500;
    truck.permitted_mass_kg = 45'000;
    truck.length_m = 16.5;
  } else {
    truck.axle_count = static_cast<int>(chance.Between(2, 4));
    truck.tare_kg = 3'500 + 2'000 * truck.axle_count;
    truck.permitted_mass_kg = truck.tare_kg + 7'000 * (truck.axle_count - 1);
    truck.length_m = 6.5 + static_cast<double>(truck.axle_count);
  }
  return truck;
}

FleetTruck MakePaintedTruck(PlateCountry country, std::set<std::string>& taken, Chance& chance) {
  Plate plate;
  do {
    plate = MakeTruckPlate(country, chance);
  } while (!taken.insert(plate.key).second);
  // A Vietnamese front carries either form; a Chinese one the one-line form.
  const bool two_line = country == PlateCountry::kVietnam && chance.Happens(0.5);
  FleetTruck truck = MakeFleetTruck(std::move(plate), taken, chance);
  truck.face = FaceOf(truck.plate, two_line);
  return truck;
}

Firm MakeFirm(int number, const PopulationSettings& settings, std::set<std::string>& taken, Chance& chance) {
  Firm firm;
  firm.number = number;
  firm.country = CountryOfFirm(number);
  const FirmName name = MakeFirmName(firm.country, number / 5 * 3 + number % 5 % 3, chance);
  firm.name = name.name;
  firm.address = name.address;
  do {
    firm.tax_code = MakeTaxCode(chance);
  } while (!taken.insert(firm.tax_code).second);
  firm.phone = MakePhone(PlateCountry::kVietnam, chance);
  firm.contact_name = MakePersonName(firm.country, chance);
  firm.sign_in_name = fmt::format("sim.firm{:02}", number);
  for (int at = 0; at < settings.drivers_per_firm; ++at) {
    Driver driver;
    driver.nationality = firm.country;
    driver.name = MakePersonName(firm.country, chance);
    do {
      driver.passport_number = MakePassportNumber(firm.country, chance);
    } while (!taken.insert(driver.passport_number).second);
    driver.phone = MakePhone(firm.country, chance);
    firm.drivers.push_back(std::move(driver));
  }
  return firm;
}

// Photographs go to the firms in turn, each plate once.
void GiveOutPhotos(const std::vector<PhotoPlate>& photos, std::vector<Firm>& firms,
                   std::set<std::string>& taken, Chance& chance) {
  size_t next = 0;
  for (const PhotoPlate& photo : photos) {
    if (!taken.insert(photo.plate.key).second) continue;
    FleetTruck truck = MakeFleetTruck(photo.plate, taken, chance);
    truck.photo = photo.file;
    truck.face = FaceOf(photo.plate, photo.two_line);
    firms[next++ % firms.size()].trucks.push_back(std::move(truck));
  }
}

// What a camera behind and a reader of transponders learn of a truck. Drawn from streams of their own, so
// that the rest of a population is the same with and without them.
void GiveRearsAndTags(uint64_t seed, std::vector<Firm>& firms) {
  constexpr double kTwoLineShare = 0.6;
  constexpr double kTagShare = 0.8;
  SeededRandom random(seed ^ 0xD1B54A32D192ED03ULL);
  Chance chance(random);
  std::set<std::string> taken;
  for (Firm& firm : firms) {
    for (FleetTruck& truck : firm.trucks) {
      truck.rear_face =
          MakeRearFace(truck.tractor ? truck.trailer_plate : truck.plate, chance.Happens(kTwoLineShare));
      if (!chance.Happens(kTagShare)) continue;
      do {
        truck.tag_id = MakeTagId(chance);
      } while (!taken.insert(truck.tag_id).second);
    }
  }
}

}  // namespace

std::vector<Firm> MakePopulation(uint64_t seed, const PopulationSettings& settings) {
  BG_CHECK(settings.firm_count > 0 && settings.drivers_per_firm > 0,
           "the configuration bounds the population");
  SeededRandom random(seed);
  Chance chance(random);
  std::set<std::string> taken;
  std::vector<Firm> firms;
  for (int number = 0; number < settings.firm_count; ++number) {
    firms.push_back(MakeFirm(number, settings, taken, chance));
  }
  if (!settings.photos.empty()) {
    GiveOutPhotos(settings.photos, firms, taken, chance);
  } else {
    for (Firm& firm : firms) {
      for (int at = 0; at < settings.trucks_per_firm; ++at) {
        firm.trucks.push_back(MakePaintedTruck(firm.country, taken, chance));
      }
    }
  }
  GiveRearsAndTags(seed, firms);
  return firms;
}

std::optional<int> OtherWithTag(const Firm& firm, int truck) {
  const auto count = static_cast<int>(firm.trucks.size());
  for (int step = 1; step < count; ++step) {
    const int other = (truck + step) % count;
    if (!firm.trucks[static_cast<size_t>(other)].tag_id.empty()) return other;
  }
  return std::nullopt;
}

Truck MakeTruck(const FleetTruck& fleet) {
  Truck truck;
  truck.plate = fleet.plate.normalised;
  truck.face = fleet.face;
  truck.length_m = fleet.length_m;
  truck.mass_kg = fleet.tare_kg + fleet.trailer_tare_kg;
  truck.paint = fleet.paint;
  truck.photo = fleet.photo;
  if (fleet.tractor) truck.trailer_plate = fleet.trailer_plate.normalised;
  truck.rear_face = fleet.rear_face;
  truck.container_two_line = fleet.paint % 5 < 3;
  truck.tag_id = fleet.tag_id;
  return truck;
}

}  // namespace bordergate::simulator
