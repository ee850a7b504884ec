// Goal: what further cameras see and readers of transponders hear goes from the camera's stream to decision
// and view, from the camera service alone. Method: the whole service in this process, as in
// lane_service_test.cc; the vehicle service tells whose transponder it is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bordergate/lane/v1/lane_service.rpc.h"

#include "libs/core/reasons.h"
#include "services/lane/domain/reasons.h"
#include "services/lane/testing/lane_service_fixture.h"

namespace bordergate::lane {
namespace {

constexpr char kTagOfTruck[] = "E2801160600002ABCDEF0123";
constexpr char kContainer[] = "CSQU3054383";
constexpr char kOtherContainer[] = "TGHU7654320";

class LaneWitnessTest : public LaneServiceTest {
 protected:
  LaneWitnessTest() {
    gate_.peers.Expect("trip_1", "29C-123.45", "huu-nghi", kContainer);
    gate_.peers.Register("29C-123.45", 0, kTagOfTruck);
  }
  v1::ReportReadsResponse ReadWith(const std::string& camera_id, const std::string& plate,
                                   double confidence) {
    const std::lock_guard lock(camera_mutex_);
    v1::PlateRead read = camera_.NewRead(kLane, plate);
    read.set_camera_id(camera_id);
    read.set_confidence(confidence);
    return camera_.Read(read);
  }
  v1::ReportReadsResponse Hear(const v1::TagRead& tag) {
    const std::lock_guard lock(camera_mutex_);
    return camera_.Hear(tag);
  }
  v1::ReportReadsResponse See(const v1::ContainerRead& read) {
    const std::lock_guard lock(camera_mutex_);
    return camera_.See(read);
  }
  v1::ContainerRead NewContainer(const std::string& number) { return camera_.NewContainer(kLane, number); }
  v1::TagRead NewTag() { return camera_.NewTag(kLane, kTagOfTruck); }

  // The truck goes through by itself on the word of a witness; returns why.
  v1::Reason PassesOnAWitness() {
    const v1::Passage passage = gate_.WaitForEvent("passage.completed").passage();
    EXPECT_EQ(passage.trip_id(), "trip_1");
    EXPECT_EQ(passage.plate(), "29C12345");
    EXPECT_EQ(passage.kind(), v1::Passage::KIND_AUTOMATIC);
    const v1::Lane lane =
        gate_.WaitForLane(kLane, [](const v1::Lane& view) { return view.state() == v1::LANE_STATE_IDLE; });
    EXPECT_EQ(lane.decision().reasons_size(), 2);
    return lane.decision().reasons(1);
  }
  // An officer is asked about the truck, and nothing moves; returns why.
  v1::Reason IsAsked() {
    const v1::Lane lane =
        gate_.WaitForLane(kLane, [](const v1::Lane& one) { return one.state() == v1::LANE_STATE_ASKING; });
    EXPECT_EQ(pulses(), 0);
    return lane.decision().reasons(0);
  }
};

TEST_F(LaneWitnessTest, LetsAnUnsurelyReadTruckInByItsTransponder) {
  DriveUp("29C-123.45");
  EXPECT_TRUE(ReadWith("huu-nghi-x1-front", "29C-128.45", 0.6).accepted());
  EXPECT_TRUE(Hear(NewTag()).accepted());
  const v1::Reason why = PassesOnAWitness();
  EXPECT_EQ(why.code(), cause::kConfirmedByTag);
  EXPECT_EQ(why.params().at("seen"), "29C12845");
}

TEST_F(LaneWitnessTest, AsksAboutATruckWhoseRearIsAnothers) {
  DriveUp("29C-123.45");
  EXPECT_TRUE(ReadWith("huu-nghi-x1-rear", "51D-999.88", 0.95).accepted());
  EXPECT_TRUE(ReadWith("huu-nghi-x1-front", "29C-123.45", 0.95).accepted());
  const v1::Reason why = IsAsked();
  EXPECT_EQ(why.code(), cause::kRearPlateMismatch);
  EXPECT_EQ(why.params().at("seen"), "51D99988");
}

TEST_F(LaneWitnessTest, LetsAnUnsurelyReadTruckInByItsContainer) {
  DriveUp("29C-123.45");
  EXPECT_TRUE(ReadWith("huu-nghi-x1-front", "29C-128.45", 0.49).accepted());
  EXPECT_TRUE(See(NewContainer(kContainer)).accepted());
  EXPECT_EQ(PassesOnAWitness().code(), cause::kConfirmedByContainer);
  EXPECT_EQ(See(NewContainer(kContainer)).reason_code(), "READ_NO_SESSION");
}

TEST_F(LaneWitnessTest, AsksAboutATruckWithAnotherContainer) {
  DriveUp("29C-123.45");
  EXPECT_TRUE(See(NewContainer(kOtherContainer)).accepted());
  EXPECT_TRUE(ReadWith("huu-nghi-x1-front", "29C-123.45", 0.95).accepted());
  const v1::Reason why = IsAsked();
  EXPECT_EQ(why.code(), cause::kContainerMismatch);
  EXPECT_EQ(why.params().at("seen"), kOtherContainer);
  EXPECT_EQ(why.params().at("expected"), kContainer);
}

TEST_F(LaneWitnessTest, AsksAboutAContainerThatNobodyDeclaredAndFollowsTheDeclaration) {
  gate_.peers.Expect("trip_2", "51D-999.88", "huu-nghi");
  DriveUp("51D-999.88");
  EXPECT_TRUE(See(NewContainer(kOtherContainer)).accepted());
  EXPECT_TRUE(ReadWith("huu-nghi-x1-front", "51D-999.88", 0.95).accepted());
  const v1::Reason why = IsAsked();
  EXPECT_EQ(why.code(), cause::kContainerMismatch);
  EXPECT_EQ(why.params().at("expected"), "");
  gate_.peers.Expect("trip_2", "51D-999.88", "huu-nghi", kOtherContainer);  // declared after all
  EXPECT_EQ(gate_.WaitForEvent("passage.completed").passage().trip_id(), "trip_2");
}

TEST_F(LaneWitnessTest, AnswersContainersItCannotUse) {
  EXPECT_EQ(See(NewContainer(kContainer)).reason_code(), "READ_NO_SESSION");
  DriveUp("29C-123.45");
  const v1::ContainerRead good = NewContainer(kContainer);
  EXPECT_TRUE(See(good).accepted());
  EXPECT_EQ(See(good).reason_code(), "READ_REPEATED");
  v1::ContainerRead read = NewContainer(kContainer);
  read.set_lane_id("nowhere-x1");
  EXPECT_EQ(See(read).reason_code(), "LANE_NOT_FOUND");
  read = NewContainer(kContainer);
  read.set_lane_id("tan-thanh-x1");
  EXPECT_EQ(See(read).reason_code(), "DEVICE_UNKNOWN") << "a camera of another lane";
  read = NewContainer(kContainer);
  read.set_camera_id("huu-nghi-x1-roof");
  EXPECT_EQ(See(read).reason_code(), "DEVICE_UNKNOWN");
  read = NewContainer(kContainer);
  read.mutable_frame_time()->set_seconds(0);  // 1970
  EXPECT_EQ(See(read).reason_code(), "READ_TOO_OLD");
  for (const char* wrong : {"", "CSQU3054384", "CSQU305438", "csqu3054383", "CSQU 305438 3", "CSQA3054383"})
    EXPECT_EQ(See(NewContainer(wrong)).reason_code(), "READ_INVALID") << wrong;
  EXPECT_EQ(pulses(), 0);
}

TEST_F(LaneWitnessTest, NamesEveryFaultOfAContainer) {
  v1::ContainerRead read;
  read.set_container_number("CSQU3054384");
  read.set_confidence(1.5);
  read.add_corners(1);
  read.set_evidence_jpeg(std::string((1 << 20) + 1, 'x'));
  read.set_track_id(std::string(129, 'x'));
  const auto converted = FromProto(read);
  ASSERT_FALSE(converted);
  std::vector<std::string> fields;
  for (const auto& fault : converted.error().fields()) fields.push_back(fault.field);
  EXPECT_THAT(fields, testing::ElementsAre("read_id", "camera_id", "container_number", "confidence",
                                           "corners", "evidence_jpeg", "track_id"));
}

TEST_F(LaneWitnessTest, AnswersWhatItCannotUse) {
  EXPECT_EQ(ReadWith("huu-nghi-x1-roof", "29C-123.45", 0.95).reason_code(), "DEVICE_UNKNOWN");
  DriveUp("29C-123.45");
  const v1::TagRead good = NewTag();
  EXPECT_TRUE(Hear(good).accepted());
  EXPECT_EQ(Hear(good).reason_code(), "READ_REPEATED");
  v1::TagRead tag = NewTag();
  tag.set_lane_id("nowhere-x1");
  EXPECT_EQ(Hear(tag).reason_code(), "LANE_NOT_FOUND");
  tag = NewTag();
  tag.set_lane_id("tan-thanh-x1");
  EXPECT_EQ(Hear(tag).reason_code(), "DEVICE_UNKNOWN") << "that lane has no reader";
  tag = NewTag();
  tag.set_tag_id("E2801160600002ABCDEF0000");
  EXPECT_EQ(Hear(tag).reason_code(), "TAG_UNKNOWN");
  tag = NewTag();
  tag.mutable_read_time()->set_seconds(0);  // 1970
  EXPECT_EQ(Hear(tag).reason_code(), "READ_TOO_OLD");
  for (const char* wrong :
       {"", "E280116060000", "E2801160600002ABC", "e2801160600002abcdef0123", "E2801160600002ABCDEF012G"}) {
    tag = NewTag();
    tag.set_tag_id(wrong);
    EXPECT_EQ(Hear(tag).reason_code(), "READ_INVALID") << wrong;
  }
  for (const int wrong_cdbm : {1, -12'001}) {
    tag = NewTag();
    tag.set_rssi_cdbm(wrong_cdbm);
    EXPECT_EQ(Hear(tag).reason_code(), "READ_INVALID");
  }
  EXPECT_EQ(pulses(), 0);
}

TEST_F(LaneWitnessTest, NamesEveryFaultOfATransponder) {
  v1::TagRead tag;
  tag.set_rssi_cdbm(5);
  const auto read = FromProto(tag);
  ASSERT_FALSE(read);
  std::vector<std::string> fields;
  for (const auto& fault : read.error().fields()) fields.push_back(fault.field);
  EXPECT_THAT(fields, testing::ElementsAre("read_id", "tag_reader_id", "tag_id", "rssi_cdbm"));
}

TEST_F(LaneWitnessTest, TakesTranspondersAndContainersFromTheCameraServiceAlone) {
  namespace methods = v1::lane_service;
  DriveUp("29C-123.45");
  const TestPki elsewhere;
  v1::ReportReadsRequest tag, container;
  *tag.mutable_tag() = NewTag();
  *container.mutable_container() = NewContainer(kContainer);
  const auto told_as = [&](const TlsConfig& certificate, const v1::ReportReadsRequest& request) {
    rpc::Channel channel("lane", "127.0.0.1:" + std::to_string(gate_.port()), certificate);
    auto stream = channel.Converse<methods::ReportReads>(rpc::CallOptions::Own(gate_.clock, seconds(5)));
    (void)stream.Write(request);
    v1::ReportReadsResponse response;
    EXPECT_FALSE(stream.Read(&response));
    return stream.Finish();
  };
  for (const auto& request : {tag, container}) {
    for (const char* service : {"gateway", "vehicle"})
      EXPECT_TRUE(told_as(gate_.pki.MakeCertificate(service), request).error().Is(kUnauthenticated))
          << service;
    EXPECT_FALSE(told_as(elsewhere.MakeCertificate("camera"), request)) << "of somebody else's authority";
  }
  EXPECT_TRUE(Hear(NewTag()).accepted());
  EXPECT_TRUE(See(NewContainer(kContainer)).accepted());
}

TEST_F(LaneWitnessTest, ShowsWhichWitnessesAreAliveAndGoesOnWithoutThem) {
  const auto fresh = [](const v1::Lane& lane, const std::string& name) {
    return std::ranges::any_of(lane.inputs(),
                               [&](const v1::Input& one) { return one.name() == name && one.fresh(); });
  };
  const v1::Lane silent =
      gate_.WaitForLane(kLane, [](const v1::Lane& lane) { return lane.mode() == v1::MODE_AUTO; });
  int witnesses = 0;
  for (const v1::Input& one : silent.inputs()) {
    if (one.name() != "rear_camera" && one.name() != "trailer_camera" && one.name() != "tag_reader") continue;
    ++witnesses;
    EXPECT_EQ(one.age_ms(), -1);
    EXPECT_FALSE(one.fresh());
  }
  EXPECT_EQ(witnesses, 3);
  {
    const std::lock_guard lock(camera_mutex_);
    camera_.WitnessAlive(kLane, "huu-nghi-x1-rear");
    camera_.WitnessAlive(kLane, "huu-nghi-x1-side", "BLACK");
    camera_.TagReaderAlive(kLane);
  }
  const v1::Lane lane = gate_.WaitForLane(
      kLane, [&](const v1::Lane& one) { return fresh(one, "rear_camera") && fresh(one, "tag_reader"); });
  EXPECT_FALSE(fresh(lane, "trailer_camera")) << "it cannot see";
  EXPECT_EQ(lane.mode(), v1::MODE_AUTO);
}

// A further camera keeps no lane in AUTO whose own is silent.
TEST_F(LaneWitnessTest, IsNoSignOfLifeOfTheFront) {
  StopCamera();
  {
    const std::lock_guard lock(camera_mutex_);
    camera_.Alive(kLane, "BLACK");
    camera_.WitnessAlive(kLane, "huu-nghi-x1-rear");
    camera_.WitnessAlive(kLane, "huu-nghi-x1-roof");
  }
  const v1::Lane lane =
      gate_.WaitForLane(kLane, [](const v1::Lane& one) { return one.mode() == v1::MODE_CONFIRM; });
  EXPECT_EQ(lane.mode_reasons(0).code(), cause::kCameraFault);
}

}  // namespace
}  // namespace bordergate::lane
