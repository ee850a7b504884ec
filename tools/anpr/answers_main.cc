// camera_answers MODELS PICTURE X1 Y1 ... X4 Y4: what refiner and reader answer for a plate at these corners,
// and what the reader of container numbers answers for a number there, as JSON. tools/anpr/training_test.py
// compares it with what the same nets answer where they are trained.
#include <array>
#include <cstdlib>
#include <iostream>

#include <nlohmann/json.hpp>
#include <opencv2/core/utility.hpp>

#include "services/camera/vision/character_reader.h"
#include "services/camera/vision/container_search.h"
#include "services/camera/vision/detector.h"
#include "services/camera/vision/picture.h"
#include "services/camera/vision/refiner.h"

namespace bordergate::camera {
namespace {

// As in services/camera/vision/container_reader.cc.
constexpr ReadingForm kContainerForm{
    .width = 256, .classes = static_cast<int>(kContainerCharset.size()) + 1, .steps = 64};

nlohmann::json Rows(const cv::Mat& matrix) {
  cv::Mat wide;
  matrix.convertTo(wide, CV_64F);
  nlohmann::json rows = nlohmann::json::array();
  for (int y = 0; y < wide.rows; ++y) {
    const double* row = wide.ptr<double>(y);
    rows.push_back(std::vector<double>(row, row + wide.cols));
  }
  return rows;
}

nlohmann::json Points(const Corners& corners) {
  nlohmann::json points = nlohmann::json::array();
  for (const cv::Point2f& p : corners) points.push_back({p.x, p.y});
  return points;
}

nlohmann::json Cut(const cv::Mat& picture, const Corners& corners, LineCut cut, CharacterReader& reader,
                   const ReadingForm& form) {
  const cv::Mat gray = CutForReading(picture, corners, cut, form);
  return {{"gray", Rows(gray)}, {"log_probabilities", Rows(reader.Read(gray))}};
}

Result<nlohmann::json> Answers(const std::filesystem::path& models, const std::string& file,
                               const Corners& corners) {
  auto detector = BG_TRY(Detector::Load(models / "detector.onnx"));
  auto refiner = BG_TRY(Refiner::Load(models / "refiner.onnx"));
  auto reader = BG_TRY(CharacterReader::Load(models / "reader.onnx"));
  auto container_reader = BG_TRY(CharacterReader::Load(models / "container_reader.onnx", kContainerForm));
  BG_TRY(detector.WarmUp());
  const auto bytes = BG_TRY(ReadPictureFile(file));
  const cv::Mat picture = BG_TRY(DecodePicture(bytes));
  const Refined refined = refiner.Refine(picture, corners);
  nlohmann::json cuts = nlohmann::json::array();
  for (const LineCut cut : {LineCut::kOneLine, LineCut::kEvenHalves, LineCut::kChina}) {
    cuts.push_back(Cut(picture, corners, cut, reader, kPlateForm));
  }
  nlohmann::json container_cuts = nlohmann::json::array();
  for (const LineCut cut : {LineCut::kOneLine, LineCut::kEvenHalves}) {
    container_cuts.push_back(Cut(picture, corners, cut, container_reader, kContainerForm));
  }
  return nlohmann::json{{"corners", Points(refined.corners)},
                        {"none", refined.none},
                        {"cut_probability", refined.cut_probability},
                        {"cuts", cuts},
                        {"container_cuts", container_cuts}};
}

}  // namespace
}  // namespace bordergate::camera

int main(int argc, char** argv) {
  using bordergate::camera::Corners;
  if (argc != 11) {
    std::cerr << "usage: camera_answers MODELS PICTURE X1 Y1 X2 Y2 X3 Y3 X4 Y4\n";
    return 2;
  }
  Corners corners;
  for (size_t i = 0; i < corners.size(); ++i) {
    corners[i] = {std::strtof(argv[3 + 2 * i], nullptr), std::strtof(argv[4 + 2 * i], nullptr)};
  }
  cv::setNumThreads(1);
  const auto answers = bordergate::camera::Answers(argv[1], argv[2], corners);
  if (!answers) {
    std::cerr << answers.error().reason() << ": " << answers.error().message() << "\n";
    return 1;
  }
  std::cout << answers->dump() << "\n";
  return 0;
}
