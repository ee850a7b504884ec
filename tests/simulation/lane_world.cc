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
  slip_permille = up_to(400);
  mud_permille = up_to(300);
  scale_fault_permille = up_to(1) * up_to(100);
  dim_permille = up_to(300);
  convoy_permille = up_to(200);
  witness_permille = up_to(1) * up_to(200);
  container_permille = up_to(600);
}

std::string WorldOptions::Text() const {
  return fmt::format(
      "seed={} trucks_per_hour={} crash={} disk={} link={} answer_lost={} power={} centre={} late={} "
      "misread={} "
      "tailgater={} turns_back={} clone={} slip={} mud={} scale={} dim={} convoy={} witness={} container={}",
      seed, trucks_per_hour, crash_permille, disk_fault_permille, link_fault_permille, answer_lost_permille,
      power_loss_permille, centre_cut_permille, late_read_permille, misread_permille, tailgater_permille,
      turns_back_permille, clone_permille, slip_permille, mud_permille, scale_fault_permille, dim_permille,
      convoy_permille, witness_permille, container_permille);
}

LaneWorld::LaneWorld(WorldOptions options, Sabotage sabotage)
    : options_(std::move(options)), sabotage_(sabotage), random_(options_.seed) {
  for (int i = 0; i < 2; ++i) lanes_.push_back(std::make_unique<Lane>());
  for (int i = 0; i < 40; ++i) {
    // A third is not complete, some are on the watch list, some only look so.
    const std::string plate = NewPlate();
    Declare(plate, random_.Below(3) != 0, random_.Below(4) == 0);
  }
  StartProcess();
}

LaneWorld::~LaneWorld() = default;

void LaneWorld::StartProcess() {
  process_ = std::make_unique<Process>(*this);
  checker_.OnRun();
  for (const auto& lane : lanes_) lane->barrier.Connect();
  centre_spoke_at_ = {};
}

std::optional<Mode> LaneWorld::mode(size_t lane) const {
  if (!up()) return std::nullopt;
  return process_->lanes[lane]->View().mode;
}

void LaneWorld::RunFor(milliseconds span) {
  run_until_ = clock_.SteadyNow() + span;
  while (clock_.SteadyNow() < run_until_ && violations().empty()) {
    if (clock_.SteadyNow() >= next_minute_) {
      next_minute_ = clock_.SteadyNow() + std::chrono::minutes(1);
      Minute();
    }
    Step();
  }
}

// Nothing moves and nothing is under way: time may pass in longer steps.
bool LaneWorld::Still() const {
  if (!up() || !reads_.empty()) return false;
  return std::all_of(lanes_.begin(), lanes_.end(), [&](const auto& lane) {
    return lane->barrier.model.empty() && lane->barrier.model.Inputs().lower_limit &&
           clock_.SteadyNow() >= lane->link_down_until;
  });
}

void LaneWorld::Step() {
  const auto left = std::chrono::duration_cast<milliseconds>(run_until_ - clock_.SteadyNow());
  step_ = Still() ? std::min(kStillStep, left) : kStep;
  clock_.Advance(step_);
  const SteadyInstant now = clock_.SteadyNow();
  if (!up() && now >= process_down_until_) StartProcess();
  for (size_t i = 0; i < lanes_.size(); ++i) {
    Lane& lane = *lanes_[i];
    // The controller shows red when nobody has spoken to it for a while.
    const bool nobody_speaks = !up() && now - process_died_at_ > kHeartbeatLost;
    if ((nobody_speaks || now < lane.link_down_until) && lane.barrier.model.green()) {
      lane.barrier.model.SetLights(false, true);
    }
    for (int part = 0; part < 5; ++part) lane.barrier.model.Step(step_ / 5);
    const LaneModel::Truck* there = lane.barrier.model.OnArming();
    if (there != nullptr && std::exchange(lane.arrived, there->id) != there->id) lane.arrived_at = now;
    if (std::exchange(lane.passed_known, lane.barrier.model.passed().size()) !=
        lane.barrier.model.passed().size()) {
      lane.passed_at = now;
    }
    if (!up() || now < lane.link_down_until) checker_.OnUnwatched(WorldLaneId(i), lane.barrier.model);
    if (lane.barrier.model.loops_blind) checker_.OnBlind(lane.barrier.model);
    checker_.CheckLowering(WorldLaneId(i), lane.barrier.model);
  }
  Centre();
  for (size_t i = 0; i < lanes_.size(); ++i) {
    Traffic(i);
    Cameras(i);
    SlipCamera(i);
    FurtherCameras(i);
    Antenna(i);
    Poll(i);
    Scale(i);
    Officers(i);
  }
  DeliverReads();
  CheckQuestions();
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

// Each decision is looked at while its truck is still there.
void LaneWorld::CheckQuestions() {
  for (; decisions_known_ < observer_.decisions.size(); ++decisions_known_) {
    const Decision& decision = observer_.decisions[decisions_known_];
    for (size_t i = 0; i < lanes_.size(); ++i) {
      const bool there = lanes_[i]->barrier.model.OnArming() != nullptr;
      if (decision.lane_id == WorldLaneId(i) && there)
        checker_.FailWith(checker_.containers().CheckQuestion(decision, lanes_[i]->arrived_at));
    }
  }
}

void LaneWorld::CheckPassages() {
  if (!up() || !violations().empty()) return;
  checker_.Follow(*process_->journal);
  checker_.CompareTickets();
}

void LaneWorld::Heal() {
  if (!violations().empty()) return;
  healing_ = true;
  disk_fault_until_ = centre_cut_until_ = clock_.SteadyNow();
  for (const auto& lane : lanes_) {
    lane->link_down_until = lane->scale_silent_until = clock_.SteadyNow();
    for (LaneModel::Truck& truck : lane->barrier.model.trucks()) truck.impatience_s = 5;
  }
  RunFor(std::chrono::minutes(5));
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
  RunFor(std::chrono::minutes(2));
  CheckPassages();
  for (size_t i = 0; i < lanes_.size(); ++i) {
    if (lanes_[i]->barrier.model.passed().size() != before[i] + 1) {
      checker_.Fail(fmt::format("{}: a good truck does not get through after everything was healed ({}, {})",
                                WorldLaneId(i), LaneStateName(process_->lanes[i]->View().state),
                                ModeName(process_->lanes[i]->View().mode)));
    }
    checker_.Compare(WorldLaneId(i), lanes_[i]->barrier.model);
  }
  checker_.CompareUpload();
  const auto verified = process_->journal->Verify();
  if (!verified) checker_.Fail(verified.error().message());
}

}  // namespace bordergate::lane
