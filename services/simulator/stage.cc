#include "services/simulator/stage.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "libs/core/digest.h"
#include "services/simulator/domain/reasons.h"

namespace bordergate::simulator {
namespace {

constexpr std::string_view kHttp = "http://";

// "http://127.0.0.1:8201/x.mjpeg" -> {"127.0.0.1:8201", "/x.mjpeg"}; nothing for another kind of address.
std::optional<std::pair<std::string, std::string>> SplitUrl(std::string_view url) {
  if (!url.starts_with(kHttp)) return std::nullopt;
  url.remove_prefix(kHttp.size());
  const size_t slash = url.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  return std::pair(std::string(url.substr(0, slash)), std::string(url.substr(slash)));
}

std::string TitleOfGate(const Site& site, const std::string& gate_id) {
  const auto at =
      std::ranges::find_if(site.gates, [&](const SiteGate& gate) { return gate.gate_id == gate_id; });
  return at == site.gates.end() ? gate_id : at->title;
}

// Reads the token, or makes one for its owner alone to read.
Result<std::string> TokenFrom(const std::string& path) {
  if (std::ifstream file(path); file) {
    std::string token;
    std::getline(file, token);
    if (token.size() < 16) {
      return Error(kTokenUnusable, fmt::format("{} must hold a token of at least 16 characters", path));
    }
    return token;
  }
  const std::string token = Base64Url(RandomBytes(24));
  std::ofstream file(path);
  std::error_code error;
  std::filesystem::permissions(path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write,
                               error);
  file << token << '\n' << std::flush;
  if (!file || error) return Error(kTokenUnusable, fmt::format("{} cannot be written", path));
  return token;
}

Json PlatesJson(const std::vector<std::unique_ptr<CameraServer>>& cameras, const std::string& camera_id) {
  Json plates = Json::array();
  for (const auto& server : cameras) {
    for (const SeenPlate& plate : server->Plates(camera_id)) {
      Json corners = Json::array();
      for (const cv::Point2f& corner : plate.corners) {
        corners.push_back(corner.x);
        corners.push_back(corner.y);
      }
      plates.push_back({{"truck_id", plate.truck_id}, {"plate", plate.plate}, {"corners", corners}});
    }
  }
  return plates;
}

}  // namespace

std::vector<SiteLane> SimulatedLanes(const Site& site) {
  std::vector<SiteLane> lanes;
  std::ranges::copy_if(site.lanes, std::back_inserter(lanes),
                       [](const SiteLane& lane) { return lane.register_map == "simulated"; });
  return lanes;
}

std::vector<LanePlace> PlacesOf(const std::vector<SiteLane>& lanes) {
  std::vector<LanePlace> places;
  for (const SiteLane& lane : lanes) {
    places.push_back({lane.lane_id, lane.gate_id, lane.title, lane.is_export, lane.camera_id});
  }
  return places;
}

Result<std::optional<PhotoFolder>> OpenPhotos(const std::string& folder) {
  if (folder.empty()) return std::optional<PhotoFolder>();
  return std::optional(BG_TRY(PhotoFolder::Open(folder)));
}

Result<std::vector<std::unique_ptr<ModbusController>>> StartControllers(const std::vector<SiteLane>& lanes,
                                                                        World& world) {
  std::vector<std::unique_ptr<ModbusController>> controllers;
  for (const SiteLane& lane : lanes) {
    controllers.push_back(BG_TRY(ModbusController::Start(lane.barrier_host, lane.barrier_port,
                                                         lane.barrier_unit_id, world.Barrier(lane.lane_id))));
  }
  return controllers;
}

Result<Displays> StartDisplays(const std::vector<SiteLane>& lanes) {
  Displays displays;
  for (const SiteLane& lane : lanes) {
    if (lane.display_port == 0 || lane.display_map != "simulated") continue;
    displays[lane.lane_id] =
        BG_TRY(DisplayPanel::Start(lane.display_host, lane.display_port, lane.display_unit_id));
  }
  return displays;
}

Result<Scales> StartScales(const std::vector<SiteLane>& lanes, World& world) {
  Scales scales;
  for (const SiteLane& lane : lanes) {
    if (lane.scale_port == 0 || lane.scale_map != "simulated") continue;
    scales[lane.lane_id] =
        BG_TRY(ScaleIndicator::Start(lane.scale_host, lane.scale_port, lane.scale_unit_id,
                                     [&world, id = lane.lane_id] { return Weigh(*world.View(id), {}); }));
  }
  return scales;
}

Result<std::vector<std::unique_ptr<CameraServer>>> StartCameras(const Site& site, World& world,
                                                                FrameRates rates, const Clock& clock) {
  std::map<std::string, std::vector<CameraOnServer>> by_address;
  for (const SiteLane& lane : SimulatedLanes(site)) {
    const auto add = [&](const std::string& camera_id, const std::string& url, CameraSight sight) {
      const auto address = SplitUrl(url);
      if (!address) return;
      by_address[address->first].push_back(
          {camera_id, address->second, fmt::format("{} {}", TitleOfGate(site, lane.gate_id), lane.title),
           [&world, lane_id = lane.lane_id] { return *world.View(lane_id); }, sight});
    };
    add(lane.camera_id, lane.camera_url, CameraSight::kFront);
    add(lane.slip_camera_id, lane.slip_camera_url, CameraSight::kWindow);
    for (const SiteCamera& camera : lane.further_cameras) {
      add(camera.camera_id, camera.camera_url,
          camera.reads_containers ? CameraSight::kDoors : CameraSight::kRear);
    }
  }
  std::vector<std::unique_ptr<CameraServer>> servers;
  for (auto& [address, cameras] : by_address) {
    servers.push_back(BG_TRY(CameraServer::Start(
        address, std::move(cameras), [&world] { return world.IsNight(); }, rates, clock)));
  }
  return servers;
}

Result<TagReaders> StartTagReaders(const SimulatorConfig& config, const std::vector<SiteLane>& lanes,
                                   World& world, const Clock& clock) {
  TagReaders readers;
  if (config.tag_push_url.empty()) return readers;
  const auto view_of = [&world](const SiteLane& lane) -> std::function<LaneView()> {
    return [&world, lane_id = lane.lane_id] { return *world.View(lane_id); };
  };
  std::map<std::string, std::vector<TagAntenna>> by_reader;
  for (size_t at = 0; at < lanes.size(); ++at) {
    const SiteLane& lane = lanes[at];
    if (lane.tag_reader_id.empty() || lane.tag_reader_format != "impinj") continue;
    TagAntenna antenna{.port = std::max(1, lane.tag_reader_antenna), .view = view_of(lane), .beside = {}};
    if (at > 0 && lanes[at - 1].gate_id == lane.gate_id) antenna.beside.push_back(view_of(lanes[at - 1]));
    if (at + 1 < lanes.size() && lanes[at + 1].gate_id == lane.gate_id)
      antenna.beside.push_back(view_of(lanes[at + 1]));
    by_reader[lane.tag_reader_id].push_back(std::move(antenna));
  }
  for (auto& [reader_id, antennas] : by_reader) {
    const std::string path = fmt::format("{}/{}.key", config.tag_key_folder, reader_id);
    std::ifstream file(path);
    std::string key;
    std::getline(file, key);
    if (key.empty()) return Error(kTokenUnusable, fmt::format("{} holds no key", path));
    readers.push_back(std::make_unique<TagReader>(
        TagReaderSettings{reader_id, config.tag_push_url, key, std::move(antennas)}, clock));
  }
  return readers;
}

Result<std::unique_ptr<Cast>> StartCast(const SimulatorConfig& config,
                                        const std::optional<PhotoFolder>& photos, World& world,
                                        const Clock& clock, Telemetry& telemetry) {
  if (config.accounts_file.empty()) return std::unique_ptr<Cast>();
  Accounts accounts = BG_TRY(LoadAccounts(config.accounts_file));
  Bank bank = BG_TRY(Bank::Open(config.bank_id, config.bank_key_file));
  PopulationSettings population = config.population;
  if (photos) population.photos = photos->photos();
  CastSettings settings = config.cast;
  settings.run = Hex(RandomBytes(5));
  return std::make_unique<Cast>(
      settings, std::move(accounts), std::move(bank), MakePopulation(settings.seed, population),
      std::make_unique<CurlDoor>(config.door, clock, telemetry.metrics), world, clock, telemetry);
}

Result<std::unique_ptr<ControlDoor>> OpenControlDoor(
    const SimulatorConfig& config, const std::optional<PhotoFolder>& photos,
    const std::vector<std::unique_ptr<CameraServer>>& cameras, const Displays& displays, const Scales& scales,
    Cast* cast, World& world, const Clock& clock) {
  if (config.control_listen.empty()) return std::unique_ptr<ControlDoor>();
  ControlHooks hooks;
  hooks.plates = [&cameras](const std::string& camera_id) { return PlatesJson(cameras, camera_id); };
  hooks.display_of = [&displays](const std::string& lane_id) {
    const auto found = displays.find(lane_id);
    return found == displays.end() ? Json() : Json(found->second->Lines());
  };
  hooks.scale_of = [&scales, &world](const std::string& lane_id) -> Json {
    if (!scales.contains(lane_id)) return {};
    const ScaleSight sight = Weigh(*world.View(lane_id), {});
    return {{"kg", sight.kg}, {"stable", sight.stable}};
  };
  hooks.photo_of = [&photos](const Plate& plate) {
    const PhotoPlate* photo = photos ? photos->Find(plate) : nullptr;
    return photo == nullptr ? std::string() : photo->file;
  };
  hooks.run_traffic = [cast](bool running) {
    if (cast != nullptr) cast->RunTraffic(running);
  };
  hooks.traffic_runs = [cast] { return cast != nullptr && cast->traffic_runs(); };
  hooks.actors = [cast] { return cast == nullptr ? Json::object() : cast->Report(); };
  return ControlDoor::Start(config.control_listen, BG_TRY(TokenFrom(config.control_token_file)), world,
                            std::move(hooks), clock);
}

}  // namespace bordergate::simulator
