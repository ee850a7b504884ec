// Goal: frames become reads, once each, whatever other cameras do; the lane gets every read that still
// matters, also after it was away. Method: folders of pictures and a stand-in for the nets; a real gRPC
// server in place of the lane.
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/testing/test_pki.h"
#include "services/camera/api/camera_api.h"
#include "services/camera/domain/reasons.h"
#include "services/camera/lane_message.h"
#include "services/camera/peers/lane_link.h"
#include "services/camera/testing/fake_lane.h"

namespace bordergate::camera {
namespace {

TEST_F(PipelineTest, ReadsAPlateThatStands) {
  pictures_.Write("a.jpg", JpegOf(200));
  const Site site{.gates = {}, .lanes = {LaneWith("cam-1", pictures_.path())}};
  Pipeline pipeline(config_, site, {ShadeReader()}, telemetry_, clock_);
  pipeline.Start([this](SeenPlate seen) { Take(std::move(seen)); });
  ASSERT_TRUE(sent_.Await(2));
  EXPECT_FALSE(seen_[0].read.sure) << "one frame's word";
  EXPECT_TRUE(seen_[1].read.sure);
  EXPECT_EQ(seen_[0].read.plate, "12C10200");
  EXPECT_EQ(seen_[0].lane_id, "lane-cam-1");
  EXPECT_NE(seen_[0].evidence_jpeg, nullptr);
  const auto camera = pipeline.List().at(0);
  EXPECT_EQ(camera.fault_code, "");
  EXPECT_EQ(camera.width_px, 640);
  EXPECT_EQ(camera.read_count, 2);
  EXPECT_TRUE(pipeline.Still("cam-1").has_value());
  EXPECT_TRUE(pipeline.Still("cam-9").error().Is(kCameraNotFound));
}

TEST_F(PipelineTest, LooksTwiceAndNoMoreAtFramesThatAreTheSame) {
  pictures_.Write("a.jpg", JpegOf(200));
  const Site site{.gates = {}, .lanes = {LaneWith("cam-1", pictures_.path())}};
  const TemporaryFolder changing;
  changing.Write("a.jpg", JpegOf(10));
  changing.Write("b.jpg", JpegOf(40));
  Site two = site;
  two.lanes.push_back(LaneWith("cam-2", changing.path()));
  Pipeline pipeline(config_, two, {ShadeReader()}, telemetry_, clock_);
  pipeline.Start([this](SeenPlate seen) { Take(std::move(seen)); });
  // The second camera's pictures differ each time and are looked at again and again; the first one's only
  // until a second look has said the same.
  ASSERT_TRUE(sent_.Await(2));
  ASSERT_TRUE(looked_.Await(looked_.value() + 4));
  EXPECT_EQ(sent_.value(), 2);
}

TEST_F(PipelineTest, IsNotDelayedByADeadCameraOrABrokenPicture) {
  pictures_.Write("a.jpg", JpegOf(200));
  const TemporaryFolder broken;
  broken.Write("a.jpg", JpegOf(100).substr(0, 200));
  const Site site{.gates = {},
                  .lanes = {LaneWith("cam-1", "http://127.0.0.1:1/dead"), LaneWith("cam-2", broken.path()),
                            LaneWith("cam-3", pictures_.path())}};
  Pipeline pipeline(config_, site, {ShadeReader()}, telemetry_, clock_);
  pipeline.Start([this](SeenPlate seen) { Take(std::move(seen)); });
  ASSERT_TRUE(sent_.Await(1));
  EXPECT_EQ(seen_[0].camera_id, "cam-3");
  EXPECT_EQ(pipeline.List().at(0).fault_code, "NO_FRAMES");
  EXPECT_TRUE(pipeline.Still("cam-1").error().Is(kCameraNoFrame));
}

TEST_F(PipelineTest, ReadsTheRearAndTheTrailerAsItReadsTheFront) {
  const TemporaryFolder rear, trailer;
  pictures_.Write("a.jpg", JpegOf(200));
  rear.Write("a.jpg", JpegOf(210));
  trailer.Write("a.jpg", JpegOf(220));
  SiteLane lane = LaneWith("cam-1", pictures_.path());
  lane.further_cameras = {{.camera_id = "cam-1-rear", .camera_url = rear.path(), .position = "rear"},
                          {.camera_id = "cam-1-side", .camera_url = trailer.path(), .position = "trailer"}};
  Pipeline pipeline(config_, {.gates = {}, .lanes = {lane}}, {ShadeReader()}, telemetry_, clock_);
  pipeline.Start([this](SeenPlate seen) { Take(std::move(seen)); });
  ASSERT_TRUE(sent_.Await(6)) << "each still picture twice";
  std::map<std::string, int> sure;
  {
    const std::lock_guard lock(mutex_);
    const std::map<std::string, std::string> plates = {
        {"cam-1", "12C10200"}, {"cam-1-rear", "12C10210"}, {"cam-1-side", "12C10220"}};
    for (const SeenPlate& seen : seen_) {
      EXPECT_EQ(seen.lane_id, "lane-cam-1");
      EXPECT_EQ(seen.read.plate, plates.at(seen.camera_id));
      EXPECT_NE(seen.evidence_jpeg, nullptr);
      sure[seen.camera_id] += seen.read.sure ? 1 : 0;
    }
  }
  EXPECT_THAT(sure, ::testing::ElementsAre(std::pair("cam-1", 1), std::pair("cam-1-rear", 1),
                                           std::pair("cam-1-side", 1)));
  const auto cameras = pipeline.List();
  EXPECT_EQ(cameras.at(0).position, Position::kFront);
  EXPECT_EQ(cameras.at(1).position, Position::kRear);
  EXPECT_EQ(cameras.at(2).position, Position::kTrailer);
  EXPECT_EQ(cameras.at(1).lane_id, "lane-cam-1");
  EXPECT_EQ(cameras.at(1).fault_code, "");
  EXPECT_TRUE(pipeline.Still("cam-1-rear").has_value());
}

TEST_F(PipelineTest, LooksForSlipsAtTheWindowAndForPlatesInFront) {
  pictures_.Write("a.jpg", JpegOf(200));
  const TemporaryFolder window;
  const std::string text = "BG1:" + std::string(200, 'A');
  window.Write("a.jpg", JpegOf(90));
  window.Write("b.jpg", JpegOfCode(text));
  SiteLane lane = LaneWith("cam-1", pictures_.path());
  lane.slip_camera_id = "cam-1-slip";
  lane.slip_camera_url = window.path();
  Pipeline pipeline(config_, {.gates = {}, .lanes = {lane}}, {ShadeReader()}, telemetry_, clock_);
  std::mutex slips_mutex;
  std::vector<SeenSlip> slips;
  Count slip_count;
  pipeline.Start([this](SeenPlate seen) { Take(std::move(seen)); },
                 [&](SeenSlip seen) {
                   {
                     const std::lock_guard lock(slips_mutex);
                     slips.push_back(std::move(seen));
                   }
                   slip_count.Add();
                 });
  ASSERT_TRUE(sent_.Await(1));
  ASSERT_TRUE(slip_count.Await(2)) << "again while it is shown";
  const std::lock_guard lock(slips_mutex);
  EXPECT_EQ(slips[0].camera_id, "cam-1-slip");
  EXPECT_EQ(slips[0].lane_id, "lane-cam-1");
  EXPECT_EQ(slips[0].text, text);
  EXPECT_NE(slips[0].evidence_jpeg, nullptr);
  EXPECT_EQ(seen_[0].camera_id, "cam-1");
  for (const SeenPlate& seen : seen_)
    EXPECT_EQ(seen.camera_id, "cam-1") << "nobody looks for plates at the window";
  SystemRandom random;
  IdMaker ids(clock_, random);
  const auto report = ToProto(slips[0], ids);
  EXPECT_EQ(report.slip().text(), text);
  EXPECT_EQ(report.slip().lane_id(), "lane-cam-1");
  EXPECT_EQ(pipeline.List().at(1).position, Position::kWindow);
}

TEST_F(PipelineTest, NeverCallsAnUnsureReadSure) {
  SystemRandom random;
  IdMaker ids(clock_, random);
  SeenPlate seen{.camera_id = "cam-1", .lane_id = "lane-1", .read = ReadOf("12C34567", 0.97), .track = 3};
  EXPECT_DOUBLE_EQ(ToProto(seen, ids).read().confidence(), 0.97);
  seen.read.sure = false;
  EXPECT_LT(ToProto(seen, ids).read().confidence(), 0.5);
  EXPECT_EQ(ToProto(seen, ids).read().track_id(), "cam-1/3");
  EXPECT_EQ(ToProto(seen, ids).read().corners_size(), 8);
}

class CamerasOfALane final : public Cameras {
 public:
  std::vector<CameraStatus> List() const override {
    return {{.camera_id = "cam-1", .lane_id = "lane-1"},
            {.camera_id = "cam-1-rear", .lane_id = "lane-1", .position = Position::kRear},
            {.camera_id = "cam-1-slip",
             .lane_id = "lane-1",
             .position = Position::kWindow,
             .fault_code = "NO_FRAMES"}};
  }
  Result<CameraStill> Still(const std::string&) const override {
    return CameraStill{.jpeg = std::make_shared<const std::string>("jpeg"), .frame_time = {}};
  }
};

class TagReadersOfALane final : public TagReaders {
 public:
  std::vector<TagReaderStatus> List() const override {
    return {{.tag_reader_id = "tags-1", .lane_id = "lane-1", .fault_code = "NO_REPORTS", .report_time = {}}};
  }
};

class LaneLinkTest : public ::testing::Test {
 protected:
  LaneLink::Read MakeRead(const std::string& id) {
    LaneLink::Read read;
    read.mutable_read()->set_read_id(id);
    return read;
  }
  SystemClock clock_;
  TestPki pki_;
  Telemetry telemetry_{"camera", "error"};
  CamerasOfALane cameras_;
  TagReadersOfALane tag_readers_;
  std::atomic<bool> answers_ = true;
};

TEST_F(LaneLinkTest, SendsReadsInOrderAndSignsOfLife) {
  FakeLane lane(pki_.MakeRpcConfig("lane"), telemetry_, clock_, answers_);
  LaneLink link("127.0.0.1:" + std::to_string(lane.port()), pki_.MakeCertificate("camera"), cameras_,
                tag_readers_, telemetry_, clock_);
  for (int i = 0; i < 20; ++i) link.Send(MakeRead("read-" + std::to_string(i)));
  ASSERT_TRUE(lane.read_count.Await(20));
  ASSERT_TRUE(lane.health_count.Await(2));
  ASSERT_TRUE(lane.tag_reader_count.Await(1));
  EXPECT_EQ(lane.alive(), (std::set<std::string>{"cam-1", "cam-1-rear", "tags-1 lane-1 NO_REPORTS"}))
      << "not the one at the window";
  const auto reads = lane.reads();
  for (int i = 0; i < 20; ++i) EXPECT_EQ(reads[static_cast<size_t>(i)], "read-" + std::to_string(i));
}

TEST_F(LaneLinkTest, SendsAgainWhatWasNotAnsweredWhenTheLaneComesBack) {
  RpcConfig config = pki_.MakeRpcConfig("lane");
  answers_ = false;
  auto lane = std::make_unique<FakeLane>(config, telemetry_, clock_, answers_);
  config.listen = "127.0.0.1:" + std::to_string(lane->port());
  LaneLink link(config.listen, pki_.MakeCertificate("camera"), cameras_, tag_readers_, telemetry_, clock_);
  link.Send(MakeRead("read-1"));
  ASSERT_TRUE(lane->read_count.Await(1));
  lane.reset();
  answers_ = true;
  lane = std::make_unique<FakeLane>(config, telemetry_, clock_, answers_);
  ASSERT_TRUE(lane->read_count.Await(1));
  EXPECT_EQ(lane->reads().front(), "read-1");
}

TEST_F(LaneLinkTest, ACrowdOfTagsCostsNoPlateItsPlace) {
  RpcConfig config = pki_.MakeRpcConfig("lane");
  auto lane = std::make_unique<FakeLane>(config, telemetry_, clock_, answers_);
  config.listen = "127.0.0.1:" + std::to_string(lane->port());
  lane.reset();
  LaneLink link(config.listen, pki_.MakeCertificate("camera"), cameras_, tag_readers_, telemetry_, clock_);
  link.Send(MakeRead("read-1"));
  for (int i = 0; i < 400; ++i) {
    LaneLink::Read tag;
    tag.mutable_tag()->set_read_id("tag-" + std::to_string(i));
    link.Send(tag);
  }
  lane = std::make_unique<FakeLane>(config, telemetry_, clock_, answers_);
  ASSERT_TRUE(lane->read_count.Await(256));
  const auto reads = lane->reads();
  EXPECT_EQ(reads.front(), "read-1");
  EXPECT_EQ(reads.at(1), "tag-145") << "of the tags the oldest went";
}

TEST(CameraApi, ListsAndShowsWhatThereIs) {
  const CamerasOfALane cameras;
  const CameraApi api(
      cameras,
      [](const std::string&, const CameraStill& still) -> Result<std::shared_ptr<const std::string>> {
        return still.jpeg;
      });
  const v1::ListCamerasResponse list = api.ListCameras({}, {}).value();
  EXPECT_EQ(list.cameras(0).state(), v1::Camera::STATE_LIVE);
  EXPECT_EQ(list.cameras(0).position(), v1::Camera::POSITION_FRONT);
  EXPECT_EQ(list.cameras(1).position(), v1::Camera::POSITION_REAR);
  EXPECT_EQ(list.cameras(2).position(), v1::Camera::POSITION_WINDOW);
  EXPECT_TRUE(list.cameras(2).reads_slips());
  v1::GetStillRequest request;
  request.set_camera_id("cam-1");
  EXPECT_EQ(api.GetStill({}, request)->content().data(), "jpeg");
  EXPECT_EQ(api.GetStill({}, request)->content().content_type(), "image/jpeg");
}

}  // namespace
}  // namespace bordergate::camera
