// The lanes as everybody outside the rules reaches them: those who serve their hardware, the actors who send
// trucks, the control door of the tests.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "libs/core/result.h"
#include "services/simulator/domain/ground_truth.h"
#include "services/simulator/domain/lane_world.h"

namespace bordergate::simulator {

struct LanePlace {
  std::string lane_id;
  std::string gate_id;
  std::string title;
  bool is_export = true;
  std::string camera_id;
};

// All functions are safe for use by several threads.
class Road {
 public:
  virtual ~Road() = default;

  virtual const std::vector<LanePlace>& places() const = 0;
  // What there is to see now; nothing for an unknown lane.
  virtual std::optional<LaneView> View(const std::string& lane_id) = 0;

  // Lines a truck up and returns its id.
  //   errors   LANE_UNKNOWN
  virtual Result<std::string> Place(const std::string& lane_id, Truck truck) = 0;
  //   errors   LANE_UNKNOWN
  virtual Result<void> SetFault(const std::string& lane_id, Fault fault, bool on) = 0;
  //   errors   LANE_UNKNOWN, NOBODY_AT_BARRIER
  virtual Result<void> Play(const std::string& lane_id, Scene scene) = 0;

  // The ground truth; see GroundTruth.
  virtual std::optional<TruckTruth> FindTruck(const std::string& truck_id) = 0;
  virtual std::vector<TruthRecord> RecordsAfter(int64_t sequence, size_t count_max) = 0;
  virtual std::vector<TruckTruth> Passages(const std::string& lane_id) = 0;
  virtual std::map<std::string, int64_t> Counts() = 0;
  // Calls `changed` after each further record, on the thread that made it; it must not block and not call
  // back. As long as the road lives.
  virtual void OnRecord(std::function<void()> changed) = 0;

  // The clock of the simulated day: it goes `speed` times as fast as ours.
  virtual WorldTime DayTime() = 0;
  virtual double speed() = 0;
  virtual void SetSpeed(double speed) = 0;
  // Whether it is dark.
  virtual bool IsNight() = 0;
};

}  // namespace bordergate::simulator
