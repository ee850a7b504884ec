// Containers: which trips declare them, which trucks carry them, what further cameras see of them: the right
// one, another's, one that nobody declared, misread, late, of the truck that drives away, of the neighbour's
// lane.
#include <fmt/format.h>

#include "libs/container/container_number.h"
#include "tests/simulation/lane_world_process.h"

namespace bordergate::lane {

std::string LaneWorld::NewContainer() {
  const std::string first_ten = fmt::format("CSQU{:06}", known_containers_.size());
  return known_containers_.emplace_back(first_ten + ContainerCheckDigit(first_ten));
}

const std::string& LaneWorld::KnownContainer() {
  const size_t recent = std::min<size_t>(known_containers_.size(), 200);
  return known_containers_[known_containers_.size() - 1 - random_.Below(recent)];
}

void LaneWorld::GiveContainer(const LaneModel::Truck& truck) {
  std::string& container = papers_[truck.id].container;
  const auto declared = container_of_.find(truck.plate);
  if (declared != container_of_.end()) container = declared->second;
  const uint64_t chance = random_.Below(16);
  if (chance == 0) container.clear();
  if (chance == 1 && !known_containers_.empty()) container = KnownContainer();
  if (chance == 2) container = "TGHU7654320";  // nobody declared it
}

void LaneWorld::SeeContainer(size_t lane, const LaneModel::Truck& truck, CameraPosition position) {
  PendingRead pending = NewPending(lane, truck.id, "container-");
  PlateRead& read = pending.read;
  read.of = ReadOf::kContainer;
  read.position = position;
  if (random_.Below(3) != 0) read.track_id = "rear/" + std::to_string(truck.id);
  // As our cameras tell: sure when two frames say the same, else at most 0.49.
  read.confidence = random_.Below(3) != 0 ? 0.9 + 0.001 * static_cast<double>(random_.Below(100))
                                          : 0.3 + 0.001 * static_cast<double>(random_.Below(190));
  read.plate = papers_[truck.id].container;
  if (Chance(options_.misread_permille)) {
    // As of plates, a misread never hits another declared one.
    const std::string first_ten = "MSK" + read.plate.substr(3, 7);
    read.plate = first_ten + ContainerCheckDigit(first_ten);
  }
  read.key = read.plate;
  checker_.containers().OnShown(read.lane_id, read.key, clock_.SteadyNow());
  reads_.push_back(pending);
  if (random_.Below(12) != 0) return;
  // It stands in the picture of the neighbour's camera, too.
  pending.lane = 1 - lane;
  read.lane_id = WorldLaneId(pending.lane);
  read.read_id += "-beyond";
  read.track_id.clear();
  checker_.containers().OnShown(read.lane_id, read.key, clock_.SteadyNow());
  reads_.push_back(pending);
}

void LaneWorld::DeliverContainer(const PendingRead& pending) {
  PlateRead read = pending.read;
  if (sabotage_ == Sabotage::kContainerTimeIgnored) {
    read.frame_time = clock_.Now();
    read.track_id.clear();
  }
  const bool sure = read.confidence >= CheckpointRule{}.confidence_min;
  if (sure) {
    for (const auto& [plate, container] : container_of_) {
      if (container == read.plate) checker_.OnWitness(pending.truck, plate);
    }
  }
  const std::string session = WaitingSession(pending.lane);
  const auto before = checker_.containers().OnSeen(session, read.plate, sure);
  InProcess(pending.lane, [&](LaneController& lane) {
    const ReadUse use = lane.SeeRead(read);
    if (use != ReadUse::kTaken) checker_.containers().Restore(session, before);
    if (use == ReadUse::kNoSession) checker_.containers().OnEarly(read.lane_id, read.key, clock_.SteadyNow());
  });
}

}  // namespace bordergate::lane
