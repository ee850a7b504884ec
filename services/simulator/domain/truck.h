// One truck as somebody at the roadside sees it, and how its driver behaves.
#pragma once

#include <string>

#include "services/simulator/domain/plate_face.h"
#include "services/simulator/domain/world_time.h"

namespace bordergate::simulator {

// Why a truck is on the road; part of the ground truth.
enum class Purpose {
  kPlaced,          // put there through the control door
  kDeclared,        // has a trip and was called
  kUndeclared,      // nobody declared it
  kWatchListed,     // is on the watch list
  kMismatched,      // carries another plate than the declared one
  kTrailerSwapped,  // pulls another trailer than the declared one
  kTagSwapped,      // carries the transponder of another truck
};
// For example "declared".
std::string_view PurposeName(Purpose purpose);

enum class DriverManner {
  kNormal,      // stops at the line, drives when the arm has gone up for him
  kTailgating,  // follows the truck before him through the open barrier
  kWrongWay,    // backs through the lane against its direction as soon as the arm is up
};

struct Truck {
  std::string truck_id;  // "truck_17"; given by the world when empty
  std::string plate;     // normalised; what the plate on the truck says
  PlateFace face;        // how that plate looks
  double length_m = 12;
  int mass_kg = 15'000;       // with its trailer and whatever is aboard
  int paint = 0;              // which cab and colour, any number
  bool muddy = false;         // nobody can read the plate
  bool smeared = false;       // mud on one character of the plate
  std::string trailer_plate;  // normalised; empty: a rigid truck
  PlateFace
      rear_face;  // how the plate at the rear looks: the trailer's, else its own; no lines: there is none
  bool rear_muddy = false;         // nobody can read the plate at the rear
  std::string container_number;    // on the doors of the container that it carries; empty: it carries none
  bool container_two_line = true;  // the owner's code stands above the digits, else before them
  std::string tag_id;              // TID of the transponder behind the windscreen; empty: none
  std::string slip;   // text of the slip that the driver holds before the window's camera; empty: none
  std::string photo;  // picture shown instead of the painted truck; empty: painted
  Purpose purpose = Purpose::kPlaced;
  std::string trip_id;  // of a declared trip; empty when none
  DriverManner manner = DriverManner::kNormal;
  double gap_m = 5;               // how close a tailgater follows
  milliseconds patience{90'000};  // standing for longer than this, the driver backs out and leaves
};

// What the plate at the rear says.
inline const std::string& RearPlate(const Truck& truck) {
  return truck.trailer_plate.empty() ? truck.plate : truck.trailer_plate;
}

}  // namespace bordergate::simulator
