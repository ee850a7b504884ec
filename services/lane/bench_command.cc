#include "services/lane/bench_command.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <random>

#include <fmt/format.h>

#include "embedded/lane_bench_parts.h"
#include "libs/config/site.h"
#include "libs/core/digest.h"
#include "libs/core/text.h"
#include "services/lane/bench/acceptance_sheet.h"
#include "services/lane/bench/bench_reasons.h"
#include "services/lane/device/modbus_scale.h"
#include "services/lane/program_maps.h"

namespace bordergate::lane {
namespace {

struct Place {
  SiteLane lane;
  SiteGate gate;
  RegisterMap map;
};

Result<Place> FindPlace(const BenchArguments& arguments) {
  const Site site = BG_TRY(LoadSite(arguments.site_file));
  std::vector<std::string> known;
  for (const SiteLane& lane : site.lanes) {
    known.push_back(lane.lane_id);
    if (lane.lane_id != arguments.lane_id) continue;
    const auto gate = std::find_if(site.gates.begin(), site.gates.end(),
                                   [&](const SiteGate& one) { return one.gate_id == lane.gate_id; });
    return Place{lane, *gate,
                 BG_TRY(LoadRegisterMap(lane.register_map, arguments.maps_folder, MapsOfTheProgram()))};
  }
  return Error(kSiteInvalid, fmt::format("{} has no lane {}; it has {}", arguments.site_file,
                                         arguments.lane_id, fmt::join(known, ", ")));
}

BenchAbilities AbilitiesOf(const RegisterMap& map) {
  const bool fenced = map.fence.has_value();
  return {.heartbeat = fenced || map.heartbeat.has_value(),
          .arming_loop = map.arming_loop.has_value(),
          .exit_loop = map.exit_loop.has_value(),
          .hand_operation = map.hand_operation.has_value(),
          .controller_fault = map.controller_fault.has_value(),
          .emergency = map.emergency.has_value(),
          .lights = fenced || (map.green_light.has_value() && map.red_light.has_value())};
}

// Null: the lane has none.
Result<std::unique_ptr<Scale>> ScaleOf(const SiteLane& lane, const std::string& maps_folder) {
  if (lane.scale_port == 0) return std::unique_ptr<Scale>();
  ScaleMap map = BG_TRY(LoadScaleMap(lane.scale_map, maps_folder, ScaleMapsOfTheProgram()));
  return std::make_unique<ModbusScale>(ModbusAddress{lane.scale_host, lane.scale_port, lane.scale_unit_id},
                                       std::move(map));
}

BenchRecord NewRecord(const Place& place, const Clock& clock) {
  BenchRecord record;
  record.gate_id = place.gate.gate_id;
  record.gate_title = place.gate.title;
  record.utc_offset_minutes = place.gate.utc_offset_minutes;
  record.lane_id = place.lane.lane_id;
  record.lane_title = place.lane.title;
  record.address = fmt::format("{}:{}, unit {}", place.lane.barrier_host, place.lane.barrier_port,
                               place.lane.barrier_unit_id);
  record.map_name = place.lane.register_map;
  record.map_digest = Hex(Sha256(place.map.Describe()));
  record.begun = clock.Now();
  return record;
}

// Goes on where the last bench of the same lane and wiring stopped.
Result<BenchRecord> RecordToFill(const Place& place, const std::string& file, bool again,
                                 const Clock& clock) {
  BenchRecord fresh = NewRecord(place, clock);
  std::optional<BenchRecord> kept = BG_TRY(ReadBenchRecord(file));
  if (!kept) return fresh;
  if (kept->lane_id != fresh.lane_id) {
    return Error(kBenchRecordInvalid,
                 fmt::format("{} is of lane {}; name another file with --out", file, kept->lane_id));
  }
  // Whose the barrier was is true whatever else has changed.
  fresh.fence = kept->fence;
  if (again) return fresh;
  if (kept->map_digest != fresh.map_digest || kept->address != fresh.address) {
    return Error(
        kBenchRecordInvalid,
        fmt::format("{} was made at {} with another register map or address; start over with --again", file,
                    kept->address));
  }
  return *std::move(kept);
}

Result<void> AskForPerson(BenchPerson& person, const BenchTexts& texts, Language language,
                          const std::string& given, std::string& name) {
  if (!given.empty()) name = given;
  if (!name.empty()) return {};
  person.Tell("say.person", texts.Say(language, "say.person"));
  while (name.empty()) {
    if (const auto line = person.Hear(milliseconds(100))) name = NormaliseNfc(Trim(*line));
    if (name.empty() && person.gone())
      return Error(kBenchRecordInvalid, "nobody's name was given; see --person");
  }
  return {};
}

struct Ended {
  bool accepted = false;
};

Result<Ended> Bench(const BenchArguments& arguments, BenchSettings settings, BenchPerson& person,
                    const Clock& clock) {
  const auto language = ParseLanguage(arguments.language);
  if (!language) return Error(kBenchRecordInvalid, "--language is vi, en or zh");
  settings.language = *language;
  const Place place = BG_TRY(FindPlace(arguments));
  settings.has = AbilitiesOf(place.map);
  const std::unique_ptr<Scale> scale = BG_TRY(ScaleOf(place.lane, arguments.maps_folder));
  settings.scale = scale.get();
  settings.has.scale = scale != nullptr;
  const std::string sheet =
      arguments.sheet_file.empty() ? arguments.lane_id + "-acceptance.pdf" : arguments.sheet_file;
  const std::string file = std::filesystem::path(sheet).replace_extension(".json").string();
  const BenchTexts texts(embedded::lane_bench_parts::texts_toml());
  BenchRecord record = BG_TRY(RecordToFill(place, file, arguments.again, clock));
  BG_TRY(AskForPerson(person, texts, *language, arguments.person, record.person));

  std::random_device random;
  ModbusSettings modbus;
  modbus.host = place.lane.barrier_host;
  modbus.port = place.lane.barrier_port;
  modbus.unit_id = place.lane.barrier_unit_id;
  modbus.heartbeat = settings.heartbeat;
  modbus.instance = std::uniform_int_distribution<uint32_t>(1)(random);
  ModbusBarrier barrier(modbus, place.map, clock);
  BenchSession session(barrier, person, texts, settings, clock, record,
                       [&](const BenchRecord& now) { return WriteBenchRecord(now, file); });
  const Result<void> run = session.Run();
  if (!run && record.results.empty()) return run.error();
  BG_TRY(PaintAcceptanceSheet(record, texts, *language, sheet));
  BG_TRY(run);
  const auto findings = record.findings();
  const auto done = std::count_if(findings.begin(), findings.end(), [](const auto& one) {
    return one.second.passed() || one.second.outcome == BenchOutcome::kAbsent;
  });
  const std::string code = record.accepted() ? "say.accepted" : "say.not_accepted";
  const std::string open = std::to_string(AllBenchSteps().size() - static_cast<size_t>(done));
  person.Tell(code, texts.Say(*language, code, {{"file", sheet}, {"open", open}}));
  return Ended{record.accepted()};
}

}  // namespace

int RunBench(const BenchArguments& arguments, const BenchSettings& settings, BenchPerson& person,
             const Clock& clock) {
  const Result<Ended> ended = Bench(arguments, settings, person, clock);
  if (!ended) {
    std::cerr << "lane bench: " << ended.error().reason() << ": " << ended.error().message() << "\n";
    return 1;
  }
  return ended->accepted ? 0 : 3;
}

}  // namespace bordergate::lane
