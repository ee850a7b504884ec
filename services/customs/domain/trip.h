// The trip: one crossing of one truck, what it carries, and whether it is cleared.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/core/clock.h"
#include "libs/core/id.h"

namespace bordergate::customs {

// Known to customs by their ids only; vehicle owns them.
struct Enterprise;
struct Vehicle;
struct Driver;

enum class Direction { kExport, kImport };

enum class Regime { kExport, kImport, kTemporaryImport, kTemporaryExport, kTransshipment, kTransit };

// Meanings stand at GoodsLine in the proto.
struct GoodsLine {
  std::string hs_code;
  std::string description;
  int package_count = 0;
  std::string package_kind;
  int64_t gross_mass_kg = 0;
  int64_t net_mass_kg = 0;
  int64_t value_minor = 0;
  std::string currency_code;
  std::string origin_country_code;
};

struct Quarantine {
  std::string growing_area_code;
  std::string packing_house_code;
  std::string certificate_number;
  int driver_temperature_decicelsius = 0;  // 0 when not measured
  bool health_declared = false;
};

enum class StepState { kBlocked, kOpen, kConfirmed, kHeld };

// One agency's part in a trip.
struct Step {
  std::string step_id;
  std::string role;                // "ROLE_QUARANTINE"
  std::vector<std::string> after;  // steps of this trip that must be confirmed before it
  StepState state = StepState::kBlocked;
  std::string acted_by;  // empty before the first act
  std::string acted_by_name;
  std::optional<Instant> act_time;
  std::string remark;
};

enum class TripState { kDeclared, kHeld, kCleared, kCrossed, kCancelled };

struct Trip {
  Id<Trip> id;
  Id<Enterprise> enterprise_id;
  std::string gate_id;
  std::string route;
  std::optional<Direction> direction;            // always set in a checked trip
  std::optional<Regime> regime;                  // always set in a checked trip
  std::optional<Instant> expected_arrival_time;  // always set in a checked trip
  std::string declaration_number;                // empty when not yet registered
  std::string declaration_kind;                  // empty with it
  std::string contact_phone;
  std::string plate;             // as written
  std::string trailer_plate;     // as written; empty for a rigid truck
  std::string container_number;  // normalised; empty when none
  std::vector<std::string> seal_numbers;
  Id<Vehicle> vehicle_id;
  Id<Driver> driver_id;
  bool empty = false;  // declared to cross without goods
  std::vector<GoodsLine> goods;
  Quarantine quarantine;
  TripState state = TripState::kDeclared;
  std::vector<Step> steps;  // in the workflow's order
  int workflow_version = 0;
  bool perishable = false;
  Instant declare_time;
  std::optional<Instant> clear_time;
  std::optional<Instant> cross_time;
  std::string cancel_reason;  // empty unless it is cancelled
};

// True for the states in which the truck is still to cross: a truck has one such trip at most.
bool IsOpen(TripState state);

// True when fresh vegetables (HS chapter 07) or fruit (08) are aboard.
bool IsPerishable(const std::vector<GoodsLine>& goods);

}  // namespace bordergate::customs
