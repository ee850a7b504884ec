// Who uses the gate: firms with their trucks and drivers, made from a seed. Everything a firm needs to
// register is here; nothing of it is known to the platform before the firm says so through the public door.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "libs/plate/plate.h"
#include "services/simulator/domain/plate_face.h"
#include "services/simulator/domain/truck.h"

namespace bordergate::simulator {

struct FleetTruck {
  Plate plate;
  PlateFace face;
  std::string photo;  // picture to show; empty: painted
  bool tractor = false;
  Plate trailer_plate;  // of a tractor
  PlateFace rear_face;  // of the trailer, or of a rigid truck
  std::string tag_id;   // TID of its transponder; empty: it has none
  std::string vin;
  int axle_count = 3;
  int tare_kg = 0;
  int trailer_tare_kg = 0;  // 0: a rigid truck
  int permitted_mass_kg = 0;
  double length_m = 12;
  int paint = 0;
  std::string permit_number;  // cross-border permit
};

struct Driver {
  std::string name;
  PlateCountry nationality = PlateCountry::kVietnam;
  std::string passport_number;
  std::string phone;
};

struct Firm {
  int number = 0;  // from 0
  PlateCountry country = PlateCountry::kVietnam;
  std::string name;
  std::string address;
  std::string tax_code;
  std::string phone;
  std::string contact_name;
  std::string sign_in_name;  // "sim.firm03"
  std::vector<FleetTruck> trucks;
  std::vector<Driver> drivers;
};

// A photograph that can stand before a camera.
struct PhotoPlate {
  Plate plate;
  bool two_line = false;
  std::string file;
};

struct PopulationSettings {
  int firm_count = 10;
  int trucks_per_firm = 24;
  int drivers_per_firm = 8;
  std::vector<PhotoPlate> photos;  // when there are any, all trucks are these and no others
};

std::vector<Firm> MakePopulation(uint64_t seed, const PopulationSettings& settings);

// Another truck of the firm that has a transponder; nothing when there is none.
std::optional<int> OtherWithTag(const Firm& firm, int truck);

// The truck as it drives up, empty.
Truck MakeTruck(const FleetTruck& fleet);

}  // namespace bordergate::simulator
