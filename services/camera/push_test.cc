// Goal: a camera that reads plates itself is heard when it is the one it says it is, its read never says more
// than our own, and nobody else is heard at all. Method: libcurl sends events as the makers document them to
// the listener; a stand-in for the nets.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/core/random.h"
#include "libs/http/testing/raw_client.h"
#include "services/camera/device/push_listener.h"
#include "services/camera/domain/pushed_read.h"
#include "services/camera/lane_message.h"
#include "services/camera/push_config.h"
#include "services/camera/testing/pipeline_fixture.h"
#include "services/camera/testing/push_bodies.h"

namespace bordergate::camera {
namespace {

constexpr char kKey[] = "correct-horse-battery";
constexpr char kOtherKey[] = "another-camera-s-key";

TEST(PushedRead, NeverSaysMoreThanOurOwn) {
  EXPECT_EQ(JudgePush("12C12345", "12C12345"), PushVerdict::kAgreed);
  EXPECT_EQ(JudgePush("12C12345", std::nullopt), PushVerdict::kUnclaimed);
  EXPECT_EQ(JudgePush("12C12345", "12C12346"), PushVerdict::kContradicted);
  EXPECT_EQ(JudgePush(std::nullopt, "12C12345"), PushVerdict::kUnconfirmed);
  EXPECT_EQ(JudgePush(std::nullopt, std::nullopt), PushVerdict::kNothing);
}

// "x1" is of Hikvision's kind and signs in by digest, "x2" of Dahua's by the path, "x3" by basic; "x4" sends
// from elsewhere.
class Push : public PipelineTest {
 protected:
  void SetUp() override {
    Site site{.gates = {{.gate_id = "huu-nghi", .title = "Hữu Nghị"}}, .lanes = {}};
    for (const char* camera_id : {"x1", "x2", "x3", "x4"}) site.lanes.push_back(Lane(camera_id));
    config_.health.skew_max = seconds(60);
    pipeline_ = std::make_unique<Pipeline>(config_, site, std::vector<Pipeline::Readers>{ShadeReader()},
                                           telemetry_, clock_);
    pipeline_->Start([this](SeenPlate seen) { Take(std::move(seen)); });
    PushOptions options{.listen = "127.0.0.1:0"};
    const auto add = [&](const char* id, const char* address, PushFormat format, PushAuthentication how,
                         const char* key) {
      options.cameras.push_back(
          {.camera_id = id, .address = address, .format = format, .authentication = how, .key = key});
    };
    add("x1", "127.0.0.1", PushFormat::kHikvision, PushAuthentication::kDigest, kKey);
    add("x2", "127.0.0.1", PushFormat::kDahua, PushAuthentication::kPath, kOtherKey);
    add("x3", "127.0.0.1", PushFormat::kDahua, PushAuthentication::kBasic, kOtherKey);
    add("x4", "192.0.2.64", PushFormat::kHikvision, PushAuthentication::kDigest, kKey);
    Listen(options);
  }
  void TearDown() override {
    listener_.reset();
    pipeline_.reset();
  }
  void Listen(const PushOptions& options) {
    listener_.reset();
    auto listener = PushListener::Start(
        options,
        [this](const std::string& camera_id, PushedEvent event) {
          pipeline_->TakePush(camera_id, std::move(event));
          ++taken_;
        },
        [](const std::string&, const TagReport&) {}, telemetry_, clock_);
    ASSERT_TRUE(listener.has_value());
    listener_ = *std::move(listener);
  }
  SiteLane Lane(const std::string& camera_id) {
    SiteLane lane = LaneWith(camera_id, "");
    lane.push_address = "127.0.0.1";
    return lane;
  }
  std::string Url(const std::string& path) const {
    return fmt::format("http://127.0.0.1:{}/push/{}", listener_->port(), path);
  }
  // What x1 sends of a truck.
  Post FromX1(const std::string& plate, int shade) const {
    return {
        .url = Url("x1"),
        .content_type = kHikvisionType,
        .body = HikvisionBody(HikvisionXml(plate, clock_.Now()), {JpegOf(60).substr(0, 40), JpegOf(shade)}),
        .user = "x1",
        .key = kKey};
  }
  SeenPlate Seen(int number) {
    EXPECT_TRUE(sent_.Await(number + 1));
    const std::lock_guard lock(mutex_);
    return seen_.at(static_cast<size_t>(number));
  }
  lane::v1::PlateRead ToLane(const SeenPlate& seen) {
    SystemRandom random;
    IdMaker ids(clock_, random);
    return ToProto(seen, ids).read();
  }

  std::atomic<int> taken_ = 0;
  std::unique_ptr<Pipeline> pipeline_;
  std::unique_ptr<PushListener> listener_;
};

TEST_F(Push, APlateThatWeReadTooGoesToTheLaneAsSureAsOurs) {
  const Instant before = clock_.Now();
  const Posted posted = Send(FromX1("12C-102.00", 200));
  EXPECT_EQ(posted.status, 200) << posted.body;
  const SeenPlate seen = Seen(0);
  EXPECT_EQ(seen.camera_id, "x1");
  EXPECT_EQ(seen.lane_id, "lane-x1");
  EXPECT_GE(seen.frame_time, before) << "by our clock";
  const auto read = ToLane(seen);
  EXPECT_EQ(read.plate(), "12C10200");
  EXPECT_DOUBLE_EQ(read.confidence(), 0.9) << "ours, not the camera's 0.98";
  EXPECT_EQ(read.evidence_jpeg(), JpegOf(200)) << "the scene, not the plate alone";
  EXPECT_EQ(pipeline_->List().at(0).fault_code, "");
  EXPECT_EQ(pipeline_->List().at(0).read_count, 1);
  EXPECT_TRUE(pipeline_->Still("x1").has_value());
}

TEST_F(Push, APlateThatOnlyWeReadNeedsASecondPicture) {
  EXPECT_EQ(Send(FromX1("unknown", 200)).status, 200);
  EXPECT_LT(ToLane(Seen(0)).confidence(), 0.5);
}

TEST_F(Push, APlateThatWeReadOtherwiseIsNeverSure) {
  EXPECT_EQ(Send(FromX1("12C10201", 200)).status, 200);
  const auto read = ToLane(Seen(0));
  EXPECT_EQ(read.plate(), "12C10200");
  EXPECT_LT(read.confidence(), 0.5);
}

TEST_F(Push, APlateThatWeCannotReadIsNeverSureAndSaysNotWhere) {
  EXPECT_EQ(Send(FromX1("12C10201", 20)).status, 200);
  const auto read = ToLane(Seen(0));
  EXPECT_EQ(read.plate(), "12C10201");
  EXPECT_LT(read.confidence(), 0.5);
  EXPECT_EQ(read.corners_size(), 0);
  EXPECT_EQ(read.evidence_jpeg(), JpegOf(20)) << "for the officer to read";
}

TEST_F(Push, APoisonedPictureCostsThePictureAndNotTheRead) {
  Post post = FromX1("12C10201", 200);
  std::string poisoned = JpegOf(200);
  poisoned.resize(poisoned.size() / 2);
  post.body = HikvisionBody(HikvisionXml("12C10201", clock_.Now()), {poisoned});
  EXPECT_EQ(Send(post).status, 200);
  const auto read = ToLane(Seen(0));
  EXPECT_EQ(read.plate(), "12C10201");
  EXPECT_LT(read.confidence(), 0.5);
  EXPECT_EQ(read.evidence_jpeg(), "") << "what cannot be decoded is shown to nobody";
}

TEST_F(Push, ACameraThatCannotSignInHasItsKeyInThePath) {
  const std::string body = DahuaBody("12C10200", clock_.Now(), JpegOf(200));
  Post post{.url = Url(std::string("x2/") + kOtherKey + "/NotificationInfo/TollgateInfo"),
            .content_type = "application/json",
            .body = body};
  const Posted posted = Send(post);
  EXPECT_EQ(posted.status, 200);
  EXPECT_THAT(posted.body, ::testing::HasSubstr("\"Result\":true"));
  EXPECT_EQ(ToLane(Seen(0)).confidence(), 0.9);
  post.url = Url("x2/NotificationInfo/TollgateInfo");
  EXPECT_EQ(Send(post).status, 403);
}

TEST_F(Push, ACameraMaySignInByBasic) {
  Post post{.url = Url("x3"),
            .content_type = "application/json",
            .body = DahuaBody("12C10200", clock_.Now(), JpegOf(200)),
            .user = "x3",
            .key = kOtherKey,
            .scheme = CURLAUTH_BASIC};
  EXPECT_EQ(Send(post).status, 200);
  post.key = kKey;
  EXPECT_EQ(Send(post).status, 401);
  EXPECT_EQ(taken_, 1);
}

TEST_F(Push, AnEventThatIsSentAgainIsReadOnce) {
  const Post post = FromX1("12C10200", 200);
  EXPECT_EQ(Send(post).status, 200);
  EXPECT_EQ(Send(post).status, 200) << "so that it is not sent a third time";
  EXPECT_EQ(Send(FromX1("12C10210", 210)).status, 200);
  EXPECT_EQ(Seen(1).read.plate, "12C10210");
  EXPECT_EQ(looked_.value(), 2);
}

// What a camera kept while its cable was out is no read of the truck that stands there now.
TEST_F(Push, E3AnEventOfAMinuteAgoIsTakenAndReadByNobody) {
  Post late = FromX1("12C10200", 200);
  late.body = HikvisionBody(HikvisionXml("12C10200", clock_.Now() - seconds(60)), {JpegOf(200)});
  EXPECT_EQ(Send(late).status, 200) << "so that it is not sent again";
  EXPECT_EQ(Send(FromX1("12C10210", 210)).status, 200);
  EXPECT_EQ(Seen(0).read.plate, "12C10210");
}

TEST_F(Push, ASignOfLifeIsEnoughForACameraThatOnlySendsEvents) {
  EXPECT_EQ(pipeline_->List().at(0).fault_code, "NO_FRAMES");
  EXPECT_EQ(Send({.url = Url("x1"),
                  .content_type = "application/xml",
                  .body = HikvisionXml("", clock_.Now(), "videoloss"),
                  .user = "x1",
                  .key = kKey})
                .status,
            200);
  EXPECT_EQ(pipeline_->List().at(0).fault_code, "");
  EXPECT_EQ(pipeline_->List().at(1).fault_code, "NO_FRAMES");
}

TEST_F(Push, E13ARogueCameraIsRefusedAndTold) {
  Post good = FromX1("12C10200", 200);
  Post stranger = good;
  stranger.user = "";
  EXPECT_EQ(Send(stranger).status, 401) << "without a key";
  stranger = good;
  stranger.key = "wrong-horse-battery";
  EXPECT_EQ(Send(stranger).status, 401);
  stranger.user = "x3";
  stranger.key = kOtherKey;
  EXPECT_EQ(Send(stranger).status, 401) << "another camera, with its own key, in the name of x1";
  stranger.url = Url(std::string("x2/") + kKey);
  EXPECT_EQ(Send(stranger).status, 403) << "a wrong key in the path";
  stranger.url = Url("x4");
  stranger.user = "x4";
  EXPECT_EQ(Send(stranger).status, 403) << "x4's name and key, from another address";
  stranger.url = Url("x9");
  EXPECT_EQ(Send(stranger).status, 403) << "a camera that is not there";
  EXPECT_EQ(taken_, 0);
  // Signed in once, the same words do not open a second time.
  const Posted first = Send(good);
  EXPECT_EQ(first.status, 200);
  ASSERT_THAT(first.authorization, ::testing::StartsWith("Authorization: Digest "));
  Post replay = FromX1("12C10210", 210);
  replay.user = "";
  replay.authorization = first.authorization;
  EXPECT_EQ(Send(replay).status, 401);
  EXPECT_EQ(taken_, 1);
  const std::string metrics = telemetry_.metrics.Text();
  EXPECT_THAT(metrics, ::testing::HasSubstr("bordergate_camera_pushes_refused_total{what=\"key\"} 3"));
  EXPECT_THAT(metrics, ::testing::HasSubstr("bordergate_camera_pushes_refused_total{what=\"camera\"} 2"));
}

TEST_F(Push, E13AnAddressThatNoCameraHasIsToldSoBeforeItsBodyIsRead) {
  PushOptions options{.listen = "127.0.0.1:0",
                      .cameras = {{.camera_id = "x4", .address = "192.0.2.64", .key = kKey}}};
  Listen(options);
  http::RawClient client(listener_->port());
  client.Send(
      "POST /push/x4 HTTP/1.1\r\nHost: a\r\nContent-Type: text/xml\r\nContent-Length: 8000000\r\n\r\n<");
  EXPECT_THAT(client.ReadUntil("\r\n"), ::testing::StartsWith("HTTP/1.1 403 "));
  EXPECT_THAT(telemetry_.metrics.Text(), ::testing::HasSubstr("pushes_refused_total{what=\"address\"} 1"));
}

TEST_F(Push, E12AnEventOf200MegabytesIsRefusedBeforeItArrives) {
  http::RawClient client(listener_->port());
  client.Send(
      "POST /push/x1 HTTP/1.1\r\nHost: a\r\nContent-Type: text/xml\r\nContent-Length: 200000000\r\n\r\n<");
  EXPECT_THAT(client.ReadUntil("\r\n"), ::testing::StartsWith("HTTP/1.1 413 "));
  EXPECT_EQ(Send(FromX1("12C10200", 200)).status, 200) << "others are not held up";
}

TEST_F(Push, WhatIsNotWhollyAnEventIsRefusedAndNothingOfItUsed) {
  const Post good = FromX1("12C10200", 200);
  Post bad = good;
  bad.body.resize(bad.body.size() / 2);
  EXPECT_EQ(Send(bad).status, 400);
  bad = good;
  bad.content_type = "application/json";
  EXPECT_EQ(Send(bad).status, 415);
  bad = good;
  bad.content_type = "text/xml";
  bad.body =
      "<!DOCTYPE x [<!ENTITY y SYSTEM "
      "\"file:///etc/passwd\">]><EventNotificationAlert>&y;</EventNotificationAlert>";
  EXPECT_EQ(Send(bad).status, 400);
  bad = good;
  bad.url = fmt::format("http://127.0.0.1:{}/ISAPI/Event", listener_->port());
  EXPECT_EQ(Send(bad).status, 404);
  EXPECT_EQ(taken_, 0);
  EXPECT_EQ(sent_.value(), 0);
}

TEST_F(Push, E15OfAFloodMostIsRefusedBeforeItIsRead) {
  Post post{.url = Url(std::string("x2/") + kOtherKey), .content_type = "application/json", .body = "{}"};
  int refused = 0;
  for (int i = 0; i < 60; ++i) refused += Send(post).status == 429 ? 1 : 0;
  EXPECT_GT(refused, 0);
  EXPECT_LT(taken_, 60);
  EXPECT_EQ(Send(FromX1("12C10200", 200)).status, 200) << "another camera has turns of its own";
}

TEST(PushConfig, ACameraWithoutItsKeyStopsTheStart) {
  const TemporaryFolder folder;
  folder.Write("x1.key", std::string(kKey) + "\n");
  folder.Write("x2.key", "short");
  const std::string toml = "[push]\nlisten = \"127.0.0.1:7070\"\nkey_folder = \"" + folder.path().string() +
                           "\"\ncertificate_file = \"\"\nkey_file = \"\"\n";
  Site site;
  site.gates = {{.gate_id = "huu-nghi", .title = "Hữu Nghị", .utc_offset_minutes = 420}};
  for (const char* camera_id : {"x1", "x2", "x3"}) {
    site.lanes.push_back({.lane_id = camera_id,
                          .gate_id = "huu-nghi",
                          .title = "X",
                          .camera_id = camera_id,
                          .push_address = "192.0.2.64",
                          .push_format = "dahua",
                          .push_authentication = "basic"});
  }
  ConfigReader reader = ConfigReader::Make(toml, "", {});
  const PushOptions options = ReadPushOptions(reader, site);
  EXPECT_EQ(options.cameras.at(0).key, kKey);
  EXPECT_EQ(options.cameras.at(0).format, PushFormat::kDahua);
  EXPECT_EQ(options.cameras.at(0).authentication, PushAuthentication::kBasic);
  EXPECT_EQ(reader.faults().size(), 2) << "x2's is too short, x3 has none";
}

}  // namespace
}  // namespace bordergate::camera
