// Runs one lane: hands events to its state machine and carries out what the machine wants, in order, on the
// thread that brought the event.
//
// The thread that receives a plate decides, waits for the disk and writes the coil itself: handing over to
// another thread costs more than any of these. What nobody waits for (pictures, watchers) is left in
// TakeAftermath, for after the pulse.
//
// One event at a time; see LaneHost (api/) for use by several threads.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <unordered_set>
#include <utility>
#include <vector>

#include "services/lane/domain/admission_book.h"
#include "services/lane/domain/event_bodies.h"
#include "services/lane/domain/journal.h"
#include "services/lane/domain/lane_machine.h"
#include "services/lane/domain/lane_view.h"
#include "services/lane/domain/rules.h"

namespace bordergate::lane {

// Where the time from an event to its pulse went.
struct PulseTimes {
  std::chrono::microseconds total{};    // from the arrival of the read, or of the officer's order, to the
                                        // answer of the controller
  std::chrono::microseconds waited{};   // of it: until the lane was free
  std::chrono::microseconds journal{};  // of it: until the decision was on disk
  std::chrono::microseconds barrier{};  // of it: from the pulse to the controller's answer
};

// The ids of the last reads.
class RecentIds {
 public:
  // True: it was seen before.
  bool Seen(const std::string& id);

 private:
  std::deque<std::string> ids_;  // oldest first
  std::unordered_set<std::string> known_;
};

// Told what lanes do; must return soon and never call back. Safe for use by several threads.
class LaneObserver {
 public:
  virtual ~LaneObserver() = default;
  virtual void OnDecision(const Decision& decision) = 0;
  virtual void OnPulse(const std::string& lane_id, Sent sent, const PulseTimes& times) = 0;
  virtual void OnPassage(const Passage& passage) = 0;
  // A transponder was heard that belongs to no known truck.
  virtual void OnUnknownTag(const std::string& lane_id) = 0;
  virtual void OnFault(const std::string& lane_id, const Cause& fault, bool raised) = 0;
  virtual void OnMode(const std::string& lane_id, Mode mode) = 0;
  virtual void OnJournalError(const std::string& lane_id, const Error& error) = 0;
};

// What all lanes of the process share. Lives longer than they.
struct LaneServices {
  Journal& journal;
  const EvidenceKeeper& evidence;
  AdmissionBook& admission;
  const CentreAges& centre;
  const Rules& rules;
  const EventBodies& bodies;
  IdMaker& ids;
  const Clock& clock;
  LaneObserver& observer;
};

struct LaneSettings {
  LaneInfo info;
  LaneTimes times;
  AgeLimits limits;
  milliseconds promote_after{10000};
  bool has_scale = false;
};

// What the last run left behind for one lane.
struct LaneStart {
  LaneMemory memory;
  RequestedMode requested;
  int passages_today = 0;
};

// What is to be done after an event, when nobody waits any more.
struct Aftermath {
  bool announce = false;  // the journal has new events
  std::vector<std::pair<std::string, std::shared_ptr<const std::string>>>
      pictures;                          // to keep, by evidence id
  std::shared_ptr<const LaneView> view;  // null when nothing changed
};

class LaneController {
 public:
  // An answer to keep with an officer's change, made of its result.
  using DecisionAnswer = std::function<std::string(const Decision&)>;
  using ViewAnswer = std::function<std::string(const LaneView&)>;

  LaneController(LaneSettings settings, LaneStart start, Barrier& barrier, LaneServices services);

  const LaneInfo& info() const { return settings_.info; }

  // Events of cameras.
  ReadUse SeeRead(const PlateRead& read);
  ReadUse SeeSlip(const SlipRead& slip);
  ReadUse SeeTag(const TagRead& tag);
  //   fault_code   empty: the camera is healthy
  //   at           when it came; now, when it is left out
  void CameraAlive(const std::string& fault_code, std::optional<SteadyInstant> at = std::nullopt);
  // A further camera, or the reader of transponders, is healthy. Moves no mode.
  void WitnessAlive(const std::string& device_id, SteadyInstant at);
  void SeeWeight(const Weight& weight);

  // Events of the barrier. LinkLost also serves as the sign that time passes while the link is away.
  void SeeInputs(const BarrierInputs& inputs);
  void LinkLost();

  // Orders of officers. A repeat of a request that was answered gets the bytes of its first answer.
  //   errors   REQUEST_ID_REUSED, those of LaneMachine::OfficerOpens and OfficerRefuses, BARRIER_UNREACHABLE
  //   (kept, and
  //            nothing was sent), JOURNAL_UNAVAILABLE, OUTCOME_UNKNOWN
  Result<std::string> Open(const RequestKey& key, const OfficerOpening& command,
                           const DecisionAnswer& answer);
  Result<std::string> Refuse(const RequestKey& key, const OfficerRefusal& command,
                             const DecisionAnswer& answer);
  //   errors   REQUEST_ID_REUSED, JOURNAL_UNAVAILABLE, OUTCOME_UNKNOWN
  Result<std::string> SetMode(const RequestKey& key, const RequestedMode& mode, const ViewAnswer& answer);

  LaneView View() const;
  Aftermath TakeAftermath();

 private:
  void Begin() { event_start_ = begun_at_ = services_.clock.SteadyNow(); }
  void Do(Effects effects);
  void Perform(KeepDecision& keep);
  void Perform(const SendRaise& raise);
  void Perform(const SendLower& lower);
  void Perform(const ShowLight& light);
  void Perform(KeepPassage& keep);
  void Perform(const CloseOpening& close);
  void Perform(const NoteEntered& note);
  void Perform(const NoteLoops& note);
  void Perform(const FaultRaised& fault);
  void Perform(const FaultCleared& fault);
  template <class Order>
  Result<std::string> CarryOut(const RequestKey& key, const DecisionAnswer& answer, Order order);
  Surroundings Around();
  bool IsBelievable(Instant taken, Moment now) const;
  void UpdateMode(Moment now);
  ModeInputs InputsOfMode(Moment now) const;
  LaneView ViewAt(Moment now) const;
  JournalEvent NewEvent(std::string kind, std::string body, Instant time) const;
  void KeepLater(Record record);
  void KeepPending();
  void AddWitnessAges(Moment now, std::vector<InputAge>& ages) const;
  void CountPassage(Instant now);

  // Longer than any truck needs; the claim ends with its opening.
  static constexpr std::chrono::minutes kClaimFor{30};

  const LaneSettings settings_;
  const std::shared_ptr<const LaneInfo> info_;  // that of settings_, for views
  Barrier& barrier_;
  LaneServices services_;
  const std::string checkpoint_id_;

  LaneMachine machine_;
  ModeKeeper mode_;
  RequestedMode requested_;
  std::optional<SteadyInstant> barrier_heard_, camera_heard_, scale_heard_;
  std::string camera_fault_;
  std::shared_ptr<const CheckpointRule> rule_;  // in force for the event being handled

  // The officer's order being carried out.
  struct Order {
    const RequestKey& key;
    const DecisionAnswer& answer;
    std::string result;
    std::optional<Error> error;
  };
  Order* order_ = nullptr;

  std::deque<Record> pending_;  // must become durable; tried again and again
  std::optional<SteadyInstant> keep_again_at_;
  Aftermath aftermath_;
  SteadyInstant event_start_;                 // when it came
  SteadyInstant begun_at_;                    // when the lane was free for it
  std::chrono::microseconds journal_took_{};  // for the decision made last
  RecentIds read_ids_, tag_read_ids_;         // apart: a flood of the one makes the other forget nothing
  std::map<std::string, SteadyInstant> witnesses_heard_;  // further cameras and reader of transponders, by id
  bool green_ = false;
  int passages_today_ = 0;
  std::chrono::sys_days today_;
  std::shared_ptr<const LaneView> published_;
};

}  // namespace bordergate::lane
