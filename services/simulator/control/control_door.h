// The control door: tests and demonstrations place trucks, play scenes and read the ground truth over HTTP,
// on loopback, with a token. It is no part of the platform; nothing of the platform knows it. The paths stand
// in README.md.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "libs/http/server.h"
#include "services/simulator/control/convert.h"
#include "services/simulator/control/waiting_room.h"
#include "services/simulator/domain/road.h"

namespace bordergate::simulator {

// What the door reaches besides the road.
struct ControlHooks {
  // Plates in the last frame of a camera, with their corners, as a JSON list.
  std::function<Json(const std::string& camera_id)> plates;
  // The lines that stand on the display of a lane; null when it has none.
  std::function<Json(const std::string& lane_id)> display_of;
  // What stands on the scale of a lane; null when it has none.
  std::function<Json(const std::string& lane_id)> scale_of;
  // File of the photograph of a plate; empty when there is none.
  std::function<std::string(const Plate&)> photo_of;
  // Lets the day's traffic go on or pause.
  std::function<void(bool running)> run_traffic;
  std::function<bool()> traffic_runs;
  // State of the actors, for people.
  std::function<Json()> actors;
};

class ControlDoor {
 public:
  // Listens at once and serves until destruction.
  //   listen   address and port; port 0 takes a free one
  //   token    every request carries it: "Authorization: Bearer <token>"
  //   errors   LISTEN_REFUSED
  static Result<std::unique_ptr<ControlDoor>> Start(const std::string& listen, std::string token, Road& road,
                                                    ControlHooks hooks, const Clock& clock);

  uint16_t port() const { return server_->port(); }

 private:
  ControlDoor(std::string token, Road& road, ControlHooks hooks, const Clock& clock);
  Json LaneJson(const LanePlace& place);
  void Handle(const http::Request& request, const http::Reply& reply);
  Result<Json> Answer(const http::Request& request);
  Result<Json> Get(const http::Request& request);
  Result<Json> Post(const http::Request& request);
  Result<Json> PostToLane(const std::string& lane_id, const std::string& what, const Json& body);
  Result<Json> GetLane(const std::string& lane_id);
  Json GetLanes();
  Json GetClock();
  Result<Json> PlaceTruck(const std::string& lane_id, const Json& body);
  Result<Json> SetFault(const std::string& lane_id, const Json& body);
  Result<Json> PlayScene(const std::string& lane_id, const Json& body);
  Result<Json> SetClock(const Json& body);
  Result<Json> RunTraffic(const Json& body);
  void WaitForTruck(const http::Request& request, const http::Reply& reply);

  const std::string token_;
  Road& road_;
  const ControlHooks hooks_;
  WaitingRoom room_;
  std::unique_ptr<http::Server> server_;
};

}  // namespace bordergate::simulator
