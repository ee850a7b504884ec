#include "services/camera/readers.h"

#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "services/camera/vision/plate_reader.h"
#include "services/camera/vision/read_command.h"

namespace bordergate::camera {
namespace {

std::string ModelsBesideTheProgram() {
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe");
  return (program.parent_path().parent_path() / "share/camera/models").string();
}

}  // namespace

std::vector<Pipeline::Reader> LoadReadersOrExit(const std::string& models_folder, int count) {
  const std::string folder = models_folder.empty() ? ModelsBesideTheProgram() : models_folder;
  std::vector<Pipeline::Reader> readers;
  for (int i = 0; i < count; ++i) {
    auto loaded = PlateReader::Load(folder);
    if (!loaded) {
      std::cerr << "vision: " << loaded.error().message() << "\n";
      std::exit(1);
    }
    const auto reader = std::make_shared<PlateReader>(*std::move(loaded));
    readers.push_back([reader](const cv::Mat& picture) { return reader->Read(picture); });
  }
  return readers;
}

int RunReadCommand(const std::vector<std::string>& arguments) {
  const std::vector<std::string_view> words(arguments.begin(), arguments.end());
  return ReadCommand(words, ModelsBesideTheProgram(), std::cout, std::cerr);
}

}  // namespace bordergate::camera
