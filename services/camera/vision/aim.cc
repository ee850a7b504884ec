#include "services/camera/vision/aim.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <fmt/format.h>
#include <opencv2/imgproc.hpp>

#include "services/camera/vision/geometry.h"

namespace bordergate::camera {
namespace {

constexpr double kLineHeightMin_px = 20;
constexpr double kBlurMax = 0.14;  // of the height of a line: about the width of a stroke
constexpr double kRollMax_degrees = 12;
constexpr double kSlantMax_degrees = 25;
constexpr double kContrastMin = 50;
constexpr double kDarkMax = 70;  // the light of a plate must lie above it
constexpr double kBrightShareMax = 0.35;
constexpr int kWhite = 252;

double Degrees(cv::Point2f side) { return std::atan2(side.y, side.x) * 180 / std::numbers::pi; }

// The gray value below which this part of the points lies.
double Quantile(const cv::Mat& gray, double part) {
  std::vector<uint8_t> values(gray.begin<uint8_t>(), gray.end<uint8_t>());
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(part * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

// What stands there, upright in its own size, so that a pixel stays a pixel.
cv::Mat Upright(const cv::Mat& picture, const Corners& corners) {
  const cv::Size size(std::max(8, static_cast<int>(std::lround(QuadWidth(corners)))),
                      std::max(4, static_cast<int>(std::lround(QuadHeight(corners)))));
  cv::Mat gray;
  cv::cvtColor(Rectify(picture, corners, size, 0), gray, cv::COLOR_BGR2GRAY);
  return gray;
}

// An edge between the plate's dark and light rises by its steepest step a pixel.
double BlurOf(const cv::Mat& gray, double contrast) {
  cv::Mat steps;
  cv::absdiff(gray.colRange(1, gray.cols), gray.colRange(0, gray.cols - 1), steps);
  return contrast / std::max(1.0, Quantile(steps, 0.98));
}

std::vector<Advice> AdviceFor(const AimReport& report, double light) {
  std::vector<Advice> advice;
  const auto add = [&](bool wrong, Advice what) {
    if (wrong) advice.push_back(what);
  };
  add(report.height_px < kLineHeightMin_px, Advice::kTooSmall);
  add(report.blur_px > std::max(2.5, kBlurMax * report.height_px), Advice::kBlurred);
  add(report.bright_share > kBrightShareMax, Advice::kTooBright);
  add(light < kDarkMax, Advice::kTooDark);
  add(report.contrast < kContrastMin && light >= kDarkMax, Advice::kLowContrast);
  add(std::abs(report.roll_degrees) > kRollMax_degrees, Advice::kTilted);
  add(std::abs(report.slant_degrees) > kSlantMax_degrees, Advice::kOblique);
  return advice;
}

// What advice rests on: where the target is, and how high one line of it.
void MeasureTarget(const cv::Mat& picture, const Corners& corners, double line_height_px, AimReport& report) {
  report.height_px = line_height_px;
  const double top = Degrees(corners[1] - corners[0]);
  const double side = Degrees(corners[3] - corners[0]);
  report.roll_degrees = top;
  report.slant_degrees = side - top - 90;
  const cv::Mat gray = Upright(picture, corners);
  const double light = Quantile(gray, 0.95);
  report.contrast = light - Quantile(gray, 0.05);
  report.blur_px = BlurOf(gray, report.contrast);
  report.bright_share =
      static_cast<double>(cv::countNonZero(gray >= kWhite)) / static_cast<double>(gray.total());
  report.advice = AdviceFor(report, light);
}

}  // namespace

AimReport MeasureAim(const cv::Mat& picture, const std::vector<PlateRead>& reads,
                     const std::vector<ContainerRead>& containers, AimTarget target) {
  AimReport report{.target = target};
  report.picture_brightness = (cv::mean(picture)[0] + cv::mean(picture)[1] + cv::mean(picture)[2]) / 3;
  const auto plate = std::ranges::max_element(reads, {}, &PlateRead::height_px);
  if (plate != reads.end()) report.read = *plate;
  const auto container = std::ranges::max_element(containers, {}, &ContainerRead::line_height_px);
  if (container != containers.end()) report.container = *container;

  if (!report.is_seen()) {
    report.advice = {target == AimTarget::kPlate ? Advice::kNoPlate : Advice::kNoContainer};
  } else if (target == AimTarget::kPlate) {
    const Corners& corners = report.read->corners;
    const int lines = report.read->layout == Layout::kTwoLine ? 2 : 1;
    MeasureTarget(picture, corners, QuadHeight(corners) / lines, report);
  } else {
    MeasureTarget(picture, report.container->corners, report.container->line_height_px, report);
  }
  return report;
}

std::string_view AdviceCode(Advice advice) {
  switch (advice) {
    case Advice::kNoPlate:
      return "NO_PLATE";
    case Advice::kNoContainer:
      return "NO_CONTAINER";
    case Advice::kTooSmall:
      return "TOO_SMALL";
    case Advice::kBlurred:
      return "BLURRED";
    case Advice::kTilted:
      return "TILTED";
    case Advice::kOblique:
      return "OBLIQUE";
    case Advice::kTooDark:
      return "TOO_DARK";
    case Advice::kTooBright:
      return "TOO_BRIGHT";
    case Advice::kLowContrast:
      return "LOW_CONTRAST";
  }
  return "";
}

std::string AdviceText(Advice advice, AimTarget target, std::string_view language) {
  const bool vi = language == "vi";
  const bool plate = target == AimTarget::kPlate;
  const std::string_view it =
      vi ? (plate ? "Biển số" : "Số container") : (plate ? "The plate" : "The number");
  switch (advice) {
    case Advice::kNoPlate:
      return vi ? "Không thấy biển số: cho xe đứng tại vạch dừng rồi hướng máy quay vào biển số"
                : "No plate is seen: let a vehicle stand at the stop line and point the camera at its plate";
    case Advice::kNoContainer:
      return vi ? "Không thấy số container: cho xe đứng tại vạch dừng rồi hướng máy quay vào số trên cửa "
                  "hoặc thành thùng"
                : "No container number is seen: let a truck with one stand at the stop line and point the "
                  "camera at "
                  "the number on its doors or its side";
    case Advice::kTooSmall:
      return fmt::format(fmt::runtime(vi ? "{} quá nhỏ: phóng to hoặc đặt máy quay gần hơn"
                                         : "{} is too small: zoom in or move the camera nearer"),
                         it);
    case Advice::kBlurred:
      return vi ? "Hình mờ: chỉnh nét; nếu xe đang chạy thì giảm thời gian phơi sáng"
                : "The picture is blurred: focus; if the vehicle moves, shorten the exposure";
    case Advice::kTilted:
      return fmt::format(fmt::runtime(vi ? "{} bị nghiêng: xoay máy quay cho nằm ngang"
                                         : "{} is tilted: turn the camera about its axis until it is level"),
                         it);
    case Advice::kOblique:
      return vi ? "Góc nhìn quá chéo: đặt máy quay gần giữa làn hơn"
                : "The view is too oblique: move the camera nearer to the middle of the lane";
    case Advice::kTooDark:
      return fmt::format(fmt::runtime(vi ? "{} quá tối: thêm đèn hoặc tăng phơi sáng"
                                         : "{} is too dark: add light or exposure"),
                         it);
    case Advice::kTooBright:
      return fmt::format(fmt::runtime(vi ? "{} bị lóa trắng: giảm phơi sáng hoặc đèn hồng ngoại"
                                         : "{} is burnt out: reduce exposure or infrared light"),
                         it);
    case Advice::kLowContrast:
      return fmt::format(fmt::runtime(vi ? "{} thiếu tương phản: lau ống kính, tránh phản chiếu"
                                         : "{} has little contrast: clean the lens, avoid reflections"),
                         it);
  }
  return "";
}

}  // namespace bordergate::camera
