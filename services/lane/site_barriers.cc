#include "services/lane/site_barriers.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>

#include <fmt/format.h>

#include "services/lane/domain/reasons.h"
#include "services/lane/program_maps.h"
#include "services/lane/site_lanes.h"

namespace bordergate::lane {
namespace {

// One lane a line: its id, a space, its token in hexadecimal.
std::map<std::string, uint64_t> ReadTokens(const std::string& file_name) {
  std::map<std::string, uint64_t> tokens;
  std::ifstream file(file_name);
  std::string lane_id;
  uint64_t token = 0;
  while (file >> lane_id >> std::hex >> token) tokens[lane_id] = token;
  return tokens;
}

uint32_t NewInstance() {
  std::random_device random;
  return std::uniform_int_distribution<uint32_t>(1)(random);
}

}  // namespace

Result<std::unique_ptr<SiteBarriers>> SiteBarriers::Make(const Site& site, const LaneConfig& config,
                                                         const Clock& clock) {
  auto made = std::make_unique<SiteBarriers>();
  made->tokens_file_ = (std::filesystem::path(config.store_folder) / "tokens").string();
  made->tokens_before_ = made->tokens_ = ReadTokens(made->tokens_file_);
  const uint32_t instance = NewInstance();
  for (const SiteLane& lane : BG_TRY(LanesToRun(site, config.gate_ids))) {
    Result<RegisterMap> map =
        LoadRegisterMap(lane.register_map, config.register_map_folder, MapsOfTheProgram());
    if (!map) return Error(kRegisterMapInvalid, fmt::format("{}: {}", lane.lane_id, map.error().message()));
    if (!map->fence && !config.standby_peer.empty()) {
      return Error(
          kRegisterMapInvalid,
          fmt::format("{}: its controller has no [fence]; a standby could not be kept from moving it",
                      lane.lane_id));
    }
    ModbusSettings modbus = config.modbus;
    modbus.host = lane.barrier_host;
    modbus.port = lane.barrier_port;
    modbus.unit_id = lane.barrier_unit_id;
    modbus.instance = instance;
    auto barrier = std::make_unique<ModbusBarrier>(modbus, *std::move(map), clock);
    barrier->OnToken([raw = made.get(), id = lane.lane_id](uint64_t token) { raw->KeepToken(id, token); });
    made->barriers_.push_back({lane, std::move(barrier)});
  }
  return made;
}

void SiteBarriers::OnTaken(const std::function<void(const std::string&)>& on_taken) {
  for (const One& one : barriers_) {
    one.barrier->OnTaken([on_taken, id = one.lane.lane_id] { on_taken(id); });
  }
}

std::vector<std::string> SiteBarriers::FencedLanes() const {
  std::vector<std::string> lanes;
  for (const One& one : barriers_) {
    if (one.barrier->fenced()) lanes.push_back(one.lane.lane_id);
  }
  return lanes;
}

bool SiteBarriers::TellStandbyInStep(bool in_step) {
  size_t taken = 0;
  for (const One& one : barriers_) taken += one.barrier->TellStandbyInStep(in_step) ? 1 : 0;
  return taken > barriers_.size() / 2;
}

// When it is lost, the next run only waits for its own last heartbeat to grow old.
void SiteBarriers::KeepToken(const std::string& lane_id, uint64_t token) {
  const std::lock_guard lock(mutex_);
  tokens_[lane_id] = token;
  std::ofstream file(tokens_file_ + ".new", std::ios::trunc);
  for (const auto& [id, one] : tokens_) file << fmt::format("{} {:x}\n", id, one);
  file.close();
  std::error_code error;
  if (file) std::filesystem::rename(tokens_file_ + ".new", tokens_file_, error);
}

}  // namespace bordergate::lane
