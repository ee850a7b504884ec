// What further cameras see and antennas hear of trucks: their own, none, another's, misread, late, of the
// truck that is driving away, of the one in the neighbour's lane.
#include "tests/simulation/lane_world_process.h"

namespace bordergate::lane {
namespace {

constexpr int kNear_cdbm = -4000;
constexpr int kNeighbour_cdbm = -5500;
constexpr int kDrivingAway_cdbm = -5000;

}  // namespace

void LaneWorld::GiveWitnesses(const LaneModel::Truck& truck) {
  Papers& papers = papers_[truck.id];
  papers.rear_plate = random_.Below(12) == 0 ? KnownPlate() : truck.plate;
  const uint64_t tag = random_.Below(12);
  papers.tag_of = tag < 9    ? truck.plate
                  : tag < 11 ? ""
                             : KnownPlate();  // cloned, or moved from another truck
  const auto declared = trailer_of_.find(truck.plate);
  if (declared != trailer_of_.end() && random_.Below(8) != 0) papers.trailer = declared->second;
  if (random_.Below(20) == 0) papers.trailer = "29R99999";
}

// One character off, and nobody declared it.
std::string LaneWorld::NeighbourOf(std::string plate) {
  char& one = plate[plate.size() - 1 - random_.Below(5)];
  one = static_cast<char>('0' + (one - '0' + 1 + static_cast<int>(random_.Below(9))) % 10);
  return plate;
}

LaneWorld::PendingRead LaneWorld::NewPending(size_t lane, int truck, const char* kind) {
  PendingRead pending;
  pending.lane = lane;
  pending.truck = truck;
  pending.deliver_at = clock_.SteadyNow() + milliseconds(random_.Below(200));
  if (Chance(options_.late_read_permille)) pending.deliver_at += milliseconds(random_.Below(15000));
  pending.read.read_id = kind + std::to_string(++read_count_);
  pending.read.frame_time = clock_.Now();
  return pending;
}

// A camera at the rear sees who stands before the barrier, or who drives away from it; one at the side only
// the former.
void LaneWorld::FurtherCameras(size_t lane) {
  if (!Chance(options_.witness_permille)) return;
  const auto& trucks = lanes_[lane]->barrier.model.trucks();
  const LaneModel::Truck* truck = lanes_[lane]->barrier.model.OnArming();
  const bool at_rear = random_.Below(3) != 0;
  if (at_rear && !trucks.empty() && trucks.front().front_m > 12) truck = &trucks.front();
  if (truck == nullptr) return;
  const Papers& papers = papers_[truck->id];
  PendingRead pending = NewPending(lane, truck->id, "further-");
  PlateRead& read = pending.read;
  read.position = at_rear ? CameraPosition::kRear : CameraPosition::kTrailer;
  if (random_.Below(3) != 0) read.track_id = "rear/" + std::to_string(truck->id);
  read.confidence = 0.6 + 0.01 * static_cast<double>(random_.Below(40));
  const bool pulls = !papers.trailer.empty();
  if (!at_rear && !pulls) return;
  read.of = pulls ? ReadOf::kTrailer : ReadOf::kTruck;
  read.plate = pulls ? papers.trailer : papers.rear_plate.empty() ? truck->plate : papers.rear_plate;
  // As of the front, a misread never hits another expected plate.
  if (!pulls && read.plate == truck->plate && Chance(options_.misread_permille))
    read.plate[read.plate.size() - 1 - random_.Below(5)] = 'X';
  read.key = read.plate;
  reads_.push_back(pending);
}

// It hears who stands before the barrier and, less strongly, who drives away; so does the neighbour's, still
// less.
void LaneWorld::Antenna(size_t lane) {
  if (!Chance(options_.witness_permille)) return;
  const auto& trucks = lanes_[lane]->barrier.model.trucks();
  const LaneModel::Truck* truck = lanes_[lane]->barrier.model.OnArming();
  int rssi_cdbm = kNear_cdbm;
  if (!trucks.empty() && trucks.front().front_m > 12 && random_.Below(3) == 0) {
    truck = &trucks.front();
    rssi_cdbm = kDrivingAway_cdbm;
  }
  if (truck == nullptr || papers_[truck->id].tag_of.empty()) return;
  PendingRead pending = NewPending(lane, truck->id, "tag-");
  pending.tag_of = papers_[truck->id].tag_of;
  pending.rssi_cdbm = rssi_cdbm + static_cast<int>(random_.Below(200));
  reads_.push_back(pending);
  if (random_.Below(2) == 0) return;
  pending.lane = 1 - lane;
  pending.rssi_cdbm = kNeighbour_cdbm + static_cast<int>(random_.Below(200));
  pending.read.read_id += "-overheard";
  reads_.push_back(pending);
}

void LaneWorld::DeliverFurther(const PendingRead& pending) {
  PlateRead read = pending.read;
  if (sabotage_ == Sabotage::kWitnessTimeIgnored) {
    read.frame_time = clock_.Now();
    read.track_id.clear();
  }
  const bool sure = read.confidence >= CheckpointRule{}.confidence_min;
  const bool is_trailer = read.of == ReadOf::kTrailer;
  if (sure && !is_trailer) checker_.OnWitness(pending.truck, read.plate);
  if (sure && is_trailer) {
    for (const auto& [plate, trailer] : trailer_of_) {
      if (trailer == read.plate) checker_.OnWitness(pending.truck, plate);
    }
  }
  const std::string session = WaitingSession(pending.lane);
  InProcess(pending.lane, [&](LaneController& lane) {
    const bool of_it = !session.empty() && sure;
    const ReadUse use = lane.SeeRead(read);
    if (!of_it || use != ReadUse::kTaken) return;
    if (is_trailer) {
      checker_.OnTrailer(session, read.plate);
    } else if (read.position == CameraPosition::kRear) {
      checker_.OnRear(session, read.plate);
    }
  });
}

void LaneWorld::DeliverTag(const PendingRead& pending) {
  TagRead tag{.read_id = pending.read.read_id,
              .tag_reader_id = "tags",
              .lane_id = WorldLaneId(pending.lane),
              .read_time = pending.read.frame_time,
              .tag_id = WorldTag(pending.tag_of),
              .rssi_cdbm = pending.rssi_cdbm};
  if (sabotage_ == Sabotage::kWitnessTimeIgnored) tag.read_time = clock_.Now();
  checker_.OnWitness(pending.truck, pending.tag_of);
  InProcess(pending.lane, [&](LaneController& lane) { lane.SeeTag(tag); });
}

}  // namespace bordergate::lane
