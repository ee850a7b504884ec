// PublicDoor over libcurl: one connection, kept alive; at most so many requests a second.
#pragma once

#include <atomic>
#include <string>

#include "libs/core/clock.h"
#include "libs/telemetry/metrics.h"
#include "services/simulator/actors/door.h"

namespace bordergate::simulator {

struct CurlDoorSettings {
  std::string url;  // of the public door, without a slash at the end
  milliseconds timeout{10'000};
  double requests_per_second_max = 20;
};

// One thread at a time but for Stop.
class CurlDoor final : public PublicDoor {
 public:
  CurlDoor(CurlDoorSettings settings, const Clock& clock, Metrics& metrics);
  ~CurlDoor() override;
  CurlDoor(const CurlDoor&) = delete;
  CurlDoor& operator=(const CurlDoor&) = delete;

  Result<Json> Call(const DoorRequest& request) override;
  // Ends the call under way, and every later one, with DOOR_AWAY.
  void Stop() { stopping_ = true; }

 private:
  void WaitForTurn();
  Result<Json> Send(const DoorRequest& request);

  const CurlDoorSettings settings_;
  const Clock& clock_;
  const Counter requests_;
  const Counter failures_;
  std::atomic<bool> stopping_ = false;
  void* curl_;
  SteadyInstant next_turn_{};
};

}  // namespace bordergate::simulator
