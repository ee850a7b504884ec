// camera read [--json] [--models DIR] [--annotate DIR] [--containers] FILE...: prints the plates of pictures,
// one line a picture.
#pragma once

#include <ostream>
#include <span>
#include <string_view>

namespace bordergate::camera {

// Without --json a line is: the file, then each sure plate with its confidence, then unsure ones with a
// question mark. With --json it is an object: file, width, height, elapsed_ms (decoding included), reads and
// unsure, each a list of {plate, country, layout, colour, confidence 0..1, character_confidence, corners [[x,
// y] x 4], height_px}; or file, error {reason, message}. With --annotate each picture
// is written into the folder too, as a JPEG of its name, with what was read drawn into it. With --containers
// a line also holds the container numbers, the object as containers, a list of {container_number, layout,
// sure, confidence, corners, line_height_px}.
//   arguments   those after "read"
//   models      the folder used when --models is not given
//   returns     exit status: 0; 1 when a file could not be read as a picture; 2 for wrong arguments or models
int ReadCommand(std::span<const std::string_view> arguments, std::string_view models, std::ostream& out,
                std::ostream& err);

}  // namespace bordergate::camera
