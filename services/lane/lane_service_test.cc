// Goal: the parts together let a truck through, tell everybody, and obey those who may order. Method: the
// whole service in this process: gRPC with mTLS, SQLite on disk, Modbus TCP; the other services and the
// camera are played.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bordergate/lane/v1/lane_service.rpc.h"

#include "libs/core/reasons.h"
#include "services/lane/domain/reasons.h"
#include "services/lane/testing/lane_service_fixture.h"

namespace bordergate::lane {
namespace {

namespace methods = v1::lane_service;
using common::v1::ROLE_AUDITOR;
using common::v1::ROLE_BORDER_GUARD;
using common::v1::ROLE_CUSTOMS;
using common::v1::ROLE_MANAGEMENT_CENTRE;
using testing::Contains;
using testing::ElementsAre;

TEST_F(LaneServiceTest, LetsADeclaredTruckThrough) {
  gate_.peers.Expect("trip_1", "29C-123.45", "huu-nghi");
  DriveUp("29C-123.45");
  EXPECT_TRUE(Read("29C-123.45").accepted());
  const v1::Decision decision = gate_.WaitForEvent("decision.made").decision();
  EXPECT_EQ(decision.outcome(), v1::Decision::OUTCOME_OPEN);
  EXPECT_EQ(decision.trip_id(), "trip_1");
  EXPECT_EQ(decision.plate_corners_size(), 8);
  const v1::LaneEvent event = gate_.WaitForEvent("passage.completed");
  EXPECT_EQ(event.passage().kind(), v1::Passage::KIND_AUTOMATIC);
  EXPECT_EQ(event.passage().decision_id(), decision.decision_id());
  EXPECT_EQ(event.passage().ticket_id(), "ticket_trip_1");
  EXPECT_GT(event.header().sequence(), 0);
  EXPECT_EQ(pulses(), 1);
  const v1::Lane lane =
      gate_.WaitForLane(kLane, [](const v1::Lane& view) { return view.state() == v1::LANE_STATE_IDLE; });
  EXPECT_EQ(lane.passages_today(), 1);
  EXPECT_EQ(lane.barrier_position(), v1::BARRIER_POSITION_DOWN);

  const auto channel = gate_.As("gateway");
  v1::GetEvidenceRequest request;
  request.set_evidence_id(decision.evidence_id());
  const auto picture = channel->Call<methods::GetEvidence>(gate_.For("person_1", ROLE_AUDITOR), request);
  ASSERT_TRUE(picture) << picture.error().message();
  EXPECT_EQ(picture->content().data(), "picture of 29C-123.45");
}

TEST_F(LaneServiceTest, TellsTheDriverToGoAndThenToStop) {
  gate_.peers.Expect("trip_1", "29C-123.45", "huu-nghi");
  gate_.controller().With([](LaneModel& model) { model.Arrive({.id = 1, .speed_m_s = 15}); });
  gate_.WaitForLane(kLane,
                    [](const v1::Lane& lane) { return lane.arming_loop() && lane.mode() == v1::MODE_AUTO; });
  while (gate_.DisplayLine(32, 16) != "READING PLATE") std::this_thread::yield();
  // Stays before the arm until its driver has read.
  gate_.controller().With([](LaneModel& model) { model.trucks().front().speed_m_s = 0; });
  EXPECT_TRUE(Read("29C-123.45").accepted());
  while (gate_.DisplayLine(32, 16) != "GO") std::this_thread::yield();
  EXPECT_EQ(gate_.DisplayLine(48, 12), "29C12345");
  gate_.controller().With([](LaneModel& model) { model.trucks().front().speed_m_s = 15; });
  gate_.WaitForEvent("passage.completed");
  while (gate_.DisplayLine(32, 16) != "STOP") std::this_thread::yield();
  while (!gate_.DisplayLine(48, 12).empty()) std::this_thread::yield();
}

TEST_F(LaneServiceTest, LetsATruckThroughWhateverItsDisplayDoes) {
  gate_.display().fault = RegisterServer::Fault::kSilent;
  gate_.peers.Expect("trip_1", "29C-123.45", "huu-nghi");
  DriveUp("29C-123.45");
  EXPECT_TRUE(Read("29C-123.45").accepted());
  gate_.WaitForEvent("passage.completed");
  EXPECT_EQ(pulses(), 1);
  for (const std::string lane_id : {kLane, "tan-thanh-x1"}) {
    const v1::Lane lane = gate_.WaitForLane(lane_id, [](const v1::Lane&) { return true; });
    EXPECT_EQ(std::ranges::count(lane.inputs(), "display", &v1::Input::name), lane_id == kLane ? 1 : 0);
  }
}

TEST_F(LaneServiceTest, RefusesAnUndeclaredTruckAndAsksForAWatchListedOne) {
  gate_.peers.Expect("trip_1", "29C-111.11", "huu-nghi");
  gate_.peers.StopAtSight("watch_1", "29C-111.71");
  DriveUp("29C-999.99");
  Read("29C-999.99");
  v1::Lane lane =
      gate_.WaitForLane(kLane, [](const v1::Lane& view) { return view.state() == v1::LANE_STATE_REFUSED; });
  EXPECT_EQ(lane.decision().reasons(0).code(), cause::kTripNotFound);
  Read("29C-111.11");
  Read("29C-111.11");
  Read("29C-111.11");
  lane = gate_.WaitForLane(kLane, [](const v1::Lane& view) { return view.state() == v1::LANE_STATE_ASKING; });
  EXPECT_EQ(lane.decision().reasons(0).code(), cause::kWatchListLookAlike);
  EXPECT_EQ(pulses(), 0);
}

// The roles of an RPC by its contract.
std::vector<common::v1::Role> RolesOf(const google::protobuf::ServiceDescriptor* service, const char* rpc) {
  const auto& access = service->FindMethodByName(rpc)->options().GetExtension(common::v1::access);
  std::vector<common::v1::Role> roles;
  for (const int role : access.roles()) roles.push_back(static_cast<common::v1::Role>(role));
  return roles;
}

std::vector<std::string> CodesOf(const v1::Decision& decision) {
  std::vector<std::string> codes;
  for (const v1::Reason& reason : decision.reasons()) codes.push_back(reason.code());
  return codes;
}

TEST_F(LaneServiceTest, TellsOfTheWatchListOnlyToThoseWhoMayReadIt) {
  gate_.peers.StopAtSight("watch_1", "29C-111.71");
  gate_.peers.Expect("trip_1", "29C-111.11", "huu-nghi");
  DriveUp("29C-111.11");
  Read("29C-111.11");
  gate_.WaitForLane(kLane, [](const v1::Lane& view) { return view.state() == v1::LANE_STATE_ASKING; });
  const auto channel = gate_.As("gateway");
  const auto* lane =
      v1::Lane::descriptor()->file()->pool()->FindServiceByName("bordergate.lane.v1.LaneService");
  const auto* vehicle =
      v1::Lane::descriptor()->file()->pool()->FindServiceByName("bordergate.vehicle.v1.VehicleService");
  const auto readers = RolesOf(vehicle, "ListWatchList");
  ASSERT_THAT(readers, Contains(ROLE_BORDER_GUARD));
  const auto expect_told = [&](common::v1::Role role, const v1::Decision& decision) {
    const bool reader = std::find(readers.begin(), readers.end(), role) != readers.end();
    EXPECT_EQ(decision.outcome(), v1::Decision::OUTCOME_ASK);
    EXPECT_THAT(CodesOf(decision), ElementsAre(reader ? cause::kWatchListLookAlike : cause::kOfficerCheck))
        << common::v1::Role_Name(role);
    EXPECT_EQ(decision.reasons(0).params().empty(), !reader);
  };
  for (const common::v1::Role role : RolesOf(lane, "WatchLanes")) {
    const auto as = gate_.For("person_1", role, {"huu-nghi"});
    expect_told(role, channel->Call<methods::ListLanes>(as, {})->lanes(0).decision());
    auto stream = channel->Open<methods::WatchLanes>(as, {});
    v1::WatchLanesResponse shown;
    ASSERT_TRUE(stream.Read(&shown));
    expect_told(role, shown.lane().decision());
    stream.Cancel();
    (void)stream.Finish();
  }
  for (const common::v1::Role role : RolesOf(lane, "WatchDecisions")) {
    auto stream = channel->Open<methods::WatchDecisions>(gate_.For("person_1", role, {"huu-nghi"}), {});
    v1::WatchDecisionsResponse made;
    do {
      ASSERT_TRUE(stream.Read(&made));
    } while (!made.has_decision());
    expect_told(role, made.decision());
    stream.Cancel();
    (void)stream.Finish();
  }
  v1::SetLaneModeRequest request;
  request.set_request_id("request-1");
  request.set_lane_id(kLane);
  request.set_mode(v1::MODE_CONFIRM);
  request.set_reason("a second look at everybody");
  for (const common::v1::Role role : {ROLE_BORDER_GUARD, ROLE_MANAGEMENT_CENTRE}) {
    // The same person under the same request: the answer that was kept is told by the role of now.
    const auto set = channel->Call<methods::SetLaneMode>(gate_.For("person_1", role), request);
    ASSERT_TRUE(set) << set.error().message();
    EXPECT_EQ(set->lane().decision().reasons(0).code() == cause::kOfficerCheck,
              role == ROLE_MANAGEMENT_CENTRE);
  }
}

TEST_F(LaneServiceTest, TellsAStrangerNothingOfADecision) {
  gate_.peers.StopAtSight("watch_1", "29C-111.71");
  DriveUp("29C-111.71");
  Read("29C-111.71");
  gate_.WaitForLane(kLane, [](const v1::Lane& view) { return view.state() == v1::LANE_STATE_ASKING; });
  const auto channel = gate_.As("gateway");
  const auto refused = [&](const rpc::CallOptions& as) {
    auto stream = channel->Open<methods::WatchDecisions>(as, {});
    v1::WatchDecisionsResponse made;
    EXPECT_FALSE(stream.Read(&made));
    return stream.Finish().error();
  };
  EXPECT_TRUE(refused(gate_.For("person_1", common::v1::ROLE_ENTERPRISE)).Is(kRoleMissing));
  EXPECT_TRUE(refused(rpc::CallOptions::Own(gate_.clock, seconds(5))).Is(kUnauthenticated));
  const auto elsewhere = gate_.For("person_2", ROLE_BORDER_GUARD, {"nowhere"});
  EXPECT_EQ(channel->Call<methods::ListLanes>(elsewhere, {})->lanes_size(), 0);
}

TEST_F(LaneServiceTest, ObeysABorderGuardOfItsGateAndNobodyElse) {
  DriveUp("29C-123.45");
  const auto channel = gate_.As("gateway");
  const auto open = [&](const rpc::CallOptions& options, const std::string& id) {
    return channel->Call<methods::OpenBarrier>(options, OpenRequest(id, "29C-123.45"));
  };
  EXPECT_TRUE(open(gate_.For("person_2", ROLE_CUSTOMS), "request-1").error().Is(kRoleMissing));
  EXPECT_TRUE(open(rpc::CallOptions::Own(gate_.clock, seconds(5)), "request-2").error().Is(kUnauthenticated));
  EXPECT_TRUE(
      open(gate_.For("person_3", ROLE_BORDER_GUARD, {"tan-thanh"}), "request-3").error().Is(kLaneNotFound));
  EXPECT_EQ(pulses(), 0);
  const auto opened = open(gate_.For("person_4", ROLE_BORDER_GUARD, {"huu-nghi"}), "request-4");
  ASSERT_TRUE(opened) << opened.error().message();
  EXPECT_EQ(opened->decision().decided_by(), "person_4");
  EXPECT_EQ(pulses(), 1);
  const auto repeated = open(gate_.For("person_4", ROLE_BORDER_GUARD, {"huu-nghi"}), "request-4");
  ASSERT_TRUE(repeated);
  EXPECT_EQ(repeated->decision().decision_id(), opened->decision().decision_id());
  EXPECT_EQ(pulses(), 1);
  const auto other = channel->Call<methods::OpenBarrier>(gate_.For("person_4", ROLE_BORDER_GUARD),
                                                         OpenRequest("request-4", "29C-777.77"));
  EXPECT_TRUE(other.error().Is(kRequestIdReused));
  EXPECT_EQ(gate_.WaitForEvent("passage.completed").passage().kind(), v1::Passage::KIND_MANUAL);
}

TEST_F(LaneServiceTest, NamesTheVehicleThatWaitsBeforeAnythingIsReadOfIt) {
  DriveUp("29C-123.45");
  const v1::Lane lane = gate_.WaitForLane(
      kLane, [](const v1::Lane& view) { return view.state() == v1::LANE_STATE_IDENTIFYING; });
  EXPECT_NE(lane.session_id(), "");
  EXPECT_FALSE(lane.has_decision());
  const auto channel = gate_.As("gateway");
  v1::OpenBarrierRequest request = OpenRequest("request-1", "29C-123.45");
  request.set_session_id("session_of_another_truck");
  EXPECT_TRUE(channel->Call<methods::OpenBarrier>(gate_.For("person_4", ROLE_BORDER_GUARD), request)
                  .error()
                  .Is(kSessionOver));
  request.set_session_id(lane.session_id());
  request.set_request_id("request-2");
  const auto opened = channel->Call<methods::OpenBarrier>(gate_.For("person_4", ROLE_BORDER_GUARD), request);
  ASSERT_TRUE(opened) << opened.error().message();
  EXPECT_EQ(opened->decision().session_id(), lane.session_id());
  gate_.WaitForEvent("passage.completed");
  EXPECT_EQ(gate_.WaitForLane(kLane, [](const v1::Lane& view) { return view.state() == v1::LANE_STATE_IDLE; })
                .session_id(),
            "");
}

TEST_F(LaneServiceTest, NamesEveryFaultOfAnOrder) {
  const auto channel = gate_.As("gateway");
  v1::OpenBarrierRequest request = OpenRequest("short", std::string(30, 'X'));
  request.set_reason_code("BECAUSE");
  const auto opened = channel->Call<methods::OpenBarrier>(gate_.For("person_1", ROLE_BORDER_GUARD), request);
  ASSERT_FALSE(opened);
  EXPECT_TRUE(opened.error().Is(kInvalidField));
  EXPECT_EQ(opened.error().fields().size(), 3u);
}

TEST_F(LaneServiceTest, GoesOnWithoutTheCentreAndComesBack) {
  gate_.peers.Expect("trip_1", "29C-123.45", "huu-nghi");
  DriveUp("29C-123.45");
  gate_.peers.Stop();
  gate_.WaitForLane(kLane, [](const v1::Lane& lane) { return lane.mode() == v1::MODE_LOCAL; });
  EXPECT_TRUE(Read("29C-123.45").accepted());
  gate_.WaitForEvent("passage.completed");
  gate_.peers.Start();
  gate_.WaitForLane(kLane, [](const v1::Lane& lane) { return lane.mode() == v1::MODE_AUTO; });
}

TEST_F(LaneServiceTest, KnowsEverythingAgainAfterARestart) {
  gate_.peers.Expect("trip_1", "29C-123.45", "huu-nghi");
  DriveUp("29C-123.45");
  Read("29C-123.45");
  gate_.WaitForEvent("passage.completed");
  StopCamera();
  gate_.Stop();
  gate_.peers.Stop();  // nobody to ask
  gate_.Start();
  const v1::Lane lane =
      gate_.WaitForLane(kLane, [](const v1::Lane& view) { return view.state() == v1::LANE_STATE_IDLE; });
  EXPECT_EQ(lane.passages_today(), 1);
  EXPECT_EQ(gate_.WaitForEvent("passage.completed").passage().trip_id(), "trip_1");
  gate_.controller().With([](LaneModel& model) { model.Arrive({.id = 2, .speed_m_s = 15}); });
  gate_.WaitForLane(kLane, [](const v1::Lane& view) { return view.arming_loop(); });
  CameraStream camera(gate_);
  EXPECT_TRUE(camera.Read(camera.NewRead(kLane, "29C-123.45")).accepted());
  const v1::Lane asked =
      gate_.WaitForLane(kLane, [](const v1::Lane& view) { return view.state() == v1::LANE_STATE_ASKING; });
  EXPECT_EQ(asked.decision().reasons(0).code(), cause::kTripAlreadyCrossed)
      << "the trip passed before the restart";
}

TEST_F(LaneServiceTest, AnswersReadsItCannotUse) {
  const std::lock_guard lock(camera_mutex_);
  v1::PlateRead read = camera_.NewRead(kLane, "29C-123.45");
  EXPECT_EQ(camera_.Read(read).reason_code(), "READ_NO_SESSION");
  EXPECT_EQ(camera_.Read(read).reason_code(), "READ_REPEATED");
  EXPECT_EQ(camera_.Read(camera_.NewRead("nowhere-x1", "29C-123.45")).reason_code(), "LANE_NOT_FOUND");
  EXPECT_EQ(camera_.Read(camera_.NewRead(kLane, "42C-123.45")).reason_code(), "READ_INVALID");
  read = camera_.NewRead(kLane, "29C-123.45");
  read.set_confidence(1.5);
  EXPECT_EQ(camera_.Read(read).reason_code(), "READ_INVALID");
  read = camera_.NewRead(kLane, "29C-123.45");
  read.mutable_frame_time()->set_seconds(0);  // 1970
  EXPECT_EQ(camera_.Read(read).reason_code(), "READ_TOO_OLD");
  read = camera_.NewRead(kLane, "29C-123.45");
  read.set_evidence_jpeg(std::string((1 << 20) + 1, 'x'));
  EXPECT_EQ(camera_.Read(read).reason_code(), "READ_INVALID");
}

TEST_F(LaneServiceTest, TakesReadsFromTheCameraServiceAlone) {  // E13
  gate_.peers.Expect("trip_1", "29C-123.45", "huu-nghi");
  DriveUp("29C-123.45");
  const TestPki elsewhere;
  const auto read_as = [&](const TlsConfig& certificate) {
    rpc::Channel channel("lane", "127.0.0.1:" + std::to_string(gate_.port()), certificate);
    auto stream = channel.Converse<methods::ReportReads>(rpc::CallOptions::Own(gate_.clock, seconds(5)));
    v1::ReportReadsRequest request;
    *request.mutable_read() = camera_.NewRead(kLane, "29C-123.45");
    (void)stream.Write(request);
    v1::ReportReadsResponse response;
    EXPECT_FALSE(stream.Read(&response));
    return stream.Finish();
  };
  EXPECT_TRUE(read_as(gate_.pki.MakeCertificate("gateway")).error().Is(kUnauthenticated))
      << "another service";
  EXPECT_FALSE(read_as(elsewhere.MakeCertificate("camera"))) << "a certificate of somebody else's authority";
  EXPECT_EQ(pulses(), 0);
  EXPECT_TRUE(Read("29C-123.45").accepted());
  gate_.WaitForEvent("passage.completed");
}

TEST_F(LaneServiceTest, ShowsOfficersTheirLanesOnly) {
  const auto channel = gate_.As("gateway");
  v1::ListLanesRequest request;
  request.set_page_size(1);
  auto page = channel->Call<methods::ListLanes>(gate_.For("person_1", ROLE_AUDITOR), request);
  ASSERT_TRUE(page);
  EXPECT_EQ(page->lanes(0).lane_id(), kLane);
  request.set_page_token(page->next_page_token());
  page = channel->Call<methods::ListLanes>(gate_.For("person_1", ROLE_AUDITOR), request);
  EXPECT_EQ(page->lanes(0).lane_id(), "tan-thanh-x1");
  EXPECT_EQ(page->next_page_token(), "");
  const auto own =
      channel->Call<methods::ListLanes>(gate_.For("person_2", ROLE_BORDER_GUARD, {"tan-thanh"}), {});
  ASSERT_EQ(own->lanes_size(), 1);
  EXPECT_EQ(own->lanes(0).gate_id(), "tan-thanh");
  EXPECT_TRUE(channel->Call<methods::ListLanes>(gate_.For("person_3", common::v1::ROLE_ENTERPRISE), {})
                  .error()
                  .Is(kRoleMissing));
}

TEST_F(LaneServiceTest, StreamsDecisionsOfALane) {
  DriveUp("29C-999.99");
  Read("29C-999.99");
  const auto channel = gate_.As("gateway");
  v1::WatchDecisionsRequest request;
  request.set_lane_id(kLane);
  auto stream = channel->Open<methods::WatchDecisions>(gate_.For("person_1", ROLE_CUSTOMS), request);
  v1::WatchDecisionsResponse response;
  do {
    ASSERT_TRUE(stream.Read(&response));
  } while (!response.has_decision());
  EXPECT_EQ(response.decision().outcome(), v1::Decision::OUTCOME_REFUSE);
  EXPECT_GT(response.sequence(), 0);
  stream.Cancel();
  (void)stream.Finish();
}

}  // namespace
}  // namespace bordergate::lane
