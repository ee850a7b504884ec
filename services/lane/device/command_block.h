// The block of holding registers by which a controller that checks tokens is commanded, always written whole
// in one request, so that nothing can come between the token and the command it is for.
//
//   0 to 3   token, highest word first. The controller keeps the one in force, also without power. It obeys a
//   block with
//            that token, and takes a token whose upper half is higher by one (any token, while it has none);
//            any other block is refused with ILLEGAL DATA VALUE, and nothing changes
//   4        command: 0 none, 1 raise, 2 lower
//   5        bit 0 green light, bit 1 red light, bit 2 the standby has everything that was decided
//   6        heartbeat: any other number than before
//
// source   docs/decisions/0024-fencing-in-the-controller.md
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace bordergate::lane {

struct CommandBlock {
  static constexpr size_t kWords = 7;
  enum class Command : uint16_t { kNone = 0, kRaise = 1, kLower = 2 };

  uint64_t token = 0;
  Command command = Command::kNone;
  bool green = false;
  bool red = false;
  bool standby_in_step = false;
  uint16_t heartbeat = 0;

  using Words = std::array<uint16_t, kWords>;
  Words Encode() const {
    const int levels = (green ? 1 : 0) | (red ? 2 : 0) | (standby_in_step ? 4 : 0);
    return {static_cast<uint16_t>(token >> 48),
            static_cast<uint16_t>(token >> 32),
            static_cast<uint16_t>(token >> 16),
            static_cast<uint16_t>(token),
            static_cast<uint16_t>(command),
            static_cast<uint16_t>(levels),
            heartbeat};
  }
  static CommandBlock Decode(const Words& words) {
    CommandBlock block;
    for (size_t i = 0; i < 4; ++i) block.token = block.token << 16 | words[i];
    block.command = static_cast<Command>(words[4]);
    block.green = (words[5] & 1) != 0;
    block.red = (words[5] & 2) != 0;
    block.standby_in_step = (words[5] & 4) != 0;
    block.heartbeat = words[6];
    return block;
  }

  // The next owner's. Above, a number that grows by one with each owner, so that of several who want to
  // follow the same owner one succeeds; below, a number that each run of the program draws for itself and
  // that tells them apart.
  static uint64_t TokenAfter(uint64_t seen, uint32_t instance) { return ((seen >> 32) + 1) << 32 | instance; }
};

}  // namespace bordergate::lane
