// Goal: video is read by a process that can do nothing else, and whatever becomes of that process costs its
// stream and nothing else. Method: the real camera_video on files, whole and damaged; programs in its place
// that end or hang.
#include "services/camera/device/apart_video_source.h"

#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/videoio.hpp>

#include "libs/core/random.h"
#include "libs/testing/temporary_folder.h"
#include "services/camera/domain/reasons.h"

namespace bordergate::camera {
namespace {

const SourceTimes kShortTimes{.connect_timeout = milliseconds(300),
                              .frame_timeout = milliseconds(300),
                              .frame_interval_min = milliseconds(0),
                              .video_program = CAMERA_VIDEO};

std::string WriteVideo(const TemporaryFolder& folder, int frames) {
  const std::string file = folder.path() / "truck.avi";
  cv::VideoWriter writer(file, cv::CAP_OPENCV_MJPEG, cv::VideoWriter::fourcc('M', 'J', 'P', 'G'), 10,
                         {320, 240});
  for (int i = 0; i < frames; ++i) writer.write(cv::Mat(240, 320, CV_8UC3, cv::Scalar::all(40 + 40 * i)));
  return file;
}

std::string Contents(const std::string& file) {
  std::ifstream stream(file);
  std::ostringstream text;
  text << stream.rdbuf();
  return std::move(text).str();
}

// What the kernel says of the one child of this process; empty when there is none.
std::string StatusOfChild() {
  std::istringstream children(Contents("/proc/thread-self/children"));
  std::string pid;
  children >> pid;
  return pid.empty() ? "" : Contents("/proc/" + pid + "/status");
}

TEST(ApartVideoSource, GivesTheFramesOfAFileFromAProcessThatIsSealed) {
  const TemporaryFolder folder;
  const std::string url = "file://" + WriteVideo(folder, 5);
  const SystemClock clock;
  const StopFlag stop;
  std::vector<Frame> frames;
  std::string status;
  const auto end = MakeFrameSource(url, kShortTimes, clock)
                       ->Run(
                           [&](Frame frame) {
                             frames.push_back(std::move(frame));
                             status = StatusOfChild();
                           },
                           stop);
  EXPECT_EQ(end.error().message(), "the stream ended");
  ASSERT_EQ(frames.size(), 5U);
  EXPECT_GE(frames[4].steady_time - frames[0].steady_time, milliseconds(300)) << "at its own pace";
  const cv::Mat picture =
      cv::imdecode(std::vector<char>(frames[2].jpeg->begin(), frames[2].jpeg->end()), cv::IMREAD_COLOR);
  EXPECT_EQ(picture.size(), cv::Size(320, 240));
  EXPECT_NEAR(cv::mean(picture)[0], 120, 4);
  EXPECT_THAT(status, ::testing::HasSubstr("Name:\tcamera_video"));
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  EXPECT_THAT(status, ::testing::HasSubstr("Seccomp:\t2"));
  EXPECT_THAT(status, ::testing::HasSubstr("Seccomp_filters:\t2")) << "the stream is open: both";
#endif
  EXPECT_THAT(status, ::testing::HasSubstr("NoNewPrivs:\t1"));
}

TEST(ApartVideoSource, SaysWhyItCannotBeOpened) {
  const SystemClock clock;
  const StopFlag stop;
  for (const char* url : {"file:///nonexistent.mp4", "rtsp://127.0.0.1:1/none"}) {
    const auto end = MakeFrameSource(url, kShortTimes, clock)->Run([](const Frame&) {}, stop);
    EXPECT_TRUE(end.error().Is(kSourceUnavailable));
    EXPECT_THAT(end.error().message(), ::testing::HasSubstr("cannot be opened")) << url;
  }
}

TEST(ApartVideoSource, E11AVideoThatIsDamagedCostsItsStreamAndNothingElse) {
  const TemporaryFolder folder;
  const std::string good = Contents(WriteVideo(folder, 2));
  SeededRandom random(31);
  const SystemClock clock;
  const StopFlag stop;
  for (int round = 0; round < 12; ++round) {
    std::string bad = good;
    for (int i = 0; i < 40; ++i) bad[random.Below(bad.size())] = static_cast<char>(random.Below(256));
    const std::string url = "file://" + folder.Write("bad.avi", bad);
    const auto end = MakeFrameSource(url, kShortTimes, clock)->Run([](const Frame&) {}, stop);
    EXPECT_TRUE(end.error().Is(kSourceUnavailable));
  }
}

TEST(ApartVideoSource, AProcessThatEndsOrHangsEndsItsStream) {
  const SystemClock clock;
  const StopFlag stop;
  SourceTimes times = kShortTimes;
  times.video_program = "/bin/false";
  auto end = MakeFrameSource("rtsp://192.0.2.64/", times, clock)->Run([](const Frame&) {}, stop);
  EXPECT_EQ(end.error().message(), "its decoder ended");
  times.video_program = "/nonexistent";
  end = MakeFrameSource("rtsp://192.0.2.64/", times, clock)->Run([](const Frame&) {}, stop);
  EXPECT_EQ(end.error().message(), "camera_video cannot be started");
  const TemporaryFolder folder;
  const auto program = folder.Write("hangs", "#!/bin/sh\nexec /bin/sleep 60 <&3\n");
  std::filesystem::permissions(program, std::filesystem::perms::owner_all);
  times.video_program = program;
  end = MakeFrameSource("rtsp://192.0.2.64/", times, clock)->Run([](const Frame&) {}, stop);
  EXPECT_EQ(end.error().message(), "its decoder hangs");
}

TEST(ApartVideoSource, EndsAtOnceWhenItShallAlsoWhileItWaits) {
  const TemporaryFolder folder;
  const auto program = folder.Write("hangs", "#!/bin/sh\nexec /bin/sleep 60 <&3\n");
  std::filesystem::permissions(program, std::filesystem::perms::owner_all);
  SourceTimes times = kShortTimes;
  times.connect_timeout = seconds(60);
  times.video_program = program;
  const SystemClock clock;
  StopFlag stop;
  const auto source = MakeFrameSource("rtsp://192.0.2.64/", times, clock);
  stop.Stop();
  const SteadyInstant start = clock.SteadyNow();
  EXPECT_TRUE(source->Run([](const Frame&) {}, stop).has_value());
  EXPECT_LT(clock.SteadyNow() - start, seconds(10));
}

}  // namespace
}  // namespace bordergate::camera
