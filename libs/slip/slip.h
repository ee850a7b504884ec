// The driver's signed slip: customs says of which truck a trip is, in a QR code that a lane checks by itself.
//
//   text = SignSlip(slip, seed)                        customs, once, printed anywhere
//   slip = BG_TRY(VerifySlip(text, find_key))          lane: it is customs' word
//   BG_TRY(CheckSlip(slip, {gate_id, is_export}, now)) lane: it is good here, at this moment
//
// A slip names a truck; it clears nothing. Paper can be copied and lent: whoever takes a slip must know by
// other means that its trip may pass, and that it has not passed yet.
//
// source   docs/decisions/0027-signed-slips.md; the bytes stand in README.md
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "libs/core/clock.h"
#include "libs/core/result.h"

namespace bordergate {

// Not a slip, cut, or of another version of this program.
// Caller: print the slip again.
inline constexpr Reason kSlipMalformed{"SLIP_MALFORMED", Code::kInvalidArgument};

// The key that signed it is not among those this place was given.
// Caller: give the place the public key, or print the slip again.
inline constexpr Reason kSlipKeyUnknown{"SLIP_KEY_UNKNOWN", Code::kFailedPrecondition};

// It was not signed by the key that it names: somebody made or altered it.
// Caller: keep the paper, look at the truck and its driver.
inline constexpr Reason kSlipForged{"SLIP_FORGED", Code::kPermissionDenied};

// It is for another gate.
// Caller: send the truck to the gate in metadata gate_id.
inline constexpr Reason kSlipOtherGate{"SLIP_OTHER_GATE", Code::kFailedPrecondition};

// It is for the other direction.
// Caller: send the truck to a lane of its direction.
inline constexpr Reason kSlipOtherDirection{"SLIP_OTHER_DIRECTION", Code::kFailedPrecondition};

// It is not valid yet: printed on a machine whose clock is ahead, or the lane's is behind.
// Caller: compare the clocks; print the slip again.
inline constexpr Reason kSlipNotYetValid{"SLIP_NOT_YET_VALID", Code::kFailedPrecondition};

// It has run out (metadata valid_until).
// Caller: print the slip again; while the trip is to cross, a new one is given.
inline constexpr Reason kSlipExpired{"SLIP_EXPIRED", Code::kFailedPrecondition};

// A longer text is not looked at.
inline constexpr size_t kSlipTextMax = 512;
// With which every slip of this version begins; a code that begins otherwise is none of ours.
inline constexpr std::string_view kSlipPrefix = "BG1:";

struct Slip {
  std::string key_id;         // 1 to 40 characters of a to z, digits, hyphen
  std::string trip_id;        // 1 to 64 characters of a to z, digits, underscore
  std::string gate_id;        // 2 to 40 characters of a to z, digits, hyphen
  std::string plate;          // normalised, at most 20 bytes
  std::string trailer_plate;  // the same; empty: a rigid truck
  bool is_export = true;
  Instant valid_from;   // whole seconds
  Instant valid_until;  // whole seconds; not valid any more at this instant

  bool operator==(const Slip&) const = default;
};

// The text of a slip.
//   slip   within the bounds above, valid_from before valid_until; anything else is a bug of the caller
//   seed   Ed25519 seed of the key that slip.key_id names, 32 bytes
std::string SignSlip(const Slip& slip, std::string_view seed);

// The 32 bytes of an Ed25519 public key by its id; any error means that it is not known.
using FindSlipKey = std::function<Result<std::string>(const std::string& key_id)>;

// Reads a slip and checks whose word it is. `text` is anything that was found in a picture.
//   errors   SLIP_MALFORMED, SLIP_KEY_UNKNOWN, SLIP_FORGED
//   repeats  safe; pure but for find_key, which is asked for well-formed ids only
Result<Slip> VerifySlip(std::string_view text, const FindSlipKey& find_key);

// A lane, as far as a slip is concerned.
struct SlipPlace {
  std::string_view gate_id;
  bool is_export = true;
};

// Whether a slip is good here and now.
//   errors   SLIP_OTHER_GATE, SLIP_OTHER_DIRECTION, SLIP_NOT_YET_VALID, SLIP_EXPIRED
Result<void> CheckSlip(const Slip& slip, const SlipPlace& place, Instant now);

}  // namespace bordergate
