#include "services/camera/vision/scene_model.h"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

namespace bordergate::camera {
namespace {

constexpr int kSmallWidth = 160;
constexpr size_t kSamplesToLearn = 12;
constexpr int kColumns = 9;
constexpr int kRows = 6;
constexpr size_t kPlacesMin = 6;
constexpr int kReach = 14;           // in points of the small picture: 112 pixels of 1280
constexpr double kAlike = 0.75;      // correlation from which on a place is found
constexpr double kStay = 0.05;       // it has not moved when it fits almost as well where it was
constexpr double kCornerMin = 2.0;   // of the smaller eigenvalue of the gradients, root mean square
constexpr double kStillShare = 0.6;  // of the places, found in a sample of a scene that holds still
constexpr double kNoiseOverFlattest = 1.15;
constexpr double kFollow = 0.02;      // a sample's weight in the scene
constexpr double kFollowDown = 5e-4;  // a lens that fogs over must not become the rule

double Quantile(std::vector<double>& values, double part) {
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(part * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}
double Median(std::vector<double>& values) { return Quantile(values, 0.5); }

cv::Mat MedianOf(const std::vector<cv::Mat>& pictures) {
  cv::Mat median(pictures.front().size(), CV_32F);
  std::vector<double> values(pictures.size());
  for (int y = 0; y < median.rows; ++y) {
    for (int x = 0; x < median.cols; ++x) {
      for (size_t i = 0; i < pictures.size(); ++i) values[i] = pictures[i].at<float>(y, x);
      median.at<float>(y, x) = static_cast<float>(Median(values));
    }
  }
  return median;
}

double ContrastOf(const cv::Mat& edges) {
  cv::Scalar mean, deviation;
  cv::meanStdDev(edges, mean, deviation);
  return deviation[0];
}

// How well a place holds against a move in any direction: an edge alone can slide along itself.
double CornerOf(const cv::Mat& edges) {
  cv::Mat dx, dy;
  cv::Sobel(edges, dx, CV_32F, 1, 0, 3, 0.125);
  cv::Sobel(edges, dy, CV_32F, 0, 1, 3, 0.125);
  const double xx = cv::mean(dx.mul(dx))[0];
  const double yy = cv::mean(dy.mul(dy))[0];
  const double xy = cv::mean(dx.mul(dy))[0];
  const double smaller = (xx + yy) / 2 - std::sqrt((xx - yy) * (xx - yy) / 4 + xy * xy);
  return std::sqrt(std::max(0.0, smaller));
}

// Energy of the detail of a picture, at each point of the small one.
cv::Mat EnergyOf(const cv::Mat& gray, cv::Size small) {
  cv::Mat detail;
  cv::Laplacian(gray, detail, CV_32F);
  detail = detail.mul(detail);
  cv::resize(detail, detail, small, 0, 0, cv::INTER_AREA);
  return detail;
}

}  // namespace

SceneModel::Look SceneModel::LookAt(const cv::Mat& gray) {
  const cv::Size small(kSmallWidth, std::max(1, kSmallWidth * gray.rows / gray.cols));
  cv::Mat shrunk, half, dx, dy;
  cv::resize(gray, half, {}, 0.5, 0.5, cv::INTER_AREA);
  cv::resize(half, shrunk, small, 0, 0, cv::INTER_AREA);
  cv::Sobel(shrunk, dx, CV_32F, 1, 0);
  cv::Sobel(shrunk, dy, CV_32F, 0, 1);
  Look look;
  cv::magnitude(dx, dy, look.edges);
  look.fine = EnergyOf(half, small);
  // The flattest tenth of the picture shows what noise alone has.
  cv::Mat flat;
  cv::blur(look.fine, flat, {5, 5});
  std::vector<double> values(flat.begin<float>(), flat.end<float>());
  const auto tenth = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 10);
  std::nth_element(values.begin(), tenth, values.end());
  look.fine = cv::max(look.fine - *tenth * kNoiseOverFlattest, 0);
  return look;
}

double SceneModel::DetailOf(const Look& look, const cv::Rect& where) {
  const double contrast = ContrastOf(look.edges(where));
  return cv::mean(look.fine(where))[0] / (contrast * contrast + 1);
}

void SceneModel::Learn() {
  std::vector<cv::Mat> pictures;
  for (const Look& sample : samples_) pictures.push_back(sample.edges);
  edges_ = MedianOf(pictures);
  places_.clear();
  const int width = (edges_.cols - 2 * kReach) / kColumns;
  const int height = (edges_.rows - 2 * kReach) / kRows;
  for (int i = 0; width > 2 && height > 2 && i < kColumns * kRows; ++i) {
    const cv::Rect where(kReach + i % kColumns * width, kReach + i / kColumns * height, width, height);
    if (CornerOf(edges_(where)) < kCornerMin) continue;
    std::vector<double> details;
    for (const Look& sample : samples_) details.push_back(DetailOf(sample, where));
    places_.push_back({.where = where, .contrast = ContrastOf(edges_(where)), .detail = Median(details)});
  }
  // A folder of pictures, or a camera that is being turned, is no scene.
  const auto still = std::count_if(samples_.begin(), samples_.end(), [&](const Look& sample) {
    const auto found = std::count_if(places_.begin(), places_.end(), [&](const Place& place) {
      return Find(place, sample.edges) == cv::Point(0, 0);
    });
    return static_cast<double>(found) >= kStillShare * static_cast<double>(places_.size());
  });
  if (places_.size() < kPlacesMin || static_cast<size_t>(still) * 4 < samples_.size() * 3) edges_.release();
  samples_.clear();
}

std::optional<cv::Point> SceneModel::Find(const Place& place, const cv::Mat& edges) const {
  const cv::Rect around(place.where.x - kReach, place.where.y - kReach, place.where.width + 2 * kReach,
                        place.where.height + 2 * kReach);
  cv::Mat alike;
  cv::matchTemplate(edges(around), edges_(place.where), alike, cv::TM_CCOEFF_NORMED);
  double best = 0;
  cv::Point at;
  cv::minMaxLoc(alike, nullptr, &best, nullptr, &at);
  const double unmoved = alike.at<float>(kReach, kReach);
  if (!(best >= kAlike)) return std::nullopt;
  return unmoved >= best - kStay ? cv::Point(0, 0) : at - cv::Point(kReach, kReach);
}

void SceneModel::Follow(Place& place, const Look& look, double sharpness) {
  cv::Mat scene = edges_(place.where);
  cv::addWeighted(scene, 1 - kFollow, look.edges(place.where), kFollow, 0, scene);
  place.contrast = ContrastOf(scene);
  place.detail *= 1 + (sharpness - 1) * (sharpness > 1 ? kFollow : kFollowDown);
}

SceneMeasure SceneModel::Compare(const Look& look) {
  std::vector<double> dx, dy, contrasts, sharpnesses;
  for (Place& place : places_) {
    contrasts.push_back(ContrastOf(look.edges(place.where)) / place.contrast);
    const auto moved = Find(place, look.edges);
    if (!moved) continue;
    dx.push_back(moved->x);
    dy.push_back(moved->y);
    if (*moved != cv::Point(0, 0)) continue;
    const double sharpness = DetailOf(look, place.where) / std::max(place.detail, 1e-3);
    sharpnesses.push_back(sharpness);
    Follow(place, look, sharpness);
  }
  // A tarpaulin is flat, too, but not everywhere: only nine tenths of all places tell of a covered lens.
  SceneMeasure measure{.texture = Quantile(contrasts, 0.9)};
  measure.found_share = static_cast<double>(dx.size()) / static_cast<double>(places_.size());
  if (!sharpnesses.empty()) measure.sharpness = Median(sharpnesses);
  if (dx.empty()) return measure;
  std::vector<double> sorted_x = dx, sorted_y = dy;
  const double x = Median(sorted_x);
  const double y = Median(sorted_y);
  measure.shift_px = std::hypot(x, y) * size_.width / kSmallWidth;
  int agreeing = 0;
  for (size_t i = 0; i < dx.size(); ++i) agreeing += std::hypot(dx[i] - x, dy[i] - y) <= 1.5 ? 1 : 0;
  measure.agreeing_share = static_cast<double>(agreeing) / static_cast<double>(dx.size());
  return measure;
}

std::optional<SceneMeasure> SceneModel::Add(const cv::Mat& gray) {
  if (gray.empty() || gray.cols < kSmallWidth || gray.rows < kSmallWidth / 4) return std::nullopt;
  if (gray.size() != size_) {
    size_ = gray.size();
    samples_.clear();
    edges_.release();
  }
  Look look = LookAt(gray);
  if (!edges_.empty()) return Compare(look);
  samples_.push_back(std::move(look));
  if (samples_.size() == kSamplesToLearn) Learn();
  return std::nullopt;
}

}  // namespace bordergate::camera
