// What a camera saw of one plate, or of one container's number, in one frame.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "libs/core/clock.h"

namespace bordergate::lane {

// What of a vehicle before the barrier a camera looks at.
enum class CameraPosition {
  kFront,    // the one that names the truck
  kRear,     // a truck's plate there is a witness
  kTrailer,  // from the side or above
};

// What it is that was read.
enum class ReadOf {
  kTruck,      // a plate of a truck or tractor
  kTrailer,    // a plate of a kind that only trailers carry
  kContainer,  // the number of a container
};

struct PlateRead {
  std::string read_id;  // unique; a repeat is recognised by it
  std::string camera_id;
  std::string lane_id;
  CameraPosition position = CameraPosition::kFront;
  std::string track_id;  // the vehicle as the camera follows it; empty: it does not
  Instant frame_time;    // by the receiving clock
  ReadOf of = ReadOf::kTruck;
  std::string plate;                           // normalised; a container's number
  std::string key;                             // what it is compared by (libs/plate); a container's number
  double confidence = 0;                       // 0 to 1
  std::vector<float> corners;                  // eight pixel coordinates, or none
  std::optional<SteadyInstant> receive_at;     // when it arrived here, for measuring
  std::shared_ptr<const std::string> picture;  // JPEG; null when the camera sent none
};

// What became of a read.
enum class ReadUse {
  kTaken,       // for the vehicle in the lane
  kRepeated,    // its read_id was seen before
  kNoSession,   // nobody on the arming loop; kept for a moment in case its vehicle arrives now
  kTooOld,      // older than the vehicle's arrival, or its frame time cannot be true
  kOfAnother,   // of a witness: another vehicle was in the lane, or it is that of the vehicle before
  kUnknownTag,  // a transponder that belongs to no known vehicle
};

}  // namespace bordergate::lane
