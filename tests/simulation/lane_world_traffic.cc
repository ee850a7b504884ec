// What happens around the lanes: traffic, cameras, officers, polls, and what breaks.
#include <algorithm>

#include "tests/simulation/lane_world_process.h"

namespace bordergate::lane {

void LaneWorld::Minute() {
  if (healing_) return;
  const SteadyInstant now = clock_.SteadyNow();
  if (Chance(options_.disk_fault_permille)) disk_fault_until_ = now + milliseconds(500 + random_.Below(6000));
  if (Chance(options_.centre_cut_permille)) centre_cut_until_ = now + seconds(5 + random_.Below(1500));
  if (options_.clock_jump_permille > 0 && Chance(options_.clock_jump_permille)) {
    constexpr seconds kJumps[] = {seconds(3600), seconds(-600), seconds(5),
                                  seconds(-5),   seconds(1),    seconds(-1)};
    clock_.JumpWallClock(kJumps[random_.Below(std::size(kJumps))]);
  }
  for (size_t i = 0; i < lanes_.size(); ++i) {
    Lane& lane = *lanes_[i];
    if (Chance(options_.link_fault_permille))
      lane.link_down_until = now + milliseconds(200 + random_.Below(20000));
    if (Chance(options_.scale_fault_permille)) lane.scale_silent_until = now + seconds(random_.Below(60));
    if (Chance(options_.power_loss_permille)) {
      checker_.OnPowerLost(lane.barrier.model);
      lane.barrier.model.LosePower();
      lane.link_down_until = now + seconds(3);
    }
  }
  for (int i = 0; i < 4; ++i) {
    const std::string plate = NewPlate();
    Declare(plate, random_.Below(3) != 0, random_.Below(4) == 0);
  }
  if (random_.Below(3) == 0) {
    // Somebody expected, or a plate that looks like one.
    std::string plate = KnownPlate();
    if (random_.Below(2) == 0) std::replace(plate.begin(), plate.end(), '1', '7');
    Tell(Source::kVehicle,
         WatchFacts{"watch_" + std::to_string(++watch_count_), plate, plate, "CAUSE_STOLEN", true});
  }
  CheckPassages();
}

void LaneWorld::Traffic(size_t lane) {
  Lane& l = *lanes_[lane];
  const SteadyInstant now = clock_.SteadyNow();
  if (healing_ || now < l.next_truck || l.barrier.model.trucks().size() >= 2) return;
  l.next_truck =
      now + milliseconds(random_.Below(static_cast<uint64_t>(7'200'000 / options_.trucks_per_hour)));
  LaneModel::Truck truck;
  truck.id = ++truck_count_;
  truck.plate = KnownPlate();
  if (random_.Below(6) == 0) truck.plate = NewPlate();  // nobody declared it
  const std::string& ahead = lanes_[random_.Below(2)]->last_plate;
  if (!ahead.empty() && Chance(options_.convoy_permille)) truck.plate = NeighbourOf(ahead);
  l.last_plate = truck.plate;
  truck.length_m = 6 + static_cast<double>(random_.Below(11));
  truck.speed_m_s = 1 + static_cast<double>(random_.Below(3));
  truck.impatience_s = 15 + static_cast<int>(random_.Below(40));
  truck.tailgates = Chance(options_.tailgater_permille);
  truck.turns_back = !truck.tailgates && Chance(options_.turns_back_permille);
  GivePapers(truck);
  Load(truck);
  l.barrier.model.Arrive(truck);
  if (!Chance(options_.clone_permille)) return;
  truck.id = ++truck_count_;
  GivePapers(truck);
  Load(truck);
  lanes_[1 - lane]->barrier.model.Arrive(truck);
}

void LaneWorld::Cameras(size_t lane) {
  const LaneModel::Truck* truck = lanes_[lane]->barrier.model.OnArming();
  if (truck == nullptr || random_.Below(4) != 0) return;
  PendingRead pending;
  pending.lane = lane;
  pending.truck = truck->id;
  pending.deliver_at = clock_.SteadyNow() + milliseconds(random_.Below(200));
  if (Chance(options_.late_read_permille)) pending.deliver_at += milliseconds(random_.Below(15000));
  std::string plate = truck->plate;
  // A misread never hits another expected plate: that would open for the wrong truck, and no rule could know.
  if (Chance(options_.misread_permille)) plate[plate.size() - 1 - random_.Below(5)] = 'X';
  pending.read.read_id = "read-" + std::to_string(++read_count_);
  pending.read.frame_time = clock_.Now();
  pending.read.plate = pending.read.key = plate;
  pending.read.confidence = 0.6 + 0.01 * static_cast<double>(random_.Below(40));
  if (const auto papers = papers_.find(truck->id); papers != papers_.end() && papers->second.muddy) {
    // Mostly nothing is read of it; sometimes mud is.
    if (random_.Below(4) != 0) return;
    plate[plate.size() - 1] = plate[plate.size() - 2] = 'X';
    pending.read.plate = pending.read.key = plate;
    pending.read.confidence = 0.3 + 0.01 * static_cast<double>(random_.Below(15));
  } else if (papers != papers_.end() && papers->second.dim) {
    pending.read.confidence = 0.3 + 0.01 * static_cast<double>(random_.Below(50));
  }
  reads_.push_back(pending);
  if (random_.Below(20) == 0) reads_.push_back(pending);  // told twice
}

void LaneWorld::DeliverReads() {
  std::vector<PendingRead> due;
  std::erase_if(reads_, [&](const PendingRead& pending) {
    if (pending.deliver_at > clock_.SteadyNow()) return false;
    due.push_back(pending);
    return true;
  });
  for (const PendingRead& pending : due) {
    if (!pending.slip_text.empty()) {
      DeliverSlip(pending);
    } else if (!pending.tag_of.empty()) {
      DeliverTag(pending);
    } else if (pending.read.of == ReadOf::kContainer) {
      DeliverContainer(pending);
    } else if (pending.read.position != CameraPosition::kFront) {
      DeliverFurther(pending);
    } else {
      DeliverPlate(pending);
    }
  }
}

void LaneWorld::Poll(size_t lane) {
  Lane& l = *lanes_[lane];
  if (!up()) return;
  if (clock_.SteadyNow() < l.link_down_until) {
    if (!l.silent_since) l.silent_since = clock_.SteadyNow();
    return InProcess(lane, [](LaneController& controller) { controller.LinkLost(); });
  }
  // After so long the lane forgets who waited; the stay of an opening goes on under the same id.
  const auto silence = clock_.SteadyNow() - l.silent_since.value_or(clock_.SteadyNow());
  if (silence + step_ > LaneTimes{}.inputs_age_max) checker_.OnForgotten(WaitingSession(lane));
  l.silent_since.reset();
  BarrierInputs inputs = l.barrier.Poll();
  if (sabotage_ == Sabotage::kPowerLossHidden) inputs.outputs_kept = true;
  if (sabotage_ == Sabotage::kExitForgotten) inputs.exit_latch.reset();
  InProcess(lane, [&](LaneController& controller) {
    controller.CameraAlive("");
    controller.SeeInputs(inputs);
  });
}

// What it weighs: as when it is empty, or with a ton of what nobody declared.
void LaneWorld::Load(const LaneModel::Truck& truck) {
  const auto tare = tare_of_.find(truck.plate);
  int& mass_kg = mass_of_[truck.id];
  mass_kg = (tare == tare_of_.end() ? 12'000 : tare->second) + static_cast<int>(random_.Below(200));
  if (random_.Below(3) == 0) mass_kg += 400 + static_cast<int>(random_.Below(3000));
}

// The scale before the barrier: at rest when who stands on it has not moved since it was asked last.
void LaneWorld::Scale(size_t lane) {
  Lane& l = *lanes_[lane];
  if (!up() || clock_.SteadyNow() < l.scale_silent_until ||
      clock_.SteadyNow() < l.scale_asked_at + kScalePoll)
    return;
  l.scale_asked_at = clock_.SteadyNow();
  const LaneModel::Truck* truck = l.barrier.model.OnArming();
  Weight weight{ScaleState::kStable, 0};
  if (truck != nullptr) {
    const double front_m = truck->front_m;
    weight.kg = mass_of_[truck->id];
    if (std::exchange(l.weighed_at_m, front_m) != front_m) weight.state = ScaleState::kMoving;
  }
  if (weight.kg > 0 && weight.state == ScaleState::kStable) {
    const int before_kg = std::exchange(l.shown_kg, weight.kg);
    if (sabotage_ == Sabotage::kWeightKept && before_kg != 0) weight.kg = l.shown_kg = before_kg;
  }
  InProcess(lane, [&](LaneController& controller) { controller.SeeWeight(weight); });
}

void LaneWorld::Officers(size_t lane) {
  if (!up() || random_.Below(healing_ ? 50 : 100) >= static_cast<uint64_t>(step_ / kStep)) return;
  const LaneView view = process_->lanes[lane]->View();
  const RequestKey key{"person_1", "method", "request-" + std::to_string(++request_count_), "digest"};
  const bool stuck =
      view.state == LaneState::kFault || view.mode == Mode::kManual || view.mode == Mode::kConfirm;
  if (stuck && random_.Below(4) == 0) {
    // The officer has looked at the lane: nobody is under the arm.
    if (lanes_[lane]->barrier.model.Inputs().safety_loop || lanes_[lane]->barrier.model.loops_blind) return;
    return InProcess(lane, [&](LaneController& controller) {
      (void)controller.SetMode(key, {WorldLaneId(lane), Mode::kAuto, "person_1", "looked"},
                               [](const LaneView&) { return std::string("answer"); });
    });
  }
  if (view.state != LaneState::kAsking && view.state != LaneState::kRefused) return;
  // Seed 890: a lane whose barrier had not moved asked for a good truck, and the officer took two minutes to
  // refuse and to open.
  const bool opens = random_.Below(2) == 0 || healing_;
  OfficerOpening opening{.session_id = view.decision ? view.decision->session_id : "",
                         .reason_code = "OFFICER_IDENTIFIED",
                         .plate = view.decision && view.decision->plate.empty() ? "29C00000" : "",
                         .officer_id = "person_1",
                         .watch_list_acknowledged = random_.Below(2) == 0};
  const OfficerRefusal refusal{
      .session_id = opening.session_id, .reason_code = "OFFICER_MISMATCH", .officer_id = "person_1"};
  const auto answer = [](const Decision& decision) { return decision.id.value(); };
  InProcess(lane, [&](LaneController& controller) {
    for (int click = 0; click < 2; ++click) {  // and a double click
      if (opens) {
        (void)controller.Open(key, opening, answer);
      } else {
        (void)controller.Refuse(key, refusal, answer);
      }
    }
  });
}

}  // namespace bordergate::lane
