// Who the vehicle before the barrier is: from the frames of its front that voted, the slip that the driver
// showed, and the witnesses.
//
//   front      slip             then
//   nothing    good             the slip's truck
//   unsure     good, alike      the slip's truck: two witnesses
//   sure       good, the same   the camera's truck, as without a slip
//   sure       good, look-alike the slip's truck when nobody expects what was read; else they disagree
//   mud        good, any        the slip's truck: every read is wrong more often than right
//   any        good, another    they disagree; an officer looks
//   any        not good         as without a slip
//
//   front      a witness names  then
//   nothing    any truck        nobody is named: a hint to the officer
//   unsure     that plate       that truck, confirmed
//   unsure     one alike        the witness's truck, if it is expected and no plate that was read is
//   mud        another truck    nobody is named: a hint
//   sure       that plate       the camera's truck, as without witnesses
//   sure       a look-alike     the witness's truck, if it is expected and no plate that was read is
//   any, slip  another truck    they disagree; an officer looks
//
// "Look-alike" as in look_alike.h; "alike" is also what differs in one character (of all plates that frames
// voted for). Trucks of one firm often have neighbouring plates, so a sure read is not corrected by that
// much, and a correction is to exactly the plate that a witness names. Witnesses that name different trucks
// correct nothing. Where a correction is not allowed, a rear plate that is alike and that nobody expects was
// misread, and contradicts nobody; so does a transponder's that nobody expects, if nobody expects the plate
// of the front either. Trailers and containers contradict by TRAILER_MISMATCH and CONTAINER_MISMATCH
// (decide.h), not here.
//
// Pure.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/lane/domain/ballot.h"
#include "services/lane/domain/slip_read.h"
#include "services/lane/domain/witness.h"

namespace bordergate::lane {

struct Identity {
  std::string plate;               // normalised; empty: nobody knows
  std::string key;                 // of it
  bool by_slip = false;            // the slip said so; else the camera
  bool disagree = false;           // the slip, which is good, names another truck than the camera saw
  std::string as_read;             // what the front was read as, where a witness put it right; else empty
  std::vector<Witness> witnesses;  // each with what it says of this identity
};

// Below it a read is wrong more often than right: mud or a grille read as a plate says nothing against a
// slip, nor against a witness. That it happens to be alike what a witness names is another matter. Not 0.5,
// because a camera that is not sure says 0.49 at the most, however much it saw (PlateRead.confidence).
inline constexpr double kSaysSomethingFrom = 0.45;

// Whether a trip is expected under a plate's key.
using IsExpected = std::function<bool(std::string_view key)>;

//   slip       one that is customs' word, good for this lane at this moment; nothing: none
//   witnesses  `says` is not looked at
//   sure_from  confidence from which on a read is sure
Identity Identify(const Ballot& front, const std::optional<Slip>& slip, std::vector<Witness> witnesses,
                  double sure_from, const IsExpected& expected);

// More than one misread character.
bool DifferClearly(std::string_view a, std::string_view b);
// One misread character, or any number of those that cameras confuse.
bool Alike(std::string_view a, std::string_view b);

}  // namespace bordergate::lane
