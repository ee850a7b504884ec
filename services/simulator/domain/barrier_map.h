// The register map "simulated" of a barrier controller: what a lane writes and reads over Modbus.
//
// source   README.md of this service, "Register map"
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace bordergate::simulator {

// Coils. The first three are pulses: written 1, they fall back to 0 by themselves.
enum Coil : std::size_t {
  kCoilRaise = 0,
  kCoilLower = 1,  // a request: ignored while a vehicle is under the arm
  kCoilStop = 2,
  kCoilHeartbeat = 3,  // toggled by the lane every second
  kCoilGreen = 4,
  kCoilRed = 5,
};
inline constexpr std::size_t kCoilCount = 6;

// Discrete inputs.
enum Input : std::size_t {
  kInputUpperLimit = 0,
  kInputLowerLimit = 1,
  kInputArmingLoop = 2,  // before the arm
  kInputSafetyLoop = 3,  // under the arm
  kInputExitLoop = 4,    // behind the arm
  kInputEmergency = 5,   // emergency opening is active
  kInputFault = 6,
  kInputLocal = 7,      // hand operation: software is not obeyed
  kInputExitLatch = 8,  // the exit loop has been on since the last raise pulse
};
inline constexpr std::size_t kInputCount = 9;

// Holding registers: the block of commands, written whole in one request. The words of a number stand highest
// first.
enum Register : std::size_t {
  kRegisterToken = 0,  // 4 words: whose command it is
  kRegisterCommand = 4,
  kRegisterLevels = 5,
  kRegisterHeartbeat = 6,  // any other number than before
};
inline constexpr std::size_t kRegisterCount = 7;

struct CommandBlock {
  std::uint64_t token = 0;    // of the master; 0: none yet
  std::uint16_t command = 0;  // 0 none, 1 raise, 2 lower, 3 stop
  std::uint16_t levels = 0;  // bit 0 green light, bit 1 red light; the others are kept for whoever reads them
  std::uint16_t heartbeat = 0;
};

using Coils = std::array<bool, kCoilCount>;
using Inputs = std::array<bool, kInputCount>;

}  // namespace bordergate::simulator
