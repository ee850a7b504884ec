// Goal: the faults of cameras (E1 to E15 of the fault catalogue) that are this service's to bear; README.md
// says where the others are proved. Method: cameras that are dead, mad or hostile, beside a healthy one; a
// stand-in for the nets.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/core/random.h"
#include "libs/http/server.h"
#include "libs/testing/manual_clock.h"
#include "services/camera/domain/camera_health.h"
#include "services/camera/lane_message.h"
#include "services/camera/testing/pipeline_fixture.h"
#include "services/camera/vision/picture.h"
#include "services/camera/vision/reasons.h"

namespace bordergate::camera {
namespace {

using CameraFaults = PipelineTest;

std::string PartOf(const std::string& jpeg, const std::string& header = "") {
  return "--frame\r\nContent-Type: image/jpeg\r\n" + header +
         "Content-Length: " + std::to_string(jpeg.size()) + "\r\n\r\n" + jpeg + "\r\n";
}

// A camera that sends these parts to whoever asks, and then nothing more.
std::unique_ptr<http::Server> CameraSending(std::vector<std::string> parts) {
  auto server =
      http::Server::Start({}, [parts = std::move(parts)](const http::Request&, const http::Reply& reply) {
        http::Stream stream =
            reply.StartStream(http::MakeResponse(200, "multipart/x-mixed-replace; boundary=frame", ""));
        for (const std::string& part : parts) stream.Write(part);
        stream.Close();
      });
  return *std::move(server);
}

std::string UrlOf(const http::Server& server) {
  return "http://127.0.0.1:" + std::to_string(server.port()) + "/live";
}

TEST_F(CameraFaults, E1ACameraWithoutFramesIsReportedAndStillsAreRefused) {
  const Site site{.gates = {}, .lanes = {LaneWith("cam-1", "http://127.0.0.1:1/dead")}};
  Pipeline pipeline(config_, site, {ShadeReader()}, telemetry_, clock_);
  pipeline.Start([this](SeenPlate seen) { Take(std::move(seen)); });
  EXPECT_EQ(pipeline.List().at(0).fault_code, "NO_FRAMES");
  EXPECT_FALSE(pipeline.Still("cam-1").has_value());
}

TEST_F(CameraFaults, E1ADeadRearCameraDelaysNoFrontOne) {
  const auto silent = CameraSending({});
  const auto mad = CameraSending({PartOf(JpegOf(210).substr(0, 100)), "--frame\r\nnonsense"});
  pictures_.Write("a.jpg", JpegOf(200));
  pictures_.Write("b.jpg", JpegOf(240));
  SiteLane lane = LaneWith("cam-1", pictures_.path());
  lane.further_cameras = {{"cam-1-dead", "http://127.0.0.1:1/dead", "rear"},
                          {"cam-1-mad", UrlOf(*mad), "trailer"},
                          {"cam-1-silent", UrlOf(*silent), "rear"}};
  Pipeline pipeline(config_, {.gates = {}, .lanes = {lane}}, {ShadeReader()}, telemetry_, clock_);
  pipeline.Start([this](SeenPlate seen) { Take(std::move(seen)); });
  ASSERT_TRUE(sent_.Await(4)) << "one frame after the other";
  const auto cameras = pipeline.List();
  EXPECT_EQ(cameras.at(0).fault_code, "");
  EXPECT_EQ(cameras.at(1).fault_code, "NO_FRAMES");
  EXPECT_EQ(cameras.at(3).fault_code, "NO_FRAMES");
  const std::lock_guard lock(mutex_);
  for (const SeenPlate& seen : seen_) EXPECT_EQ(seen.camera_id, "cam-1");
}

TEST_F(CameraFaults, E2TheSameFrameSentAgainIsReadTwiceAtMost) {
  std::vector<std::string> frames(20, PartOf(JpegOf(200)));
  frames.push_back(PartOf(JpegOf(220)));
  const auto camera = CameraSending(frames);
  const Site site{.gates = {}, .lanes = {LaneWith("cam-1", UrlOf(*camera))}};
  Pipeline pipeline(config_, site, {ShadeReader()}, telemetry_, clock_);
  pipeline.Start([this](SeenPlate seen) { Take(std::move(seen)); });
  ASSERT_TRUE(looked_.Await(1));
  EXPECT_TRUE(sent_.Await(1));
  EXPECT_LE(looked_.value(), 6) << "two different pictures, twice each; the stream may have begun again";
}

TEST(CameraFault, E5AFrozenPictureIsAFaultAfterThirtySeconds) {
  ManualClock clock;
  CameraHealth health{HealthRules{}};
  for (int second = 0; second <= 30; ++second) {
    health.AddFrame(clock.SteadyNow(), 7, 120.0);
    EXPECT_EQ(health.FaultCode(clock.SteadyNow()), "") << second;
    clock.Advance(seconds(1));
  }
  health.AddFrame(clock.SteadyNow(), 7, 120.0);
  EXPECT_EQ(health.FaultCode(clock.SteadyNow()), "FROZEN");
}

TEST_F(CameraFaults, E6TheClockOfACameraIsReportedAndNotBelieved) {
  const auto in_an_hour =
      std::chrono::duration_cast<seconds>((clock_.Now() + seconds(3600)).time_since_epoch());
  PipelineConfig patient = config_;
  patient.health.skew_max = seconds(60);
  for (const auto& [timestamp, warning] : {std::pair<int64_t, std::string>{0, "CLOCK_SKEW"},
                                           {in_an_hour.count(), "CLOCK_SKEW"},
                                           {in_an_hour.count() - 3600, ""}}) {
    const auto camera =
        CameraSending({PartOf(JpegOf(200), "X-Timestamp: " + std::to_string(timestamp) + "\r\n")});
    const Site site{.gates = {}, .lanes = {LaneWith("cam-1", UrlOf(*camera))}};
    const Instant before = clock_.Now();
    Pipeline pipeline(patient, site, {ShadeReader()}, telemetry_, clock_);
    const int sent = sent_.value();
    pipeline.Start([this](SeenPlate seen) { Take(std::move(seen)); });
    ASSERT_TRUE(sent_.Await(sent + 1));
    {
      const std::lock_guard lock(mutex_);
      EXPECT_GE(seen_.back().frame_time, before);
      EXPECT_LE(seen_.back().frame_time, clock_.Now());
    }
    const CameraStatus status = pipeline.List().at(0);
    EXPECT_EQ(status.warning_code, warning) << timestamp;
    EXPECT_EQ(status.fault_code, "") << "its frames are used all the same";
  }
}

// Frames wait for nobody: of a camera that sends a truck's pictures late, each is dated by when it came, so
// that the lane can tell whether that truck still stood at its loop.
TEST_F(CameraFaults, E3AReadIsDatedByTheArrivalOfItsFrameNotByTheEndOfReading) {
  pictures_.Write("a.jpg", JpegOf(200));
  const Site site{.gates = {}, .lanes = {LaneWith("cam-1", pictures_.path())}};
  Instant looked_at;
  const Pipeline::Reader slow = [&, reader = ShadeReader()](const cv::Mat& picture) {
    looked_at = clock_.Now();
    while (clock_.Now() < looked_at + milliseconds(50)) std::this_thread::yield();
    return reader(picture);
  };
  Pipeline pipeline(config_, site, {slow}, telemetry_, clock_);
  pipeline.Start([this](SeenPlate seen) { Take(std::move(seen)); });
  ASSERT_TRUE(sent_.Await(1));
  EXPECT_LE(seen_[0].frame_time, looked_at);
}

TEST_F(CameraFaults, E4ReadsOfTwoTrucksLeaveInTheOrderOfTheirFramesAndAsTwoVehicles) {
  pictures_.Write("a.jpg", JpegOf(100));
  pictures_.Write("b.jpg", JpegOf(220));
  const Site site{.gates = {}, .lanes = {LaneWith("cam-1", pictures_.path())}};
  // "12C10100" and "12C10220" differ in two places, as two reads of one truck may; these do not.
  const Pipeline::Reader reader = [](const cv::Mat& picture) -> std::vector<PlateRead> {
    return {ReadOf(cv::mean(picture)[0] < 160 ? "12C34567" : "29H88812", 0.95)};
  };
  // Two threads look; one camera's frames are looked at one after the other all the same.
  Pipeline pipeline(config_, site, {reader, reader}, telemetry_, clock_);
  pipeline.Start([this](SeenPlate seen) { Take(std::move(seen)); });
  ASSERT_TRUE(sent_.Await(4));
  const std::lock_guard lock(mutex_);
  for (size_t i = 1; i < seen_.size(); ++i) {
    EXPECT_LT(seen_[i - 1].frame_time, seen_[i].frame_time);
    EXPECT_NE(seen_[i - 1].read.plate, seen_[i].read.plate);
    EXPECT_NE(seen_[i - 1].track, seen_[i].track);
  }
}

TEST_F(CameraFaults, E7AReadThatMayBeAnotherPlateNeverReachesTheLaneAsSure) {
  SystemRandom random;
  IdMaker ids(clock_, random);
  SeenPlate seen{.camera_id = "cam-1", .lane_id = "lane-1", .read = ReadOf("12C34567", 0.84), .track = 1};
  seen.read.sure = false;
  EXPECT_LT(ToProto(seen, ids).read().confidence(), 0.5);
}

TEST_F(CameraFaults, E11APoisonedJpegCostsItsFrameAndNothingElse) {
  SeededRandom random(11);
  const std::string good = JpegOf(100);
  std::vector<std::string> parts;
  for (int i = 0; i < 60; ++i) {
    std::string bad = good;
    for (int n = 0; n < 6; ++n) bad[random.Below(bad.size())] = static_cast<char>(random.Below(256));
    parts.push_back(PartOf(bad.substr(0, 1 + random.Below(bad.size()))));
  }
  const auto hostile = CameraSending(parts);
  pictures_.Write("a.jpg", JpegOf(200));
  const Site site{.gates = {},
                  .lanes = {LaneWith("cam-1", UrlOf(*hostile)), LaneWith("cam-2", pictures_.path())}};
  ::testing::internal::CaptureStderr();  // the decoder says what it thinks of them
  {
    Pipeline pipeline(config_, site, {ShadeReader()}, telemetry_, clock_);
    pipeline.Start([this](SeenPlate seen) { Take(std::move(seen)); });
    ASSERT_TRUE(sent_.Await(1));
  }
  ::testing::internal::GetCapturedStderr();
  EXPECT_THAT(seen_, ::testing::Contains(::testing::Field(&SeenPlate::camera_id, "cam-2")));
}

TEST_F(CameraFaults, E12APictureThatClaimsSixtyThousandPixelsASideIsNotDecoded) {
  std::string huge = JpegOf(200);
  const size_t frame = huge.find("\xFF\xC0");
  ASSERT_NE(frame, std::string::npos);
  for (const size_t at : {5U, 7U}) {
    huge[frame + at] = '\xEA';
    huge[frame + at + 1] = '\x60';
  }
  const std::vector<uint8_t> bytes(huge.begin(), huge.end());
  EXPECT_TRUE(DecodePicture(bytes).error().Is(kPictureTooLarge));
  const auto hostile = CameraSending({PartOf(huge), PartOf(JpegOf(200))});
  const Site site{.gates = {}, .lanes = {LaneWith("cam-1", UrlOf(*hostile))}};
  Pipeline pipeline(config_, site, {ShadeReader()}, telemetry_, clock_);
  pipeline.Start([this](SeenPlate seen) { Take(std::move(seen)); });
  ASSERT_TRUE(sent_.Await(1));
  EXPECT_EQ(seen_[0].read.plate, "12C10200");
}

TEST_F(CameraFaults, E12ABodyWithoutEndIsCutAtItsLimit) {
  // 9 MB of one part; the limit is 8.
  const auto hostile =
      CameraSending({"--frame\r\nContent-Length: 200000000\r\n\r\n", std::string(9 << 20, 'x')});
  const auto source = MakeFrameSource(UrlOf(*hostile), {}, clock_);
  const StopFlag stop;
  int frames = 0;
  const auto end = source->Run([&](const Frame&) { ++frames; }, stop);
  EXPECT_FALSE(end.has_value());
  EXPECT_EQ(frames, 0);
}

TEST_F(CameraFaults, E15OfAFloodOfFramesTheNewestIsRead) {
  std::vector<std::string> parts;
  for (int i = 0; i < 200; ++i) parts.push_back(PartOf(JpegOf(60 + i % 90)));
  parts.push_back(PartOf(JpegOf(240)));
  const auto camera = CameraSending(parts);
  const Site site{.gates = {}, .lanes = {LaneWith("cam-1", UrlOf(*camera))}};
  Count last;
  const Pipeline::Reader slow = [&, reader = ShadeReader()](const cv::Mat& picture) {
    const auto reads = reader(picture);
    if (cv::mean(picture)[0] > 230) last.Add();
    return reads;
  };
  Pipeline pipeline(config_, site, {slow}, telemetry_, clock_);
  pipeline.Start([this](SeenPlate seen) { Take(std::move(seen)); });
  EXPECT_TRUE(last.Await(1)) << "the newest frame must be read whatever came before it";
}

}  // namespace
}  // namespace bordergate::camera
