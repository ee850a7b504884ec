#include "services/camera/vision/picture_command.h"

#include <opencv2/core/utility.hpp>

namespace bordergate::camera {

PictureCommand::PictureCommand(const std::string& name, const std::string& sentence, std::string_view models,
                               const std::string& places)
    : words_(sentence, name), models_(models) {
  words_.add_flag("--json", json_, "One JSON object a line");
  words_.add_option("--models", models_, "Folder of the models")->capture_default_str();
  words_.add_option(places, places_)->required()->option_text("...");
}

std::optional<int> PictureCommand::Begin(std::span<const std::string_view> arguments, std::ostream& out,
                                         std::ostream& err) {
  try {
    words_.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));  // the last word first
  } catch (const CLI::ParseError& error) {
    return words_.exit(error, out, err) == 0 ? 0 : 2;
  }
  cv::setNumThreads(1);
  auto reader = PlateReader::Load(models_);
  if (!reader) {
    err << reader.error().reason() << ": " << reader.error().message() << "\n";
    return 2;
  }
  reader_.emplace(*std::move(reader));
  return std::nullopt;
}

}  // namespace bordergate::camera
