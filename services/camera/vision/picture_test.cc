// Goal: hostile and broken pictures are told from good ones before any pixel is decoded. Method: pictures
// encoded here, then cut, lengthened and lied about.
#include "services/camera/vision/picture.h"

#include <fstream>

#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "libs/core/random.h"
#include "services/camera/vision/reasons.h"

namespace bordergate::camera {
namespace {

std::vector<uint8_t> Encoded(const char* kind, int width = 64, int height = 48) {
  cv::Mat picture(height, width, CV_8UC3);
  cv::randu(picture, 0, 255);
  std::vector<uint8_t> bytes;
  cv::imencode(kind, picture, bytes);
  return bytes;
}

// Where the frame header of a baseline JPEG begins.
size_t FrameAt(const std::vector<uint8_t>& jpeg) {
  for (size_t i = 2; i + 1 < jpeg.size(); ++i) {
    if (jpeg[i] == 0xFF && jpeg[i + 1] == 0xC0) return i;
  }
  return 0;
}

TEST(Picture, DecodesJpegAndPng) {
  for (const char* kind : {".jpg", ".png"}) {
    const auto picture = DecodePicture(Encoded(kind));
    ASSERT_TRUE(picture.has_value()) << kind << picture.error().message();
    EXPECT_EQ(picture->size(), cv::Size(64, 48));
    EXPECT_EQ(picture->type(), CV_8UC3);
  }
}

TEST(Picture, ReadsTheSizeWithoutDecoding) {
  EXPECT_EQ(ReadPictureHeader(Encoded(".jpg", 123, 45)).value().width_px, 123);
  EXPECT_EQ(ReadPictureHeader(Encoded(".png", 123, 45)).value().height_px, 45);
}

TEST(Picture, RefusesAJpegThatClaimsToBeHuge) {
  auto bytes = Encoded(".jpg");
  const size_t frame = FrameAt(bytes);
  ASSERT_NE(frame, 0U);
  for (const size_t at : {5U, 7U}) {  // 60,000 by 60,000
    bytes[frame + at] = 0xEA;
    bytes[frame + at + 1] = 0x60;
  }
  EXPECT_TRUE(DecodePicture(bytes).error().Is(kPictureTooLarge));
}

TEST(Picture, RefusesAPngThatClaimsToBeHuge) {
  auto bytes = Encoded(".png");
  bytes[16] = 0x7F;
  EXPECT_TRUE(DecodePicture(bytes).error().Is(kPictureTooLarge));
}

TEST(Picture, RefusesMorePixelsOrBytesThanAllowed) {
  PictureLimits limits;
  limits.pixels_max = 64 * 48 - 1;
  EXPECT_TRUE(DecodePicture(Encoded(".jpg"), limits).error().Is(kPictureTooLarge));
  limits = {};
  limits.bytes_max = 100;
  EXPECT_TRUE(DecodePicture(Encoded(".jpg"), limits).error().Is(kPictureTooLarge));
}

TEST(Picture, RefusesAJpegOfManyScans) {
  const auto bytes = Encoded(".jpg");
  PictureLimits limits;
  limits.scans_max = 0;
  EXPECT_TRUE(DecodePicture(bytes, limits).error().Is(kPictureTooLarge));
}

// The decoders print what they think of broken pictures; a passing test says nothing.
class Quiet {
 public:
  Quiet() { ::testing::internal::CaptureStderr(); }
  ~Quiet() { ::testing::internal::GetCapturedStderr(); }
};

TEST(Picture, RefusesEveryCut) {
  const Quiet quiet;
  for (const char* kind : {".jpg", ".png"}) {
    const auto whole = Encoded(kind);
    for (size_t length = 0; length < whole.size(); length += 1 + whole.size() / 200) {
      const auto answer = DecodePicture(std::span(whole).first(length));
      ASSERT_FALSE(answer.has_value()) << kind << " cut to " << length << " of " << whole.size();
    }
  }
}

TEST(Picture, RefusesWhatIsNoPicture) {
  const std::vector<uint8_t> text = {'G', 'I', 'F', '8', '9', 'a', 0, 0, 0, 0};
  EXPECT_TRUE(DecodePicture(text).error().Is(kPictureUnsupported));
  EXPECT_TRUE(DecodePicture({}).error().Is(kPictureUnsupported));
}

TEST(Picture, SurvivesRandomDamage) {
  const Quiet quiet;
  SeededRandom random(20261122);
  for (const char* kind : {".jpg", ".png"}) {
    const auto whole = Encoded(kind);
    for (int i = 0; i < 400; ++i) {
      auto bytes = whole;
      for (uint64_t n = 1 + random.Below(8); n > 0; --n) {
        bytes[random.Below(bytes.size())] = static_cast<uint8_t>(random.Below(256));
      }
      const auto answer = DecodePicture(bytes);
      if (answer) {
        EXPECT_LE(answer->total(), 40'000'000U);
      }
    }
  }
}

TEST(Picture, NamesAFileThatIsNotThere) {
  EXPECT_TRUE(ReadPictureFile("/nonexistent/plate.jpg").error().Is(kPictureUnreadable));
  EXPECT_TRUE(ReadPictureFile("/").error().Is(kPictureUnreadable));
}

}  // namespace
}  // namespace bordergate::camera
