#include "services/simulator/domain/fault.h"

namespace bordergate::simulator {
namespace {

// In the order of the enumeration.
constexpr std::array<std::string_view, kFaultCount> kNames = {
    "arm_stuck",          "arm_halfway",        "upper_switch_dead", "lower_switch_dead",
    "arming_loop_stuck",  "safety_loop_stuck",  "exit_loop_stuck",   "arming_loop_dead",
    "safety_loop_dead",   "exit_loop_dead",     "emergency_opening", "local_operation",
    "controller_fault",   "controller_silent",  "controller_away",   "controller_refuses",
    "controller_slow",    "camera_frozen",      "camera_black",      "camera_blurred",
    "camera_silent",      "camera_away",        "scale_silent",      "scale_unsteady",
    "scale_tared",        "rear_camera_frozen", "rear_camera_black", "rear_camera_blurred",
    "rear_camera_silent", "rear_camera_away",   "tag_reader_silent",
};
static_assert(static_cast<std::size_t>(Fault::kTagReaderSilent) + 1 == kFaultCount);

}  // namespace

std::string_view FaultName(Fault fault) { return kNames[static_cast<std::size_t>(fault)]; }

std::optional<Fault> FindFault(std::string_view name) {
  for (std::size_t at = 0; at < kFaultCount; ++at) {
    if (kNames[at] == name) return static_cast<Fault>(at);
  }
  return std::nullopt;
}

}  // namespace bordergate::simulator
