// Who the vehicle before the barrier is: from the frames that voted, and the slip that the driver showed.
//
//   camera    slip             then
//   nothing   good             the slip's truck
//   unsure    good, alike      the slip's truck: two witnesses
//   sure      good, the same   the camera's truck, as without a slip
//   sure      good, look-alike the slip's truck when nobody expects what was read; else they disagree
//   mud       good, any        the slip's truck: every read is wrong more often than right
//   any       good, another    they disagree; an officer looks
//   any       not good         as without a slip
//
// "Look-alike" as in look_alike.h; "alike" is also what differs in one character (of all plates that frames
// voted for). Trucks of one firm often have neighbouring plates, so a sure read is not corrected by that
// much. Pure.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "services/lane/domain/ballot.h"
#include "services/lane/domain/slip_read.h"

namespace bordergate::lane {

struct Identity {
  std::string plate;      // normalised; empty: nobody knows
  std::string key;        // of it
  bool by_slip = false;   // the slip said so; else the camera
  bool disagree = false;  // the slip, which is good, names another truck than the camera saw
};

//   slip       one that is customs' word, good for this lane at this moment; nothing: none
//   sure_from  confidence from which on a read is sure
//   expected   whether a trip is expected under a plate's key
Identity Identify(const Ballot& ballot, const std::optional<Slip>& slip, double sure_from,
                  const std::function<bool(std::string_view key)>& expected);

// More than one misread character.
bool DifferClearly(std::string_view a, std::string_view b);

}  // namespace bordergate::lane
