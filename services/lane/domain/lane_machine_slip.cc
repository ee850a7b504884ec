// The part of the machine that takes slips.
#include "services/lane/domain/lane_machine.h"
#include "services/lane/domain/reasons.h"

namespace bordergate::lane {
namespace {

constexpr size_t kEarlySlipsMax = 4;

}  // namespace

Effects LaneMachine::SeeSlip(const SlipRead& slip, const Surroundings& around, ReadUse& use) {
  const Moment now = around.now;
  use = ReadUse::kTooOld;
  if (!IsBelievable(slip.frame_time, now)) return {};
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

}  // namespace bordergate::lane
