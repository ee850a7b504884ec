// Goal: further cameras tell the lane of the container numbers they see, surely only what two frames say, and
// front cameras look for none. Method: folders of pictures and a stand-in for the nets; a real gRPC server in
// the lane's place.
#include <filesystem>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/testing/manual_clock.h"
#include "libs/testing/test_pki.h"
#include "services/camera/aim_command.h"
#include "services/camera/domain/look_order.h"
#include "services/camera/follow_command.h"
#include "services/camera/lane_message.h"
#include "services/camera/peers/lane_link.h"
#include "services/camera/testing/container_wall.h"
#include "services/camera/testing/fake_lane.h"
#include "services/camera/testing/shipped_models.h"

namespace bordergate::camera {
namespace {

class ContainerPipelineTest : public PipelineTest {
 protected:
  // A lane with a camera in front and one behind; the pictures of the one behind are those of `pictures_`.
  Site SiteWithARear(const std::string& position = "rear", bool reads_plates = true,
                     bool reads_containers = true) {
    front_.Write("a.jpg", JpegOf(150));
    SiteLane lane = LaneWith("cam-1", front_.path());
    lane.further_cameras = {{.camera_id = "cam-1-rear",
                             .camera_url = pictures_.path(),
                             .position = position,
                             .reads_plates = reads_plates,
                             .reads_containers = reads_containers}};
    return {.gates = {}, .lanes = {lane}};
  }
  void Begin(Pipeline& pipeline) {
    pipeline.Start([this](SeenPlate seen) { Take(std::move(seen)); }, [](const SeenSlip&) {},
                   [this](SeenContainer seen) { TakeContainer(std::move(seen)); });
  }
  TemporaryFolder front_;
};

TEST_F(ContainerPipelineTest, TellsANumberSurelyWhenASecondLookSaysTheSame) {
  for (const std::string position : {"rear", "trailer"}) {
    pictures_.Write("a.jpg", JpegOf(200));
    const int before = containers_sent_.value();
    Pipeline pipeline(config_, SiteWithARear(position), {ShadeReaders()}, telemetry_, clock_);
    Begin(pipeline);
    ASSERT_TRUE(containers_sent_.Await(before + 2));
    const std::lock_guard lock(mutex_);
    const SeenContainer& first = containers_[static_cast<size_t>(before)];
    const SeenContainer& second = containers_[static_cast<size_t>(before) + 1];
    EXPECT_EQ(first.read.number, "CSQU1002009");
    EXPECT_FALSE(first.read.sure) << "one frame's word";
    EXPECT_TRUE(second.read.sure);
    EXPECT_EQ(second.camera_id, "cam-1-rear");
    EXPECT_EQ(second.lane_id, "lane-cam-1");
    EXPECT_EQ(first.track, second.track);
    EXPECT_NE(second.evidence_jpeg, nullptr);
  }
}

TEST_F(ContainerPipelineTest, LooksTwiceAndNoMoreAtAPictureThatStands) {
  pictures_.Write("a.jpg", JpegOf(200));
  const TemporaryFolder changing;
  changing.Write("a.jpg", JpegOf(10));
  changing.Write("b.jpg", JpegOf(40));
  Site site = SiteWithARear();
  site.lanes.push_back(LaneWith("cam-2", changing.path()));
  Pipeline pipeline(config_, site, {ShadeReaders()}, telemetry_, clock_);
  Begin(pipeline);
  ASSERT_TRUE(containers_sent_.Await(2));
  ASSERT_TRUE(looked_.Await(looked_.value() + 6)) << "the other camera's pictures go on";
  EXPECT_EQ(looked_for_container_.value(), 2);
}

TEST_F(ContainerPipelineTest, LooksForNoneInFrontOrAtTheWindow) {
  pictures_.Write("a.jpg", JpegOf(200));
  pictures_.Write("b.jpg", JpegOf(220));
  const TemporaryFolder window;
  window.Write("a.jpg", JpegOf(200));
  SiteLane lane = LaneWith("cam-1", pictures_.path());
  lane.slip_camera_id = "cam-1-slip";
  lane.slip_camera_url = window.path();
  Pipeline pipeline(config_, {.gates = {}, .lanes = {lane}}, {ShadeReaders()}, telemetry_, clock_);
  Begin(pipeline);
  ASSERT_TRUE(sent_.Await(6));
  EXPECT_EQ(looked_for_container_.value(), 0);
}

TEST_F(ContainerPipelineTest, LooksForNoneAtAFurtherCameraThatDoesNotShowThem) {
  pictures_.Write("a.jpg", JpegOf(200));
  pictures_.Write("b.jpg", JpegOf(220));
  Pipeline pipeline(config_, SiteWithARear("rear", true, false), {ShadeReaders()}, telemetry_, clock_);
  Begin(pipeline);
  const auto reads_behind = [this] {
    const std::lock_guard lock(mutex_);
    return std::ranges::count(seen_, "cam-1-rear", &SeenPlate::camera_id);
  };
  for (int sent = 1; reads_behind() < 3; ++sent) ASSERT_TRUE(sent_.Await(sent));
  EXPECT_EQ(looked_for_container_.value(), 0);
}

TEST_F(ContainerPipelineTest, LooksForNothingElseAtACameraThatShowsNoPlates) {
  pictures_.Write("a.jpg", JpegOf(200));
  pictures_.Write("b.jpg", JpegOf(220));
  Pipeline pipeline(config_, SiteWithARear("trailer", false), {ShadeReaders()}, telemetry_, clock_);
  Begin(pipeline);
  ASSERT_TRUE(containers_sent_.Await(3));
  const std::lock_guard lock(mutex_);
  for (const SeenPlate& seen : seen_) EXPECT_EQ(seen.camera_id, "cam-1");
}

// Plates are looked for in every frame; container numbers beside them only so often.
TEST_F(ContainerPipelineTest, LooksForNumbersLessOftenThanForPlates) {
  pictures_.Write("a.jpg", JpegOf(60));
  pictures_.Write("b.jpg", JpegOf(80));  // plates in both, numbers in none
  config_.container_pace = milliseconds(1000);
  Pipeline pipeline(config_, SiteWithARear(), {ShadeReaders()}, telemetry_, clock_);
  Begin(pipeline);
  ASSERT_TRUE(looked_for_container_.Await(2));
  EXPECT_GE(looked_.value(), 6);
}

TEST_F(ContainerPipelineTest, LooksForNoneWithAPaceOfZero) {
  pictures_.Write("a.jpg", JpegOf(200));
  pictures_.Write("b.jpg", JpegOf(220));
  config_.container_pace = milliseconds(0);
  Pipeline pipeline(config_, SiteWithARear(), {ShadeReaders()}, telemetry_, clock_);
  Begin(pipeline);
  ASSERT_TRUE(looked_.Await(8));
  EXPECT_EQ(looked_for_container_.value(), 0);
}

TEST_F(ContainerPipelineTest, IsNotPutOffForEverByThePace) {
  // A vehicle stops within the pace after a look: from then on every frame is the same.
  pictures_.Write("a.jpg", JpegOf(60));
  config_.container_pace = milliseconds(1000);
  Pipeline pipeline(config_, SiteWithARear(), {ShadeReaders()}, telemetry_, clock_);
  Begin(pipeline);
  ASSERT_TRUE(looked_for_container_.Await(1));
  pictures_.Write("a.jpg", JpegOf(200));
  ASSERT_TRUE(containers_sent_.Await(2));
  const std::lock_guard lock(mutex_);
  EXPECT_TRUE(containers_[1].read.sure);
}

// A vehicle stands before both cameras of a lane. One thread looks at the plates of the one behind when a
// frame of the one in front comes.
class LookOrderTest : public ContainerPipelineTest {
 protected:
  //   between   passes while the thread is busy and before the frame in front comes
  //   returns   what was looked for, in its order
  std::vector<std::string> Looks(milliseconds between) {
    pictures_.Write("a.jpg", JpegOf(200));
    const TemporaryFolder front;
    SiteLane lane = SiteWithARear().lanes.at(0);
    lane.camera_url = front.path();
    Count began, go_on;
    std::vector<std::string> looks;
    const Pipeline::Readers readers(
        [&](const cv::Mat& picture) -> std::vector<PlateRead> {
          const bool is_front = cv::mean(picture)[0] < 180;
          looks.emplace_back(is_front ? "plates in front" : "plates behind");
          began.Add();
          if (looks.size() == 1) go_on.Await(1);
          return {};
        },
        [&](const cv::Mat&) -> std::vector<ContainerRead> {
          looks.emplace_back("containers behind");
          looked_for_container_.Add();
          return {};
        });
    Pipeline pipeline(config_, {.gates = {}, .lanes = {lane}}, {readers}, telemetry_, manual_clock_);
    Begin(pipeline);
    EXPECT_TRUE(began.Await(1));
    manual_clock_.Advance(between);
    front.Write("a.jpg", JpegOf(150));
    while (!pipeline.List().at(0).frame_time) std::this_thread::yield();
    go_on.Add();
    EXPECT_TRUE(began.Await(2));
    EXPECT_TRUE(looked_for_container_.Await(1));
    pipeline.Stop();
    return looks;
  }
  ManualClock manual_clock_;
};

TEST_F(LookOrderTest, LooksForANumberAfterTheFrontCameraThatWaits) {
  EXPECT_THAT(Looks(kYieldMax - milliseconds(1)),
              ::testing::ElementsAre("plates behind", "plates in front", "containers behind"));
}

TEST_F(LookOrderTest, LooksForANumberThatHasYieldedLongEnough) {
  EXPECT_THAT(Looks(kYieldMax + milliseconds(1)),
              ::testing::ElementsAre("plates behind", "containers behind", "plates in front"));
}

TEST_F(ContainerPipelineTest, NeverCallsAnUnsureNumberSure) {
  SystemRandom random;
  IdMaker ids(clock_, random);
  SeenContainer seen{
      .camera_id = "cam-1-rear", .lane_id = "lane-1", .read = ContainerOf("CSQU3054383", 0.97), .track = 3};
  const auto report = ToProto(seen, ids);
  EXPECT_EQ(report.container().container_number(), "CSQU3054383");
  EXPECT_DOUBLE_EQ(report.container().confidence(), 0.97);
  EXPECT_EQ(report.container().corners_size(), 8);
  EXPECT_EQ(report.container().track_id(), "cam-1-rear/container/3");
  EXPECT_EQ(report.container().evidence_jpeg(), "");
  seen.read.sure = false;
  EXPECT_DOUBLE_EQ(ToProto(seen, ids).container().confidence(), 0.49);
}

// The service but for its nets: frames, pipeline, message, link, and the lane at the other end.
TEST_F(ContainerPipelineTest, ReportsToTheLaneAndSendsAgainWhatItDidNotAnswer) {
  const TestPki pki;
  std::atomic<bool> answers = false;
  RpcConfig lane_config = pki.MakeRpcConfig("lane");
  auto lane = std::make_unique<FakeLane>(lane_config, telemetry_, clock_, answers);
  lane_config.listen = "127.0.0.1:" + std::to_string(lane->port());
  pictures_.Write("a.jpg", JpegOf(200));
  Pipeline pipeline(config_, SiteWithARear(), {ShadeReaders()}, telemetry_, clock_);
  const PushingTagReaders tag_readers({}, {}, telemetry_, clock_);
  LaneLink link(lane_config.listen, pki.MakeCertificate("camera"), pipeline, tag_readers, telemetry_, clock_);
  SystemRandom random;
  IdMaker ids(clock_, random);
  std::mutex ids_mutex;
  pipeline.Start([](const SeenPlate&) {}, [](const SeenSlip&) {},
                 [&](const SeenContainer& seen) {
                   const std::lock_guard lock(ids_mutex);
                   link.Send(ToProto(seen, ids));
                 });
  ASSERT_TRUE(lane->read_count.Await(2));
  const auto told = lane->containers();
  EXPECT_EQ(told[0].container_number(), "CSQU1002009");
  EXPECT_LT(told[0].confidence(), 0.5);
  EXPECT_GE(told[1].confidence(), 0.9);
  EXPECT_EQ(told[1].camera_id(), "cam-1-rear");
  EXPECT_EQ(told[1].lane_id(), "lane-cam-1");
  EXPECT_FALSE(told[1].evidence_jpeg().empty());
  lane.reset();
  answers = true;
  lane = std::make_unique<FakeLane>(lane_config, telemetry_, clock_, answers);
  ASSERT_TRUE(lane->read_count.Await(2)) << "what was not answered is sent again";
  EXPECT_EQ(lane->containers().at(1).read_id(), told[1].read_id());
  pipeline.Stop();
}

// Two frames of a standing container, as files; with the shipped nets.
class ContainerCommandTest : public ::testing::Test {
 protected:
  ContainerCommandTest() {
    cv::Mat wall = ContainerWall();
    WriteOn(wall, "TGHU 759933 0", {760, 180}, 30);
    for (const char* name : {"a.png", "b.png"}) {
      std::vector<uint8_t> png;
      cv::imencode(".png", wall, png);
      files_.push_back(folder_.Write(name, std::string(png.begin(), png.end())));
      wall.convertTo(wall, -1, 0.95, 4);
    }
  }
  const std::string models_ = ShippedModels();
  TemporaryFolder folder_;
  std::vector<std::string> files_;
  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(ContainerCommandTest, FollowTellsANumberBehindTheFrontSurelyAfterTwoFrames) {
  std::vector<std::string_view> words = {"--json", "--position", "rear", files_[0], files_[1]};
  ASSERT_EQ(FollowCommand(words, models_, out_, err_), 0) << err_.str();
  EXPECT_THAT(out_.str(), ::testing::HasSubstr(R"("container_number":"TGHU7599330")"));
  EXPECT_THAT(out_.str(), ::testing::HasSubstr(R"("seen":2,"sure":true)"));
  out_.str("");
  words[2] = "front";
  ASSERT_EQ(FollowCommand(words, models_, out_, err_), 0) << err_.str();
  EXPECT_EQ(out_.str(), "");
}

TEST_F(ContainerCommandTest, AimTellsHowHighANumberIs) {
  const SystemClock clock;
  const std::vector<std::string_view> words = {"--language", "en", files_[0]};
  EXPECT_EQ(AimCommand(words, models_, clock, out_, err_), 1) << "there is no plate";
  EXPECT_THAT(out_.str(), ::testing::ContainsRegex("container number TGHU7599330 · height [23][0-9] px"));
}

}  // namespace
}  // namespace bordergate::camera
