// One lane as a state machine: events in, effects out. No I/O, no threads, no clock, no chance of its own:
// the same code runs at the gate and in the simulation.
//
//   inputs of the barrier   SeeInputs, LinkLost      what the switches and loops say
//   a camera                SeeRead, SeeSlip         a plate, a driver's slip
//   a reader of transponders SeeTag                  a transponder
//   the scale               SeeWeight                what stands on it
//   an officer              OfficerOpens, OfficerRefuses, OfficersWord
//   time                    Tick
//   answers to effects      DecisionKept, DecisionNotKept, RaiseAnswered, LowerAnswered
//
// What it holds to (design.md section 7; reliability.md R1 to R7):
//   - the pulse goes out only for a decision that was kept, once, before the decision runs out, and after the
//   facts were
//     looked at again;
//   - a read counts for the vehicle that stood on the arming loop when its frame was taken, and for no other;
//   - lowering is only requested with safety and exit loop proved clear for a while;
//   - every vehicle that goes through becomes one passage, with or without a decision.
//
// Not safe for use by several threads.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "libs/core/id.h"
#include "services/lane/domain/admission_book.h"
#include "services/lane/domain/arm.h"
#include "services/lane/domain/decide.h"
#include "services/lane/domain/lane_effects.h"
#include "services/lane/domain/lane_state.h"
#include "services/lane/domain/lease.h"
#include "services/lane/domain/officer.h"
#include "services/lane/domain/traces.h"

namespace bordergate::lane {

// A camera beside the front one; the lane goes on without it.
struct FurtherCamera {
  CameraPosition position = CameraPosition::kRear;
  // What its pictures show, so what is worth waiting for.
  bool reads_plates = true;
  bool reads_containers = false;
};

struct LaneInfo {
  std::string lane_id;  // "huu-nghi-x1"
  std::string gate_id;
  std::string title;  // "X1"
  Direction direction = Direction::kExport;
  std::string camera_id;                 // empty: none
  std::chrono::minutes utc_offset{420};  // of the gate's clock on the wall
  LeaseShare share;                      // of the gate's tickets, of the program this lane belongs to
  std::map<std::string, FurtherCamera> further_cameras;  // by id
  std::string tag_reader_id;                             // empty: none

  // Nothing: no camera of this lane.
  std::optional<CameraPosition> PositionOf(const std::string& id) const {
    if (id == camera_id) return CameraPosition::kFront;
    const auto it = further_cameras.find(id);
    return it == further_cameras.end() ? std::nullopt : std::optional(it->second.position);
  }
};

struct LaneTimes {
  milliseconds read_age_max{3000};    // an older frame says nothing about who stands there now
  milliseconds read_ahead_max{2000};  // a frame time further ahead than this is a wrong clock
  milliseconds read_lead{1500};  // a frame may be taken this long before its vehicle reaches the arming loop
  milliseconds identify_timeout{5000};  // without a read for this long, an officer is asked
  milliseconds settle{700};             // from the first read to the first refusal or question
  // From the arrival of a vehicle, an opening waits so long for what a further camera that is healthy may be
  // about to see: a sure plate, and the declared container.
  milliseconds witness_wait{1500};
  milliseconds decision_valid{15000};   // from a decision to its end
  milliseconds decision_deadline{800};  // from a decision to its pulse
  milliseconds pass_wait{60000};        // the arm stays up for a vehicle that does not move
  milliseconds clear_wait{1000};        // safety and exit loop must be clear for this long before lowering
  milliseconds lower_again{3000};       // a lowering request that was not followed may be repeated after this
  milliseconds arm_travel_max{8000};    // the arm needs no longer from end to end
  milliseconds loop_stuck{600000};      // nobody stands on safety or exit loop for longer
  milliseconds arming_stuck{1800000};   // nobody stands on the arming loop for longer
  milliseconds inputs_age_max{1000};    // older inputs are not acted upon
  milliseconds scale_settle{1000};    // from the arrival of a vehicle to the first weight that may be its own
  milliseconds scale_age_max{3000};   // a scale that has not answered for longer is silent
  milliseconds weigh_timeout{10000};  // without a stable weight for this long, an officer is asked
  LoopTimes loops;
};

// What the machine may look at while it handles one event.
struct Surroundings {
  Moment now;
  Mode mode = Mode::kManual;
  const CheckpointRule& rule;
  const FactsSource& facts;
  // A further camera that reads them is there and healthy.
  bool plates_are_read = false;
  bool containers_are_read = false;
};

class LaneMachine {
 public:
  // Gives the name under which a picture is kept; pure.
  using EvidenceNamer = std::function<std::string(std::string_view picture)>;

  LaneMachine(LaneInfo info, LaneTimes times, IdMaker& ids, EvidenceNamer evidence_name);

  // Takes over from the run before. Call it once, before any event.
  void Resume(const LaneMemory& memory, Moment now);

  Effects SeeInputs(const BarrierInputs& inputs, const Surroundings& around);
  Effects LinkLost(const Surroundings& around);
  Effects SeeRead(const PlateRead& read, const Surroundings& around, ReadUse& use);
  Effects SeeSlip(const SlipRead& slip, const Surroundings& around, ReadUse& use);
  // `use` may also be kOfAnother and kUnknownTag.
  Effects SeeTag(const TagRead& tag, const Surroundings& around, ReadUse& use);
  Effects SeeWeight(const Weight& weight, const Surroundings& around);
  Effects Tick(const Surroundings& around);

  // An officer opens, or refuses, for the vehicle in the lane.
  //   errors   LANE_CLOSED, SESSION_OVER, LANE_BUSY, INVALID_FIELD (no plate known), WATCH_LISTED,
  //   BARRIER_UNREACHABLE
  Result<Effects> OfficerOpens(const OfficerOpening& command, const Surroundings& around);
  //   errors   SESSION_OVER, LANE_BUSY
  Result<Effects> OfficerRefuses(const OfficerRefusal& command, const Surroundings& around);
  // An officer has set the mode: has looked at the lane and says that it is in order.
  Effects OfficersWord(const Surroundings& around);

  // Answers to KeepDecision. The basis of an opening is looked at again before the pulse.
  Effects DecisionKept(const Id<Decision>& id, const Surroundings& around);
  Effects DecisionNotKept(const Id<Decision>& id, const Surroundings& around);
  // Answers to SendRaise and SendLower.
  Effects RaiseAnswered(Sent sent, const Surroundings& around);
  Effects LowerAnswered(Sent sent, const Surroundings& around);
  // The trip of the opening is claimed by another lane at the same moment.
  Effects ClaimRefused(const Id<Decision>& id, const Surroundings& around);

  // What it is doing, for the view.
  const LaneInfo& info() const { return info_; }
  LaneState state() const { return state_; }
  Instant state_since() const { return state_since_; }
  const BarrierInputs& inputs() const { return inputs_; }
  ArmPosition arm_position() const { return arm_.position(); }
  BarrierCommand last_command() const { return arm_.last_command(); }
  // Null before the first.
  const std::shared_ptr<const Decision>& last_decision() const { return last_decision_; }
  const std::map<std::string, Cause>& faults() const { return faults_; }
  const std::optional<Opening>& opening() const { return opening_; }
  // The stay of the vehicle that waits before the barrier; empty when nobody does.
  std::string waiting_session() const;
  // What that vehicle weighs; 0 when it was not weighed.
  int waiting_weight_kg() const;

 private:
  Session* Waiting();
  Session& SessionOf(VehicleNumber vehicle, Moment at);

  // lane_machine.cc
  Effects Finish(const Surroundings& around);  // everything that time or an event may have made due
  void NoteSilence(SteadyInstant since);
  void OnTrack(const TrackEvent& event, const Surroundings& around);
  void OnArrived(VehicleNumber vehicle, Moment at, const Surroundings& around);
  void OnEntered(VehicleNumber vehicle, Moment now);
  void SetEntered(bool entered);
  void UpdateState(Moment now);
  LaneState StateNow();
  bool Blocked() const;
  void Raise(const char* code, const char* param = nullptr, std::string value = {});
  void Clear(const char* code, const char* value = nullptr);

  // lane_machine_resume.cc
  void OnLinkBack(const Surroundings& around);
  void ResumeOpening(const Surroundings& around);
  bool NobodyLeft() const;
  bool SomebodyLeft() const;
  void EndUnseen(const Surroundings& around);
  void ResolveUnseen(const Surroundings& around);
  void CheckResumedVehicle(const Surroundings& around);
  void EndUnused(OpeningEnd how, const Surroundings& around);
  void PresumePassed(const Surroundings& around);
  void TellNextRun(bool entered);

  // lane_machine_decide.cc
  void DecideWaiting(const Surroundings& around);
  Verdict VerdictFor(const Session& session, const Facts& facts, const Surroundings& around) const;
  Decision NewDecision(const Session& session, const Facts& facts, Verdict verdict,
                       const Surroundings& around);
  void Record(Session& session, Decision decision);
  void StartOpening(Decision decision, bool acknowledged, const Surroundings& around);
  void EndOpening(OpeningEnd how);
  bool BindRead(const PlateRead& read, Moment now, Session& session);
  static bool BindSlip(const SlipRead& slip, Moment now, Session& session);
  bool MayStillOpen(const Surroundings& around);

  // lane_machine_identify.cc
  Facts FactsOf(const Session& session, const Surroundings& around, const std::string& typed_plate) const;
  // Who it is, from frames, slip and witnesses; its key.
  std::string Name(const Session& session, const Surroundings& around, Facts& facts) const;
  Known Find(std::string_view key, const Surroundings& around) const;
  void AddWatched(const Session& session, const Surroundings& around, Facts& facts) const;
  void CompareTrailer(const Session& session, const Surroundings& around, Facts& facts) const;
  static void CompareContainer(const Session& session, const Surroundings& around, Facts& facts);

  // lane_machine_witness.cc
  bool IsBelievable(Instant taken, Moment now) const;
  Effects SeeFurther(const PlateRead& read, const Surroundings& around, ReadUse& use);
  ReadUse BindFurther(const PlateRead& read, Moment now, Session& session);
  ReadUse BindTag(const TagRead& tag, const Surroundings& around, Session& session);
  void BindEarlyWitnesses(Session& session, const Surroundings& around);
  bool WasAlone(Instant taken, Moment now) const;
  // What of its load was read surely; null: nothing.
  static const Ballot::Candidate* SureTrailer(const Session& session, const Surroundings& around);
  static const Ballot::Candidate* SureContainer(const Session& session, const Surroundings& around);
  std::optional<Witness> TagOf(const Session& session, const Surroundings& around) const;
  std::vector<Witness> WitnessesOf(const Session& session, const Surroundings& around) const;
  bool AwaitsWitness(const Session& session, const Facts& facts, const Surroundings& around) const;
  void LeaveTraces(const Session& session, std::string_view plate, bool went_through,
                   const Surroundings& around);

  // lane_machine_weight.cc
  Weight WeightOf(const Session& session, Moment now) const;
  bool AwaitsWeight(const Session& session, const Verdict& verdict, Moment now) const;

  // lane_machine_motion.cc
  void OnArm(Arm::Event event, const Surroundings& around);
  void OnArmDown(const Surroundings& around);
  void NotePresence(Moment now);
  void CheckLoops(Moment now);
  void GiveUpWaiting(const Surroundings& around);
  void LowerWhenClear(const Surroundings& around);
  void ShowRightLight();
  void Complete(VehicleNumber vehicle, Moment left, std::vector<Cause> remarks, const Surroundings& around);
  void Identify(const Session& session, const Surroundings& around, Passage& passage) const;

  const LaneInfo info_;
  const LaneTimes times_;
  IdMaker& ids_;
  const EvidenceNamer evidence_name_;

  Arm arm_;
  VehicleTracker tracker_;
  std::map<VehicleNumber, Session> sessions_;
  std::optional<Opening> opening_;
  std::shared_ptr<const Decision> last_decision_;
  std::string last_trip_id_;  // of the last passage that had one
  std::deque<PlateRead> early_reads_;
  std::deque<SlipRead> early_slips_;
  std::deque<PlateRead> early_further_;  // of further cameras
  std::deque<TagRead> early_tags_;
  Traces traces_;                             // of the vehicles before
  std::optional<SteadyInstant> occupied_at_;  // somebody was under the arm or behind it, last
  Weight scale_;                              // what it said last
  std::optional<SteadyInstant> scale_at_;
  std::map<std::string, Cause> faults_;  // by code, and by its value where a code can stand twice

  bool link_up_ = false;
  bool first_inputs_ = true;
  SteadyInstant silent_since_{};
  BarrierInputs inputs_;
  std::optional<Moment> inputs_at_;
  std::optional<Moment> arming_clear_at_;  // last picture with nobody on the arming loop
  std::optional<Moment> empty_since_;      // nobody anywhere, arm down
  std::optional<Moment> clear_since_;      // nobody on safety and exit loop
  bool loops_believed_ = false;            // a clear loop means that nobody is there
  bool latch_believed_ = false;            // the controller has not lost what it remembers of the exit loop
  std::optional<SteadyInstant>
      unseen_since_;          // the vehicle of a resumed opening is nowhere, and has not left
  bool loops_noted_ = true;   // what the next run is told of it
  bool safety_rose_ = false;  // since the loops were last not believed
  std::optional<SteadyInstant> lower_sent_at_;
  int lower_count_ = 0;
  std::optional<SteadyInstant> keep_again_at_;
  bool green_ = false;
  LaneState state_ = LaneState::kFault;
  Instant state_since_;
  Effects effects_;
};

}  // namespace bordergate::lane
