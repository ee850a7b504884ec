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

Result<cv::Mat> PictureOf(const std::string& file) {
  const auto bytes = BG_TRY(ReadPictureFile(file));
  return DecodePicture(bytes);
}

// One kind of mark through all the frames.
struct Following {
  explicit Following(const TrackRules& rules) : tracker(rules) {}
  Tracker tracker;
  VehicleAnswers answers;

  void Add(size_t frame, const std::vector<Sighting>& sightings, SteadyInstant time) {
    if (sightings.empty()) return tracker.AddNothing(time);
    const Tracker::Verdict verdict = tracker.Add(sightings, time);
    answers.Add(frame, sightings[verdict.chosen], verdict);
  }
};

enum class Kind { kPlate, kContainer };

std::string JsonLine(Kind kind, const VehicleAnswer& answer, const std::vector<std::string>& files) {
  nlohmann::json frames = nlohmann::json::array();
  for (const size_t frame : answer.frames) frames.push_back(files[frame]);
  const bool is_plate = kind == Kind::kPlate;
  const nlohmann::json line = {{is_plate ? "vehicle" : "container", answer.track},
                               {is_plate ? "plate" : "container_number", answer.text},
                               {"sure", answer.sure},
                               {"confidence", answer.confidence},
                               {"frames", frames},
                               {"best_frame", files[answer.best_frame]},
                               {"seen", answer.seen},
                               {"course", CourseName(answer.course)}};
  return line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string TextLine(Kind kind, const VehicleAnswer& answer, const std::vector<std::string>& files) {
  return fmt::format("{}{}{} ({:.2f}), {} of {} frames, best {}, {}",
                     kind == Kind::kPlate ? "" : "container ", answer.text, answer.sure ? "" : "?",
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
  const bool is_further = position != Position::kFront;
  if (is_further) {
    if (const auto status = command.LoadContainers(err)) return *status;
  }
  Following plates(RulesFor(position, {}));
  Following containers(ContainerRulesFor(position, {}, milliseconds(0)));
  SteadyInstant time{};
  int status = 0;
  for (size_t i = 0; i < files.size(); ++i) {
    time += milliseconds(pause_ms);
    const auto picture = PictureOf(files[i]);
    if (!picture) {
      err << files[i] << ": " << picture.error().reason() << ": " << picture.error().message() << "\n";
      status = 1;
      continue;
    }
    plates.Add(i, SightingsOf(command.reader().Read(*picture)), time);
    if (is_further) containers.Add(i, SightingsOf(command.ReadContainers(*picture)), time);
  }
  for (const auto& [kind, following] : {std::pair(Kind::kPlate, &plates), {Kind::kContainer, &containers}}) {
    for (const VehicleAnswer& answer : following->answers.All())
      out << (command.json() ? JsonLine(kind, answer, files) : TextLine(kind, answer, files)) << std::endl;
  }
  return status;
}

}  // namespace bordergate::camera
