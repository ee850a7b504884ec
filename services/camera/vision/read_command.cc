#include "services/camera/vision/read_command.h"

#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>

#include "services/camera/vision/annotate.h"
#include "services/camera/vision/picture.h"
#include "services/camera/vision/picture_command.h"
#include "services/camera/vision/reasons.h"

namespace bordergate::camera {
namespace {

double Rounded(double value, double unit) { return std::round(value / unit) * unit; }

nlohmann::json AsJson(const Corners& corners) {
  nlohmann::json points = nlohmann::json::array();
  for (const cv::Point2f& p : corners) points.push_back({Rounded(p.x, 0.1), Rounded(p.y, 0.1)});
  return points;
}

nlohmann::json AsJson(const PlateRead& read) {
  nlohmann::json characters = nlohmann::json::array();
  for (const double c : read.character_confidence) characters.push_back(Rounded(c, 1e-4));
  return {{"plate", read.plate},
          {"country", CountryCode(read.country)},
          {"layout", LayoutName(read.layout)},
          {"colour", ColourName(read.colour)},
          {"confidence", Rounded(read.confidence, 1e-4)},
          {"character_confidence", characters},
          {"corners", AsJson(read.corners)},
          {"height_px", Rounded(read.height_px, 0.1)},
          {"probability", read.probability},
          {"rival_probability", read.rival_probability},
          {"looks", read.looks}};
}

nlohmann::json AsJson(const ContainerRead& read) {
  return {{"container_number", read.number},
          {"layout", LayoutName(read.layout)},
          {"sure", read.sure},
          {"confidence", Rounded(read.confidence, 1e-4)},
          {"corners", AsJson(read.corners)},
          {"line_height_px", Rounded(read.line_height_px, 0.1)},
          {"probability", read.probability},
          {"rival_probability", read.rival_probability}};
}

struct Outcome {
  cv::Mat picture;
  double elapsed_ms = 0;
  std::vector<PlateRead> reads;
  std::vector<ContainerRead> containers;
};

Result<Outcome> ReadFile(PictureCommand& command, const std::string& file) {
  const auto begin = std::chrono::steady_clock::now();
  const auto bytes = BG_TRY(ReadPictureFile(file));
  const cv::Mat picture = BG_TRY(DecodePicture(bytes));
  Outcome outcome{picture, 0, command.reader().Read(picture), command.ReadContainers(picture)};
  outcome.elapsed_ms =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
  return outcome;
}

// The folder of --annotate.
class AnnotatedPictures {
 public:
  AnnotatedPictures(std::filesystem::path folder, Annotator annotator)
      : folder_(std::move(folder)), annotator_(std::move(annotator)) {}

  // Errors: PICTURE_NOT_WRITTEN, also for a second file of the same name.
  Result<void> Write(const std::filesystem::path& file, const Outcome& outcome) {
    const std::filesystem::path target = folder_ / file.stem().concat(".jpg");
    if (!written_.insert(target.string()).second)
      return Error(kPictureNotWritten,
                   fmt::format("{} was written for another file already", target.string()));
    std::vector<uint8_t> jpeg;
    cv::imencode(".jpg", annotator_.Draw(outcome.picture, outcome.reads, outcome.containers), jpeg);
    std::error_code failed;
    std::filesystem::create_directories(folder_, failed);
    std::ofstream stream(target, std::ios::binary);
    stream.write(reinterpret_cast<const char*>(jpeg.data()), static_cast<std::streamsize>(jpeg.size()));
    if (!stream.flush())
      return Error(kPictureNotWritten, fmt::format("{} cannot be written", target.string()));
    return {};
  }

 private:
  std::filesystem::path folder_;
  Annotator annotator_;
  std::set<std::string> written_;
};

std::string JsonLine(const std::string& file, const Result<Outcome>& outcome, bool with_containers) {
  nlohmann::json line = {{"file", file}};
  if (!outcome) {
    line["error"] = {{"reason", outcome.error().reason()}, {"message", outcome.error().message()}};
    return line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  }
  line["width"] = outcome->picture.cols;
  line["height"] = outcome->picture.rows;
  line["elapsed_ms"] = Rounded(outcome->elapsed_ms, 0.01);
  line["reads"] = nlohmann::json::array();
  line["unsure"] = nlohmann::json::array();
  for (const PlateRead& read : outcome->reads) line[read.sure ? "reads" : "unsure"].push_back(AsJson(read));
  if (with_containers) {
    line["containers"] = nlohmann::json::array();
    for (const ContainerRead& read : outcome->containers) line["containers"].push_back(AsJson(read));
  }
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
  for (const ContainerRead& read : outcome->containers)
    line += fmt::format(" container {}{} ({:.2f})", read.number, read.sure ? "" : "?", read.confidence);
  return line;
}

}  // namespace

int ReadCommand(std::span<const std::string_view> words, std::string_view models, std::ostream& out,
                std::ostream& err) {
  PictureCommand command("camera read", "Reads the plates of pictures", models, "FILE");
  std::string folder;
  command.words().add_option("--annotate", folder,
                             "Folder for the pictures with what was read drawn into them");
  bool with_containers = false;
  command.words().add_flag("--containers", with_containers,
                           "Look for container numbers, too; a picture takes about twice as long");
  if (const auto status = command.Begin(words, out, err)) return *status;
  if (with_containers) {
    if (const auto status = command.LoadContainers(err)) return *status;
  }
  std::optional<AnnotatedPictures> annotated;
  if (!folder.empty()) {
    auto annotator = Annotator::Make();
    if (!annotator) {
      err << annotator.error().reason() << ": " << annotator.error().message() << "\n";
      return 2;
    }
    annotated.emplace(folder, *std::move(annotator));
  }
  int status = 0;
  for (const std::string& file : command.places()) {
    Result<Outcome> outcome = ReadFile(command, file);
    if (outcome && annotated) {
      if (const auto written = annotated->Write(file, *outcome); !written) outcome = written.error();
    }
    if (!outcome) status = 1;
    out << (command.json() ? JsonLine(file, outcome, with_containers) : TextLine(file, outcome)) << std::endl;
  }
  return status;
}

}  // namespace bordergate::camera
