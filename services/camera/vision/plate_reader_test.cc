// Goal: the shipped models load, answer for any picture, and read. Method: a blank, a noise, odd sizes; and,
// where the folder named by BORDERGATE_ANPR_DEV holds labelled photographs, those.
#include "services/camera/vision/plate_reader.h"

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "libs/testing/temporary_folder.h"
#include "services/camera/testing/shipped_models.h"
#include "services/camera/vision/annotate.h"
#include "services/camera/vision/picture.h"
#include "services/camera/vision/read_command.h"
#include "services/camera/vision/reasons.h"

namespace bordergate::camera {
namespace {

TEST(PlateReader, LoadsTheShippedModels) {
  const auto reader = PlateReader::Load(ShippedModels());
  ASSERT_TRUE(reader.has_value()) << reader.error().message();
}

TEST(PlateReader, NamesAModelThatIsNotThere) {
  EXPECT_TRUE(PlateReader::Load("/nonexistent").error().Is(kModelUnusable));
}

TEST(PlateReader, FindsNothingWhereNothingIs) {
  auto reader = PlateReader::Load(ShippedModels()).value();
  EXPECT_TRUE(reader.Read(cv::Mat(960, 1280, CV_8UC3, cv::Scalar::all(90))).empty());
  EXPECT_TRUE(reader.Read(cv::Mat()).empty());
  EXPECT_TRUE(reader.Read(cv::Mat(4, 4, CV_8UC3, cv::Scalar::all(90))).empty());
  EXPECT_TRUE(reader.Read(cv::Mat(300, 300, CV_8U, cv::Scalar::all(90))).empty());
}

TEST(PlateReader, TakesAnyShapeOfPicture) {
  auto reader = PlateReader::Load(ShippedModels()).value();
  for (const cv::Size size :
       {cv::Size(8, 8), cv::Size(8, 2000), cv::Size(2000, 8), cv::Size(94, 24), cv::Size(3840, 2160)}) {
    cv::Mat noise(size, CV_8UC3);
    cv::randu(noise, 0, 255);
    for (const PlateRead& read : reader.Read(noise)) EXPECT_FALSE(read.sure) << read.plate;
  }
}

void DrawLine(cv::Mat& plate, const std::string& text, const cv::Rect& box) {
  const cv::Size size = cv::getTextSize(text, cv::FONT_HERSHEY_SIMPLEX, 6, 26, nullptr);
  cv::Mat line(size + cv::Size(26, 26), CV_8UC3, cv::Scalar::all(250));
  cv::putText(line, text, {13, size.height + 13}, cv::FONT_HERSHEY_SIMPLEX, 6, cv::Scalar::all(10), 26,
              cv::LINE_AA);
  cv::resize(line, plate(box), box.size(), 0, 0, cv::INTER_AREA);
}

// A plate at dusk that fills the picture: far larger than what a lane's camera sees, and found only when it
// is made small.
TEST(PlateReader, ReadsAPlateThatFillsThePicture) {
  cv::Mat plate(460, 700, CV_8UC3, cv::Scalar::all(70));
  cv::rectangle(plate, cv::Rect(20, 20, 661, 421), cv::Scalar::all(250), cv::FILLED);
  cv::rectangle(plate, cv::Rect(28, 28, 645, 405), cv::Scalar::all(10), 6);
  DrawLine(plate, "29-A1", {100, 45, 500, 170});
  DrawLine(plate, "835.79", {50, 240, 600, 175});
  cv::Mat picture;
  cv::resize(plate, picture, {1280, 841});
  picture *= 0.2;
  auto reader = PlateReader::Load(ShippedModels()).value();
  const auto reads = reader.Read(picture);
  ASSERT_FALSE(reads.empty());
  EXPECT_EQ(reads.front().plate, "29A183579");
  EXPECT_TRUE(reads.front().sure);
}

// Twelve plates out of focus: a picture's further looks do not last for all of them. One that got a single
// look and was not clear in it is not told surely, however likely the look says it is.
TEST(PlateReader, IsNotSureOfAPlateThatItHadNoTimeToLookAtAgain) {
  auto reader = PlateReader::Load(ShippedModels()).value();
  int hurried = 0;
  for (const double blur : {4.4, 4.5, 4.6, 4.7}) {
    cv::Mat picture(720, 1280, CV_8UC3, cv::Scalar::all(70));
    for (int i = 0; i < 12; ++i) {
      const cv::Rect box(60 + i % 3 * 400, 60 + i / 3 * 170, 190, 42);
      cv::rectangle(picture, box, cv::Scalar::all(250), cv::FILLED);
      DrawLine(picture, "29C" + std::to_string(12345 + i * 6007), box - cv::Size(16, 12) + cv::Point(8, 6));
    }
    cv::GaussianBlur(picture, picture, {}, blur);
    for (const PlateRead& read : reader.Read(picture)) {
      if (read.looks > 1 || read.probability > 0.89) continue;
      EXPECT_FALSE(read.sure) << read.plate;
      hurried += read.probability > 0.8 ? 1 : 0;
    }
  }
  EXPECT_GT(hurried, 0);
}

TEST(ReadCommand, DrawsWhatWasReadIntoTheSamePicture) {
  const TemporaryFolder folder;
  const std::string file = folder.path() / "truck.png";
  const cv::Mat picture(240, 320, CV_8UC3, cv::Scalar::all(90));
  cv::imwrite(file, picture);
  const std::string drawn = folder.path() / "out";
  std::ostringstream out;
  std::ostringstream err;
  const std::string models = ShippedModels().string();
  EXPECT_EQ(ReadCommand(std::vector<std::string_view>{"--annotate", drawn, file}, models, out, err), 0);
  EXPECT_EQ(cv::imread(drawn + "/truck.jpg").size(), picture.size());
  // The same name twice would lose one of them.
  EXPECT_EQ(ReadCommand(std::vector<std::string_view>{"--annotate", drawn, file, file}, models, out, err), 1);
  EXPECT_NE(out.str().find("PICTURE_NOT_WRITTEN"), std::string::npos);
}

TEST(Annotator, FramesAPlateAndWritesItsTextAboveIt) {
  const cv::Mat picture(240, 320, CV_8UC3, cv::Scalar::all(90));
  const PlateRead read{
      .plate = "桂F12345", .confidence = 0.5, .corners = {{{100, 100}, {200, 100}, {200, 130}, {100, 130}}}};
  const cv::Mat drawn = Annotator::Make().value().Draw(picture, std::vector{read});
  cv::Mat changed;
  cv::cvtColor(cv::abs(drawn - picture), changed, cv::COLOR_BGR2GRAY);
  EXPECT_GT(cv::countNonZero(changed(cv::Rect(98, 98, 104, 4))), 200);    // the frame's upper edge
  EXPECT_GT(cv::countNonZero(changed(cv::Rect(100, 76, 100, 20))), 200);  // the text
  EXPECT_EQ(cv::countNonZero(changed(cv::Rect(0, 140, 320, 100))), 0);
  EXPECT_EQ(Annotator::Make("/nonexistent.ttc").error().reason(), "FONT_MISSING");
}

TEST(ReadCommand, SaysWhatIsWrongWithAFile) {
  const std::string models = ShippedModels().string();
  std::ostringstream out;
  std::ostringstream err;
  const std::vector<std::string_view> words = {"--json", "/nonexistent/plate.jpg"};
  EXPECT_EQ(ReadCommand(words, models, out, err), 1);
  EXPECT_NE(out.str().find("PICTURE_UNREADABLE"), std::string::npos);
  EXPECT_EQ(ReadCommand({}, models, out, err), 2);
  EXPECT_NE(err.str().find("FILE is required"), std::string::npos);
}

struct Tally {
  int plates = 0;
  int exact = 0;
  int wrong = 0;
};

// Plates that stand in the scenes without a label, as "file,plate".
std::set<std::string> PlatesWithoutLabel() {
  const auto root = std::filesystem::path(__FILE__).parent_path().parent_path().parent_path().parent_path();
  std::ifstream file(root / "tools" / "anpr" / "anpr_dev_others.csv");
  std::set<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.insert(line);
  return lines;
}

// Reads the scenes of one country; labels.csv as in tools/anpr/evaluate.py.
Tally ReadScenes(const std::filesystem::path& folder, std::string_view country) {
  auto reader = PlateReader::Load(ShippedModels()).value();
  std::ifstream labels(folder / "labels.csv");
  const auto others = PlatesWithoutLabel();
  Tally tally;
  for (std::string line; std::getline(labels, line);) {
    std::vector<std::string> cells;
    std::istringstream row(line);
    for (std::string cell; std::getline(row, cell, ',');) cells.push_back(cell);
    if (cells.size() < 5 || cells[2] != country || cells[4] != "scene") continue;
    const auto bytes = ReadPictureFile(folder / cells[0]).value();
    const auto reads = reader.Read(DecodePicture(bytes).value());
    tally.plates += static_cast<int>(std::count(cells[1].begin(), cells[1].end(), ';')) + 1;
    for (const PlateRead& read : reads) {
      const std::string name = std::filesystem::path(cells[0]).filename().string();
      if (!read.sure || others.contains(name + "," + read.plate)) continue;
      (cells[1].find(read.plate) != std::string::npos ? tally.exact : tally.wrong)++;
    }
  }
  return tally;
}

TEST(PlateReader, ReadsThePhotographsOfTheDevelopmentSet) {
  const char* folder = std::getenv("BORDERGATE_ANPR_DEV");
  if (folder == nullptr || !std::filesystem::exists(std::filesystem::path(folder) / "labels.csv")) {
    GTEST_SKIP() << "BORDERGATE_ANPR_DEV names no folder with labels.csv";
  }
  // What the product promises of these pictures; models/README.md reports a little more.
  for (const char* country : {"VN", "CN"}) {
    const Tally tally = ReadScenes(folder, country);
    EXPECT_GE(tally.exact, tally.plates * 0.96) << country;
    EXPECT_LE(tally.wrong, tally.plates / 100) << country;
  }
}

}  // namespace
}  // namespace bordergate::camera
