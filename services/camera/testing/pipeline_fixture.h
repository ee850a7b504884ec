// A pipeline on folders of pictures, with a stand-in for the nets: the mean gray value of a picture is its
// plate.
#pragma once

#include <condition_variable>
#include <mutex>

#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "libs/container/container_number.h"
#include "libs/slip/qr_code.h"
#include "libs/testing/temporary_folder.h"
#include "services/camera/pipeline.h"

namespace bordergate::camera {

inline std::string JpegOf(int shade) {
  const cv::Mat picture(360, 640, CV_8UC3, cv::Scalar(shade, shade, shade));
  std::vector<uint8_t> jpeg;
  cv::imencode(".jpg", picture, jpeg);
  return {jpeg.begin(), jpeg.end()};
}

// A picture with this text as a QR code in its middle.
inline std::string JpegOfCode(const std::string& text) {
  constexpr int kSquarePx = 4;
  const QrCode code = MakeQrCode(text);
  cv::Mat picture(360, 640, CV_8UC3, cv::Scalar::all(230));
  const cv::Point corner((picture.cols - code.side * kSquarePx) / 2,
                         (picture.rows - code.side * kSquarePx) / 2);
  for (int y = 0; y < code.side; ++y) {
    for (int x = 0; x < code.side; ++x) {
      const cv::Rect square(corner.x + x * kSquarePx, corner.y + y * kSquarePx, kSquarePx, kSquarePx);
      if (code.dark(x, y)) picture(square).setTo(cv::Scalar::all(20));
    }
  }
  std::vector<uint8_t> jpeg;
  cv::imencode(".jpg", picture, jpeg);
  return {jpeg.begin(), jpeg.end()};
}

// Waits for a number of things to have happened.
class Count {
 public:
  void Add() {
    const std::lock_guard lock(mutex_);
    ++count_;
    changed_.notify_all();
  }
  bool Await(int count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, seconds(30), [&] { return count_ >= count; });
  }
  int value() const {
    const std::lock_guard lock(mutex_);
    return count_;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  int count_ = 0;
};

inline PlateRead ReadOf(const std::string& plate, double confidence) {
  return {.plate = plate,
          .confidence = confidence,
          .character_confidence = {},
          .corners = {cv::Point2f{1, 2}, {3, 2}, {3, 4}, {1, 4}},
          .height_px = 20,
          .sure = true};
}

inline ContainerRead ContainerOf(const std::string& number, double confidence) {
  return {.number = number,
          .confidence = confidence,
          .corners = {cv::Point2f{1, 2}, {30, 2}, {30, 4}, {1, 4}},
          .line_height_px = 20,
          .sure = true};
}

class PipelineTest : public ::testing::Test {
 protected:
  SiteLane LaneWith(const std::string& camera_id, const std::string& url) {
    return {.lane_id = "lane-" + camera_id,
            .gate_id = "huu-nghi",
            .title = "X1",
            .camera_id = camera_id,
            .camera_url = url};
  }
  // The mean gray value is the plate: a stand-in for the nets.
  Pipeline::Reader ShadeReader() {
    return [this](const cv::Mat& picture) -> std::vector<PlateRead> {
      looked_.Add();
      const int shade = static_cast<int>(std::lround(cv::mean(picture)[0]));
      if (shade < 50) return {};
      return {ReadOf("12C" + std::to_string(10'000 + shade), 0.9)};
    };
  }
  // The same for container numbers.
  Pipeline::Readers ShadeReaders() {
    return {ShadeReader(), [this](const cv::Mat& picture) -> std::vector<ContainerRead> {
              looked_for_container_.Add();
              const int shade = static_cast<int>(std::lround(cv::mean(picture)[0]));
              if (shade < 100) return {};
              const std::string first_ten = "CSQU" + std::to_string(100'000 + shade);
              return {ContainerOf(first_ten + ContainerCheckDigit(first_ten), 0.95)};
            }};
  }
  void TakeContainer(SeenContainer seen) {
    {
      const std::lock_guard lock(mutex_);
      containers_.push_back(std::move(seen));
    }
    containers_sent_.Add();
  }
  void Take(SeenPlate seen) {
    {
      const std::lock_guard lock(mutex_);
      seen_.push_back(std::move(seen));
    }
    sent_.Add();
  }

  PipelineConfig config_{.decoder_program = CAMERA_DECODER};
  SystemClock clock_;
  Telemetry telemetry_{"camera", "error"};
  TemporaryFolder pictures_;
  Count looked_;
  Count sent_;
  Count looked_for_container_;
  Count containers_sent_;
  std::mutex mutex_;
  std::vector<SeenPlate> seen_;
  std::vector<SeenContainer> containers_;
};

}  // namespace bordergate::camera
