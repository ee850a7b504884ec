// The parts of this process that the rest cannot do without.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "services/camera/device/push_listener.h"
#include "services/camera/pipeline.h"
#include "services/camera/pushing_tag_readers.h"

namespace bordergate::camera {

// The readers of each vision thread. Ends the program with one line when the models cannot be used.
//   models_folder     empty takes ../share/camera/models beside the program
//   with_containers   those of container numbers, too
std::vector<Pipeline::Readers> LoadReadersOrExit(const std::string& models_folder, int count,
                                                 bool with_containers);

// Decodes a picture of its own. Ends the program with one line when that cannot be done.
//   decoder_program   path of camera_decoder
void ProveDecoderOrExit(const std::string& decoder_program);

// Takes events of the cameras and readers of transponders that send them; nothing when there are none. Ends
// the program with one line when it cannot listen.
std::unique_ptr<PushListener> StartPushOrExit(const PushOptions& options, Pipeline& pipeline,
                                              PushingTagReaders& tag_readers, Telemetry& telemetry,
                                              const Clock& clock);

// The commands `camera read`, `camera follow` and `camera aim`; return the exit status.
int RunReadCommand(const std::vector<std::string>& arguments);
int RunFollowCommand(const std::vector<std::string>& arguments);
int RunAimCommand(const std::vector<std::string>& arguments);

}  // namespace bordergate::camera
