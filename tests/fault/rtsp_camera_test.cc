// Goal: a camera that speaks RTSP is read, and one that dies, hangs or stammers costs its own frames only and
// is read again when it is well, without a restart. Method: GStreamer's RTSP server, a process of its own,
// shows pictures of a truck as H.264; the shipped models read them.
#include <future>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "libs/core/random.h"
#include "libs/testing/temporary_folder.h"
#include "services/camera/domain/reasons.h"
#include "services/camera/pipeline.h"
#include "services/camera/vision/plate_reader.h"
#include "services/simulator/device/frame_source.h"
#include "services/simulator/testing/views.h"
#include "tests/fault/rtsp_server.h"

namespace bordergate::camera {
namespace {

constexpr char kPlate[] = "29H12345";
constexpr int kFramesPerSecond = 10;

// Pictures of a truck at the stop line.
void PaintTruck(const TemporaryFolder& folder) {
  simulator::FramePainters painters;
  simulator::FrameSource source(painters, "X1", {});
  const auto view = simulator::LaneWith(simulator::SeenTruck(kPlate, -3.5));
  for (int i = 0; i < 6; ++i) folder.Write(fmt::format("{:03}.jpg", i), *source.Next(view, false));
}

SiteLane LaneAt(const std::string& camera_id, const std::string& url) {
  return {.lane_id = "lane-" + camera_id,
          .gate_id = "huu-nghi",
          .title = "X1",
          .camera_id = camera_id,
          .camera_url = url};
}

// Shorter than a site's, so that a test sees them pass.
PipelineConfig ShortTimes() {
  PipelineConfig config{.decoder_program = CAMERA_DECODER};
  config.source.video_program = CAMERA_VIDEO;
  config.source.connect_timeout = milliseconds(2000);
  config.source.frame_timeout = milliseconds(1000);
  config.health.frame_gap_max = milliseconds(700);
  return config;
}

class RtspCamera : public ::testing::Test {
 protected:
  RtspCamera() { PaintTruck(pictures_); }

  std::vector<Pipeline::Readers> NoReader() {
    return {[](const cv::Mat&) { return std::vector<PlateRead>(); }};
  }
  // Waits until the first camera's fault is this; the test's own time limit ends it otherwise.
  static void AwaitFault(const Pipeline& pipeline, const std::string& fault_code) {
    while (pipeline.List().at(0).fault_code != fault_code) std::this_thread::yield();
  }
  static void AwaitFrameAfter(const Pipeline& pipeline, std::optional<Instant> time) {
    while (pipeline.List().at(0).frame_time <= time) std::this_thread::yield();
  }

  SystemClock clock_;
  Telemetry telemetry_{"camera", "error"};
  TemporaryFolder pictures_;
};

TEST_F(RtspCamera, IsReadByTheShippedModels) {
  const RtspServer server(pictures_.path(), 0, kFramesPerSecond);
  const Site site{.gates = {}, .lanes = {LaneAt("cam-1", server.url())}};
  auto reader = std::make_shared<PlateReader>(
      PlateReader::Load(BORDERGATE_SOURCE_FOLDER "/services/camera/models").value());
  Pipeline pipeline(ShortTimes(), site, {[reader](const cv::Mat& picture) { return reader->Read(picture); }},
                    telemetry_, clock_);
  std::promise<SeenPlate> first;
  std::atomic<bool> told = false;
  pipeline.Start([&](SeenPlate seen) {
    if (seen.read.sure && !told.exchange(true)) first.set_value(std::move(seen));
  });
  const SeenPlate seen = first.get_future().get();
  EXPECT_EQ(seen.read.plate, kPlate);
  EXPECT_NE(seen.evidence_jpeg, nullptr);
  EXPECT_EQ(pipeline.List().at(0).fault_code, "");
}

TEST_F(RtspCamera, IsAwayWhenItsServerIsKilledAndLiveAgainWhenItIsBack) {
  std::optional<RtspServer> server(std::in_place, pictures_.path(), 0, kFramesPerSecond);
  const int port = server->port();
  const Site site{.gates = {}, .lanes = {LaneAt("cam-1", server->url())}};
  Pipeline pipeline(ShortTimes(), site, NoReader(), telemetry_, clock_);
  pipeline.Start([](const SeenPlate&) {});
  AwaitFault(pipeline, "");
  server.reset();
  AwaitFault(pipeline, "NO_FRAMES");
  server.emplace(pictures_.path(), port, kFramesPerSecond);
  AwaitFault(pipeline, "");
}

TEST_F(RtspCamera, IsAwayWhileItsServerHangsAndLiveAgainAfterwards) {
  const RtspServer server(pictures_.path(), 0, kFramesPerSecond);
  const Site site{.gates = {}, .lanes = {LaneAt("cam-1", server.url())}};
  Pipeline pipeline(ShortTimes(), site, NoReader(), telemetry_, clock_);
  pipeline.Start([](const SeenPlate&) {});
  AwaitFault(pipeline, "");
  server.Freeze();
  AwaitFault(pipeline, "NO_FRAMES");
  server.Thaw();
  AwaitFault(pipeline, "");
}

TEST_F(RtspCamera, EndsAStreamThatHangsWithinItsTimeOut) {
  const RtspServer server(pictures_.path(), 0, kFramesPerSecond);
  const StopFlag stop;
  const auto source = MakeFrameSource(server.url(), ShortTimes().source, clock_);
  SteadyInstant last;
  int frames = 0;
  const auto end = source->Run(
      [&](const Frame& frame) {
        last = frame.steady_time;
        if (++frames == 3) server.Freeze();
      },
      stop);
  EXPECT_TRUE(end.error().Is(kSourceUnavailable));
  EXPECT_EQ(end.error().message(), "no frame came in time");
  EXPECT_LT(clock_.SteadyNow() - last, milliseconds(2000)) << "1000 ms and the 100 ms of FFmpeg's question";
  server.Thaw();
}

TEST_F(RtspCamera, IsStillReadWhenItIsSlow) {
  const RtspServer server(pictures_.path(), 0, 2);
  const Site site{.gates = {}, .lanes = {LaneAt("cam-1", server.url())}};
  PipelineConfig config = ShortTimes();
  config.source.frame_timeout = milliseconds(3000);
  config.health.frame_gap_max = milliseconds(3000);
  Pipeline pipeline(config, site, NoReader(), telemetry_, clock_);
  pipeline.Start([](const SeenPlate&) {});
  AwaitFault(pipeline, "");
  for (int frame = 0; frame < 4; ++frame) {
    const CameraStatus status = pipeline.List().at(0);
    EXPECT_EQ(status.fault_code, "");
    AwaitFrameAfter(pipeline, status.frame_time);
  }
}

TEST_F(RtspCamera, ThatHangsDelaysNeitherTheNextCameraNorTheEnd) {
  // Takes connections and never answers.
  const int deaf = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ASSERT_EQ(bind(deaf, reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(listen(deaf, 8), 0);
  ASSERT_EQ(getsockname(deaf, reinterpret_cast<sockaddr*>(&address), &size), 0);
  const std::string deaf_url = fmt::format("rtsp://127.0.0.1:{}/live", ntohs(address.sin_port));

  const RtspServer server(pictures_.path(), 0, kFramesPerSecond);
  const Site site{
      .gates = {},
      .lanes = {LaneAt("cam-1", server.url()), LaneAt("cam-2", deaf_url), LaneAt("cam-3", deaf_url)}};
  PipelineConfig config = ShortTimes();
  config.source.connect_timeout = seconds(60);
  SteadyInstant stopping;
  {
    Pipeline pipeline(config, site, NoReader(), telemetry_, clock_);
    pipeline.Start([](const SeenPlate&) {});
    AwaitFault(pipeline, "");
    AwaitFrameAfter(pipeline, pipeline.List().at(0).frame_time);
    stopping = clock_.SteadyNow();
  }
  EXPECT_LT(clock_.SteadyNow() - stopping, seconds(5)) << "two cameras would have let it wait for a minute";
  close(deaf);
}

TEST_F(RtspCamera, TellsTheTimeOfItsOwnClock) {
  const RtspServer server(pictures_.path(), 0, kFramesPerSecond);
  const auto source = MakeFrameSource(server.url(), ShortTimes().source, clock_);
  StopFlag stop;
  std::optional<milliseconds> skew;
  const auto end = source->Run(
      [&](const Frame& frame) {
        if (!frame.stated_time) return;  // until its first report
        skew = std::chrono::duration_cast<milliseconds>(*frame.stated_time - frame.time);
        stop.Stop();
      },
      stop);
  ASSERT_TRUE(end.has_value());
  ASSERT_TRUE(skew.has_value());
  EXPECT_LT(std::chrono::abs(*skew), seconds(2)) << "one machine, one clock";
}

TEST_F(RtspCamera, SaysInPlainWordsWhyItCannotBeOpened) {
  const StopFlag stop;
  const auto message = [&](const std::string& url) {
    return std::string(
        MakeFrameSource(url, ShortTimes().source, clock_)->Run([](const Frame&) {}, stop).error().message());
  };
  EXPECT_THAT(message("rtsp://127.0.0.1:1/live"), ::testing::HasSubstr("Connection refused"));
  const RtspServer server(pictures_.path(), 0, kFramesPerSecond);
  EXPECT_THAT(message(fmt::format("rtsp://127.0.0.1:{}/other", server.port())), ::testing::HasSubstr("404"));
  EXPECT_THAT(message("ftp://127.0.0.1/live"), ::testing::HasSubstr("rtsp://"));
}

}  // namespace
}  // namespace bordergate::camera
