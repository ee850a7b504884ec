#include "services/lane/bench/bench_record.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "services/lane/bench/bench_reasons.h"

namespace bordergate::lane {
namespace {

constexpr std::string_view kFormat = "bordergate-lane-bench/1";
constexpr BenchOutcome kOutcomes[] = {BenchOutcome::kPassed, BenchOutcome::kFailed, BenchOutcome::kSkipped,
                                      BenchOutcome::kAbsent};

template <class Enum, class List>
std::optional<Enum> Named(const List& list, std::string_view name) {
  for (const Enum one : list) {
    if (NameOf(one) == name) return one;
  }
  return std::nullopt;
}

nlohmann::json FenceToJson(const BenchRecord::Fence& fence) {
  return {{"before", fmt::format("{:x}", fence.before)},
          {"standby_in_step", fence.standby_in_step},
          {"ours", fmt::format("{:x}", fence.ours)}};
}

void Fill(BenchRecord& record, const nlohmann::json& json) {
  const auto text = [&](const char* key) { return json.at(key).get<std::string>(); };
  const auto time = [&](const nlohmann::json& value) {
    const Result<Instant> instant = ParseInstant(value.get<std::string>());
    return instant ? *instant : Instant{};
  };
  record.gate_id = text("gate_id");
  record.gate_title = text("gate_title");
  record.lane_id = text("lane_id");
  record.lane_title = text("lane_title");
  record.utc_offset_minutes = json.at("utc_offset_minutes").get<int>();
  record.address = text("address");
  record.map_name = text("register_map");
  record.map_digest = text("register_map_sha256");
  record.person = text("person");
  record.begun = time(json.at("begun"));
  record.ended = time(json.at("ended"));
  record.use_was_checked = json.at("use_was_checked").get<bool>();
  if (json.contains("fence")) {
    const nlohmann::json& fence = json.at("fence");
    record.fence = {std::stoull(fence.at("before").get<std::string>(), nullptr, 16),
                    fence.at("standby_in_step").get<bool>(),
                    std::stoull(fence.at("ours").get<std::string>(), nullptr, 16)};
  }
  for (const nlohmann::json& one : json.at("checks")) {
    const auto step = Named<BenchStep>(AllBenchSteps(), one.at("check").get<std::string>());
    const auto outcome = Named<BenchOutcome>(kOutcomes, one.at("outcome").get<std::string>());
    if (!step || !outcome) continue;  // of another version
    record.results[*step] = {{*outcome, one.at("code").get<std::string>(),
                              one.at("params").get<std::map<std::string, std::string>>()},
                             time(one.at("at")),
                             one.at("attempts").get<int>()};
  }
}

}  // namespace

std::map<BenchStep, BenchFinding> BenchRecord::findings() const {
  std::map<BenchStep, BenchFinding> findings;
  for (const auto& [step, result] : results) findings[step] = result.finding;
  return findings;
}

std::string ToJson(const BenchRecord& record) {
  nlohmann::ordered_json json = {{"format", kFormat},
                                 {"gate_id", record.gate_id},
                                 {"gate_title", record.gate_title},
                                 {"lane_id", record.lane_id},
                                 {"lane_title", record.lane_title},
                                 {"utc_offset_minutes", record.utc_offset_minutes},
                                 {"address", record.address},
                                 {"register_map", record.map_name},
                                 {"register_map_sha256", record.map_digest},
                                 {"person", record.person},
                                 {"begun", FormatInstant(record.begun)},
                                 {"ended", FormatInstant(record.ended)},
                                 {"use_was_checked", record.use_was_checked},
                                 {"accepted", record.accepted()}};
  if (record.fence) json["fence"] = FenceToJson(*record.fence);
  json["checks"] = nlohmann::json::array();
  for (const auto& [step, result] : record.results) {
    json["checks"].push_back({{"check", NameOf(step)},
                              {"outcome", NameOf(result.finding.outcome)},
                              {"code", result.finding.code},
                              {"params", result.finding.params},
                              {"at", FormatInstant(result.at)},
                              {"attempts", result.attempts}});
  }
  // What a person typed may be anything.
  return json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

Result<BenchRecord> ParseBenchRecord(const std::string& text) {
  BenchRecord record;
  try {
    const nlohmann::json json = nlohmann::json::parse(text);
    if (json.at("format") != kFormat) return Error(kBenchRecordInvalid, "it is no record of a bench");
    Fill(record, json);
  } catch (const std::exception& error) {  // JSON that is not one, a key that lacks, a number that is none
    return Error(kBenchRecordInvalid, error.what());
  }
  return record;
}

Result<void> WriteBenchRecord(const BenchRecord& record, const std::string& file) {
  const std::string fresh = file + ".new";
  std::ofstream out(fresh, std::ios::trunc);
  out << ToJson(record);
  out.close();
  std::error_code error;
  if (out) std::filesystem::rename(fresh, file, error);
  if (!out || error) return Error(kBenchSheetUnwritable, "cannot write " + file);
  return {};
}

Result<std::optional<BenchRecord>> ReadBenchRecord(const std::string& file) {
  if (!std::filesystem::exists(file)) return std::nullopt;
  std::ifstream in(file);
  std::ostringstream text;
  text << in.rdbuf();
  Result<BenchRecord> record = ParseBenchRecord(text.str());
  if (!record) return Error(kBenchRecordInvalid, file + ": " + record.error().message());
  return *std::move(record);
}

}  // namespace bordergate::lane
