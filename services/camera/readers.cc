#include "services/camera/readers.h"

#include <cstdlib>
#include <filesystem>
#include <iostream>

#include <opencv2/imgcodecs.hpp>

#include "libs/core/or_exit.h"
#include "services/camera/aim_command.h"
#include "services/camera/follow_command.h"
#include "services/camera/vision/container_reader.h"
#include "services/camera/vision/plate_reader.h"
#include "services/camera/vision/read_command.h"
#include "services/camera/vision/sealed_decoder.h"

namespace bordergate::camera {
namespace {

std::string ModelsBesideTheProgram() {
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe");
  return (program.parent_path().parent_path() / "share/camera/models").string();
}

template <class R>
R LoadOrExit(const std::string& models_folder) {
  auto loaded = R::Load(models_folder);
  if (loaded) return *std::move(loaded);
  std::cerr << "vision: " << loaded.error().message() << "\n";
  std::exit(1);
}

}  // namespace

std::vector<Pipeline::Readers> LoadReadersOrExit(const std::string& models_folder, int count,
                                                 bool with_containers) {
  const std::string folder = models_folder.empty() ? ModelsBesideTheProgram() : models_folder;
  std::vector<Pipeline::Readers> readers;
  for (int i = 0; i < count; ++i) {
    const auto plates = std::make_shared<PlateReader>(LoadOrExit<PlateReader>(folder));
    Pipeline::Readers& one =
        readers.emplace_back([plates](const cv::Mat& picture) { return plates->Read(picture); });
    if (!with_containers) continue;
    const auto containers = std::make_shared<ContainerReader>(LoadOrExit<ContainerReader>(folder));
    one.containers = [containers](const cv::Mat& picture) { return containers->Read(picture); };
  }
  return readers;
}

void ProveDecoderOrExit(const std::string& decoder_program) {
  std::vector<uint8_t> jpeg;
  cv::imencode(".jpg", cv::Mat(16, 16, CV_8UC3, cv::Scalar::all(128)), jpeg);
  const auto picture = SealedDecoder(decoder_program).Whole(jpeg);
  if (picture) return;
  std::cerr << "vision: camera_decoder does not work: " << picture.error().message() << "\n";
  std::exit(1);
}

std::unique_ptr<PushListener> StartPushOrExit(const PushOptions& options, Pipeline& pipeline,
                                              PushingTagReaders& tag_readers, Telemetry& telemetry,
                                              const Clock& clock) {
  if (options.listen.empty()) return nullptr;
  return OrExit("camera", PushListener::Start(
                              options,
                              [&](const std::string& camera_id, PushedEvent event) {
                                pipeline.TakePush(camera_id, std::move(event));
                              },
                              std::bind_front(&PushingTagReaders::Take, &tag_readers), telemetry, clock));
}

int RunReadCommand(const std::vector<std::string>& arguments) {
  const std::vector<std::string_view> words(arguments.begin(), arguments.end());
  return ReadCommand(words, ModelsBesideTheProgram(), std::cout, std::cerr);
}

int RunFollowCommand(const std::vector<std::string>& arguments) {
  const std::vector<std::string_view> words(arguments.begin(), arguments.end());
  return FollowCommand(words, ModelsBesideTheProgram(), std::cout, std::cerr);
}

int RunAimCommand(const std::vector<std::string>& arguments) {
  const std::vector<std::string_view> words(arguments.begin(), arguments.end());
  const SystemClock clock;
  return AimCommand(words, ModelsBesideTheProgram(), clock, std::cout, std::cerr);
}

}  // namespace bordergate::camera
