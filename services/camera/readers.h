// The plate readers of this process, from the models that came with it.
#pragma once

#include <string>
#include <vector>

#include "services/camera/pipeline.h"

namespace bordergate::camera {

// One reader a vision thread. Ends the program with one line when the models cannot be used.
//   models_folder   empty takes ../share/camera/models beside the program
std::vector<Pipeline::Reader> LoadReadersOrExit(const std::string& models_folder, int count);

// Decodes a picture of its own. Ends the program with one line when that cannot be done.
//   decoder_program   path of camera_decoder
void ProveDecoderOrExit(const std::string& decoder_program);

// The commands `camera read` and `camera aim`; return the exit status.
int RunReadCommand(const std::vector<std::string>& arguments);
int RunAimCommand(const std::vector<std::string>& arguments);

}  // namespace bordergate::camera
