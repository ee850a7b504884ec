// Goal: a video file is shown at its own pace, not faster, and what is no video says so. Method: a file that
// OpenCV writes. RTSP is tested against a server, in tests/fault.
#include "services/camera/device/video_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/videoio.hpp>

#include "libs/testing/temporary_folder.h"
#include "services/camera/domain/reasons.h"

namespace bordergate::camera {
namespace {

TEST(VideoSource, ShowsAFileAtItsOwnPaceAndSaysWhenItEnds) {
  const TemporaryFolder folder;
  const std::string file = folder.path() / "truck.avi";
  {
    cv::VideoWriter writer(file, cv::CAP_OPENCV_MJPEG, cv::VideoWriter::fourcc('M', 'J', 'P', 'G'), 10,
                           {320, 240});
    ASSERT_TRUE(writer.isOpened());
    for (int i = 0; i < 5; ++i) writer.write(cv::Mat(240, 320, CV_8UC3, cv::Scalar::all(40 + 40 * i)));
  }
  const SystemClock clock;
  const StopFlag stop;
  std::vector<Frame> frames;
  const auto end = MakeVideoSource("file://" + file, {}, clock)
                       ->Run([&](Frame frame) { frames.push_back(std::move(frame)); }, stop);
  EXPECT_EQ(end.error().message(), "the stream ended");
  ASSERT_EQ(frames.size(), 5U);
  EXPECT_GE(frames[4].steady_time - frames[0].steady_time, milliseconds(390));
  const std::vector<uint8_t> bytes(frames[2].jpeg->begin(), frames[2].jpeg->end());
  const cv::Mat picture = cv::imdecode(bytes, cv::IMREAD_COLOR);
  EXPECT_EQ(picture.size(), cv::Size(320, 240));
  EXPECT_NEAR(cv::mean(picture)[0], 120, 4) << "gray values stay what they were";
}

TEST(VideoSource, RefusesWhatIsNoVideo) {
  const TemporaryFolder folder;
  const std::string file = folder.Write("truck.mp4", "not a video");
  const SystemClock clock;
  const StopFlag stop;
  for (const std::string& url : {"file://" + file, std::string("file:///nonexistent.mp4")}) {
    const auto end = MakeVideoSource(url, {}, clock)->Run([](const Frame&) {}, stop);
    EXPECT_TRUE(end.error().Is(kSourceUnavailable));
    EXPECT_THAT(end.error().message(), ::testing::HasSubstr("cannot be opened"));
  }
}

}  // namespace
}  // namespace bordergate::camera
