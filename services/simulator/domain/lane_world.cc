#include "services/simulator/domain/lane_world.h"

#include <algorithm>
#include <array>
#include <utility>

#include "libs/core/check.h"
#include "services/simulator/domain/reasons.h"

namespace bordergate::simulator {
namespace {

constexpr std::array<std::pair<std::string_view, Scene>, 6> kScenes = {{
    {"reverse", Scene::kReverse},
    {"power_cycle", Scene::kPowerCycle},
    {"restart_loops", Scene::kRestartLoops},
    {"force_arm_up", Scene::kForceArmUp},
    {"press_raise", Scene::kPressRaise},
    {"press_lower", Scene::kPressLower},
}};

LaneEvent::Kind KindOf(BarrierController::Happening happening) {
  using Happening = BarrierController::Happening;
  using Kind = LaneEvent::Kind;
  switch (happening) {
    case Happening::kRaisePulse:
      return Kind::kRaisePulse;
    case Happening::kLowerPulse:
      return Kind::kLowerPulse;
    case Happening::kStopPulse:
      return Kind::kStopPulse;
    case Happening::kArmUp:
      return Kind::kArmUp;
    case Happening::kArmLeftTop:
      return Kind::kArmLeftTop;
    case Happening::kArmDown:
      return Kind::kArmDown;
    case Happening::kArmLeftBottom:
      return Kind::kArmLeftBottom;
    case Happening::kLinkLost:
      return Kind::kLinkLost;
    case Happening::kLinkBack:
      return Kind::kLinkBack;
  }
  BG_CHECK(false, "every happening has its event");
}

}  // namespace

std::string_view SceneName(Scene scene) {
  for (const auto& [name, one] : kScenes) {
    if (one == scene) return name;
  }
  return "unknown";
}

std::optional<Scene> FindScene(std::string_view name) {
  for (const auto& [word, scene] : kScenes) {
    if (word == name) return scene;
  }
  return std::nullopt;
}

LaneWorld::LaneWorld(LaneGeometry geometry, BarrierTimes times)
    : geometry_(geometry),
      barrier_(times),
      arming_(geometry.arming_from_m, geometry.arming_to_m, Fault::kArmingLoopStuck, Fault::kArmingLoopDead),
      safety_(geometry.safety_from_m, geometry.safety_to_m, Fault::kSafetyLoopStuck, Fault::kSafetyLoopDead),
      exit_(geometry.exit_from_m, geometry.exit_to_m, Fault::kExitLoopStuck, Fault::kExitLoopDead) {}

void LaneWorld::AdvanceTo(WorldTime now) {
  while (now_ + kStep <= now) {
    now_ += kStep;
    Step();
  }
}

void LaneWorld::Step() {
  LetIn();
  MoveTrucks();
  SenseLoops();
  const double angle_before = barrier_.angle();
  barrier_.Step(now_, kStep, safety_.Reports(faults_), faults_);
  barrier_.SeeExit(exit_.Reports(faults_));
  for (const auto happening : barrier_.TakeHappenings()) Note(KindOf(happening));
  CheckStrike(angle_before);
}

void LaneWorld::LetIn() {
  if (queue_.empty()) return;
  const Truck& next = queue_.front();
  double front_m = geometry_.approach_m;
  if (next.manner == DriverManner::kWrongWay) {
    if (!trucks_.empty()) return;
    front_m = geometry_.gone_m + next.length_m;
  } else if (!trucks_.empty()) {
    const DrivenTruck& last = trucks_.back();
    const bool follows = next.manner == DriverManner::kTailgating &&
                         last.state() != DrivenTruck::State::kReversing &&
                         last.state() != DrivenTruck::State::kAgainst;
    const bool free = last.rear_m() > geometry_.safety_from_m;
    if (!follows && !free) return;
    if (follows) front_m = std::min(last.rear_m() - next.gap_m, geometry_.arming_from_m - next.gap_m);
  }
  trucks_.emplace_back(next, front_m);
  Note(LaneEvent::Kind::kTruckEntered, next.truck_id);
  queue_.pop_front();
}

void LaneWorld::MoveTrucks() {
  const auto span = milliseconds(static_cast<int64_t>(static_cast<double>(kStep.count()) * driving_speed_));
  const ArmSight arm = Sight();
  // Who reverses pushes those behind back as well.
  for (std::size_t at = 1; at < trucks_.size(); ++at) {
    if (trucks_[at - 1].state() == DrivenTruck::State::kReversing) trucks_[at].Reverse();
  }
  std::optional<double> ahead_rear_m;
  for (DrivenTruck& truck : trucks_) {
    const double front_before = truck.front_m();
    const double rear_before = truck.rear_m();
    const bool stood = truck.standing_since().has_value();
    truck.Move(span, now_, arm, geometry_, ahead_rear_m);
    if (front_before <= geometry_.arming_from_m && truck.front_m() > geometry_.arming_from_m)
      truck.Arrive(arm);
    if (!stood && truck.standing_since()) Note(LaneEvent::Kind::kTruckStopped, truck.truck().truck_id);
    NoteCrossings(truck, front_before, rear_before);
    ahead_rear_m = truck.rear_m();
  }
  std::erase_if(trucks_, [&](const DrivenTruck& truck) {
    const bool backwards =
        truck.state() == DrivenTruck::State::kReversing || truck.state() == DrivenTruck::State::kAgainst;
    return backwards ? truck.front_m() < geometry_.approach_m : truck.rear_m() > geometry_.gone_m;
  });
}

void LaneWorld::NoteCrossings(const DrivenTruck& truck, double front_before, double rear_before) {
  using Kind = LaneEvent::Kind;
  const std::string& id = truck.truck().truck_id;
  const auto crossed = [](double before, double after, double line) {
    return before <= line && after > line;
  };
  if (truck.state() == DrivenTruck::State::kAgainst) {
    if (crossed(truck.front_m(), front_before, geometry_.arming_from_m)) Note(Kind::kTruckWrongWay, id);
    return;
  }
  if (truck.state() == DrivenTruck::State::kReversing) {
    if (crossed(truck.front_m(), front_before, geometry_.approach_m)) Note(Kind::kTruckTurnedBack, id);
    return;
  }
  if (crossed(front_before, truck.front_m(), geometry_.arming_from_m)) Note(Kind::kTruckArrived, id);
  if (crossed(front_before, truck.front_m(), 0)) Note(Kind::kTruckUnderArm, id);
  if (crossed(rear_before, truck.rear_m(), geometry_.exit_to_m)) Note(Kind::kTruckPassed, id);
}

void LaneWorld::SenseLoops() {
  for (LoopDetector* loop : {&arming_, &safety_, &exit_}) {
    loop->See(std::ranges::any_of(
        trucks_, [&](const DrivenTruck& truck) { return loop->Covers(truck.rear_m(), truck.front_m()); }));
  }
}

void LaneWorld::CheckStrike(double angle_before) {
  const bool falling = barrier_.angle() < angle_before;
  if (!falling || barrier_.angle() > 0.7) {
    struck_ = struck_ && barrier_.angle() <= 0.7;
    return;
  }
  if (struck_) return;
  for (const DrivenTruck& truck : trucks_) {
    if (!Under(truck)) continue;
    struck_ = true;
    Note(LaneEvent::Kind::kArmStruck, truck.truck().truck_id);
  }
}

ArmSight LaneWorld::Sight() const {
  const Coils& coils = barrier_.coils();
  return {barrier_.angle(), coils[kCoilRed] && !coils[kCoilGreen], barrier_.raise_count(),
          faults_.Has(Fault::kEmergencyOpening)};
}

Inputs LaneWorld::inputs() const {
  Inputs inputs{};
  inputs[kInputUpperLimit] = barrier_.upper_limit(faults_);
  inputs[kInputLowerLimit] = barrier_.lower_limit(faults_);
  inputs[kInputArmingLoop] = arming_.Reports(faults_);
  inputs[kInputSafetyLoop] = safety_.Reports(faults_);
  inputs[kInputExitLoop] = exit_.Reports(faults_);
  inputs[kInputEmergency] = faults_.Has(Fault::kEmergencyOpening);
  inputs[kInputFault] = faults_.Has(Fault::kControllerFault);
  inputs[kInputLocal] = faults_.Has(Fault::kLocalOperation);
  inputs[kInputExitLatch] = barrier_.exit_latch();
  return inputs;
}

void LaneWorld::Place(Truck truck) {
  BG_CHECK(!truck.truck_id.empty(), "the world names a truck before it comes to a lane");
  queue_.push_back(std::move(truck));
}

void LaneWorld::SetFault(Fault fault, bool on) {
  if (faults_.Has(fault) == on) return;
  faults_.Set(fault, on);
  Note(on ? LaneEvent::Kind::kFaultOn : LaneEvent::Kind::kFaultOff, {}, std::string(FaultName(fault)));
}

Result<void> LaneWorld::Play(Scene scene) {
  std::string truck_id;
  switch (scene) {
    case Scene::kReverse: {
      const auto at = std::ranges::find_if(trucks_, [&](const DrivenTruck& truck) {
        return truck.front_m() > geometry_.arming_from_m && truck.rear_m() < geometry_.safety_to_m &&
               truck.state() != DrivenTruck::State::kAgainst;
      });
      if (at == trucks_.end()) {
        return Error(kNobodyAtBarrier,
                     "no truck stands before the arm or under it: place one and wait for it");
      }
      at->Reverse();
      truck_id = at->truck().truck_id;
      break;
    }
    case Scene::kPowerCycle:
      barrier_.LosePower();
      [[fallthrough]];
    case Scene::kRestartLoops:
      arming_.Restart();
      safety_.Restart();
      exit_.Restart();
      break;
    case Scene::kForceArmUp:
      barrier_.ForceUp();
      break;
    case Scene::kPressRaise:
      barrier_.PressRaise();
      break;
    case Scene::kPressLower:
      barrier_.PressLower();
      break;
  }
  Note(LaneEvent::Kind::kScene, truck_id, std::string(SceneName(scene)));
  return {};
}

LaneView LaneWorld::View() const {
  LaneView view;
  view.at = now_;
  for (const DrivenTruck& truck : trucks_) {
    view.trucks.push_back({truck.truck(), truck.front_m(), truck.moving(), truck.state()});
  }
  view.arm_angle = barrier_.angle();
  view.arm_moving = barrier_.moving() && !faults_.Has(Fault::kArmStuck);
  view.coils = barrier_.coils();
  view.green = view.coils[kCoilGreen];
  view.red = view.coils[kCoilRed];
  view.waiting_count = static_cast<int>(queue_.size());
  view.inputs = inputs();
  view.link_lost = barrier_.link_lost();
  view.faults = faults_;
  return view;
}

bool LaneWorld::quiet() const { return trucks_.empty() && queue_.empty() && !barrier_.moving(); }

std::vector<LaneEvent> LaneWorld::TakeEvents() { return std::exchange(events_, {}); }

void LaneWorld::Note(LaneEvent::Kind kind, std::string truck_id, std::string detail) {
  events_.push_back({kind, now_, std::move(truck_id), std::move(detail)});
}

}  // namespace bordergate::simulator
