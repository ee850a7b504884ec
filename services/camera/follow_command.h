// The command `camera follow`: follows the vehicles in the frames of one camera, as the service does, and
// prints one answer a vehicle; behind the front also one a container number.
#pragma once

#include <ostream>
#include <span>
#include <string_view>

namespace bordergate::camera {

//   words    [--json] [--pause MS] [--position front|rear|trailer] [--models DIR] FILE...; the frames in
//   their order, as from one camera models   folder taken when none is named returns  0, 1 when a frame
//   cannot be read (it is left out and named on err), 2 for wrong words or models
int FollowCommand(std::span<const std::string_view> words, std::string_view models, std::ostream& out,
                  std::ostream& err);

}  // namespace bordergate::camera
