// Goal: people see a camera live, at a bounded rate and size, and only those who may. Method: the handlers
// behind a real gRPC server; a camera whose newest frame the test sets; the real decoder for pictures that
// are too large.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bordergate/camera/v1/camera_service.rpc.h"

#include "libs/core/reasons.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/server.h"
#include "libs/testing/test_pki.h"
#include "services/camera/api/camera_api.h"
#include "services/camera/domain/reasons.h"
#include "services/camera/live_picture.h"
#include "services/camera/testing/pipeline_fixture.h"
#include "services/camera/vision/reasons.h"

namespace bordergate::camera {
namespace {

namespace camera_methods = v1::camera_service;

std::shared_ptr<const std::string> Shared(std::string text) {
  return std::make_shared<const std::string>(std::move(text));
}

// A picture that no JPEG makes small.
cv::Mat Noise(int width, int height) {
  cv::Mat picture(height, width, CV_8UC3);
  cv::randu(picture, 0, 255);
  return picture;
}

std::shared_ptr<const std::string> NoiseJpeg(int width, int height) {
  std::vector<uint8_t> bytes;
  cv::imencode(".jpg", Noise(width, height), bytes, {cv::IMWRITE_JPEG_QUALITY, 95});
  return Shared({bytes.begin(), bytes.end()});
}

// One camera that shows what the test says.
class StagedCamera final : public Cameras {
 public:
  void Show(const std::string& jpeg, Instant time) {
    const std::lock_guard lock(mutex_);
    still_ = CameraStill{.jpeg = Shared(jpeg), .frame_time = time};
    fault_.clear();
  }
  void Fail(const std::string& fault) {
    const std::lock_guard lock(mutex_);
    still_.reset();
    fault_ = fault;
  }
  std::vector<CameraStatus> List() const override {
    const std::lock_guard lock(mutex_);
    return {{.camera_id = "cam-1", .lane_id = "lane-1", .fault_code = fault_}};
  }
  Result<CameraStill> Still(const std::string& camera_id) const override {
    const std::lock_guard lock(mutex_);
    if (camera_id != "cam-1") return Error(kCameraNotFound, "there is no such camera");
    if (!still_) return Error(kCameraNoFrame, "no frame");
    return *still_;
  }

 private:
  mutable std::mutex mutex_;
  std::optional<CameraStill> still_;
  std::string fault_ = "NO_FRAMES";
};

class LiveView : public ::testing::Test {
 protected:
  void SetUp() override {
    Register(server_, api_);
    server_.Start();
    channel_ = std::make_unique<rpc::Channel>("camera", "127.0.0.1:" + std::to_string(server_.port()),
                                              pki_.MakeCertificate("gateway"));
  }
  rpc::ServerStream<v1::WatchStillsResponse> Watch(const std::string& camera_id, rpc::Role role) {
    v1::WatchStillsRequest request;
    request.set_camera_id(camera_id);
    return channel_->Open<camera_methods::WatchStills>(As(role), request);
  }
  rpc::CallOptions As(rpc::Role role) {
    rpc::CallOptions options = rpc::CallOptions::Own(clock_, seconds(20));
    rpc::Caller caller;
    caller.subject_id = "person_1";
    caller.roles = {role};
    options.assertion = pki_.MakeAssertion(caller, clock_.Now());
    return options;
  }

  SystemClock clock_;
  TestPki pki_;
  Telemetry telemetry_{"camera", "error"};
  StagedCamera camera_;
  const CameraApi api_{
      camera_,
      [](const std::string&, const CameraStill& still) -> Result<std::shared_ptr<const std::string>> {
        if (*still.jpeg == "broken") return Error(kPictureBroken, "it is broken");
        return still.jpeg;
      },
      milliseconds(1)};
  rpc::Server server_{pki_.MakeRpcConfig("camera"), telemetry_, clock_};
  std::unique_ptr<rpc::Channel> channel_;
};

TEST_F(LiveView, ShowsTheNewestFrameAndThenEachNewerOneOnce) {
  const Instant time = clock_.Now();
  camera_.Show("first", time);
  auto stream = Watch("cam-1", common::v1::ROLE_BORDER_GUARD);
  v1::WatchStillsResponse response;
  ASSERT_TRUE(stream.Read(&response));
  EXPECT_EQ(response.jpeg(), "first");
  EXPECT_TRUE(response.has_frame_time());
  camera_.Show("second", time + seconds(1));
  ASSERT_TRUE(stream.Read(&response));
  EXPECT_EQ(response.jpeg(), "second") << "and not the first again";
  stream.Cancel();
}

TEST_F(LiveView, SaysOnceWhyThereIsNothingToSee) {
  auto stream = Watch("cam-1", common::v1::ROLE_AUDITOR);
  v1::WatchStillsResponse response;
  ASSERT_TRUE(stream.Read(&response));
  EXPECT_EQ(response.jpeg(), "");
  EXPECT_EQ(response.fault_code(), "NO_FRAMES");
  camera_.Show("first", clock_.Now());
  ASSERT_TRUE(stream.Read(&response));
  EXPECT_EQ(response.jpeg(), "first");
  EXPECT_EQ(response.fault_code(), "");
  camera_.Fail("BLACK");
  ASSERT_TRUE(stream.Read(&response));
  EXPECT_EQ(response.fault_code(), "BLACK");
  EXPECT_FALSE(response.has_frame_time());
  stream.Cancel();
}

TEST_F(LiveView, DoesNotShowWhatCannotBeDecoded) {
  camera_.Show("broken", clock_.Now());
  auto stream = Watch("cam-1", common::v1::ROLE_BORDER_GUARD);
  v1::WatchStillsResponse response;
  ASSERT_TRUE(stream.Read(&response));
  EXPECT_EQ(response.jpeg(), "");
  camera_.Show("whole", clock_.Now());
  ASSERT_TRUE(stream.Read(&response));
  EXPECT_EQ(response.jpeg(), "whole");
  stream.Cancel();
}

TEST_F(LiveView, IsForThoseWhoMaySeeStills) {
  camera_.Show("first", clock_.Now());
  v1::WatchStillsResponse response;
  for (const rpc::Role role : {common::v1::ROLE_ENTERPRISE, common::v1::ROLE_YARD_OPERATOR}) {
    auto stream = Watch("cam-1", role);
    EXPECT_FALSE(stream.Read(&response));
    EXPECT_TRUE(stream.Finish().error().Is(kRoleMissing));
  }
  v1::WatchStillsRequest request;
  request.set_camera_id("cam-1");
  auto nobody =
      channel_->Open<camera_methods::WatchStills>(rpc::CallOptions::Own(clock_, seconds(20)), request);
  EXPECT_FALSE(nobody.Read(&response));
  EXPECT_TRUE(nobody.Finish().error().Is(kUnauthenticated)) << "nobody";
  auto none = Watch("cam-9", common::v1::ROLE_ADMINISTRATOR);
  EXPECT_FALSE(none.Read(&response));
  EXPECT_TRUE(none.Finish().error().Is(kCameraNotFound));
}

TEST(LivePictures, MakesALargeFrameSmallerOnceForAll) {
  LivePictures live{CAMERA_DECODER};
  const CameraStill small{.jpeg = Shared("whatever it is"), .frame_time = {}};
  EXPECT_EQ(*live.Shrink("cam-1", small), small.jpeg) << "it is sent as it came";
  const CameraStill large{.jpeg = NoiseJpeg(2400, 1350), .frame_time = {}};
  ASSERT_GT(large.jpeg->size(), 1U << 20);
  const auto first = live.Shrink("cam-1", large);
  ASSERT_TRUE(first.has_value()) << first.error().message();
  EXPECT_LE((*first)->size(), 256U * 1024);
  const cv::Mat shown = cv::imdecode(std::vector<char>((*first)->begin(), (*first)->end()), cv::IMREAD_COLOR);
  EXPECT_EQ(shown.cols, 1280);
  EXPECT_EQ(*live.Shrink("cam-1", large), *first);
  std::string cut = *large.jpeg;
  cut.resize(cut.size() / 2);
  EXPECT_TRUE(live.Shrink("cam-1", {.jpeg = Shared(cut), .frame_time = {}}).error().Is(kPictureBroken));
}

TEST(Evidence, FitsIntoWhatTheLaneTakes) {
  const auto small = Shared(JpegOf(100));
  EXPECT_EQ(FitJpeg(small, cv::Mat(), 1 << 20), small);
  const cv::Mat picture = Noise(1920, 1080);
  std::vector<uint8_t> bytes;
  cv::imencode(".jpg", picture, bytes, {cv::IMWRITE_JPEG_QUALITY, 100});
  const auto large = Shared({bytes.begin(), bytes.end()});
  ASSERT_GT(large->size(), 1U << 20);
  const auto fit = FitJpeg(large, picture, 1 << 20);
  ASSERT_NE(fit, nullptr);
  EXPECT_LE(fit->size(), 1U << 20);
  const cv::Mat kept = cv::imdecode(std::vector<char>(fit->begin(), fit->end()), cv::IMREAD_COLOR);
  EXPECT_EQ(kept.size(), picture.size()) << "the corners of the plate stay where they were";
  EXPECT_EQ(FitJpeg(large, picture, 1000), nullptr);
}

}  // namespace
}  // namespace bordergate::camera
