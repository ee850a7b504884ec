// Goal: a reader of transponders is heard when it is the one it says it is, each lane is told of what its own
// antenna heard now, and nobody else is heard at all. Method: libcurl sends messages as the makers document
// them to the listener.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/core/random.h"
#include "libs/http/testing/raw_client.h"
#include "libs/testing/manual_clock.h"
#include "services/camera/device/push_listener.h"
#include "services/camera/lane_message.h"
#include "services/camera/push_config.h"
#include "services/camera/pushing_tag_readers.h"
#include "services/camera/testing/pipeline_fixture.h"
#include "services/camera/testing/push_bodies.h"
#include "services/camera/testing/tag_bodies.h"

namespace bordergate::camera {
namespace {

constexpr char kTagKey[] = "a-key-of-the-reader";
constexpr char kReferenceTag[] = "E280119020000000FFFFFFFF";

SiteLane TagLane(const std::string& lane_id, const std::string& reader_id, int antenna) {
  return {.lane_id = lane_id,
          .gate_id = "huu-nghi",
          .title = "X",
          .tag_reader_id = reader_id,
          .tag_reader_address = "127.0.0.1",
          .tag_reader_format = "impinj",
          .tag_reader_authentication = "basic",
          .tag_reader_antenna = antenna};
}

// "r1" is Impinj's, signs in by basic and serves lanes x1 (antenna 1) and x2 (antenna 2); "r2" is Zebra's,
// has its key in the path and serves x3 with all its antennas; "r3" sends from elsewhere.
class TagReader : public ::testing::Test {
 protected:
  void SetUp() override {
    readers_.Start([this](SeenTag seen) {
      {
        const std::lock_guard lock(mutex_);
        seen_.push_back(std::move(seen));
      }
      told_.Add();
    });
    PushOptions options{.listen = "127.0.0.1:0"};
    options.tag_readers = {
        {.tag_reader_id = "r1", .address = "127.0.0.1", .format = TagFormat::kImpinj, .key = kTagKey},
        {.tag_reader_id = "r2",
         .address = "127.0.0.1",
         .format = TagFormat::kZebra,
         .authentication = PushAuthentication::kPath,
         .key = kTagKey},
        {.tag_reader_id = "r3", .address = "192.0.2.80", .format = TagFormat::kImpinj, .key = kTagKey}};
    options.cameras = {{.camera_id = "c1", .address = "127.0.0.1", .key = "a-key-of-a-camera"}};
    auto listener = PushListener::Start(
        options, [](const std::string&, const PushedEvent&) {},
        std::bind_front(&PushingTagReaders::Take, &readers_), telemetry_, clock_);
    ASSERT_TRUE(listener.has_value());
    listener_ = *std::move(listener);
  }
  void TearDown() override {
    listener_.reset();
    readers_.Stop();
  }

  std::string Url(const std::string& path) const {
    return fmt::format("http://127.0.0.1:{}/push/{}", listener_->port(), path);
  }
  Post FromR1(const std::vector<std::string>& events) const {
    return {.url = Url("r1"),
            .content_type = "application/json",
            .body = TagBody(events),
            .user = "r1",
            .key = kTagKey,
            .scheme = CURLAUTH_BASIC};
  }
  Post FromR2(const std::string& body) const {
    return {.url = Url(std::string("r2/") + kTagKey), .content_type = "application/json", .body = body};
  }
  SeenTag Seen(int number) {
    EXPECT_TRUE(told_.Await(number + 1));
    const std::lock_guard lock(mutex_);
    return seen_.at(static_cast<size_t>(number));
  }
  std::string Metrics() { return telemetry_.metrics.Text(); }
  TagReaderStatus StatusOf(const std::string& lane_id) {
    for (const TagReaderStatus& status : readers_.List()) {
      if (status.lane_id == lane_id) return status;
    }
    ADD_FAILURE() << lane_id;
    return {};
  }

  SystemClock clock_;
  Telemetry telemetry_{"camera", "error"};
  PushingTagReaders readers_{
      {.reference_tag_ids = {kReferenceTag}},
      {.gates = {},
       .lanes = {TagLane("x1", "r1", 1), TagLane("x2", "r1", 2), TagLane("x3", "r2", 0),
                 TagLane("x4", "r3", 0), TagLane("x5", "", 0)}},
      telemetry_,
      clock_};
  Count told_;
  std::mutex mutex_;
  std::vector<SeenTag> seen_;
  std::unique_ptr<PushListener> listener_;
};

TEST_F(TagReader, EachLaneIsToldOfWhatItsAntennaHears) {
  const Instant before = clock_.Now();
  const Posted posted =
      Send(FromR1({ImpinjTag(kTagOne, clock_.Now(), 2, -5234), ImpinjTag(kTagTwo, clock_.Now(), 1, -6000)}));
  EXPECT_EQ(posted.status, 200) << posted.body;
  const SeenTag one = Seen(0);
  EXPECT_EQ(one.lane_id, "x2");
  EXPECT_GE(one.tag.time, before) << "by our clock";
  EXPECT_EQ(Seen(1).lane_id, "x1");
  EXPECT_EQ(Seen(1).tag.tag_id, kTagTwo);
  SystemRandom random;
  IdMaker ids(clock_, random);
  const auto read = ToProto(one, ids).tag();
  EXPECT_EQ(read.tag_reader_id(), "r1");
  EXPECT_EQ(read.lane_id(), "x2");
  EXPECT_EQ(read.tag_id(), kTagOne);
  EXPECT_EQ(read.rssi_cdbm(), -5234);
  EXPECT_THAT(read.read_id(), ::testing::StartsWith("tag_"));
  EXPECT_EQ(Send(FromR1({ImpinjTag(kTagOne, clock_.Now(), 3)})).status, 200);
  EXPECT_THAT(Metrics(), ::testing::HasSubstr("tag_reads_total{outcome=\"NO_LANE\",tag_reader_id=\"r1\"} 1"));
}

TEST_F(TagReader, OneWithItsKeyInThePathServesItsLaneWithAllAntennas) {
  EXPECT_EQ(Send(FromR2(TagBody({ZebraTag(kTagOne, clock_.Now(), 4)}))).status, 200);
  EXPECT_EQ(Seen(0).lane_id, "x3");
  Post post = FromR2(TagBody({ZebraTag(kTagTwo, clock_.Now(), 4)}));
  post.url = Url("r2");
  EXPECT_EQ(Send(post).status, 403);
}

TEST_F(TagReader, ATagThatIsHeardAgainAndAgainIsToldOnceASecond) {
  for (int i = 0; i < 8; ++i)
    EXPECT_EQ(Send(FromR1({ImpinjTag(kTagOne, clock_.Now(), 1, i == 5 ? -4000 : -6000)})).status, 200);
  EXPECT_EQ(Seen(0).tag.rssi_cdbm, -6000) << "at once";
  EXPECT_EQ(Seen(1).tag.rssi_cdbm, -4000) << "then the strongest";
  EXPECT_GE(Seen(1).tag.time, Seen(0).tag.time);
}

TEST_F(TagReader, E3ATagThatWasHeardAMinuteAgoIsTakenAndToldToNobody) {
  EXPECT_EQ(Send(FromR1({ImpinjTag(kTagOne, clock_.Now() - seconds(60))})).status, 200)
      << "so that it is not sent again";
  EXPECT_EQ(Send(FromR1({ImpinjTag(kTagTwo, clock_.Now())})).status, 200);
  EXPECT_EQ(Seen(0).tag.tag_id, kTagTwo);
  EXPECT_THAT(Metrics(), ::testing::HasSubstr("tag_reads_total{outcome=\"LATE\",tag_reader_id=\"r1\"} 1"));
  EXPECT_EQ(StatusOf("x1").fault_code, "") << "it lives all the same";
}

TEST_F(TagReader, ATagWithoutItsTidIsCountedAndToldToNobody) {
  EXPECT_EQ(Send(FromR1({ImpinjTag("", clock_.Now()), ImpinjTag("", clock_.Now())})).status, 200);
  EXPECT_EQ(Send(FromR1({ImpinjTag(kTagTwo, clock_.Now())})).status, 200);
  EXPECT_EQ(Seen(0).tag.tag_id, kTagTwo);
  EXPECT_THAT(Metrics(),
              ::testing::HasSubstr("tag_reads_total{outcome=\"WITHOUT_ID\",tag_reader_id=\"r1\"} 2"));
}

TEST_F(TagReader, AReferenceTagIsASignOfLifeAndNoVehicle) {
  EXPECT_EQ(StatusOf("x1").fault_code, "NO_REPORTS");
  EXPECT_EQ(Send(FromR1({ImpinjTag(kReferenceTag, clock_.Now())})).status, 200);
  EXPECT_EQ(StatusOf("x1").fault_code, "");
  EXPECT_EQ(StatusOf("x2").fault_code, "") << "the same reader";
  EXPECT_EQ(StatusOf("x3").fault_code, "NO_REPORTS");
  EXPECT_EQ(Send(FromR2(ZebraHeartbeat(clock_.Now()))).status, 200);
  EXPECT_EQ(StatusOf("x3").fault_code, "");
  EXPECT_TRUE(StatusOf("x3").report_time.has_value());
  EXPECT_EQ(readers_.List().size(), 4U) << "x5 has none";
  EXPECT_EQ(told_.value(), 0);
}

TEST_F(TagReader, E13ARogueReaderIsRefusedAndTold) {
  Post stranger = FromR1({ImpinjTag(kTagOne, clock_.Now())});
  stranger.user = "";
  EXPECT_EQ(Send(stranger).status, 401) << "without a key";
  stranger.user = "r1";
  stranger.key = "a-key-of-a-camera";
  EXPECT_EQ(Send(stranger).status, 401) << "with another's key";
  stranger.key = kTagKey;
  stranger.user = "r2";
  EXPECT_EQ(Send(stranger).status, 401) << "in another's name";
  stranger.url = Url("r3");
  stranger.user = "r3";
  EXPECT_EQ(Send(stranger).status, 403) << "from another address";
  stranger.url = Url("r9");
  EXPECT_EQ(Send(stranger).status, 403) << "a reader that is not there";
  stranger.url = Url("r2/a-wrong-key-of-it");
  EXPECT_EQ(Send(stranger).status, 403);
  Post camera = FromR1({ImpinjTag(kTagOne, clock_.Now())});
  camera.url = Url("c1");
  EXPECT_EQ(Send(camera).status, 401) << "a reader's key in a camera's name";
  EXPECT_EQ(told_.value(), 0);
  EXPECT_EQ(StatusOf("x1").fault_code, "NO_REPORTS") << "nobody lends it life";
  EXPECT_THAT(Metrics(), ::testing::HasSubstr("pushes_refused_total{what=\"key\"} 4"));
  EXPECT_THAT(Metrics(), ::testing::HasSubstr("pushes_refused_total{what=\"camera\"} 2"));
  EXPECT_EQ(Send(FromR1({ImpinjTag(kTagOne, clock_.Now())})).status, 200) << "the right one is heard";
}

TEST_F(TagReader, E12AMessageOfTwoMegabytesIsRefused) {
  Post huge = FromR1({});
  huge.body = std::string(2 << 20, ' ') + "[]";
  EXPECT_EQ(Send(huge).status, 413);
  EXPECT_EQ(StatusOf("x1").fault_code, "NO_REPORTS");
}

TEST_F(TagReader, WhatIsNotWhollyAMessageIsRefusedAndNothingOfItUsed) {
  Post bad = FromR1({ImpinjTag(kTagOne, clock_.Now()), "7"});
  EXPECT_EQ(Send(bad).status, 400);
  bad.content_type = "text/plain";
  EXPECT_EQ(Send(bad).status, 415);
  EXPECT_EQ(told_.value(), 0);
  EXPECT_THAT(Metrics(), ::testing::HasSubstr(
                             "pushed_events_total{outcome=\"PUSH_UNREADABLE\",tag_reader_id=\"r1\"} 1"));
}

TEST_F(TagReader, E15OfAFloodMostIsRefusedBeforeItIsRead) {
  const Post post = FromR2("[]");
  int refused = 0;
  for (int i = 0; i < 60; ++i) refused += Send(post).status == 429 ? 1 : 0;
  EXPECT_GT(refused, 0);
  EXPECT_EQ(Send(FromR1({ImpinjTag(kTagOne, clock_.Now())})).status, 200)
      << "another reader has turns of its own";
}

TEST(TagReaderHealth, SaysNoReportsAfterTheSilenceAndRecovers) {
  ManualClock clock;
  Telemetry telemetry("camera", "error");
  PushingTagReaders readers({.silence_max = seconds(30), .reference_tag_ids = {}},
                            {.gates = {}, .lanes = {TagLane("x1", "r1", 0)}}, telemetry, clock);
  EXPECT_EQ(readers.List().at(0).fault_code, "NO_REPORTS") << "it was never heard of";
  EXPECT_FALSE(readers.List().at(0).report_time.has_value());
  readers.Take("r1", {});
  EXPECT_EQ(readers.List().at(0).fault_code, "");
  EXPECT_EQ(readers.List().at(0).report_time, clock.Now());
  EXPECT_THAT(telemetry.metrics.Text(), ::testing::HasSubstr("tag_reader_silent{tag_reader_id=\"r1\"} 0"));
  clock.Advance(seconds(30));
  EXPECT_EQ(readers.List().at(0).fault_code, "");
  clock.Advance(milliseconds(1));
  EXPECT_EQ(readers.List().at(0).fault_code, "NO_REPORTS");
  readers.Take("r9", {});
  EXPECT_EQ(readers.List().at(0).fault_code, "NO_REPORTS") << "another's word";
  readers.Take("r1", {});
  EXPECT_EQ(readers.List().at(0).fault_code, "");
}

TEST(TagReaderConfig, AReaderOfSeveralLanesIsOneSenderWithOneKey) {
  const TemporaryFolder folder;
  folder.Write("r1.key", std::string(kTagKey) + "\n");
  Site site{.gates = {}, .lanes = {TagLane("x1", "r1", 1), TagLane("x2", "r1", 2), TagLane("x3", "r2", 0)}};
  site.lanes.back().tag_reader_format = "zebra";
  site.lanes.back().tag_reader_authentication = "path";
  ConfigReader reader =
      ConfigReader::Make("[push]\nlisten = \"127.0.0.1:7070\"\nkey_folder = \"" + folder.path().string() +
                             "\"\ncertificate_file = \"\"\nkey_file = \"\"\n",
                         "", {});
  const PushOptions options = ReadPushOptions(reader, site);
  ASSERT_EQ(options.tag_readers.size(), 2U);
  EXPECT_EQ(options.tag_readers[0].key, kTagKey);
  EXPECT_EQ(options.tag_readers[0].format, TagFormat::kImpinj);
  EXPECT_EQ(options.tag_readers[1].format, TagFormat::kZebra);
  EXPECT_EQ(options.tag_readers[1].authentication, PushAuthentication::kPath);
  ASSERT_EQ(reader.faults().size(), 1U) << "r2 has no key";
  EXPECT_THAT(reader.faults()[0], ::testing::HasSubstr("r2.key"));
}

TEST(TagReaderConfig, ReferenceTagsAreTids) {
  ConfigReader reader = ConfigReader::Make(
      "[tags]\nsilence_max_ms = 30000\nreference_tag_ids = [\"e2801190200050a1b2c3d4e5\", \"12\"]\n", "", {});
  const TagRules rules = ReadTagRules(reader, seconds(3));
  EXPECT_THAT(rules.reference_tag_ids, ::testing::ElementsAre(kTagOne));
  EXPECT_EQ(rules.silence_max, seconds(30));
  EXPECT_EQ(reader.faults().size(), 1U);
}

}  // namespace
}  // namespace bordergate::camera
