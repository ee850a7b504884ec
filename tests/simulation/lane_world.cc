#include "tests/simulation/lane_world.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include <fmt/format.h>

#include "libs/core/check.h"
#include "libs/core/text.h"
#include "tests/simulation/lane_world_process.h"

namespace bordergate::lane {
namespace {

constexpr milliseconds kHeartbeatLost{1500};
// A source of facts gives a sign of life this often.
constexpr milliseconds kCentreSpeaks{1000};

}  // namespace

WorldOptions::WorldOptions(uint64_t from_seed) : seed(from_seed) {
  SeededRandom random(seed ^ 0x9e3779b97f4a7c15);
  const auto up_to = [&](int most) {
    return static_cast<int>(random.Below(static_cast<uint64_t>(most) + 1));
  };
  trucks_per_hour = 60 + up_to(120);
  crash_permille = up_to(1) * up_to(20);
  disk_fault_permille = up_to(1) * up_to(100);
  link_fault_permille = up_to(1) * up_to(200);
  answer_lost_permille = up_to(1) * up_to(300);
  power_loss_permille = up_to(1) * up_to(60);
  centre_cut_permille = up_to(1) * up_to(60);
  late_read_permille = up_to(300);
  misread_permille = up_to(200);
  tailgater_permille = up_to(1) * up_to(150);
  turns_back_permille = up_to(1) * up_to(100);
  clone_permille = up_to(100);
}

std::string WorldOptions::Text() const {
  return fmt::format(
      "seed={} trucks_per_hour={} crash={} disk={} link={} answer_lost={} power={} centre={} late={} "
      "misread={} "
      "tailgater={} turns_back={} clone={}",
      seed, trucks_per_hour, crash_permille, disk_fault_permille, link_fault_permille, answer_lost_permille,
      power_loss_permille, centre_cut_permille, late_read_permille, misread_permille, tailgater_permille,
      turns_back_permille, clone_permille);
}

LaneWorld::LaneWorld(WorldOptions options, Sabotage sabotage)
    : options_(std::move(options)), sabotage_(sabotage), random_(options_.seed) {
  for (int i = 0; i < 2; ++i) lanes_.push_back(std::make_unique<Lane>());
  for (int i = 0; i < 40; ++i) {
    // A third is not complete, some are on the watch list, some only look so.
    const std::string plate = NewPlate();
    Declare(plate, random_.Below(3) != 0);
  }
  StartProcess();
}

LaneWorld::~LaneWorld() = default;

void LaneWorld::StartProcess() {
  process_ = std::make_unique<Process>(*this);
  caught_up_at_ = {};
}

std::string LaneWorld::NewPlate() {
  std::string plate = "29C";
  for (int i = 0; i < 5; ++i) plate += static_cast<char>('0' + random_.Below(10));
  known_plates_.push_back(plate);
  return plate;
}

void LaneWorld::Declare(const std::string& plate, bool complete) {
  const std::string trip_id = "trip_" + std::to_string(++trip_count_);
  TripFacts trip = ClearedTrip(trip_id, plate);
  if (!complete && random_.Below(2) == 0) {
    trip.state = TripFacts::State::kDeclared;
    trip.steps_missing = {"customs"};
  }
  Tell(Source::kCustoms, trip);
  Tell(Source::kFee, FeeFacts{trip_id, complete, {}});
  Tell(Source::kYard, TicketFacts{"ticket_" + std::to_string(trip_count_),
                                   trip_id,
                                   TicketFacts::State::kCalled,
                                   clock_.Now() + std::chrono::hours(3),
                                   {}});
}

void LaneWorld::ApplyFacts() {
  if (facts_.empty()) return;
  for (const Source source : kSources) {
    std::vector<AdmissionChange> changes;
    for (const auto& [from, change] : facts_) {
      if (from != source) continue;
      const auto* watch = std::get_if<WatchFacts>(&change);
      if (watch != nullptr) checker_.OnWatched(watch->key);
      if (watch != nullptr && sabotage_ == Sabotage::kWatchListForgotten) continue;
      changes.push_back(change);
    }
    sequence_ += static_cast<int64_t>(changes.size());
    BG_CHECK(process_->admission.Apply(source, changes, sequence_).has_value(), "facts reach the disk");
  }
  facts_.clear();
}

void LaneWorld::Run(milliseconds span) {
  for (milliseconds done{0}; done < span && violations().empty(); done += kStep) {
    if (done % std::chrono::minutes(1) == milliseconds(0)) Minute();
    Step();
  }
  if (violations().empty()) Heal();
}

void LaneWorld::Step() {
  clock_.Advance(kStep);
  const SteadyInstant now = clock_.SteadyNow();
  if (!up() && now >= process_down_until_) StartProcess();
  const bool cut = now < centre_cut_until_;
  for (size_t i = 0; i < lanes_.size(); ++i) {
    Lane& lane = *lanes_[i];
    // The controller shows red when nobody has spoken to it for a while.
    const bool nobody_speaks = !up() && now - process_died_at_ > kHeartbeatLost;
    if ((nobody_speaks || now < lane.link_down_until) && lane.barrier.model.green()) {
      lane.barrier.model.SetLights(false, true);
    }
    for (int part = 0; part < 5; ++part) lane.barrier.model.Step(kStep / 5);
    if (std::exchange(lane.passed_known, lane.barrier.model.passed().size()) !=
        lane.barrier.model.passed().size()) {
      lane.passed_at = now;
    }
    if (!up() || now < lane.link_down_until) checker_.OnUnwatched(WorldLaneId(i), lane.barrier.model);
    checker_.CheckLowering(WorldLaneId(i), lane.barrier.model);
  }
  if (up() && !cut) ApplyFacts();
  if (up() && !cut && now - caught_up_at_ >= kCentreSpeaks) {
    caught_up_at_ = now;
    for (const Source source : kSources) process_->admission.CaughtUp(source, NowOf(clock_));
  }
  if (up()) {
    const auto age = process_->admission.Age(Source::kVehicle, NowOf(clock_));
    checker_.OnCentreAge(!age || *age > std::chrono::minutes(15));
  }
  for (size_t i = 0; i < lanes_.size(); ++i) {
    Traffic(i);
    Cameras(i);
    Poll(i);
    Officers(i);
  }
  DeliverReads();
  for (size_t i = 0; i < lanes_.size(); ++i) Trace(i);
}

// With BORDERGATE_TRACE=1: a line whenever something of a lane changes.
void LaneWorld::Trace(size_t lane) {
  static const bool wanted = std::getenv("BORDERGATE_TRACE") != nullptr;
  if (!wanted) return;
  Lane& l = *lanes_[lane];
  const BarrierInputs inputs = l.barrier.model.Inputs();
  std::string line = fmt::format("{}{}{} arm {} light {}", inputs.arming_loop ? "A" : "-",
                                 inputs.safety_loop ? "S" : "-", inputs.exit_loop ? "X" : "-",
                                 inputs.upper_limit   ? "up"
                                 : inputs.lower_limit ? "down"
                                                      : "?",
                                 l.barrier.model.green() ? "green" : "red");
  if (l.barrier.model.loops_blind) line += " blind";
  if (clock_.SteadyNow() < l.link_down_until) line += " link-down";
  if (up()) {
    const LaneView view = process_->lanes[lane]->View();
    line += fmt::format(" | {} {}", LaneStateName(view.state), ModeName(view.mode));
    if (view.decision)
      line += fmt::format(" {} {}", view.decision->plate,
                          view.decision->verdict.causes.empty() ? "" : view.decision->verdict.causes[0].code);
    for (const Cause& fault : view.faults) line += " !" + fault.code;
    line += fmt::format(" passages {}", view.passages_today);
  } else {
    line += " | process down";
  }
  for (const LaneModel::Truck& truck : l.barrier.model.trucks()) {
    line += fmt::format(" [{} {}{}{}]", truck.id, truck.plate, truck.let_in ? " in" : "",
                        truck.reversing ? " back" : "");
  }
  if (line == l.traced) return;
  l.traced = line;
  std::cout << FormatInstant(clock_.Now()).substr(11, 12) << " " << WorldLaneId(lane) << " " << line << "\n";
}

void LaneWorld::CheckPassages() {
  if (!up() || !violations().empty()) return;
  checker_.Follow(*process_->journal);
  checker_.CompareTickets();
}

// Nothing goes wrong any more: within two minutes every lane is at rest and lets a good truck through.
void LaneWorld::Heal() {
  healing_ = true;
  disk_fault_until_ = centre_cut_until_ = clock_.SteadyNow();
  for (const auto& lane : lanes_) {
    lane->link_down_until = clock_.SteadyNow();
    for (LaneModel::Truck& truck : lane->barrier.model.trucks()) truck.impatience_s = 5;
  }
  for (int i = 0; i < 3000 && violations().empty(); ++i) Step();
  CheckPassages();
  for (size_t i = 0; i < lanes_.size(); ++i) {
    if (!lanes_[i]->barrier.model.empty())
      checker_.Fail(WorldLaneId(i) + ": trucks are stuck after everything was healed");
    checker_.Compare(WorldLaneId(i), lanes_[i]->barrier.model);
    const std::string plate = fmt::format("30A0000{}", i);
    Declare(plate, true);
    lanes_[i]->barrier.model.Arrive({.id = ++truck_count_, .plate = plate});
  }
  const std::vector<size_t> before = {lanes_[0]->barrier.model.passed().size(),
                                      lanes_[1]->barrier.model.passed().size()};
  for (int i = 0; i < 1200 && violations().empty(); ++i) Step();
  CheckPassages();
  for (size_t i = 0; i < lanes_.size(); ++i) {
    if (lanes_[i]->barrier.model.passed().size() != before[i] + 1) {
      checker_.Fail(fmt::format("{}: a good truck does not get through after everything was healed ({}, {})",
                                WorldLaneId(i), LaneStateName(process_->lanes[i]->View().state),
                                ModeName(process_->lanes[i]->View().mode)));
    }
    checker_.Compare(WorldLaneId(i), lanes_[i]->barrier.model);
  }
  const auto verified = process_->journal->Verify();
  if (!verified) checker_.Fail(verified.error().message());
}

}  // namespace bordergate::lane
