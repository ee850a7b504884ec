// A road of two lanes without time: a test says what stands there and what happened.
#pragma once

#include <mutex>

#include "services/simulator/domain/reasons.h"
#include "services/simulator/domain/road.h"

namespace bordergate::simulator {

class FakeRoad final : public Road {
 public:
  const std::vector<LanePlace>& places() const override { return places_; }
  std::optional<LaneView> View(const std::string& lane_id) override {
    const auto at = views.find(lane_id);
    return at == views.end() ? std::nullopt : std::optional(at->second);
  }
  Result<std::string> Place(const std::string& lane_id, Truck truck) override {
    if (!views.contains(lane_id)) return Error(kLaneUnknown, "no such lane");
    truck.truck_id = "truck_" + std::to_string(placed.size() + 1);
    truth.Place(truck, lane_id, Instant());
    placed.emplace_back(lane_id, truck);
    return truck.truck_id;
  }
  Result<void> SetFault(const std::string& lane_id, Fault fault, bool on) override {
    if (!views.contains(lane_id)) return Error(kLaneUnknown, "no such lane");
    views[lane_id].faults.Set(fault, on);
    return {};
  }
  Result<void> Play(const std::string& lane_id, Scene scene) override {
    played.emplace_back(lane_id, scene);
    return {};
  }
  std::optional<TruckTruth> FindTruck(const std::string& truck_id) override {
    const TruckTruth* truck = truth.Find(truck_id);
    return truck == nullptr ? std::nullopt : std::optional(*truck);
  }
  std::vector<TruthRecord> RecordsAfter(int64_t sequence, size_t count_max) override {
    return truth.RecordsAfter(sequence, count_max);
  }
  std::vector<TruckTruth> Passages(const std::string& lane_id) override { return truth.Passages(lane_id); }
  std::map<std::string, int64_t> Counts() override { return truth.counts(); }
  void OnRecord(std::function<void()> changed) override { observer = std::move(changed); }
  WorldTime DayTime() override { return day_time; }
  double speed() override { return speed_; }
  void SetSpeed(double speed) override { speed_ = speed; }
  bool IsNight() override { return false; }

  // A truck that was placed does something.
  void Does(const std::string& truck_id, LaneEvent::Kind kind) {
    truth.Add(truth.Find(truck_id)->lane_id, {kind, {}, truck_id, {}}, Instant());
    if (observer) observer();
  }

  std::map<std::string, LaneView> views{{"x1", {}}, {"n1", {}}};
  std::vector<std::pair<std::string, Truck>> placed;
  std::vector<std::pair<std::string, Scene>> played;
  GroundTruth truth;
  WorldTime day_time{0};
  std::function<void()> observer;

 private:
  double speed_ = 1;
  std::vector<LanePlace> places_{{"x1", "huu-nghi", "X1", true, "x1-front"},
                                 {"n1", "huu-nghi", "N1", false, "n1-front"}};
};

}  // namespace bordergate::simulator
