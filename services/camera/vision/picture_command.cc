#include "services/camera/vision/picture_command.h"

#include <opencv2/core/utility.hpp>

namespace bordergate::camera {
namespace {

template <class R>
std::optional<int> Load(std::optional<R>& reader, const std::string& models, std::ostream& err) {
  auto loaded = R::Load(models);
  if (!loaded) {
    err << loaded.error().reason() << ": " << loaded.error().message() << "\n";
    return 2;
  }
  reader.emplace(*std::move(loaded));
  return std::nullopt;
}

}  // namespace

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
  return Load(reader_, models_, err);
}

std::optional<int> PictureCommand::LoadContainers(std::ostream& err) {
  return Load(containers_, models_, err);
}

std::vector<ContainerRead> PictureCommand::ReadContainers(const cv::Mat& picture) {
  return containers_ ? containers_->Read(picture) : std::vector<ContainerRead>();
}

}  // namespace bordergate::camera
