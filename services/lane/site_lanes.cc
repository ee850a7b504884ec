#include "services/lane/site_lanes.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "services/lane/device/modbus_display.h"
#include "services/lane/device/modbus_scale.h"
#include "services/lane/program_maps.h"

namespace bordergate::lane {
namespace {

Direction DirectionOf(const SiteLane& lane) {
  return lane.is_export ? Direction::kExport : Direction::kImport;
}

const SiteGate& GateOf(const Site& site, const std::string& gate_id) {
  return *std::find_if(site.gates.begin(), site.gates.end(),
                       [&](const SiteGate& gate) { return gate.gate_id == gate_id; });
}

LaneSettings SettingsOf(const SiteLane& lane, const SiteGate& gate, const LaneConfig& config) {
  LaneSettings settings;
  settings.info = {lane.lane_id, lane.gate_id, lane.title, DirectionOf(lane), lane.camera_id};
  settings.times = config.times;
  settings.limits = config.limits;
  settings.promote_after = config.promote_after;
  settings.info.utc_offset = std::chrono::minutes(gate.utc_offset_minutes);
  settings.info.share = config.lease;
  for (const SiteCamera& camera : lane.further_cameras) {
    settings.info.further_cameras.emplace(
        camera.camera_id,
        FurtherCamera{camera.position == "rear" ? CameraPosition::kRear : CameraPosition::kTrailer,
                      camera.reads_plates, camera.reads_containers});
  }
  settings.info.tag_reader_id = lane.tag_reader_id;
  settings.has_scale = lane.scale_port != 0;
  return settings;
}

Result<std::unique_ptr<DisplayPoster>> MakeDisplay(const SiteLane& lane, const LaneConfig& config,
                                                   const Clock& clock) {
  Result<DisplayMap> map =
      LoadDisplayMap(lane.display_map, config.display_map_folder, DisplayMapsOfTheProgram());
  if (!map)
    return Error(kRegisterMapInvalid, fmt::format("{}: display: {}", lane.lane_id, map.error().message()));
  const ModbusAddress address{lane.display_host, lane.display_port, lane.display_unit_id,
                              config.modbus.timeout};
  return std::make_unique<DisplayPoster>(std::make_unique<ModbusDisplay>(address, *std::move(map)), clock);
}

Result<std::unique_ptr<Scale>> MakeScale(const SiteLane& lane, const LaneConfig& config) {
  Result<ScaleMap> map = LoadScaleMap(lane.scale_map, config.scale_map_folder, ScaleMapsOfTheProgram());
  if (!map)
    return Error(kRegisterMapInvalid, fmt::format("{}: scale: {}", lane.lane_id, map.error().message()));
  const ModbusAddress address{lane.scale_host, lane.scale_port, lane.scale_unit_id, config.modbus.timeout};
  return std::make_unique<ModbusScale>(address, *std::move(map));
}

Instant MidnightAt(Instant now, std::chrono::minutes utc_offset) {
  return Instant(std::chrono::floor<std::chrono::days>(now + utc_offset)) - utc_offset;
}

}  // namespace

Result<std::unique_ptr<SiteLanes>> SiteLanes::Make(const Site& site, const LaneConfig& config,
                                                   const SiteBarriers& barriers, SqliteJournal& journal,
                                                   LaneServices services, EvidenceKeeper& evidence) {
  auto made = std::make_unique<SiteLanes>();
  for (const auto& [lane, barrier] : barriers.all()) {
    LaneSettings settings = SettingsOf(lane, GateOf(site, lane.gate_id), config);
    LaneStart start =
        BG_TRY(journal.Load(lane.lane_id, MidnightAt(services.clock.Now(), settings.info.utc_offset)));
    made->barriers_.push_back(barrier.get());
    DisplayPoster* display = nullptr;
    if (lane.display_port != 0) {
      made->displays_.push_back(BG_TRY(MakeDisplay(lane, config, services.clock)));
      display = made->displays_.back().get();
    }
    auto host = std::make_unique<LaneHost>(std::move(settings), std::move(start), *barrier, services,
                                           evidence, made->board_, display);
    made->hosts_.push_back(host.get());
    if (lane.scale_port != 0) made->scales_.emplace_back(BG_TRY(MakeScale(lane, config)), host.get());
    made->lanes_.Add(std::move(host));
  }
  return made;
}

void SiteLanes::StartPolling(milliseconds barriers, milliseconds scales) {
  for (size_t i = 0; i < hosts_.size(); ++i) {
    pollers_.push_back(std::make_unique<BarrierPoller>(*barriers_[i], *hosts_[i], barriers));
  }
  for (auto& [scale, host] : std::exchange(scales_, {})) {
    scale_pollers_.push_back(std::make_unique<ScalePoller>(std::move(scale), *host, scales));
  }
}

Result<std::vector<SiteLane>> LanesToRun(const Site& site, const std::vector<std::string>& gate_ids) {
  for (const std::string& id : gate_ids) {
    const bool known = std::any_of(site.gates.begin(), site.gates.end(),
                                   [&](const SiteGate& gate) { return gate.gate_id == id; });
    if (!known)
      return Error(kSiteInvalid,
                   fmt::format("site.gate_ids names {}, which the site file does not have", id));
  }
  std::vector<SiteLane> lanes;
  for (const SiteLane& lane : site.lanes) {
    const bool ours =
        gate_ids.empty() || std::find(gate_ids.begin(), gate_ids.end(), lane.gate_id) != gate_ids.end();
    if (ours) lanes.push_back(lane);
  }
  if (lanes.empty()) return Error(kSiteInvalid, "the site file has no lane for this process");
  return lanes;
}

std::vector<std::string> CheckpointsOf(const std::vector<SiteLane>& lanes) {
  std::set<std::string> ids;
  for (const SiteLane& lane : lanes) ids.insert(CheckpointId(lane.gate_id, DirectionOf(lane)));
  return {ids.begin(), ids.end()};
}

}  // namespace bordergate::lane
