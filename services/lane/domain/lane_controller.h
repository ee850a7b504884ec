// Runs one lane: hands events to its state machine and carries out what the machine wants, in order, on the
// thread that brought the event.
//
// The thread that receives a plate decides, waits for the disk and writes the coil itself: handing over to
// another thread costs more than any of these. Everything that nobody waits for (pictures, watchers, the
// view) comes after the pulse.
//
// Safe for use by several threads; one event at a time a lane.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <unordered_set>

#include "services/lane/domain/event_bodies.h"
#include "services/lane/domain/heard_of.h"
#include "services/lane/domain/journal.h"
#include "services/lane/domain/lane_machine.h"
#include "services/lane/domain/lane_view.h"
#include "services/lane/domain/rule_book.h"
#include "services/lane/domain/shared_admission.h"

namespace bordergate::lane {

// Told what a lane did; must return soon and never call back.
class LaneObserver {
 public:
  virtual ~LaneObserver() = default;
  virtual void OnView(std::shared_ptr<const LaneView> view) = 0;
  virtual void OnDecision(const Decision& decision) = 0;
  // `since_read`: from the arrival of the read, or of the officer's order, to the answer of the controller.
  virtual void OnPulse(const std::string& lane_id, Sent sent, std::chrono::microseconds since_read) = 0;
  virtual void OnPassage(const Passage& passage) = 0;
  virtual void OnFault(const std::string& lane_id, const Cause& fault, bool raised) = 0;
  virtual void OnJournalError(const std::string& lane_id, const Error& error) = 0;
};

// What all lanes of the process share. Lives longer than they.
struct LaneServices {
  Journal& journal;
  EvidenceKeeper& evidence;
  SharedAdmission& admission;
  RuleBook& rules;
  CentreInputs& centre;
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
  std::chrono::minutes utc_offset{420};  // of the gate's clock on the wall, for "today"
};

// What the last run left behind for one lane.
struct LaneStart {
  LaneMemory memory;
  RequestedMode requested;
  int passages_today = 0;
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
  //   fault_code   empty: the camera is healthy
  void CameraAlive(const std::string& fault_code);

  // Events of the barrier.
  void SeeInputs(const BarrierInputs& inputs);
  void LinkLost();

  // Time passes; several times a second.
  void Tick();

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

 private:
  // One event under the lane's lock, then what nobody waits for.
  template <class Work>
  auto Handle(Work work);

  // With the lock held.
  void Do(Effects effects);
  void Perform(KeepDecision& keep);
  void Perform(const SendRaise& raise);
  void Perform(const SendLower& lower);
  void Perform(const ShowLight& light);
  void Perform(KeepPassage& keep);
  void Perform(const CloseOpening& close);
  void Perform(const FaultRaised& fault);
  void Perform(const FaultCleared& fault);
  Surroundings Around();
  void UpdateMode(Moment now);
  ModeInputs InputsOfMode(Moment now) const;
  LaneView ViewAt(Moment now) const;
  JournalEvent NewEvent(std::string kind, std::string body, Instant time) const;
  void KeepLater(Record record);
  void KeepPending();
  void Publish();
  bool SeenBefore(const std::string& read_id);
  void CountPassage(Instant now);

  // Longer than any truck needs; the claim ends with its opening.
  static constexpr std::chrono::minutes kClaimFor{30};

  const LaneSettings settings_;
  Barrier& barrier_;
  LaneServices services_;
  const std::string checkpoint_id_;

  mutable std::mutex mutex_;
  LaneMachine machine_;
  ModeKeeper mode_;
  RequestedMode requested_;
  HeardOf barrier_heard_, camera_heard_;
  std::string camera_fault_;
  std::shared_ptr<const CheckpointRule> rule_;  // in force for the event being handled

  // The officer's order being carried out.
  const RequestKey* order_key_ = nullptr;
  const DecisionAnswer* order_answer_ = nullptr;
  std::string order_result_;
  std::optional<Error> order_error_;

  std::deque<Record> pending_;  // must become durable; tried again and again
  std::optional<SteadyInstant> keep_again_at_;
  std::vector<std::pair<std::string, std::shared_ptr<const std::string>>>
      pictures_;  // to be kept after the event
  bool appended_ = false;
  SteadyInstant event_start_;
  std::deque<std::string> read_ids_;  // the last ones, oldest first
  std::unordered_set<std::string> read_ids_known_;
  int passages_today_ = 0;
  std::chrono::sys_days today_;
  std::shared_ptr<const LaneView> published_;
};

}  // namespace bordergate::lane
