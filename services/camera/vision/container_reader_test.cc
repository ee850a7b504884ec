// Goal: the shipped nets find and read the numbers of drawn containers, one line and two, and take nothing
// else for one. Method: walls of a container drawn here, in a font that Debian installs; a blank, noise, odd
// sizes.
#include "services/camera/vision/container_reader.h"

#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "libs/testing/temporary_folder.h"
#include "services/camera/testing/container_wall.h"
#include "services/camera/testing/shipped_models.h"
#include "services/camera/vision/read_command.h"
#include "services/camera/vision/reasons.h"

namespace bordergate::camera {
namespace {

std::vector<ContainerRead> ReadOf(const cv::Mat& picture) {
  static auto reader = ContainerReader::Load(ShippedModels()).value();
  return reader.Read(picture);
}

TEST(ContainerReader, NamesAModelThatIsNotThere) {
  EXPECT_TRUE(ContainerReader::Load("/nonexistent").error().Is(kModelUnusable));
}

TEST(ContainerReader, ReadsANumberOfOneLine) {
  cv::Mat wall = ContainerWall();
  WriteOn(wall, "TGHU 759933 0", {760, 180}, 30);
  const auto reads = ReadOf(wall);
  ASSERT_EQ(reads.size(), 1U);
  EXPECT_EQ(reads[0].number, "TGHU7599330");
  EXPECT_EQ(reads[0].layout, Layout::kOneLine);
  EXPECT_TRUE(reads[0].sure) << reads[0].probability;
  EXPECT_NEAR(reads[0].line_height_px, 30, 6);
  EXPECT_TRUE(cv::Rect2f(740, 160, 350, 90).contains(reads[0].corners[0]));
}

TEST(ContainerReader, ReadsANumberOfTwoLines) {
  cv::Mat wall = ContainerWall();
  WriteOn(wall, "MSKU", {800, 180}, 32);
  WriteOn(wall, "601167 2", {800, 226}, 32);
  const auto reads = ReadOf(wall);
  ASSERT_EQ(reads.size(), 1U);
  EXPECT_EQ(reads[0].number, "MSKU6011672");
  EXPECT_EQ(reads[0].layout, Layout::kTwoLine);
  EXPECT_TRUE(reads[0].sure) << reads[0].probability;
}

TEST(ContainerReader, ReadsNothingWithAWrongCheckDigitOrInAnotherForm) {
  for (const std::string text : {"TGHU 759933 1", "22G1", "MAX. GROSS 30480 KG", "12R-615.70"}) {
    cv::Mat wall = ContainerWall();
    WriteOn(wall, text, {700, 180}, 30);
    EXPECT_THAT(ReadOf(wall), ::testing::IsEmpty()) << text;
  }
}

TEST(ContainerReader, FindsNothingWhereNothingIs) {
  EXPECT_THAT(ReadOf(ContainerWall()), ::testing::IsEmpty());
  auto reader = ContainerReader::Load(ShippedModels()).value();
  EXPECT_THAT(reader.Read(cv::Mat()), ::testing::IsEmpty());
  EXPECT_THAT(reader.Read(cv::Mat(4, 4, CV_8UC3, cv::Scalar::all(90))), ::testing::IsEmpty());
  EXPECT_THAT(reader.Read(cv::Mat(300, 300, CV_8U, cv::Scalar::all(90))), ::testing::IsEmpty());
  for (const cv::Size size :
       {cv::Size(8, 8), cv::Size(8, 2000), cv::Size(2000, 8), cv::Size(94, 24), cv::Size(3840, 2160)}) {
    cv::Mat noise(size, CV_8UC3);
    cv::randu(noise, 0, 255);
    for (const ContainerRead& read : reader.Read(noise)) EXPECT_FALSE(read.sure) << read.number;
  }
}

TEST(ReadCommand, PrintsContainerNumbersWhenAskedTo) {
  const TemporaryFolder folder;
  const std::string file = folder.path() / "box.png";
  cv::Mat wall = ContainerWall();
  WriteOn(wall, "TGHU 759933 0", {760, 180}, 30);
  cv::imwrite(file, wall);
  const std::string drawn = folder.path() / "out";
  const std::string models = ShippedModels().string();
  const auto run = [&](std::vector<std::string_view> words) {
    std::ostringstream out, err;
    words.push_back(file);
    EXPECT_EQ(ReadCommand(words, models, out, err), 0) << err.str();
    return out.str();
  };
  EXPECT_THAT(run({"--json", "--containers", "--annotate", drawn}),
              ::testing::HasSubstr(R"("container_number":"TGHU7599330")"));
  EXPECT_THAT(run({"--containers"}), ::testing::HasSubstr("container TGHU7599330 ("));
  EXPECT_THAT(run({"--json"}), ::testing::Not(::testing::HasSubstr("container")));
  cv::Mat changed;
  cv::cvtColor(cv::abs(cv::imread(drawn + "/box.jpg") - wall), changed, cv::COLOR_BGR2GRAY);
  EXPECT_GT(cv::countNonZero(changed(cv::Rect(740, 140, 320, 110)) > 60), 500);
}

}  // namespace
}  // namespace bordergate::camera
