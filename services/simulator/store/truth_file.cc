#include "services/simulator/store/truth_file.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "services/simulator/domain/reasons.h"

namespace bordergate::simulator {
namespace {

using nlohmann::json;

json ToJson(const TruthRecord& record) {
  json line = {{"sequence", record.sequence},
               {"time", FormatInstant(record.time)},
               {"lane_id", record.lane_id},
               {"event", record.event}};
  for (const auto& [key, value] :
       {std::pair{"truck_id", &record.truck_id}, std::pair{"detail", &record.detail},
        std::pair{"plate", &record.plate}, std::pair{"purpose", &record.purpose},
        std::pair{"trip_id", &record.trip_id}, std::pair{"trailer_plate", &record.trailer_plate},
        std::pair{"tag_id", &record.tag_id}, std::pair{"container_number", &record.container_number}}) {
    if (!value->empty()) line[key] = *value;
  }
  return line;
}

// Nothing for a line that is none of ours.
std::optional<TruthRecord> FromJson(const std::string& text) {
  const json line = json::parse(text, nullptr, false);
  if (!line.is_object()) return std::nullopt;
  const auto word = [&](const char* key) {
    const auto at = line.find(key);
    return at != line.end() && at->is_string() ? at->get<std::string>() : std::string();
  };
  const auto sequence = line.find("sequence");
  const auto time = ParseInstant(word("time"));
  if (sequence == line.end() || !sequence->is_number_integer() || !time) return std::nullopt;
  return TruthRecord{sequence->get<int64_t>(),
                     *time,
                     word("lane_id"),
                     word("event"),
                     word("truck_id"),
                     word("detail"),
                     word("plate"),
                     word("purpose"),
                     word("trip_id"),
                     word("trailer_plate"),
                     word("tag_id"),
                     word("container_number")};
}

Result<void> CutAt(const std::filesystem::path& path, std::streamoff size) {
  std::error_code error;
  std::filesystem::resize_file(path, static_cast<std::uintmax_t>(size), error);
  if (error)
    return Error(kTruthUnwritable, fmt::format("{} cannot be cut: {}", path.string(), error.message()));
  return {};
}

}  // namespace

Result<TruthFile> TruthFile::Open(const std::filesystem::path& path) {
  TruthFile truth;
  truth.path_ = path;
  if (path.empty()) return truth;
  bool lacks_end = false;  // of its last line
  if (std::ifstream before(path); before) {
    std::string line;
    for (std::streamoff begin = 0; std::getline(before, line); begin = before.tellg()) {
      lacks_end = before.eof();
      if (auto record = FromJson(line)) {
        truth.earlier_.push_back(*std::move(record));
      } else if (lacks_end) {
        // The program was killed while it wrote this line: it goes, and the next one takes its place.
        BG_TRY(CutAt(path, begin));
        lacks_end = false;
      } else {
        return Error(kTruthUnwritable,
                     fmt::format("{}: line {} is no record", path.string(), truth.earlier_.size() + 1));
      }
    }
  }
  truth.file_.open(path, std::ios::app);
  if (lacks_end) truth.file_ << '\n' << std::flush;
  if (!truth.file_) return Error(kTruthUnwritable, fmt::format("{} cannot be written", path.string()));
  return truth;
}

Result<void> TruthFile::Append(const TruthRecord& record) {
  if (path_.empty()) return {};
  file_ << ToJson(record).dump() << '\n' << std::flush;
  if (file_) return {};
  file_.clear();
  return Error(kTruthUnwritable, fmt::format("{} cannot be written", path_.string()));
}

}  // namespace bordergate::simulator
