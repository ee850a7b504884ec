#include "services/camera/device/video_source.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/videoio.hpp>

#include "libs/core/text.h"
#include "services/camera/device/mjpeg_source.h"
#include "services/camera/domain/reasons.h"

namespace bordergate::camera {
namespace {

constexpr int kJpegQuality = 90;
constexpr milliseconds kFolderInterval{500};
constexpr uintmax_t kPictureBytesMax = 8 << 20;

class VideoSource final : public FrameSource {
 public:
  VideoSource(std::string url, const SourceTimes& times, const Clock& clock)
      : url_(std::move(url)), times_(times), clock_(clock) {}

  Result<void> Run(const std::function<void(Frame)>& on_frame, const StopFlag& stop) override {
    try {
      return Read(on_frame, stop);
    } catch (const cv::Exception& error) {
      return Error(kSourceUnavailable, error.what());
    }
  }

 private:
  Result<void> Read(const std::function<void(Frame)>& on_frame, const StopFlag& stop) {
    // The backend has to be named, or the time-outs are not heeded and a lost stream blocks for ever.
    cv::VideoCapture capture;
    const std::vector<int> options = {
        cv::CAP_PROP_OPEN_TIMEOUT_MSEC, static_cast<int>(times_.connect_timeout.count()),
        cv::CAP_PROP_READ_TIMEOUT_MSEC, static_cast<int>(times_.frame_timeout.count())};
    if (!capture.open(url_, cv::CAP_FFMPEG, options))
      return Error(kSourceUnavailable, "the stream cannot be opened");
    cv::Mat picture;
    std::vector<uint8_t> jpeg;
    while (!stop.stopped()) {
      if (!capture.read(picture) || picture.empty())
        return Error(kSourceUnavailable, "the stream ended or no frame came in time");
      cv::imencode(".jpg", picture, jpeg, {cv::IMWRITE_JPEG_QUALITY, kJpegQuality});
      on_frame({.jpeg = std::make_shared<const std::string>(jpeg.begin(), jpeg.end()),
                .time = clock_.Now(),
                .steady_time = clock_.SteadyNow()});
    }
    return {};
  }

  const std::string url_;
  const SourceTimes times_;
  const Clock& clock_;
};

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

std::unique_ptr<FrameSource> MakeVideoSource(const std::string& url, const SourceTimes& times,
                                             const Clock& clock) {
  return std::make_unique<VideoSource>(url, times, clock);
}

std::unique_ptr<FrameSource> MakeFolderSource(const std::string& folder, const Clock& clock) {
  return std::make_unique<FolderSource>(folder, clock);
}

std::unique_ptr<FrameSource> MakeFrameSource(const std::string& url, const SourceTimes& times,
                                             const Clock& clock) {
  if (url.starts_with("http://") || url.starts_with("https://")) return MakeMjpegSource(url, times, clock);
  if (url.find("://") != std::string::npos) return MakeVideoSource(url, times, clock);
  return MakeFolderSource(url, clock);
}

}  // namespace bordergate::camera
