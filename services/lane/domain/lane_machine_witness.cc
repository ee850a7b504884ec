// The part of the machine that takes witnesses: plates and containers' numbers that further cameras saw,
// transponders that were heard.
//
// A witness counts for the vehicle that stood on the arming loop when it was taken, and only when that was
// alone in the lane: whoever is under the arm or behind it is seen and heard, too.
#include <algorithm>
#include <array>

#include "libs/plate/plate.h"
#include "services/lane/domain/lane_machine.h"

namespace bordergate::lane {
namespace {

constexpr size_t kEarlyMax = 16;
constexpr size_t kTagsMax = 8;    // of one stay
constexpr size_t kMarksMax = 32;  // more tracks than this in one stay say nothing more

std::string PlateTrace(std::string_view key) { return "plate/" + std::string(key); }
std::string ContainerTrace(std::string_view number) { return "container/" + std::string(number); }
std::string TraceOf(const PlateRead& read) {
  return read.of == ReadOf::kContainer ? ContainerTrace(read.key) : PlateTrace(read.key);
}
std::string TrackTrace(std::string_view track_id) { return "track/" + std::string(track_id); }

bool IsSure(const Ballot::Candidate& one, const Surroundings& around) {
  return one.best.confidence >= around.rule.confidence_min;
}

template <class One>
void KeepEarly(std::deque<One>& early, const One& one) {
  if (early.size() == kEarlyMax) early.pop_front();
  early.push_back(one);
}

void Insert(std::set<std::string>& marks, const std::string& mark) {
  if (marks.size() < kMarksMax) marks.insert(mark);
}

}  // namespace

bool LaneMachine::IsBelievable(Instant taken, Moment now) const {
  return taken >= now.wall - times_.read_age_max && taken <= now.wall + times_.read_ahead_max;
}

Effects LaneMachine::SeeFurther(const PlateRead& read, const Surroundings& around, ReadUse& use) {
  use = ReadUse::kTooOld;
  if (!IsBelievable(read.frame_time, around.now)) return {};
  Session* session = Waiting();
  if (session == nullptr) {
    use = ReadUse::kNoSession;
    traces_.Meet(TraceOf(read), around.now.steady);  // what is there without a vehicle is not the next one's
    KeepEarly(early_further_, read);
    return {};
  }
  use = BindFurther(read, around.now, *session);
  return use == ReadUse::kTaken ? Finish(around) : Effects{};
}

Effects LaneMachine::SeeTag(const TagRead& tag, const Surroundings& around, ReadUse& use) {
  use = ReadUse::kTooOld;
  if (!IsBelievable(tag.read_time, around.now)) return {};
  Session* session = Waiting();
  if (session == nullptr) {
    use = ReadUse::kNoSession;
    KeepEarly(early_tags_, tag);
    return {};
  }
  use = BindTag(tag, around, *session);
  return use == ReadUse::kTaken ? Finish(around) : Effects{};
}

void LaneMachine::BindEarlyWitnesses(Session& session, const Surroundings& around) {
  for (const PlateRead& read : std::exchange(early_further_, {})) BindFurther(read, around.now, session);
  for (const TagRead& tag : std::exchange(early_tags_, {})) BindTag(tag, around, session);
}

bool LaneMachine::WasAlone(Instant taken, Moment now) const {
  return !occupied_at_ || now.steady - (now.wall - taken) > *occupied_at_;
}

ReadUse LaneMachine::BindFurther(const PlateRead& read, Moment now, Session& session) {
  if (!session.Shows(read.frame_time, now)) return ReadUse::kTooOld;
  if (!WasAlone(read.frame_time, now)) return ReadUse::kOfAnother;
  const Traces::Of mark = traces_.Meet(TraceOf(read), now.steady);
  const Traces::Of track =
      read.track_id.empty() ? Traces::Of::kNobody : traces_.Meet(TrackTrace(read.track_id), now.steady);
  if (mark == Traces::Of::kGoneThrough || track == Traces::Of::kGoneThrough) return ReadUse::kOfAnother;
  if (mark == Traces::Of::kWentBack || track == Traces::Of::kWentBack) Insert(session.against_only, read.key);
  if (!read.track_id.empty()) Insert(session.tracks, read.track_id);
  session.BallotOf(read).Add(read);
  return ReadUse::kTaken;
}

ReadUse LaneMachine::BindTag(const TagRead& tag, const Surroundings& around, Session& session) {
  const Moment now = around.now;
  if (!session.Shows(tag.read_time, now)) return ReadUse::kTooOld;
  if (!WasAlone(tag.read_time, now)) return ReadUse::kOfAnother;
  const auto truck = around.facts.FindTag({tag.tag_id, info_.lane_id, tag.rssi_cdbm, now.steady});
  if (!truck) return ReadUse::kUnknownTag;
  const std::string key = PlateKey(truck->plate);
  const Traces::Of of = traces_.Meet(PlateTrace(key), now.steady);
  if (of == Traces::Of::kGoneThrough) return ReadUse::kOfAnother;
  if (of == Traces::Of::kWentBack) Insert(session.against_only, key);
  const auto known = std::ranges::find(session.tags, tag.tag_id, &HeardTag::tag_id);
  if (known != session.tags.end()) {
    known->rssi_cdbm = StrongerOf(known->rssi_cdbm, tag.rssi_cdbm);
    known->last_at = now.steady;
  } else if (session.tags.size() < kTagsMax) {
    session.tags.push_back({tag.tag_id, tag.rssi_cdbm, now.steady, now.steady});
  }
  return ReadUse::kTaken;
}

// The one that counts here and was heard clearly more strongly than any other that does; the truck behind is
// heard, too.
std::optional<Witness> LaneMachine::TagOf(const Session& session, const Surroundings& around) const {
  struct Counting {
    const HeardTag* heard;
    std::string plate;
  };
  std::vector<Counting> counting;
  for (const HeardTag& heard : session.tags) {
    // As it was when it was heard: another lane forgets sooner than this stay.
    auto truck = around.facts.FindTag({heard.tag_id, info_.lane_id, heard.rssi_cdbm, heard.last_at});
    if (truck && truck->counts) counting.push_back({&heard, std::move(truck->plate)});
  }
  for (const Counting& one : counting) {
    const bool told = std::ranges::all_of(counting, [&](const Counting& other) {
      return other.heard == one.heard || ClearlyStronger(one.heard->rssi_cdbm, other.heard->rssi_cdbm);
    });
    if (!told) continue;
    Witness witness{.kind = Witness::Kind::kTag, .plate = one.plate, .key = PlateKey(one.plate)};
    // A neighbouring lane may be about to hear it, and more strongly.
    witness.against_only = around.now.steady - one.heard->first_at < times_.settle;
    return witness;
  }
  return std::nullopt;
}

const Ballot::Candidate* LaneMachine::SureTrailer(const Session& session, const Surroundings& around) {
  const Ballot::Candidate* leader = session.trailers.Leader();
  return leader != nullptr && IsSure(*leader, around) ? leader : nullptr;
}

// Of numbers that frames disagree on, none counts: the check digit passes one misread in twenty-two, and a
// truck may carry two containers, of which one is declared.
const Ballot::Candidate* LaneMachine::SureContainer(const Session& session, const Surroundings& around) {
  const Ballot::Candidate* leader = session.containers.Leader();
  return leader != nullptr && IsSure(*leader, around) && !session.containers.Disputed() ? leader : nullptr;
}

std::vector<Witness> LaneMachine::WitnessesOf(const Session& session, const Surroundings& around) const {
  const auto sure = [&](const Ballot::Candidate& one) { return IsSure(one, around); };
  std::vector<Witness> witnesses;
  // Frames that disagree confirm nothing; what one of them was sure of still contradicts.
  const auto& rears = session.rear.candidates();
  if (const auto rear = std::ranges::find_if(rears, sure); rear != rears.end()) {
    witnesses.push_back({.kind = Witness::Kind::kRear,
                         .plate = rear->best.plate,
                         .key = rear->key,
                         .against_only = rear != rears.begin() || session.rear.Disputed()});
  }
  if (auto tag = TagOf(session, around)) witnesses.push_back(*std::move(tag));
  for (Witness& one : witnesses) one.against_only |= session.against_only.contains(one.key);
  const auto add_load = [&](Witness::Kind kind, const Ballot::Candidate* load) {
    if (load == nullptr) return;
    // As it was when it was seen, as for transponders.
    const SteadyInstant seen_at = around.now.steady - (around.now.wall - load->last_time);
    const auto truck =
        around.facts.TruckOfLoad({info_.lane_id, info_.gate_id, info_.direction, load->key, seen_at});
    if (!truck) return;
    // One that another lane sees may stand there.
    witnesses.push_back({.kind = kind,
                         .plate = truck->plate,
                         .key = PlateKey(truck->plate),
                         .against_only = !truck->counts || session.against_only.contains(load->key)});
  };
  add_load(Witness::Kind::kTrailer, SureTrailer(session, around));
  add_load(Witness::Kind::kContainer, SureContainer(session, around));
  return witnesses;
}

// A further camera may be about to say that rear, trailer or container are another's. Each is waited for
// where a camera shows it, a container where one is declared: they need not be read in the same frame.
// Transponders are not waited for: not every truck has one.
bool LaneMachine::AwaitsWitness(const Session& session, const Facts& facts,
                                const Surroundings& around) const {
  if (around.now.steady - session.arrive.steady >= times_.witness_wait) return false;
  const bool plate_seen = std::ranges::any_of(
      std::array{&session.rear, &session.beside, &session.trailers}, [&](const Ballot* ballot) {
        return std::ranges::any_of(ballot->candidates(),
                                   [&](const auto& one) { return IsSure(one, around); });
      });
  const auto& expected = facts.known.expected;
  const bool has_container = expected && !expected->trip.container_number.value_or("").empty();
  const bool container_seen = SureContainer(session, around) != nullptr;
  return (around.plates_are_read && !plate_seen) ||
         (around.containers_are_read && has_container && !container_seen);
}

// What was seen and heard of a vehicle is not the next one's.
void LaneMachine::LeaveTraces(const Session& session, std::string_view plate, bool went_through,
                              const Surroundings& around) {
  const SteadyInstant now = around.now.steady;
  const auto leave = [&](std::string_view key) {
    if (!key.empty()) traces_.Leave(PlateTrace(key), went_through, now);
  };
  const auto leave_container = [&](std::string_view number) {
    if (!number.empty()) traces_.Leave(ContainerTrace(number), went_through, now);
  };
  // Its trailer and its container may be read first when it drives away.
  const std::string key = PlateKey(plate);
  const Known known = key.empty() ? Known{} : Find(key, around);
  leave(key);
  if (known.expected) {
    leave(known.expected->trip.trailer_key);
    leave_container(known.expected->trip.container_number.value_or(""));
  }
  for (const Ballot* ballot : {&session.rear, &session.beside, &session.trailers}) {
    for (const Ballot::Candidate& one : ballot->candidates()) leave(one.key);
  }
  for (const Ballot::Candidate& one : session.containers.candidates()) leave_container(one.key);
  if (const auto tag = TagOf(session, around)) leave(tag->key);
  for (const std::string& track : session.tracks) traces_.Leave(TrackTrace(track), went_through, now);
}

}  // namespace bordergate::lane
