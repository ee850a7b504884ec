// The command `camera aim`: looks through a camera, or at a picture, and tells the installer how well it is
// placed.
#pragma once

#include <ostream>
#include <span>
#include <string_view>

#include "libs/core/clock.h"
#include "services/camera/device/frame_source.h"

namespace bordergate::camera {

//   words    [--json] [--language vi|en] [--models DIR] FILE_OR_ADDRESS...; an address as in the site file
//   models   folder taken when none is named
//   times    of the camera
//   returns  0 when every picture is well, 1 when one has advice or cannot be had, 2 for wrong words or
//   models
int AimCommand(std::span<const std::string_view> words, std::string_view models, const Clock& clock,
               std::ostream& out, std::ostream& err, const SourceTimes& times = {});

}  // namespace bordergate::camera
