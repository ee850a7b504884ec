// The public door as the actors use it: REST, as anybody.
#pragma once

#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "libs/core/result.h"
#include "services/simulator/domain/reasons.h"

namespace bordergate::simulator {

using Json = nlohmann::json;

struct DoorRequest {
  std::string method = "GET";
  std::string path;   // "/v1/trips"
  std::string token;  // of a session or a device; empty for nobody
  std::string key;    // Idempotency-Key; required for POST
  Json body;          // of a POST
};

class PublicDoor {
 public:
  virtual ~PublicDoor() = default;

  // One request and its answer.
  //   errors   DOOR_AWAY; else those of the platform, by reason, with the code that belongs to the HTTP
  //   status blocks   for as long as the request and the rate limit take
  virtual Result<Json> Call(const DoorRequest& request) = 0;
};

// True when the same request under the same key may go through later.
bool IsPassing(const Error& error);

}  // namespace bordergate::simulator
