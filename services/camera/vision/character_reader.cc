#include "services/camera/vision/character_reader.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <opencv2/imgproc.hpp>

#include "services/camera/vision/geometry.h"
#include "services/camera/vision/reasons.h"

namespace bordergate::camera {
namespace {

constexpr int kHeight = 32;
constexpr int kTwoLineRows = 96;

// Rows of the rectified plate that hold a line; the two overlap, for plates are never quite straight.
struct Rows {
  double from;
  double to;
};
constexpr std::array<Rows, 2> kEven = {Rows{0.0, 0.53}, Rows{0.47, 1.0}};
constexpr std::array<Rows, 2> kChina = {Rows{0.0, 0.42}, Rows{0.35, 1.0}};

// Mean 0, deviation about 1: exposure is not the net's business.
cv::Mat Normalise(const cv::Mat& gray) {
  cv::Mat f;
  gray.convertTo(f, CV_32F);
  cv::Scalar mean;
  cv::Scalar deviation;
  cv::meanStdDev(f, mean, deviation);
  f = (f - mean[0]) / (deviation[0] + 4.0);
  return f.reshape(1, {1, 1, gray.rows, gray.cols});
}

}  // namespace

cv::Mat CutForReading(const cv::Mat& picture, const Corners& corners, LineCut cut, const ReadingForm& form) {
  cv::Mat joined;
  if (cut == LineCut::kOneLine) {
    joined = Rectify(picture, corners, cv::Size(form.width, kHeight), 0);
  } else {
    const cv::Mat whole = Rectify(picture, corners, cv::Size(form.width / 2, kTwoLineRows), 0);
    std::array<cv::Mat, 2> halves;
    const auto& lines = cut == LineCut::kChina ? kChina : kEven;
    for (size_t i = 0; i < 2; ++i) {
      const int from = static_cast<int>(std::lround(lines[i].from * kTwoLineRows));
      const int to = static_cast<int>(std::lround(lines[i].to * kTwoLineRows));
      cv::resize(whole.rowRange(from, to), halves[i], cv::Size(form.width / 2, kHeight), 0, 0,
                 cv::INTER_AREA);
    }
    cv::hconcat(halves[0], halves[1], joined);
  }
  cv::Mat gray;
  cv::cvtColor(joined, gray, cv::COLOR_BGR2GRAY);
  return gray;
}

Result<CharacterReader> CharacterReader::Load(const std::filesystem::path& path, const ReadingForm& form) {
  CharacterReader reader(BG_TRY(Net::Load(path)), form);
  try {
    const cv::Mat output = reader.net_.Run(Normalise(cv::Mat::zeros(kHeight, form.width, CV_8U)));
    const bool as_known = output.dims == 4 && output.size[1] == form.classes && output.size[3] == form.steps;
    if (!as_known) return Error(kModelUnusable, "the reader has another output than this version knows");
  } catch (const cv::Exception& fault) {
    return Error(kModelUnusable, fault.err);
  }
  return reader;
}

cv::Mat CharacterReader::Read(const cv::Mat& cut) {
  const cv::Mat output = net_.Run(Normalise(cut));
  cv::Mat steps = cv::Mat(form_.classes, form_.steps, CV_32F, const_cast<float*>(output.ptr<float>())).t();
  for (int t = 0; t < steps.rows; ++t) {
    float* row = steps.ptr<float>(t);
    const float top = *std::max_element(row, row + form_.classes);
    double sum = 0;
    for (int k = 0; k < form_.classes; ++k) sum += std::exp(static_cast<double>(row[k] - top));
    const auto norm = static_cast<float>(top + std::log(sum));
    for (int k = 0; k < form_.classes; ++k) row[k] -= norm;
  }
  return steps;
}

}  // namespace bordergate::camera
