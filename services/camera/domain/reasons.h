// What camera refuses, besides the reasons of libs/core/reasons.h. Why a picture was not read stands in
// vision/reasons.h.
#pragma once

#include "libs/core/result.h"

namespace bordergate::camera {

// There is no such camera at this site.
// Caller: compare the id with ListCameras.
inline constexpr Reason kCameraNotFound{"CAMERA_NOT_FOUND", Code::kNotFound};

// The camera sent no frame in the last 5 s.
// Caller: look at its state and fault in ListCameras, then at its cable.
inline constexpr Reason kCameraNoFrame{"CAMERA_NO_FRAME", Code::kUnavailable};

// The address cannot be opened, or the stream ended or stalled.
// Caller: none; the connection is tried again.
inline constexpr Reason kSourceUnavailable{"SOURCE_UNAVAILABLE", Code::kUnavailable};

// What a camera or tag reader sent is cut off, contradicts its maker's format, or lacks what an event has.
// Caller: compare the device's settings with the README of camera; nothing of it was used.
inline constexpr Reason kPushUnreadable{"PUSH_UNREADABLE", Code::kInvalidArgument};

// What a camera or tag reader sent is not taken: another content type, or pictures by address.
// Caller: set the device to its maker's format, a camera with the pictures in the message.
inline constexpr Reason kPushUnsupported{"PUSH_UNSUPPORTED", Code::kInvalidArgument};

}  // namespace bordergate::camera
