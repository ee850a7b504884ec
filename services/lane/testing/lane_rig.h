// Lanes of one process on a virtual clock, with real controllers, modelled asphalt and a journal in memory.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "libs/plate/plate.h"
#include "libs/testing/manual_clock.h"
#include "services/lane/domain/clock_skew.h"
#include "services/lane/domain/lane_controller.h"
#include "services/lane/testing/lane_model.h"
#include "services/lane/testing/machine_rig.h"
#include "services/lane/testing/memory_journal.h"

namespace bordergate::lane {

// Bodies that a test can read.
class PlainBodies final : public EventBodies {
 public:
  std::string Of(const Decision& decision) const override { return decision.id.value(); }
  std::string Of(const Passage& passage) const override { return passage.id.value(); }
  std::string Of(const LaneView& lane) const override { return std::string(ModeName(lane.mode)); }
  std::string Of(const CheckpointRule& rule) const override { return rule.checkpoint_id; }
};

class NoEvidence final : public EvidenceKeeper {
 public:
  std::string NameOf(std::string_view picture) const override { return "evidence_" + std::string(picture); }
  Result<std::string> Read(const std::string&) const override {
    return Error(kEvidenceNotFound, "none is kept");
  }
  void Keep(const std::string& evidence_id, std::string_view) override { kept.push_back(evidence_id); }
  std::vector<std::string> kept;
};

class CountingObserver final : public LaneObserver {
 public:
  void OnDecision(const Decision& decision) override { decisions.push_back(decision); }
  void OnPulse(const std::string&, Sent, const PulseTimes&) override { ++pulses; }
  void OnPassage(const Passage&) override {}
  void OnUnknownTag(const std::string&) override { ++unknown_tags; }
  void OnFault(const std::string&, const Cause&, bool) override {}
  void OnMode(const std::string&, Mode mode) override { modes.push_back(mode); }
  void OnJournalError(const std::string&, const Error&) override { ++journal_errors; }
  std::vector<Decision> decisions;
  std::vector<Mode> modes;
  int pulses = 0;
  int journal_errors = 0;
  int unknown_tags = 0;
};

// The table alone, fresh as long as `alive`.
class MemoryAdmission final : public AdmissionBook, public CentreAges {
 public:
  explicit MemoryAdmission(const Clock& clock) : clock_(clock) {}
  Known Find(const Sighting& sighting) const override { return table.Find(sighting); }
  std::optional<NamedTruck> FindTag(const TagSighting& sighting) const override {
    return table.FindTag(sighting);
  }
  std::optional<NamedTruck> TruckOfLoad(const Sighting& sighting) const override {
    return table.TruckOfLoad(sighting);
  }
  void NoteTag(const TagRead& tag, SteadyInstant at) override { table.NoteTag(tag, at); }
  void NoteLoad(const PlateRead& read, SteadyInstant at) override { table.NoteLoad(read, at); }
  bool Claim(const std::string& trip_id, std::string_view lane_id, SteadyInstant now,
             SteadyInstant until) override {
    return table.Claim(trip_id, lane_id, now, until);
  }
  void Release(const std::string& trip_id, std::string_view lane_id) override {
    table.Release(trip_id, lane_id);
  }
  void Passed(const std::string& trip_id, Instant now) override { table.Passed(trip_id, now); }
  void Crossed(const std::string& key, Direction direction, Instant now) override {
    table.Crossed(key, direction, now);
  }
  std::optional<milliseconds> Age(Source, Moment now) const override {
    if (alive) last_ = now.steady;
    return std::chrono::duration_cast<milliseconds>(now.steady - last_);
  }
  std::optional<milliseconds> Skew(Moment now) const override { return skew.Estimate(now); }
  AdmissionTable table;
  ClockSkew skew;
  bool alive = true;

 private:
  const Clock& clock_;
  mutable SteadyInstant last_ = clock_.SteadyNow();
};

class FixedRules final : public Rules {
 public:
  std::shared_ptr<const CheckpointRule> Find(const std::string&) const override { return rule; }
  std::vector<std::shared_ptr<const CheckpointRule>> All() const override { return {rule}; }
  Result<std::string> Put(const RequestKey&, CheckpointRule, const RuleAnswer&) override {
    return Error(kCheckpointNotFound, "the test's rule is fixed");
  }
  std::shared_ptr<const CheckpointRule> rule = std::make_shared<CheckpointRule>(
      CheckpointRule{"huu-nghi-export", 1, true, true, true, 0.85, "person_2", "", {}});
};

// A Barrier over a LaneModel.
class FakeBarrier final : public Barrier {
 public:
  Sent Raise() override {
    if (on_raise) on_raise();
    if (raise_answer != Sent::kNo) model.RaisePulse();
    return raise_answer;
  }
  Sent RequestLower() override {
    const BarrierInputs inputs = model.Inputs();
    if (inputs.safety_loop || inputs.exit_loop) return Sent::kNo;
    model.LowerPulse();
    return Sent::kYes;
  }
  void ShowLight(bool green) override { green_ = green; }
  // As the poll does: lights that were dark are set when the lane has been told.
  BarrierInputs Poll() {
    BarrierInputs inputs = model.Inputs();
    if (!inputs.outputs_kept && !std::exchange(told_dark_, true)) return inputs;
    told_dark_ = false;
    inputs.outputs_kept = true;
    model.SetLights(green_, !green_);
    return inputs;
  }
  // Another run of the program, or a new connection, reads the lights itself.
  void Connect() { told_dark_ = green_ = false; }

  LaneModel model;
  Sent raise_answer = Sent::kYes;
  std::function<void()> on_raise;

 private:
  bool green_ = false;
  bool told_dark_ = false;
};

class LaneRig {
 public:
  explicit LaneRig(int lane_count = 1) {
    for (int i = 1; i <= lane_count; ++i) barriers.push_back(std::make_unique<FakeBarrier>());
    for (int i = 0; i < lane_count; ++i) lanes.push_back(NewLane(i, {}));
    RunFor(milliseconds(500));
  }

  std::unique_ptr<LaneController> NewLane(int index, LaneStart start, std::string gate_id = "huu-nghi",
                                          LeaseShare share = {},
                                          std::map<std::string, FurtherCamera> further_cameras = {}) {
    LaneSettings settings;
    settings.info = {gate_id + "-x" + std::to_string(index + 1), gate_id, "X" + std::to_string(index + 1),
                     Direction::kExport, "camera"};
    settings.info.share = share;
    settings.info.further_cameras = std::move(further_cameras);
    return std::make_unique<LaneController>(
        settings, std::move(start), *barriers[static_cast<size_t>(index)],
        LaneServices{journal, evidence, admission, admission, rules, bodies, ids, clock, observer});
  }

  void Expect(const std::string& plate) {
    const std::string trip_id = "trip_" + PlateKey(plate);
    const TicketFacts ticket{"ticket_" + PlateKey(plate),
                             trip_id,
                             TicketFacts::State::kCalled,
                             clock.Now() + std::chrono::hours(1),
                             {}};
    admission.table.Apply(ClearedTrip(trip_id, plate));
    admission.table.Apply(FeeFacts{trip_id, true, {}});
    admission.table.Apply(ticket);
  }

  void RunFor(milliseconds span) {
    for (milliseconds done{0}; done < span; done += milliseconds(100)) {
      clock.Advance(milliseconds(100));
      for (size_t i = 0; i < lanes.size(); ++i) {
        for (int step = 0; step < 10; ++step) barriers[i]->model.Step(milliseconds(10));
        if (camera_alive) lanes[i]->CameraAlive("");
        lanes[i]->SeeInputs(barriers[i]->Poll());
        After(i);
      }
    }
  }

  ReadUse Read(const std::string& plate, int lane = 0, double confidence = 0.95) {
    PlateRead read;
    read.read_id = "read-" + std::to_string(++reads_);
    read.frame_time = clock.Now();
    read.plate = NormalisePlate(plate);
    read.key = PlateKey(plate);
    read.confidence = confidence;
    read.picture = std::make_shared<std::string>("jpeg");
    const ReadUse use = lanes[static_cast<size_t>(lane)]->SeeRead(read);
    After(static_cast<size_t>(lane));
    return use;
  }

  // A truck drives up to the stop line.
  void DriveUp(const std::string& plate, int lane = 0) {
    barriers[static_cast<size_t>(lane)]->model.Arrive({.id = ++trucks_, .plate = plate});
    RunFor(milliseconds(10000));
  }

  Result<std::string> Open(const std::string& request_id, OfficerOpening command, int lane = 0) {
    if (command.officer_id.empty()) command.officer_id = "person_1";
    if (command.reason_code.empty()) command.reason_code = "OFFICER_IDENTIFIED";
    return lanes[static_cast<size_t>(lane)]->Open(
        KeyOf(request_id), command, [](const Decision& decision) { return decision.id.value(); });
  }
  Result<std::string> SetMode(const std::string& request_id, Mode mode, int lane = 0) {
    auto result = lanes[static_cast<size_t>(lane)]->SetMode(
        KeyOf(request_id), {"huu-nghi-x" + std::to_string(lane + 1), mode, "person_1", "works on the lane"},
        [](const LaneView& view) { return std::string(ModeName(view.mode)); });
    After(static_cast<size_t>(lane));
    return result;
  }
  // What the host of a lane does after each event.
  void After(size_t lane) {
    const Aftermath after = lanes[lane]->TakeAftermath();
    if (after.announce) journal.Announce();
    for (const auto& [id, picture] : after.pictures) evidence.Keep(id, *picture);
    if (after.view) views.push_back(after.view);
  }
  static RequestKey KeyOf(const std::string& request_id) {
    return {"person_1", "method", request_id, std::string(32, 'd')};
  }
  LaneModel& model(int lane = 0) { return barriers[static_cast<size_t>(lane)]->model; }
  LaneView View(int lane = 0) { return lanes[static_cast<size_t>(lane)]->View(); }

  ManualClock clock;
  SeededRandom random{20261122};
  IdMaker ids{clock, random};
  MemoryJournal journal;
  NoEvidence evidence;
  MemoryAdmission admission{clock};
  FixedRules rules;
  PlainBodies bodies;
  CountingObserver observer;
  bool camera_alive = true;
  std::vector<std::shared_ptr<const LaneView>> views;
  std::vector<std::unique_ptr<FakeBarrier>> barriers;
  std::vector<std::unique_ptr<LaneController>> lanes;

 private:
  int reads_ = 0;
  int trucks_ = 0;
};

}  // namespace bordergate::lane
