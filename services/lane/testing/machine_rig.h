// A LaneMachine on a virtual clock, with a disk and a controller that answer at once unless told otherwise.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "libs/plate/plate.h"
#include "libs/testing/manual_clock.h"
#include "services/lane/domain/lane_machine.h"

namespace bordergate::lane {

// A trip that demands nothing more: cleared, paid, called.
inline TripFacts ClearedTrip(const std::string& trip_id, const std::string& plate) {
  TripFacts trip;
  trip.trip_id = trip_id;
  trip.gate_id = "huu-nghi";
  trip.plate = NormalisePlate(plate);
  trip.key = PlateKey(plate);
  trip.state = TripFacts::State::kCleared;
  return trip;
}

class MachineRig {
 public:
  MachineRig() { Start({}); }

  // A new run of the program over the same lane.
  void Start(const LaneMemory& memory) {
    machine_.emplace(LaneInfo{"huu-nghi-x1", "huu-nghi", "X1", Direction::kExport, "camera-x1"}, LaneTimes{},
                     ids_, [](std::string_view picture) { return "evidence_" + std::string(picture); });
    machine_->Resume(memory, Now());
  }

  // Everything the rule demands is there for this plate.
  void Expect(const std::string& plate) {
    const std::string trip_id = "trip_" + PlateKey(plate);
    table.Apply(ClearedTrip(trip_id, plate));
    table.Apply(FeeFacts{trip_id, true, {}});
    table.Apply(TicketFacts{"ticket_" + PlateKey(plate),
                            trip_id,
                            TicketFacts::State::kCalled,
                            clock.Now() + std::chrono::hours(1),
                            {}});
  }

  // One poll: loops as letters (A arming, S safety, X exit), the arm as D down, U up, M between.
  void See(std::string_view loops, char arm) {
    clock.Advance(milliseconds(100));
    inputs.arming_loop = loops.find('A') != std::string_view::npos;
    inputs.safety_loop = loops.find('S') != std::string_view::npos;
    inputs.exit_loop = loops.find('X') != std::string_view::npos;
    inputs.upper_limit = arm == 'U';
    inputs.lower_limit = arm == 'D';
    Do(machine_->SeeInputs(inputs, Around()));
  }
  void SeeFor(milliseconds span, std::string_view loops, char arm) {
    for (milliseconds done{0}; done < span; done += milliseconds(100)) See(loops, arm);
  }

  ReadUse Read(const std::string& plate, double confidence = 0.95, milliseconds frame_age = milliseconds(0)) {
    return ReadAt(CameraPosition::kFront, plate, confidence, frame_age);
  }
  ReadUse ReadAt(CameraPosition position, const std::string& plate, double confidence = 0.95,
                 milliseconds frame_age = milliseconds(0), const std::string& track_id = "") {
    PlateRead read;
    read.read_id = "read-" + std::to_string(++reads_);
    read.lane_id = "huu-nghi-x1";
    read.position = position;
    read.track_id = track_id;
    read.frame_time = clock.Now() - frame_age;
    read.plate = NormalisePlate(plate);
    read.key = PlateKey(plate);
    const auto parsed = ParsePlate(plate);
    if (parsed && IsTrailer(parsed->kind)) read.of = ReadOf::kTrailer;
    read.confidence = confidence;
    if (with_pictures) read.picture = std::make_shared<const std::string>(plate);
    return See(read);
  }
  ReadUse ReadRear(const std::string& plate, double confidence = 0.95,
                   milliseconds frame_age = milliseconds(0), const std::string& track_id = "") {
    return ReadAt(CameraPosition::kRear, plate, confidence, frame_age, track_id);
  }

  ReadUse ReadContainer(const std::string& number, double confidence = 0.95,
                        milliseconds frame_age = milliseconds(0), const std::string& track_id = "") {
    PlateRead read;
    read.read_id = "read-" + std::to_string(++reads_);
    read.lane_id = "huu-nghi-x1";
    read.position = CameraPosition::kRear;
    read.of = ReadOf::kContainer;
    read.track_id = track_id;
    read.frame_time = clock.Now() - frame_age;
    read.plate = read.key = number;
    read.confidence = confidence;
    if (with_pictures) read.picture = std::make_shared<const std::string>(number);
    return See(read);
  }
  // The camera of another lane sees it.
  void SeeElsewhere(const std::string& load) {
    PlateRead read;
    read.lane_id = "huu-nghi-x2";
    read.key = load;
    table.NoteLoad(read, clock.SteadyNow());
  }
  ReadUse See(const PlateRead& read) {
    if (read.of != ReadOf::kTruck) table.NoteLoad(read, clock.SteadyNow() - (clock.Now() - read.frame_time));
    ReadUse use{};
    Do(machine_->SeeRead(read, Around(), use));
    return use;
  }

  // The vehicle service knows this truck and its transponder.
  void Register(const std::string& plate, const std::string& tag_id) {
    table.Apply(VehicleFacts{PlateKey(plate), std::nullopt, 0, NormalisePlate(plate), tag_id});
  }
  // The antenna of this lane hears it.
  ReadUse Hear(const std::string& tag_id, int rssi_cdbm = -4000, milliseconds age = milliseconds(0)) {
    const TagRead tag{.read_id = "tag-" + std::to_string(++reads_),
                      .tag_reader_id = "tags",
                      .lane_id = "huu-nghi-x1",
                      .read_time = clock.Now() - age,
                      .tag_id = tag_id,
                      .rssi_cdbm = rssi_cdbm};
    table.NoteTag(tag, clock.SteadyNow() - age);
    ReadUse use{};
    Do(machine_->SeeTag(tag, Around(), use));
    return use;
  }
  // The antenna of another one does.
  void HearElsewhere(const std::string& tag_id, int rssi_cdbm) {
    table.NoteTag({.read_id = "",
                   .tag_reader_id = "tags",
                   .lane_id = "huu-nghi-x2",
                   .read_time = clock.Now(),
                   .tag_id = tag_id,
                   .rssi_cdbm = rssi_cdbm},
                  clock.SteadyNow());
  }

  // A slip of this truck's trip, good at this lane.
  Slip SlipOf(const std::string& plate) const {
    return {.key_id = "demo-slip-1",
            .trip_id = "trip_" + PlateKey(plate),
            .gate_id = "huu-nghi",
            .plate = NormalisePlate(plate),
            .trailer_plate = "",
            .is_export = true,
            .valid_from = clock.Now() - std::chrono::minutes(5),
            .valid_until = clock.Now() + std::chrono::hours(72)};
  }
  // The driver shows it. `fault`: it is not customs' word.
  ReadUse Show(const Slip& slip, const std::string& fault = "", milliseconds frame_age = milliseconds(0)) {
    SlipRead read;
    read.read_id = "slip-" + std::to_string(++reads_);
    read.lane_id = "huu-nghi-x1";
    read.frame_time = clock.Now() - frame_age;
    read.fault = fault;
    if (fault.empty()) read.slip = slip;
    read.picture = std::make_shared<const std::string>("slip");
    ReadUse use{};
    Do(machine_->SeeSlip(read, Around(), use));
    return use;
  }

  void Weigh(const Weight& weight) { Do(machine_->SeeWeight(weight, Around())); }

  void Tick(milliseconds span) {
    clock.Advance(span);
    Do(machine_->Tick(Around()));
  }
  void LoseLink() { Do(machine_->LinkLost(Around())); }
  void GiveWord() { Do(machine_->OfficersWord(Around())); }

  Result<void> OfficerOpens(OfficerOpening command) {
    if (command.officer_id.empty()) command.officer_id = "person_1";
    auto effects = machine_->OfficerOpens(command, Around());
    if (!effects) return effects.error();
    Do(*std::move(effects));
    return {};
  }
  Result<void> OfficerRefuses(const OfficerRefusal& command) {
    auto effects = machine_->OfficerRefuses(command, Around());
    if (!effects) return effects.error();
    Do(*std::move(effects));
    return {};
  }

  // A truck that is expected, from the road to behind the gate, with a read on the arming loop.
  void PassTruck(const std::string& plate) {
    See("", 'D');
    See("A", 'D');
    Read(plate);
    SeeFor(milliseconds(500), "A", 'M');
    DriveThrough();
  }
  // A truck that is expected, from the road to before the open arm.
  void LetIn(const std::string& plate) {
    Expect(plate);
    See("", 'D');
    See("A", 'D');
    Read(plate);
    SeeFor(milliseconds(500), "A", 'M');
    See("A", 'U');
  }
  // From an open arm until it is down again.
  void DriveThrough() {
    See("A", 'U');
    SeeFor(milliseconds(500), "AS", 'U');
    SeeFor(milliseconds(500), "SX", 'U');
    SeeFor(milliseconds(500), "X", 'U');
    SeeFor(milliseconds(2000), "", 'U');
    SeeFor(milliseconds(500), "", 'M');
    See("", 'D');
  }

  void Do(Effects effects) {
    for (Effect& effect : effects) Perform(effect);
  }

  Moment Now() const { return NowOf(clock); }
  Surroundings Around() { return {Now(), mode, rule, facts_, plates_are_read, containers_are_read}; }
  LaneMachine& machine() { return *machine_; }
  bool HasFault(const std::string& key) const { return machine_->faults().contains(key); }
  std::vector<std::string> CausesOfLast() const {
    std::vector<std::string> codes;
    for (const Cause& why : machine_->last_decision()->verdict.causes) codes.push_back(why.code);
    return codes;
  }

  ManualClock clock;
  AdmissionTable table;
  CheckpointRule rule{"huu-nghi-export", 1, true, true, true, 0.85, "person_2", "", {}};
  Mode mode = Mode::kAuto;
  bool plates_are_read = false;  // by a healthy further camera; openings wait for it
  bool containers_are_read = false;
  BarrierInputs inputs;
  bool with_pictures = false;  // reads come with one, named as what is read in it
  // How the world answers.
  bool disk_works = true;
  std::function<void()> while_recording;  // happens between decision and record
  Sent raise_answer = Sent::kYes;
  // What was done.
  std::vector<Decision> decisions;
  std::vector<Passage> passages;
  std::vector<CloseOpening> closed;
  std::vector<bool> entered;        // what the next run is told of the opening's vehicle
  std::vector<bool> loops_proved;   // what the next run is told of the loops
  std::vector<std::string> raised;  // decision ids
  int lower_count = 0;
  bool green = false;

 private:
  class TableFacts final : public FactsSource {
   public:
    explicit TableFacts(const AdmissionTable& table) : table_(table) {}
    Known Find(const Sighting& sighting) const override { return table_.Find(sighting); }
    std::optional<NamedTruck> FindTag(const TagSighting& sighting) const override {
      return table_.FindTag(sighting);
    }
    std::optional<NamedTruck> TruckOfLoad(const Sighting& sighting) const override {
      return table_.TruckOfLoad(sighting);
    }

   private:
    const AdmissionTable& table_;
  };

  void Perform(Effect& effect) {
    if (auto* keep = std::get_if<KeepDecision>(&effect)) {
      if (while_recording) std::exchange(while_recording, nullptr)();
      if (!disk_works) return Do(machine_->DecisionNotKept(keep->decision.id, Around()));
      decisions.push_back(keep->decision);
      return Do(machine_->DecisionKept(keep->decision.id, Around()));
    }
    if (auto* raise = std::get_if<SendRaise>(&effect)) {
      if (raise_answer != Sent::kNo) raised.push_back(raise->decision_id.value());
      return Do(machine_->RaiseAnswered(raise_answer, Around()));
    }
    if (std::holds_alternative<SendLower>(effect)) {
      ++lower_count;
      return Do(machine_->LowerAnswered(Sent::kYes, Around()));
    }
    if (auto* light = std::get_if<ShowLight>(&effect)) green = light->green;
    if (auto* passage = std::get_if<KeepPassage>(&effect)) {
      if (!passage->passage.trip_id.empty()) table.Passed(passage->passage.trip_id, clock.Now());
      passages.push_back(passage->passage);
    }
    if (auto* close = std::get_if<CloseOpening>(&effect)) closed.push_back(*close);
    if (auto* note = std::get_if<NoteEntered>(&effect)) entered.push_back(note->entered);
    if (auto* loops = std::get_if<NoteLoops>(&effect)) loops_proved.push_back(loops->proved);
  }

  SeededRandom random_{20261122};
  IdMaker ids_{clock, random_};
  TableFacts facts_{table};
  std::optional<LaneMachine> machine_;
  int reads_ = 0;
};

}  // namespace bordergate::lane
