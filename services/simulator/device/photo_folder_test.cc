// Goal: a folder of photographs is taken as labelled, and nothing else of it. Method: made-up folders.
#include "services/simulator/device/photo_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <opencv2/core.hpp>

#include "libs/testing/temporary_folder.h"
#include "services/simulator/device/jpeg.h"
#include "services/simulator/domain/reasons.h"

namespace bordergate::simulator {
namespace {

std::string JpegOf(int width, int height) {
  return JpegEncoder(90).Encode(cv::Mat(height, width, CV_8UC3, cv::Scalar(10, 200, 30)));
}

TEST(PhotoFolder, TakesScenesWithOneTruckPlateAndCountsTheRest) {
  const TemporaryFolder folder;
  folder.Write("labels.csv",
               "file,plate,country,layout,kind,source_repo,licence\n"
               "a.jpg,29C12345,VN,two-line,scene,x,MIT\n"
               "b.jpg,桂F12345,CN,one-line,scene,x,MIT\n"
               "c.jpg,29C12346,VN,one-line,crop,x,MIT\n"            // no scene
               "d.jpg,59P183579,VN,two-line,scene,x,MIT\n"          // a motorbike
               "e.jpg,81A04892;81K53579,VN,two-line,scene,x,MIT\n"  // two plates
               "f.png,29C12347,VN,one-line,scene,x,MIT\n"           // no JPEG
               "g.jpg,29C12345,VN,one-line,scene,x,MIT\n");         // the same plate again
  const auto photos = PhotoFolder::Open(folder.path());
  ASSERT_TRUE(photos.has_value()) << photos.error().message();
  ASSERT_EQ(photos->photos().size(), 2u);
  EXPECT_EQ(photos->skipped(), 5);
  EXPECT_TRUE(photos->photos()[0].two_line);
  const PhotoPlate* found = photos->Find(ParsePlate("桂F·12345").value());
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->file, (folder.path() / "b.jpg").string());
  EXPECT_EQ(photos->Find(ParsePlate("29C99999").value()), nullptr);
}

TEST(PhotoFolder, TakesTheColumnsInAnyOrder) {
  const TemporaryFolder folder;
  folder.Write("labels.csv", "kind,layout,plate,file\nscene,one-line,29C12345,a.jpg\n");
  EXPECT_EQ(PhotoFolder::Open(folder.path())->photos().size(), 1u);
}

TEST(PhotoFolder, SaysWhatIsWrongWithAFolder) {
  const TemporaryFolder folder;
  EXPECT_TRUE(PhotoFolder::Open(folder.path()).error().Is(kPhotosUnreadable));
  folder.Write("labels.csv", "file,plate\na.jpg,29C12345\n");
  EXPECT_THAT(PhotoFolder::Open(folder.path()).error().message(), testing::HasSubstr("layout"));
  folder.Write("labels.csv", "file,plate,layout,kind\n");
  EXPECT_TRUE(PhotoFolder::Open(folder.path()).error().Is(kPhotosUnreadable));
}

TEST(PhotoFolder, FitsAPhotographIntoAFrameWithoutMakingItLarger) {
  const TemporaryFolder folder;
  const cv::Size size(1280, 720);
  const auto small = LoadPhoto(folder.Write("small.jpg", JpegOf(400, 300)), size);
  ASSERT_TRUE(small.has_value());
  EXPECT_EQ(small->size(), size);
  EXPECT_EQ(cv::countNonZero(small->reshape(1) > 100), 400 * 300) << "one bright channel, pixel for pixel";
  const auto large = LoadPhoto(folder.Write("large.jpg", JpegOf(2560, 1440)), size);
  EXPECT_EQ(cv::countNonZero(large->reshape(1) > 100), 1280 * 720);
  EXPECT_TRUE(LoadPhoto(folder.Write("bad.jpg", "no picture"), size).error().Is(kPhotosUnreadable));
  EXPECT_TRUE(LoadPhoto((folder.path() / "none.jpg").string(), size).error().Is(kPhotosUnreadable));
}

}  // namespace
}  // namespace bordergate::simulator
