// The part of the machine that takes slips.
#include <algorithm>

#include "services/lane/domain/identify.h"
#include "services/lane/domain/lane_machine.h"
#include "services/lane/domain/reasons.h"

namespace bordergate::lane {
namespace {

constexpr size_t kEarlySlipsMax = 4;

}  // namespace

Effects LaneMachine::SeeSlip(const SlipRead& slip, const Surroundings& around, ReadUse& use) {
  const Moment now = around.now;
  use = ReadUse::kTooOld;
  const bool believable = slip.frame_time >= now.wall - times_.read_age_max &&
                          slip.frame_time <= now.wall + times_.read_ahead_max;
  if (!believable) return {};
  Session* session = Waiting();
  if (session == nullptr) {
    use = ReadUse::kNoSession;
    if (early_slips_.size() == kEarlySlipsMax) early_slips_.pop_front();
    early_slips_.push_back(slip);
    return {};
  }
  if (!BindSlip(slip, now, *session)) return {};
  use = ReadUse::kTaken;
  return Finish(around);
}

// True when the frame shows the driver of this session's vehicle: as for a plate, so that a slip is never
// taken for the next truck's.
bool LaneMachine::BindSlip(const SlipRead& slip, Moment now, Session& session) {
  if (!session.Shows(slip.frame_time, now)) return false;
  if (slip.fault.empty()) {
    session.slip = slip;
  } else if (!session.faulty_slip || session.faulty_slip->fault != cause::kSlipForged) {
    session.faulty_slip = slip;
  }
  return true;
}

Known LaneMachine::Find(std::string_view key, const Surroundings& around) const {
  Known known = around.facts.Find({info_.lane_id, info_.gate_id, info_.direction, key, around.now.steady});
  known.leased_elsewhere = known.expected && !HoldsLease(info_.share, known.expected->trip.trip_id);
  return known;
}

std::string LaneMachine::Name(const Session& session, const Surroundings& around, Facts& facts) const {
  if (session.slip) facts.slip = session.slip->slip;
  if (session.faulty_slip) facts.slip_fault = session.faulty_slip->fault;
  const bool good =
      facts.slip && SlipFault(*facts.slip, info_.gate_id, info_.direction, around.now.wall).empty();
  const Identity identity =
      lane::Identify(session.ballot, good ? facts.slip : std::nullopt, around.rule.confidence_min,
                     [&](std::string_view key) { return Find(key, around).expected.has_value(); });
  facts.plate = identity.plate;
  facts.by_slip = identity.by_slip;
  facts.disagree = identity.disagree;
  return identity.key;
}

// Paper does not take from the watch list what a camera saw, however unsurely.
void LaneMachine::AddWatched(const Session& session, const Surroundings& around, Facts& facts) const {
  auto& watched = facts.known.watched;
  for (const Ballot::Candidate& seen : session.ballot.candidates()) {
    for (Known::Watched& entry : Find(seen.key, around).watched) {
      const bool known =
          std::ranges::any_of(watched, [&](const auto& one) { return one.entry_id == entry.entry_id; });
      if (!known) watched.push_back(std::move(entry));
    }
  }
}

}  // namespace bordergate::lane
