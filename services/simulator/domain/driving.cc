#include "services/simulator/domain/driving.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace bordergate::simulator {
namespace {

constexpr double kCruise = 3.6;   // metres a second on the approach
constexpr double kThrough = 3.0;  // and through the barrier
constexpr double kBack = 2.0;
constexpr double kAccelerate = 1.0;
constexpr double kBrake = 1.3;
constexpr double kGap = 2.0;          // kept to the truck before, in metres
constexpr double kArmUpEnough = 0.9;  // a driver does not start below this
constexpr milliseconds kReaction{700};

// The speed from which braking still ends after `distance_m`.
double BrakingSpeed(double distance_m) { return distance_m <= 0 ? 0 : std::sqrt(2 * kBrake * distance_m); }

}  // namespace

DrivenTruck::DrivenTruck(Truck truck, double front_m) : truck_(std::move(truck)), front_m_(front_m) {
  if (truck_.manner == DriverManner::kWrongWay) {
    state_ = State::kAgainst;
  } else {
    speed_ = kCruise;
  }
}

void DrivenTruck::Move(milliseconds span, WorldTime now, const ArmSight& arm, const LaneGeometry& lane,
                       std::optional<double> ahead_rear_m) {
  Decide(now, arm, lane);
  const double seconds_passed = static_cast<double>(span.count()) / 1000;
  const double limit = SpeedLimit(arm, lane, ahead_rear_m);
  if (limit < 0) {
    speed_ = std::max(limit, speed_ - kAccelerate * seconds_passed);
  } else {
    // Braking is what the limit says: it is made of distances. Driving off takes its time.
    speed_ = std::min(limit, speed_ + kAccelerate * seconds_passed);
    speed_ = std::max(0.0, speed_);
  }
  front_m_ += speed_ * seconds_passed;
}

void DrivenTruck::Decide(WorldTime now, const ArmSight& arm, const LaneGeometry& lane) {
  if (state_ == State::kApproaching && front_m_ >= lane.stop_line_m - 0.3 && speed_ < 0.3) {
    state_ = State::kStanding;
    standing_since_ = now;
  }
  if (state_ == State::kApproaching || state_ == State::kStanding) {
    if (!MayDrive(arm)) {
      may_drive_since_.reset();
    } else if (!may_drive_since_) {
      may_drive_since_ = now;
    }
    if (may_drive_since_ && now - *may_drive_since_ >= kReaction) {
      state_ = State::kDriving;
      standing_since_.reset();
    }
    if (state_ == State::kStanding && now - *standing_since_ > truck_.patience) state_ = State::kReversing;
    return;
  }
  // The arm came down before he was under it: he waits for the next opening.
  if (state_ == State::kDriving && arm.angle <= 0.01 && front_m_ <= lane.safety_from_m && !moving()) {
    state_ = State::kStanding;
    standing_since_ = now;
    may_drive_since_.reset();
    raise_count_at_arrival_ = arm.raise_count;
  }
}

bool DrivenTruck::MayDrive(const ArmSight& arm) const {
  if (!raise_count_at_arrival_ || arm.angle < kArmUpEnough) return false;
  if (arm.emergency || truck_.manner == DriverManner::kTailgating) return true;
  // An arm that was up before he came is up for somebody else.
  return !arm.red && arm.raise_count > *raise_count_at_arrival_;
}

double DrivenTruck::SpeedLimit(const ArmSight& arm, const LaneGeometry& lane,
                               std::optional<double> ahead_rear_m) const {
  double limit = kCruise;
  switch (state_) {
    case State::kReversing:
      return -kBack;
    case State::kAgainst:
      // The rear goes first; it waits before a closed arm.
      return rear_m() > 1.0 && rear_m() < 3.0 && arm.angle < kArmUpEnough ? 0.0 : -kBack;
    case State::kApproaching:
    case State::kStanding:
      limit = std::min(limit, BrakingSpeed(lane.stop_line_m - front_m_));
      break;
    case State::kDriving:
      limit = kThrough;
      if (front_m_ <= lane.safety_from_m && arm.angle < kArmUpEnough) {
        limit = std::min(limit, BrakingSpeed(lane.safety_from_m - front_m_));
      }
      break;
  }
  if (ahead_rear_m) {
    const double gap = truck_.manner == DriverManner::kTailgating ? truck_.gap_m : kGap;
    limit = std::min(limit, BrakingSpeed(*ahead_rear_m - gap - front_m_));
  }
  return limit;
}

}  // namespace bordergate::simulator
