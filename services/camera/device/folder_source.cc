#include "services/camera/device/folder_source.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "libs/core/text.h"
#include "services/camera/domain/reasons.h"

namespace bordergate::camera {
namespace {

constexpr milliseconds kFolderInterval{500};
constexpr uintmax_t kPictureBytesMax = 8 << 20;

class FolderSource final : public FrameSource {
 public:
  FolderSource(std::string folder, const Clock& clock) : folder_(std::move(folder)), clock_(clock) {}

  Result<void> Run(const std::function<void(Frame)>& on_frame, const StopFlag& stop) override {
    while (!stop.stopped()) {
      const std::vector<std::filesystem::path> files = List();
      if (files.empty()) return Error(kSourceUnavailable, "the folder holds no picture");
      for (const std::filesystem::path& file : files) {
        if (stop.stopped()) return {};
        Show(file, on_frame);
        if (stop.WaitFor(kFolderInterval)) return {};
      }
    }
    return {};
  }

 private:
  std::vector<std::filesystem::path> List() const {
    std::vector<std::filesystem::path> files;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder_, ignored)) {
      const std::string extension = LowerAscii(entry.path().extension().string());
      if (extension == ".jpg" || extension == ".jpeg") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
  }

  void Show(const std::filesystem::path& file, const std::function<void(Frame)>& on_frame) const {
    std::error_code error;
    if (std::filesystem::file_size(file, error) > kPictureBytesMax || error) return;
    std::ifstream in(file, std::ios::binary);
    auto jpeg = std::make_shared<const std::string>(std::istreambuf_iterator<char>(in),
                                                    std::istreambuf_iterator<char>());
    on_frame({.jpeg = std::move(jpeg), .time = clock_.Now(), .steady_time = clock_.SteadyNow()});
  }

  const std::string folder_;
  const Clock& clock_;
};

}  // namespace

std::unique_ptr<FrameSource> MakeFolderSource(const std::string& folder, const Clock& clock) {
  return std::make_unique<FolderSource>(folder, clock);
}

}  // namespace bordergate::camera
