// The running world: every lane's world moved by the clock, its barrier as its controller sees it, what
// happened written down.
//
// What happened is on disk within a twentieth of a second while something moves. A lane is moved to this
// moment whenever somebody looks at it or writes to it, so a controller's registers are never older than its
// request; a thread moves the rest. Safe for use by several threads.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "libs/core/id.h"
#include "libs/telemetry/telemetry.h"
#include "services/simulator/domain/barrier_port.h"
#include "services/simulator/domain/road.h"
#include "services/simulator/store/truth_file.h"

namespace bordergate::simulator {

enum class Light { kByClock, kDay, kNight };

struct WorldSettings {
  double speed = 1;
  double driving_speed_max = 2;  // trucks never drive faster than this times the real pace
  int start_hour = 8;            // of the gate's clock when the world begins
  Light light = Light::kByClock;
  BarrierTimes barrier;
};

class World final : public Road {
 public:
  World(std::vector<LanePlace> places, WorldSettings settings, TruthFile truth, const Clock& clock,
        IdMaker& ids, Telemetry& telemetry);
  ~World() override;
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  // The registers of a lane's barrier controller. As long as the world lives.
  BarrierPort& Barrier(const std::string& lane_id);

  const std::vector<LanePlace>& places() const override { return places_; }
  std::optional<LaneView> View(const std::string& lane_id) override;
  Result<std::string> Place(const std::string& lane_id, Truck truck) override;
  Result<void> SetFault(const std::string& lane_id, Fault fault, bool on) override;
  Result<void> Play(const std::string& lane_id, Scene scene) override;
  std::optional<TruckTruth> FindTruck(const std::string& truck_id) override;
  std::vector<TruthRecord> RecordsAfter(int64_t sequence, size_t count_max) override;
  std::vector<TruckTruth> Passages(const std::string& lane_id) override;
  std::map<std::string, int64_t> Counts() override;
  void OnRecord(std::function<void()> changed) override;
  WorldTime DayTime() override;
  double speed() override;
  void SetSpeed(double speed) override;
  bool IsNight() override;

 private:
  class Cell;

  Cell* Find(const std::string& lane_id) const;
  WorldTime Now() const;
  void Record(const std::string& lane_id, const std::vector<LaneEvent>& events, WorldTime now);
  // Notes it; the truth's mutex is held.
  void Keep(const TruthRecord& record);
  // To the file. Only the world's own thread does this: a slow disk must not keep a controller from
  // answering.
  void WriteDown();
  void Wake();
  void Run();

  const std::vector<LanePlace> places_;
  const WorldSettings settings_;
  const Clock& clock_;
  IdMaker& ids_;
  Telemetry& telemetry_;
  const SteadyInstant start_;
  std::vector<std::unique_ptr<Cell>> cells_;

  std::mutex truth_mutex_;
  GroundTruth truth_;
  std::vector<TruthRecord> unwritten_;
  TruthFile file_;
  std::vector<std::function<void()>> observers_;
  std::map<std::string, Counter> counters_;

  std::mutex clock_mutex_;
  double speed_;
  WorldTime day_base_;  // the day's time at `day_since_`
  WorldTime day_since_{0};

  std::mutex wake_mutex_;
  std::condition_variable wake_;
  bool woken_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace bordergate::simulator
