#include "services/simulator/domain/ground_truth.h"

#include <utility>

namespace bordergate::simulator {
namespace {

constexpr std::string_view kPlaced = "truck.placed";
constexpr std::string_view kPassed = "truck.passed";

}  // namespace

bool TruckTruth::over() const {
  return Did(kPassed) || Did("truck.turned_back") || Did("truck.wrong_way") || Did("truck.vanished");
}

void GroundTruth::Place(const Truck& truck, const std::string& lane_id, Instant time) {
  TruckTruth& known = trucks_[truck.truck_id];
  known.truck_id = truck.truck_id;
  known.lane_id = lane_id;
  known.plate = truck.plate;
  known.purpose = PurposeName(truck.purpose);
  known.trip_id = truck.trip_id;
  known.trailer_plate = truck.trailer_plate;
  known.tag_id = truck.tag_id;
  known.container_number = truck.container_number;
  known.last_event = kPlaced;
  known.times.insert_or_assign(std::string(kPlaced), time);
  truck_order_.push_back(truck.truck_id);
  while (truck_order_.size() > kTrucksMax) {
    // A passage stays known for as long as the program runs.
    const auto oldest = trucks_.find(truck_order_.front());
    if (oldest != trucks_.end() && !oldest->second.Did(kPassed)) trucks_.erase(oldest);
    truck_order_.pop_front();
  }
}

TruthRecord GroundTruth::Add(const std::string& lane_id, const LaneEvent& event, Instant time) {
  TruthRecord record;
  record.sequence = last_sequence_ + 1;
  record.time = time;
  record.lane_id = lane_id;
  record.event = EventName(event.kind);
  record.truck_id = event.truck_id;
  record.detail = event.detail;
  if (const TruckTruth* truck = Find(event.truck_id)) {
    record.plate = truck->plate;
    record.purpose = truck->purpose;
    record.trip_id = truck->trip_id;
    record.trailer_plate = truck->trailer_plate;
    record.tag_id = truck->tag_id;
    record.container_number = truck->container_number;
  }
  Keep(record);
  return record;
}

void GroundTruth::Restore(TruthRecord record) {
  if (!record.truck_id.empty() && !trucks_.contains(record.truck_id)) {
    TruckTruth& truck = trucks_[record.truck_id];
    truck.truck_id = record.truck_id;
    truck.lane_id = record.lane_id;
    truck.plate = record.plate;
    truck.purpose = record.purpose;
    truck.trip_id = record.trip_id;
    truck.trailer_plate = record.trailer_plate;
    truck.tag_id = record.tag_id;
    truck.container_number = record.container_number;
    truck_order_.push_back(record.truck_id);
  }
  Keep(record);
}

std::vector<TruthRecord> GroundTruth::CloseEarlierRun(Instant time) {
  std::vector<TruthRecord> closed;
  for (const auto& [truck_id, truck] : trucks_) {
    if (truck.over()) continue;
    closed.push_back(Add(truck.lane_id, {LaneEvent::Kind::kTruckVanished, {}, truck_id, {}}, time));
  }
  return closed;
}

const TruckTruth* GroundTruth::Find(std::string_view truck_id) const {
  const auto at = trucks_.find(truck_id);
  return at == trucks_.end() ? nullptr : &at->second;
}

std::vector<TruthRecord> GroundTruth::RecordsAfter(int64_t sequence, size_t count_max) const {
  std::vector<TruthRecord> found;
  if (records_.empty()) return found;
  const int64_t skip = std::max<int64_t>(0, sequence - records_.front().sequence + 1);
  for (auto at = static_cast<size_t>(skip); at < records_.size() && found.size() < count_max; ++at) {
    found.push_back(records_[at]);
  }
  return found;
}

std::vector<TruckTruth> GroundTruth::Passages(std::string_view lane_id) const {
  std::vector<TruckTruth> found;
  for (const std::string& truck_id : passed_) {
    const TruckTruth* truck = Find(truck_id);
    if (truck != nullptr && (lane_id.empty() || truck->lane_id == lane_id)) found.push_back(*truck);
  }
  return found;
}

void GroundTruth::Keep(const TruthRecord& record) {
  last_sequence_ = record.sequence;
  ++counts_[record.event];
  records_.push_back(record);
  if (records_.size() > kRecordsMax) records_.pop_front();
  const auto at = trucks_.find(record.truck_id);
  if (at == trucks_.end() || !record.event.starts_with("truck.")) return;
  at->second.last_event = record.event;
  at->second.times.insert_or_assign(record.event, record.time);
  if (record.event == kPassed) passed_.push_back(record.truck_id);
}

}  // namespace bordergate::simulator
