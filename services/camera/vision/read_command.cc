#include "services/camera/vision/read_command.h"

#include <chrono>
#include <cmath>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <opencv2/core/utility.hpp>

#include "services/camera/vision/picture.h"
#include "services/camera/vision/plate_reader.h"

namespace bordergate::camera {
namespace {

constexpr std::string_view kUsage = "usage: camera read [--json] [--models DIR] FILE...\n";

struct Arguments {
  bool json = false;
  std::string models;
  std::vector<std::string> files;
};

bool Parse(std::span<const std::string_view> words, Arguments& out) {
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--json") {
      out.json = true;
    } else if (words[i] == "--models" && i + 1 < words.size()) {
      out.models = words[++i];
    } else if (words[i].starts_with("--")) {
      return false;
    } else {
      out.files.emplace_back(words[i]);
    }
  }
  return !out.files.empty();
}

double Rounded(double value, double unit) { return std::round(value / unit) * unit; }

nlohmann::json AsJson(const PlateRead& read) {
  nlohmann::json corners = nlohmann::json::array();
  for (const cv::Point2f& p : read.corners) corners.push_back({Rounded(p.x, 0.1), Rounded(p.y, 0.1)});
  nlohmann::json characters = nlohmann::json::array();
  for (const double c : read.character_confidence) characters.push_back(Rounded(c, 1e-4));
  return {{"plate", read.plate},
          {"country", CountryCode(read.country)},
          {"layout", LayoutName(read.layout)},
          {"colour", ColourName(read.colour)},
          {"confidence", Rounded(read.confidence, 1e-4)},
          {"character_confidence", characters},
          {"corners", corners},
          {"height_px", Rounded(read.height_px, 0.1)},
          {"probability", read.probability},
          {"rival_probability", read.rival_probability}};
}

struct Outcome {
  int width_px = 0;
  int height_px = 0;
  double elapsed_ms = 0;
  std::vector<PlateRead> reads;
};

Result<Outcome> ReadFile(PlateReader& reader, const std::string& file) {
  const auto begin = std::chrono::steady_clock::now();
  const auto bytes = BG_TRY(ReadPictureFile(file));
  const cv::Mat picture = BG_TRY(DecodePicture(bytes));
  Outcome outcome{picture.cols, picture.rows, 0, reader.Read(picture)};
  outcome.elapsed_ms =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
  return outcome;
}

std::string JsonLine(const std::string& file, const Result<Outcome>& outcome) {
  nlohmann::json line = {{"file", file}};
  if (!outcome) {
    line["error"] = {{"reason", outcome.error().reason()}, {"message", outcome.error().message()}};
    return line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  }
  line["width"] = outcome->width_px;
  line["height"] = outcome->height_px;
  line["elapsed_ms"] = Rounded(outcome->elapsed_ms, 0.01);
  line["reads"] = nlohmann::json::array();
  line["unsure"] = nlohmann::json::array();
  for (const PlateRead& read : outcome->reads) line[read.sure ? "reads" : "unsure"].push_back(AsJson(read));
  return line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string TextLine(const std::string& file, const Result<Outcome>& outcome) {
  if (!outcome) return fmt::format("{}: {}: {}", file, outcome.error().reason(), outcome.error().message());
  std::string line = fmt::format("{}:", file);
  for (const bool sure : {true, false}) {
    for (const PlateRead& read : outcome->reads) {
      if (read.sure == sure)
        line += fmt::format(" {}{} ({:.2f})", read.plate, sure ? "" : "?", read.confidence);
    }
  }
  if (outcome->reads.empty()) line += " no plate";
  return line;
}

}  // namespace

int ReadCommand(std::span<const std::string_view> words, std::string_view models, std::ostream& out,
                std::ostream& err) {
  Arguments arguments;
  arguments.models = models;
  if (!Parse(words, arguments)) {
    err << kUsage;
    return 2;
  }
  cv::setNumThreads(1);
  auto reader = PlateReader::Load(arguments.models);
  if (!reader) {
    err << reader.error().reason() << ": " << reader.error().message() << "\n";
    return 2;
  }
  int status = 0;
  for (const std::string& file : arguments.files) {
    const Result<Outcome> outcome = ReadFile(*reader, file);
    if (!outcome) status = 1;
    out << (arguments.json ? JsonLine(file, outcome) : TextLine(file, outcome)) << std::endl;
  }
  return status;
}

}  // namespace bordergate::camera
