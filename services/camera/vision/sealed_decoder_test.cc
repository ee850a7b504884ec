// Goal: pictures become the same pixels as when they are decoded here, and whatever a picture does to its
// decoder costs that picture only. Method: the real decoding process, damaged pictures, and a process that is
// ended or stopped under way.
#include "services/camera/vision/sealed_decoder.h"

#include <csignal>
#include <fstream>

#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "libs/core/random.h"
#include "services/camera/vision/picture.h"
#include "services/camera/vision/reasons.h"
#include "services/camera/vision/still_scene.h"

namespace bordergate::camera {
namespace {

// Smooth, as pictures are, with a few edges.
std::vector<uint8_t> JpegPicture(int width, int height, const std::vector<int>& how = {}) {
  cv::Mat small(std::max(2, height / 16), std::max(2, width / 16), CV_8UC3), picture;
  cv::theRNG().state = 20261122;
  cv::randu(small, 0, 255);
  cv::resize(small, picture, {width, height}, 0, 0, cv::INTER_CUBIC);
  std::vector<uint8_t> bytes;
  cv::imencode(".jpg", picture, bytes, how);
  return bytes;
}

class SealedDecoderTest : public ::testing::Test {
 protected:
  SealedDecoder decoder_{CAMERA_DECODER};
  const std::vector<uint8_t> good_ = JpegPicture(640, 360);
};

TEST_F(SealedDecoderTest, GivesThePixelsThatDecodingHereGives) {
  for (const cv::Size size : {cv::Size(640, 360), cv::Size(1281, 723), cv::Size(16, 9), cv::Size(1, 1)}) {
    for (const int progressive : {0, 1}) {
      const auto jpeg = JpegPicture(size.width, size.height, {cv::IMWRITE_JPEG_PROGRESSIVE, progressive});
      const cv::Mat whole = decoder_.Whole(jpeg).value();
      EXPECT_EQ(cv::norm(whole, DecodePicture(jpeg).value(), cv::NORM_INF), 0) << size;
      const cv::Mat small = decoder_.Small(jpeg).value();
      EXPECT_EQ(cv::norm(small, SmallGray(jpeg), cv::NORM_INF), 0) << size;
    }
  }
  EXPECT_EQ(decoder_.death_count(), 0);
}

TEST_F(SealedDecoderTest, DecodesTheLargestPictureInItsMemory) {
  // Its memory is asked for here, not its time, which a busy machine makes longer than a camera may wait.
  SealedDecoder patient(CAMERA_DECODER, std::chrono::minutes(2));
  const auto jpeg = JpegPicture(6000, 4000, {cv::IMWRITE_JPEG_PROGRESSIVE, 1});
  EXPECT_EQ(patient.Whole(jpeg).value().size(), cv::Size(6000, 4000));
  EXPECT_EQ(patient.death_count(), 0);
}

TEST_F(SealedDecoderTest, RefusesTooLargeAPictureBeforeAnyProcessSeesIt) {
  EXPECT_TRUE(decoder_.Whole(JpegPicture(8200, 16)).error().Is(kPictureTooLarge));
  EXPECT_TRUE(decoder_.Small({}).error().Is(kPictureUnsupported));
  EXPECT_TRUE(decoder_.Whole(std::span(good_).first(good_.size() / 2)).error().Is(kPictureBroken));
  EXPECT_EQ(decoder_.process(), -1);
}

TEST_F(SealedDecoderTest, RefusesWhatIsNoJpeg) {
  std::vector<uint8_t> png;
  cv::imencode(".png", cv::Mat(48, 64, CV_8UC3, cv::Scalar::all(7)), png);
  EXPECT_TRUE(decoder_.Whole(png).error().Is(kPictureBroken));
  EXPECT_EQ(decoder_.death_count(), 0);
}

TEST_F(SealedDecoderTest, SurvivesRandomDamage) {
  SeededRandom random(23);
  for (int i = 0; i < 3000; ++i) {
    auto bytes = good_;
    for (uint64_t n = 1 + random.Below(8); n > 0; --n) {
      bytes[random.Below(i % 2 == 0 ? bytes.size() : 700)] = static_cast<uint8_t>(random.Below(256));
    }
    const auto picture = i % 3 == 0 ? decoder_.Whole(bytes) : decoder_.Small(bytes);
    if (picture) {
      EXPECT_LE(picture->total(), wire::kPixelsMax);
    }
  }
  EXPECT_TRUE(decoder_.Whole(good_).has_value());
}

TEST_F(SealedDecoderTest, TakesAnotherProcessWhenAPictureEndsOne) {
  ASSERT_TRUE(decoder_.Whole(good_).has_value());
  const pid_t first = decoder_.process();
  kill(first, SIGSEGV);  // as a picture that finds a fault in the decoder would
  EXPECT_TRUE(decoder_.Whole(good_).error().Is(kPictureBroken));
  EXPECT_EQ(decoder_.death_count(), 1);
  EXPECT_TRUE(decoder_.Whole(good_).has_value());
  EXPECT_NE(decoder_.process(), first);
  EXPECT_EQ(decoder_.death_count(), 1);
}

TEST_F(SealedDecoderTest, EndsAProcessThatAPictureHolds) {
  SealedDecoder impatient(CAMERA_DECODER, milliseconds(200));
  ASSERT_TRUE(impatient.Small(good_).has_value());
  kill(impatient.process(), SIGSTOP);
  EXPECT_TRUE(impatient.Small(good_).error().Is(kPictureBroken));
  EXPECT_EQ(impatient.death_count(), 1);
  EXPECT_TRUE(impatient.Small(good_).has_value());
}

TEST_F(SealedDecoderTest, HasGivenUpEveryOtherSystemCall) {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  ASSERT_TRUE(decoder_.Small(good_).has_value());
  std::ifstream file("/proc/" + std::to_string(decoder_.process()) + "/status");
  const std::string status = {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  EXPECT_NE(status.find("Seccomp:\t2"), std::string::npos) << status;
  EXPECT_NE(status.find("NoNewPrivs:\t1"), std::string::npos) << status;
  EXPECT_NE(status.find("Threads:\t1"), std::string::npos) << status;
#else
  GTEST_SKIP() << "built with a sanitizer, which needs system calls that the seal forbids";
#endif
}

TEST_F(SealedDecoderTest, SaysWhenItsProgramIsNotThere) {
  SealedDecoder absent("/nonexistent/camera_decoder");
  EXPECT_TRUE(absent.Whole(good_).error().Is(kDecoderUnusable));
  EXPECT_EQ(absent.death_count(), 0);
}

}  // namespace
}  // namespace bordergate::camera
