// One run of the program inside a LaneWorld: the product's parts over seams where everything can fail, end or
// be sabotaged. Part of LaneWorld; only its sources include this.
#pragma once

#include <utility>
#include <vector>

#include "embedded/lane_admission.h"
#include "embedded/lane_store.h"
#include "libs/core/check.h"
#include "services/lane/store/admission_store.h"
#include "services/lane/store/sqlite_rules.h"
#include "tests/simulation/lane_world.h"

namespace bordergate::lane {

// Thrown where a process may end, caught by the world alone.
struct Crash {};

inline CheckpointRule WeighingRule() {
  CheckpointRule rule;
  rule.weight_tolerance_kg = LaneChecker::kTolerance_kg;
  return rule;
}

// Its sign of life is that of all further cameras.
inline constexpr char kFurtherCamera[] = "rear";

inline std::string WorldLaneId(size_t lane) { return "huu-nghi-x" + std::to_string(lane + 1); }

// The transponder that is registered for a plate.
inline std::string WorldTag(const std::string& plate) { return "E28011606000" + plate; }

// The seams between the product and the world; everything that can fail or be sabotaged.
struct LaneWorld::Seams {
  // The journal on its way to the disk.
  class Disk final : public Journal {
   public:
    Disk(LaneWorld& world, SqliteJournal& real) : world_(world), real_(real) {}
    Result<void> Append(const Record& record) override {
      Point();
      if (world_.clock_.SteadyNow() < world_.disk_fault_until_) {
        if (world_.Chance(500)) return Error("JOURNAL_UNAVAILABLE", Code::kUnavailable, "the disk is full");
        (void)real_.Append(record);
        return Error("OUTCOME_UNKNOWN", Code::kUnknown, "the disk failed after the write");
      }
      if (world_.sabotage_ == Sabotage::kJournalLies) {
        late_.push_back(record);
        if (late_.size() < 2) return {};
        const Record first = std::exchange(late_, {}).front();
        return real_.Append(first);
      }
      const Result<void> kept = real_.Append(record);
      Point();
      return kept;
    }
    void Announce() override {}
    Result<std::optional<std::string>> FindAnswer(const RequestKey& key) override {
      return real_.FindAnswer(key);
    }

   private:
    void Point() const {
      if (!world_.healing_ && world_.clock_.SteadyNow() >= world_.disk_fault_until_ + seconds(5) &&
          world_.Chance(world_.options_.crash_permille)) {
        throw Crash{};
      }
    }
    LaneWorld& world_;
    SqliteJournal& real_;
    std::vector<Record> late_;
  };

  // The barrier behind a link that may lose answers.
  class Link final : public Barrier {
   public:
    Link(LaneWorld& world, size_t lane, SqliteJournal& durable)
        : world_(world), lane_(lane), durable_(durable) {}
    Sent Raise() override {
      Point();
      if (world_.clock_.SteadyNow() < lane().link_down_until) return Sent::kNo;
      const bool lost = !world_.healing_ && world_.Chance(world_.options_.answer_lost_permille);
      const bool arrives = !lost || world_.Chance(500);
      if (arrives) Pulse();
      if (!lost) {
        Point();
        return Sent::kYes;
      }
      if (world_.sabotage_ == Sabotage::kPulseRepeated) {
        Pulse();
        return Sent::kYes;
      }
      lane().link_down_until = world_.clock_.SteadyNow() + milliseconds(300);
      return Sent::kUnknown;
    }
    Sent RequestLower() override {
      if (world_.clock_.SteadyNow() < lane().link_down_until) return Sent::kNo;
      return lane().barrier.RequestLower();
    }
    void ShowLight(bool green) override { lane().barrier.ShowLight(green); }

   private:
    void Point() const {
      if (!world_.healing_ && world_.Chance(world_.options_.crash_permille)) throw Crash{};
    }
    Lane& lane() { return *world_.lanes_[lane_]; }
    void Pulse() {
      const LaneModel::Truck* truck = lane().barrier.model.OnArming();
      world_.checker_.OnPulse(WorldLaneId(lane_), lane().barrier.model, durable_, NowOf(world_.clock_),
                              truck == nullptr ? 0 : world_.mass_of_[truck->id]);
      lane().barrier.model.RaisePulse();
    }
    LaneWorld& world_;
    const size_t lane_;
    SqliteJournal& durable_;
  };

  // The table that forgets whom it let in.
  class Forgetful final : public AdmissionBook {
   public:
    Forgetful(AdmissionStore& real, Sabotage sabotage)
        : real_(real),
          forgets_(sabotage == Sabotage::kClaimForgotten),
          counts_everywhere_(sabotage == Sabotage::kAntennasNotCompared),
          loads_everywhere_(sabotage == Sabotage::kLoadsNotCompared),
          forgets_containers_(sabotage == Sabotage::kContainerForgotten) {}
    Known Find(const Sighting& sighting) const override {
      Known known = real_.Find(sighting);
      if (forgets_) known.claimed_by_lane.clear();
      if (forgets_containers_ && known.expected) known.expected->trip.container_number.reset();
      return known;
    }
    std::optional<NamedTruck> FindTag(const TagSighting& sighting) const override {
      auto truck = real_.FindTag(sighting);
      if (truck && counts_everywhere_) truck->counts = true;
      return truck;
    }
    std::optional<NamedTruck> TruckOfLoad(const Sighting& sighting) const override {
      auto truck = real_.TruckOfLoad(sighting);
      if (truck && loads_everywhere_) truck->counts = true;
      return truck;
    }
    void NoteTag(const TagRead& tag, SteadyInstant at) override { real_.NoteTag(tag, at); }
    void NoteLoad(const PlateRead& read, SteadyInstant at) override { real_.NoteLoad(read, at); }
    bool Claim(const std::string& trip_id, std::string_view lane_id, SteadyInstant now,
               SteadyInstant until) override {
      return real_.Claim(trip_id, lane_id, now, until) || forgets_;
    }
    void Release(const std::string& trip_id, std::string_view lane_id) override {
      real_.Release(trip_id, lane_id);
    }
    void Passed(const std::string& trip_id, Instant now) override { real_.Passed(trip_id, now); }
    void Crossed(const std::string& key, Direction direction, Instant now) override {
      real_.Crossed(key, direction, now);
    }

   private:
    AdmissionStore& real_;
    const bool forgets_, counts_everywhere_, loads_everywhere_, forgets_containers_;
  };
};

// One run of the program.
struct LaneWorld::Process {
  explicit Process(LaneWorld& world)
      : database(std::move(
            *Database::Open(world.folder_.path() / "lane.sqlite", embedded::lane_store::migrations()))),
        facts(std::move(*Database::Open(world.folder_.path() / "admission.sqlite",
                                        embedded::lane_admission::migrations(), Checkpoints::kByTheWriter))),
        journal(std::move(*SqliteJournal::Open(*database))),
        admission(*facts),
        rules(*journal, world.bodies_, world.clock_),
        disk(world, *journal),
        book(admission, world.sabotage_) {
    BG_CHECK(admission.Load() &&
                 admission.LoadPassed(*database, world.clock_.Now() - std::chrono::hours(48)).has_value(),
             "the table can be read");
    BG_CHECK(rules.Load({"huu-nghi-export"}, WeighingRule()).has_value(), "the rules can be read");
    for (size_t i = 0; i < world.lanes_.size(); ++i) {
      LaneSettings settings;
      settings.info = {WorldLaneId(i), "huu-nghi", "X", Direction::kExport, "camera"};
      settings.info.further_cameras = {{kFurtherCamera, {CameraPosition::kRear, true, true}}};
      LaneStart start = *journal->Load(WorldLaneId(i), world.clock_.Now());
      if (world.sabotage_ == Sabotage::kOpeningForgotten) start.memory.opening.reset();
      if (world.sabotage_ == Sabotage::kLoopsForgotten) start.memory.loops_unproved = false;
      links.push_back(std::make_unique<Seams::Link>(world, i, *journal));
      lanes.push_back(std::make_unique<LaneController>(
          settings, std::move(start), *links.back(),
          LaneServices{disk, world.evidence_, book, admission, rules, world.bodies_, world.ids_, world.clock_,
                       world.observer_}));
    }
  }

  std::unique_ptr<Database> database, facts;
  std::unique_ptr<SqliteJournal> journal;
  AdmissionStore admission;
  SqliteRules rules;
  Seams::Disk disk;
  Seams::Forgetful book;
  std::vector<std::unique_ptr<Seams::Link>> links;
  std::vector<std::unique_ptr<LaneController>> lanes;
};

template <class Work>
void LaneWorld::InProcess(size_t lane, Work work) {
  if (!up()) return;
  try {
    work(*process_->lanes[lane]);
    (void)process_->lanes[lane]->TakeAftermath();
  } catch (const Crash&) {
    ++crashes_;
    for (const auto& one : lanes_) {
      const bool just_left = clock_.SteadyNow() - one->passed_at <= milliseconds(600);
      for (const LaneModel::Truck& truck : one->barrier.model.trucks()) {
        if (truck.reversing || truck.let_in) checker_.OnLeftUnwritten(truck.id);
      }
      if (just_left && one->passed_known > 0) checker_.OnLeftUnwritten(one->barrier.model.passed().back().id);
    }
    process_.reset();
    process_died_at_ = clock_.SteadyNow();
    process_down_until_ = clock_.SteadyNow() + milliseconds(300 + random_.Below(4000));
  }
}

}  // namespace bordergate::lane
