// Why the simulated world does not do what it is asked.
#pragma once

#include "libs/core/result.h"

namespace bordergate::simulator {

// There is no such lane in the site file, or it is not simulated.
// Caller: read /lanes for those there are.
inline constexpr Reason kLaneUnknown{"LANE_UNKNOWN", Code::kNotFound};

// No truck of that id was ever at a lane.
// Caller: use the truck_id that placing the truck answered.
inline constexpr Reason kTruckUnknown{"TRUCK_UNKNOWN", Code::kNotFound};

// Nobody stands before the arm or under it.
// Caller: place a truck and wait until it has stopped.
inline constexpr Reason kNobodyAtBarrier{"NOBODY_AT_BARRIER", Code::kFailedPrecondition};

// What was waited for did not happen in the time given.
// Caller: read the lane's state; wait again, or give up.
inline constexpr Reason kWaitTimeout{"WAIT_TIMEOUT", Code::kDeadlineExceeded};

// A font that plates or signs are painted with is not installed.
// Caller: ./setup installs the package named in the message.
inline constexpr Reason kFontMissing{"FONT_MISSING", Code::kFailedPrecondition};

// The folder of photographs has no readable labels.csv, or a picture it names cannot be read.
// Caller: correct the folder; see README.md, "Photographs".
inline constexpr Reason kPhotosUnreadable{"PHOTOS_UNREADABLE", Code::kFailedPrecondition};

// The address of a barrier controller, a display or a scale cannot be listened on.
// Caller: correct barrier_address, display_address or scale_address in the site file, or end the other
// program.
inline constexpr Reason kControllerPortTaken{"CONTROLLER_PORT_TAKEN", Code::kFailedPrecondition};

// The file of the ground truth cannot be read or written.
// Caller: correct truth.file or the disk.
inline constexpr Reason kTruthUnwritable{"TRUTH_UNWRITABLE", Code::kFailedPrecondition};

// The file of the control door's token, or of a tag reader's key, cannot be read or written, or holds none.
// Caller: correct control.token_file or tags.key_folder.
inline constexpr Reason kTokenUnusable{"TOKEN_UNUSABLE", Code::kFailedPrecondition};

// The accounts, device tokens or bank key that the actors need are not in the file named.
// Caller: give actors.accounts_file as README.md says, or switch the actors off.
inline constexpr Reason kAccountsUnreadable{"ACCOUNTS_UNREADABLE", Code::kFailedPrecondition};

// The public door, or what is behind it, could not be reached or did not answer in time; a change may or may
// not be done. Caller: ask again under the same idempotency key.
inline constexpr Reason kDoorAway{"DOOR_AWAY", Code::kUnavailable};

// What was asked for is not there yet; the services tell each other within a second or so.
// Caller: ask again.
inline constexpr Reason kNotYet{"NOT_YET", Code::kUnavailable};

// The gate has no yard that trucks could check in at.
// Caller: the management centre makes one.
inline constexpr Reason kNoYard{"NO_YARD", Code::kNotFound};

}  // namespace bordergate::simulator
