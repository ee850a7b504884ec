#include "services/simulator/device/photo_folder.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

#include <fmt/format.h>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "libs/core/text.h"
#include "services/simulator/device/jpeg.h"
#include "services/simulator/domain/reasons.h"

namespace bordergate::simulator {
namespace {

constexpr uintmax_t kFileBytesMax = 32 * 1024 * 1024;

// Where each column that is needed stands.
Result<std::map<std::string, size_t>> ReadHeader(const std::string& line) {
  std::map<std::string, size_t> columns;
  for (const std::string_view name : Split(line, ',')) columns.emplace(Trim(name), columns.size());
  for (const char* name : {"file", "plate", "layout", "kind"}) {
    if (!columns.contains(name)) {
      return Error(kPhotosUnreadable, fmt::format("labels.csv has no column “{}” in its first line", name));
    }
  }
  return columns;
}

}  // namespace

Result<PhotoFolder> PhotoFolder::Open(const std::filesystem::path& folder) {
  std::ifstream file(folder / "labels.csv");
  std::string line;
  if (!std::getline(file, line)) {
    return Error(kPhotosUnreadable, fmt::format("{} cannot be read", (folder / "labels.csv").string()));
  }
  const auto columns = BG_TRY(ReadHeader(line));
  PhotoFolder photos;
  while (std::getline(file, line)) {
    const auto values = Split(line, ',');
    const auto value = [&](const char* column) {
      const size_t at = columns.at(column);
      return at < values.size() ? Trim(values[at]) : std::string_view();
    };
    const auto plate = ParsePlate(value("plate"));
    const auto path = std::filesystem::absolute(folder / value("file"));
    const bool usable = value("kind") == "scene" && plate && !IsTrailer(plate->kind) &&
                        path.extension() == ".jpg" && photos.Find(*plate) == nullptr;
    if (!usable) {
      ++photos.skipped_;
      continue;
    }
    const bool two_line = value("layout") == "two-line" && plate->kind != PlateKind::kChinaNewEnergy;
    photos.photos_.push_back({*plate, two_line, path.string()});
  }
  if (photos.photos_.empty()) {
    return Error(kPhotosUnreadable,
                 fmt::format("{} names no scene with one well-formed truck plate and a .jpg file",
                             (folder / "labels.csv").string()));
  }
  return photos;
}

const PhotoPlate* PhotoFolder::Find(const Plate& plate) const {
  const auto at =
      std::ranges::find_if(photos_, [&](const PhotoPlate& photo) { return photo.plate == plate; });
  return at == photos_.end() ? nullptr : &*at;
}

Result<cv::Mat> LoadPhoto(const std::string& file, cv::Size size) {
  std::error_code error;
  const auto bytes = std::filesystem::file_size(file, error);
  if (error || bytes > kFileBytesMax) {
    return Error(kPhotosUnreadable, fmt::format("{} is not there or larger than 32 MiB", file));
  }
  std::ifstream stream(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  cv::Mat photo = BG_TRY(DecodeJpeg(text));
  const double scale = std::min(
      {1.0, static_cast<double>(size.width) / photo.cols, static_cast<double>(size.height) / photo.rows});
  if (scale < 1) cv::resize(photo, photo, {}, scale, scale, cv::INTER_AREA);
  cv::Mat picture = cv::Mat::zeros(size, CV_8UC3);
  const int width = std::min(photo.cols, size.width);
  const int height = std::min(photo.rows, size.height);
  photo(cv::Rect(0, 0, width, height))
      .copyTo(picture(cv::Rect((size.width - width) / 2, (size.height - height) / 2, width, height)));
  return picture;
}

}  // namespace bordergate::simulator
