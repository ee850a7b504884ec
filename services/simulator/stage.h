// Puts the parts of the simulator together from the site file and the configuration.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "libs/config/site.h"
#include "services/simulator/actors/cast.h"
#include "services/simulator/config.h"
#include "services/simulator/control/control_door.h"
#include "services/simulator/device/camera_server.h"
#include "services/simulator/device/display_panel.h"
#include "services/simulator/device/modbus_controller.h"
#include "services/simulator/device/photo_folder.h"
#include "services/simulator/device/scale_indicator.h"
#include "services/simulator/device/tag_reader.h"
#include "services/simulator/world.h"

namespace bordergate::simulator {

// The value, or the end of the program with one line that says why.
template <class T>
T OrExit(Result<T> result, const Telemetry& telemetry) {
  if (result) {
    if constexpr (std::is_void_v<T>) {
      return;
    } else {
      return *std::move(result);
    }
  }
  telemetry.log.Error("start.refused", result.error().message(), {{"reason", result.error().reason()}});
  std::exit(1);
}

// The lanes of the site that are simulated.
std::vector<SiteLane> SimulatedLanes(const Site& site);
std::vector<LanePlace> PlacesOf(const std::vector<SiteLane>& lanes);

// The photographs; nothing without a folder.
//   errors   PHOTOS_UNREADABLE
Result<std::optional<PhotoFolder>> OpenPhotos(const std::string& folder);

// One controller a lane.
//   errors   CONTROLLER_PORT_TAKEN
Result<std::vector<std::unique_ptr<ModbusController>>> StartControllers(const std::vector<SiteLane>& lanes,
                                                                        World& world);

// The displays of the lanes that have one, by lane.
//   errors   CONTROLLER_PORT_TAKEN
using Displays = std::map<std::string, std::unique_ptr<DisplayPanel>>;
Result<Displays> StartDisplays(const std::vector<SiteLane>& lanes);

// The scales of the lanes that have one, by lane.
//   errors   CONTROLLER_PORT_TAKEN
using Scales = std::map<std::string, std::unique_ptr<ScaleIndicator>>;
Result<Scales> StartScales(const std::vector<SiteLane>& lanes, World& world);

// One server an address that cameras share. Cameras that are not served over http:// are left to whoever
// serves them.
//   errors   LISTEN_REFUSED
Result<std::vector<std::unique_ptr<CameraServer>>> StartCameras(const Site& site, World& world,
                                                                FrameRates rates, const Clock& clock);

// The readers of transponders, one for all lanes that name it; none without an address to send to.
//   errors   TOKEN_UNUSABLE
using TagReaders = std::vector<std::unique_ptr<TagReader>>;
Result<TagReaders> StartTagReaders(const SimulatorConfig& config, const std::vector<SiteLane>& lanes,
                                   World& world, const Clock& clock);

// Everybody who acts; nobody without an accounts file.
//   errors   ACCOUNTS_UNREADABLE
Result<std::unique_ptr<Cast>> StartCast(const SimulatorConfig& config,
                                        const std::optional<PhotoFolder>& photos, World& world,
                                        const Clock& clock, Telemetry& telemetry);

// The control door; none without an address.
//   errors   LISTEN_REFUSED, TOKEN_UNUSABLE
Result<std::unique_ptr<ControlDoor>> OpenControlDoor(
    const SimulatorConfig& config, const std::optional<PhotoFolder>& photos,
    const std::vector<std::unique_ptr<CameraServer>>& cameras, const Displays& displays, const Scales& scales,
    Cast* cast, World& world, const Clock& clock);

}  // namespace bordergate::simulator
