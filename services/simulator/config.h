// The configuration of the simulator; every key stands in config.toml.
#pragma once

#include "libs/config/common_config.h"
#include "services/simulator/actors/cast.h"
#include "services/simulator/device/frame_source.h"
#include "services/simulator/world.h"

namespace bordergate::simulator {

struct SimulatorConfig {
  AdminConfig admin;
  TelemetryConfig telemetry;
  std::string site_file;
  WorldSettings world;
  FrameRates frames;
  std::string photo_folder;
  std::string tag_push_url;
  std::string tag_key_folder;
  std::string truth_file;
  std::string control_listen;
  std::string control_token_file;
  PopulationSettings population;
  std::string accounts_file;
  CurlDoorSettings door;
  std::string bank_id;
  std::string bank_key_file;
  CastSettings cast;

  static SimulatorConfig Read(ConfigReader& reader);
};

}  // namespace bordergate::simulator
