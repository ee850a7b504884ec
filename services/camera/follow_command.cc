#include "services/camera/follow_command.h"

#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "services/camera/domain/vehicle_answers.h"
#include "services/camera/sighting.h"
#include "services/camera/vision/picture.h"
#include "services/camera/vision/picture_command.h"

namespace bordergate::camera {
namespace {

Result<std::vector<PlateRead>> ReadFrame(PlateReader& reader, const std::string& file) {
  const auto bytes = BG_TRY(ReadPictureFile(file));
  const cv::Mat picture = BG_TRY(DecodePicture(bytes));
  return reader.Read(picture);
}

std::string JsonLine(const VehicleAnswer& answer, const std::vector<std::string>& files) {
  nlohmann::json frames = nlohmann::json::array();
  for (const size_t frame : answer.frames) frames.push_back(files[frame]);
  const nlohmann::json line = {{"vehicle", answer.track}, {"plate", answer.plate},
                               {"sure", answer.sure},     {"confidence", answer.confidence},
                               {"frames", frames},        {"best_frame", files[answer.best_frame]},
                               {"seen", answer.seen},     {"course", CourseName(answer.course)}};
  return line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string TextLine(const VehicleAnswer& answer, const std::vector<std::string>& files) {
  return fmt::format("{}{} ({:.2f}), {} of {} frames, best {}, {}", answer.plate, answer.sure ? "" : "?",
                     answer.confidence, answer.frames.size(), answer.seen, files[answer.best_frame],
                     CourseName(answer.course));
}

}  // namespace

int FollowCommand(std::span<const std::string_view> words, std::string_view models, std::ostream& out,
                  std::ostream& err) {
  PictureCommand command("camera follow", "Follows the vehicles in the frames of one camera", models, "FILE");
  int pause_ms = 100;
  Position position = Position::kFront;
  const std::map<std::string, Position> positions = {
      {"front", Position::kFront}, {"rear", Position::kRear}, {"trailer", Position::kTrailer}};
  command.words()
      .add_option("--pause", pause_ms, "Milliseconds from frame to frame")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  command.words()
      .add_option("--position", position, "What the camera looks at: front, rear or trailer")
      ->transform(CLI::CheckedTransformer(positions));
  if (const auto status = command.Begin(words, out, err)) return *status;
  const std::vector<std::string>& files = command.places();
  Tracker tracker(RulesFor(position, {}));
  VehicleAnswers answers;
  SteadyInstant time{};
  int status = 0;
  for (size_t i = 0; i < files.size(); ++i) {
    time += milliseconds(pause_ms);
    const auto reads = ReadFrame(command.reader(), files[i]);
    if (!reads) {
      err << files[i] << ": " << reads.error().reason() << ": " << reads.error().message() << "\n";
      status = 1;
      continue;
    }
    if (reads->empty()) {
      tracker.AddNothing(time);
      continue;
    }
    const std::vector<Sighting> sightings = SightingsOf(*reads);
    const Tracker::Verdict verdict = tracker.Add(sightings, time);
    answers.Add(i, sightings[verdict.chosen], verdict);
  }
  for (const VehicleAnswer& answer : answers.All())
    out << (command.json() ? JsonLine(answer, files) : TextLine(answer, files)) << std::endl;
  return status;
}

}  // namespace bordergate::camera
