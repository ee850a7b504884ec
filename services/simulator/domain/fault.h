// What can be made to go wrong at a lane, and stays wrong until it is switched off again.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace bordergate::simulator {

enum class Fault {
  kArmStuck,         // the motor hums, the arm does not move
  kArmHalfway,       // the arm stops half way up, or half way down
  kUpperSwitchDead,  // the arm is up and the upper switch does not say so
  kLowerSwitchDead,
  kArmingLoopStuck,  // reports a vehicle that is not there
  kSafetyLoopStuck,
  kExitLoopStuck,
  kArmingLoopDead,  // reports nobody, whoever stands there
  kSafetyLoopDead,
  kExitLoopDead,
  kEmergencyOpening,   // somebody pressed the emergency opening: the arm goes up and stays up
  kLocalOperation,     // hand operation: the arm obeys the buttons at the barrier, not the coils
  kControllerFault,    // the controller reports a fault of its own and does not move the arm
  kControllerSilent,   // takes requests and never answers
  kControllerAway,     // its port is closed
  kControllerRefuses,  // answers every request with the exception SERVER DEVICE FAILURE
  kControllerSlow,     // answers after 400 ms
  kCameraFrozen,       // sends the same picture again and again
  kCameraBlack,        // sends black pictures
  kCameraBlurred,      // out of focus
  kCameraSilent,       // keeps its connections and sends nothing
  kCameraAway,         // cuts its connections and refuses new ones
  kScaleSilent,        // takes requests and never answers
  kScaleUnsteady,      // does not come to rest: wind, somebody walks on it
  kScaleTared,         // somebody has set a tare
  kRearCameraFrozen,   // of the camera that looks at the rear, as above
  kRearCameraBlack,
  kRearCameraBlurred,
  kRearCameraSilent,
  kRearCameraAway,
  kTagReaderSilent,  // the reader of transponders that serves this lane sends nothing
};
inline constexpr std::size_t kFaultCount = 31;

// The name in the control door, for example "arm_stuck".
std::string_view FaultName(Fault fault);
std::optional<Fault> FindFault(std::string_view name);

class Faults {
 public:
  bool Has(Fault fault) const { return on_[static_cast<std::size_t>(fault)]; }
  void Set(Fault fault, bool on) { on_[static_cast<std::size_t>(fault)] = on; }

 private:
  std::array<bool, kFaultCount> on_{};
};

}  // namespace bordergate::simulator
