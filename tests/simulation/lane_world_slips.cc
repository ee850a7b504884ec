// Drivers' slips: good, forged, altered, run out, of another gate, copied, lent; and what reaches a lane of
// them and of plates.
//
// The signatures are real: the same library signs here as customs does, and judges as lane does.
#include "libs/core/digest.h"
#include "libs/slip/slip.h"
#include "services/lane/domain/identify.h"
#include "tests/simulation/lane_world_process.h"

namespace bordergate::lane {
namespace {

constexpr int kShowsMax = 8;  // nobody holds a paper up for long

const std::string& CustomsSeed() {
  static const std::string seed(32, 'c');
  return seed;
}
const std::string& ForgersSeed() {
  static const std::string seed(32, 'f');
  return seed;
}

SlipRead Judge(const std::string& text, const FindSlipKey& find_key) {
  SlipRead read;
  Result<Slip> slip = VerifySlip(text, find_key);
  if (slip) {
    read.slip = *std::move(slip);
  } else {
    read.fault = slip.error().reason();
  }
  return read;
}

}  // namespace

void LaneWorld::GivePapers(const LaneModel::Truck& truck) {
  Papers& papers = papers_[truck.id];
  papers.muddy = Chance(options_.mud_permille);
  papers.dim = Chance(options_.dim_permille);
  GiveWitnesses(truck);
  // Who cannot be read is asked for a slip; others show one now and then.
  if (!Chance(papers.muddy ? 800 : options_.slip_permille)) return;
  enum Kind { kOwn, kOwnToo, kLent, kForged, kAltered, kExpired, kOtherGate, kKinds };
  const auto kind = static_cast<Kind>(random_.Below(kKinds));
  papers.shows_left = kShowsMax;
  papers.slip_plate = kind == kLent ? KnownPlate() : truck.plate;
  // No trip, no slip: somebody else's then.
  while (!trip_of_.contains(papers.slip_plate)) papers.slip_plate = KnownPlate();
  Slip slip{.key_id = "demo-slip-1",
            .trip_id = trip_of_.at(papers.slip_plate),
            .gate_id = kind == kOtherGate ? "tan-thanh" : "huu-nghi",
            .plate = papers.slip_plate,
            .trailer_plate = "",
            .is_export = true,
            .valid_from = std::chrono::floor<seconds>(clock_.Now()) - std::chrono::hours(30),
            .valid_until = std::chrono::floor<seconds>(clock_.Now()) + std::chrono::hours(48)};
  if (kind == kExpired) slip.valid_until -= std::chrono::hours(60);
  papers.good = kind == kOwn || kind == kOwnToo || kind == kLent;
  papers.slip_text = SignSlip(slip, kind == kForged ? ForgersSeed() : CustomsSeed());
  if (kind == kAltered) {
    char& one = papers.slip_text[papers.slip_text.size() - 1 - random_.Below(60)];
    one = one == '0' ? '1' : '0';
  }
}

void LaneWorld::SlipCamera(size_t lane) {
  const LaneModel::Truck* truck = lanes_[lane]->barrier.model.OnArming();
  if (truck == nullptr || random_.Below(8) != 0) return;
  const auto found = papers_.find(truck->id);
  if (found == papers_.end() || found->second.slip_text.empty() || found->second.shows_left-- <= 0) return;
  PendingRead pending;
  pending.lane = lane;
  pending.truck = truck->id;
  pending.deliver_at = clock_.SteadyNow() + milliseconds(random_.Below(200));
  if (Chance(options_.late_read_permille)) pending.deliver_at += milliseconds(random_.Below(15000));
  pending.read.read_id = "slip-" + std::to_string(++read_count_);
  pending.read.frame_time = clock_.Now();
  pending.slip_text = found->second.slip_text;
  reads_.push_back(pending);
}

std::string LaneWorld::WaitingSession(size_t lane) const {
  return up() ? process_->lanes[lane]->View().session_id : "";
}

void LaneWorld::DeliverPlate(const PendingRead& pending) {
  PlateRead read = pending.read;
  if (sabotage_ == Sabotage::kFrameTimeIgnored) read.frame_time = clock_.Now();
  const std::string session = WaitingSession(pending.lane);
  // What is wrong more often than right names nobody, and contradicts nobody.
  const bool says_something = !session.empty() && read.confidence >= kSaysSomethingFrom;
  if (read.confidence >= CheckpointRule{}.confidence_min) checker_.OnNamed(pending.truck, read.plate);
  checker_.OnShown(pending.truck, read.plate);
  const bool is_new = says_something && checker_.OnSeen(session, read.plate);
  InProcess(pending.lane, [&](LaneController& lane) {
    const ReadUse use = lane.SeeRead(read);
    if (is_new && use != ReadUse::kTaken) checker_.NotSeen(session, read.plate);
  });
}

void LaneWorld::DeliverSlip(const PendingRead& pending) {
  const std::string& signer = sabotage_ == Sabotage::kForgerBelieved ? ForgersSeed() : CustomsSeed();
  SlipRead slip = Judge(pending.slip_text,
                        [&](const std::string&) -> Result<std::string> { return PublicKeyEd25519(signer); });
  slip.read_id = pending.read.read_id;
  slip.frame_time = sabotage_ == Sabotage::kSlipTimeIgnored ? clock_.Now() : pending.read.frame_time;
  const Papers& papers = papers_.at(pending.truck);
  if (papers.good) checker_.OnNamed(pending.truck, papers.slip_plate);
  const std::string session = WaitingSession(pending.lane);
  const bool forged = !session.empty() && slip.fault == kSlipForged.name;
  if (forged) checker_.OnForged(session);
  InProcess(pending.lane, [&](LaneController& lane) {
    const ReadUse use = lane.SeeSlip(slip);
    if (forged && use != ReadUse::kTaken) checker_.NotForged(session);
  });
}

}  // namespace bordergate::lane
