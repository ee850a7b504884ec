// Goal: the parts together let a truck through, tell everybody, and obey those who may order. Method: the
// whole service in this process: gRPC with mTLS, SQLite on disk, Modbus TCP; the other services and the
// camera are played.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bordergate/lane/v1/lane_service.rpc.h"

#include "libs/core/reasons.h"
#include "services/lane/domain/reasons.h"
#include "services/lane/testing/running_lane.h"

namespace bordergate::lane {
namespace {

namespace methods = v1::lane_service;
using common::v1::ROLE_AUDITOR;
using common::v1::ROLE_BORDER_GUARD;
using common::v1::ROLE_CUSTOMS;
using common::v1::ROLE_MANAGEMENT_CENTRE;

constexpr char kLane[] = "huu-nghi-x1";

class LaneServiceTest : public testing::Test {
 protected:
  // A camera that lives for the whole test.
  LaneServiceTest() : camera_(gate_) {
    alive_ = std::thread([this] {
      while (!stopping_) {
        {
          const std::lock_guard lock(camera_mutex_);
          for (const char* lane : {kLane, "tan-thanh-x1"}) camera_.Alive(lane);
        }
        std::unique_lock lock(stop_mutex_);
        stop_changed_.wait_for(lock, milliseconds(500), [this] { return stopping_.load(); });
      }
    });
  }
  ~LaneServiceTest() override { StopCamera(); }
  void StopCamera() {
    stopping_ = true;
    stop_changed_.notify_all();
    if (alive_.joinable()) alive_.join();
  }

  void DriveUp(const std::string& plate) {
    gate_.controller().With(
        [&](LaneModel& model) { model.Arrive({.id = 1, .plate = plate, .speed_m_s = 15}); });
    gate_.WaitForLane(
        kLane, [](const v1::Lane& lane) { return lane.arming_loop() && lane.mode() == v1::MODE_AUTO; });
  }
  v1::ReportReadsResponse Read(const std::string& plate) {
    const std::lock_guard lock(camera_mutex_);
    return camera_.Read(camera_.NewRead(kLane, plate));
  }
  int pulses() {
    return gate_.controller().With([](LaneModel& model) { return model.raise_pulses(); });
  }
  v1::OpenBarrierRequest OpenRequest(const std::string& request_id, const std::string& plate) {
    v1::OpenBarrierRequest request;
    request.set_request_id(request_id);
    request.set_lane_id(kLane);
    request.set_reason_code("OFFICER_IDENTIFIED");
    request.set_plate(plate);
    return request;
  }

  RunningLane gate_;
  std::mutex camera_mutex_;
  CameraStream camera_;
  std::mutex stop_mutex_;
  std::condition_variable stop_changed_;
  std::atomic<bool> stopping_ = false;
  std::thread alive_;
};

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
  gate_.display().fault = DisplayPanel::Fault::kSilent;
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

TEST_F(LaneServiceTest, FollowsANewRuleWithTheNextDecision) {
  gate_.peers.Declare("trip_1", "29C-123.45", "huu-nghi", true);
  const auto channel = gate_.As("gateway");
  v1::PutCheckpointRuleRequest request;
  request.set_request_id("request-1");
  request.set_checkpoint_id("huu-nghi-export");
  request.set_cleared_required(true);
  request.set_confidence_min(0.9);
  request.set_reason("no fee on the day of the opening");
  const auto centre = gate_.For("person_1", ROLE_MANAGEMENT_CENTRE);
  EXPECT_TRUE(channel->Call<methods::PutCheckpointRule>(gate_.For("person_2", ROLE_BORDER_GUARD), request)
                  .error()
                  .Is(kRoleMissing));
  const auto put = channel->Call<methods::PutCheckpointRule>(centre, request);
  ASSERT_TRUE(put) << put.error().message();
  EXPECT_EQ(put->checkpoint_rule().version(), 2);
  EXPECT_EQ(channel->Call<methods::PutCheckpointRule>(centre, request)->checkpoint_rule().version(), 2);
  const auto rules = channel->Call<methods::ListCheckpointRules>(centre, {});
  EXPECT_EQ(rules->checkpoint_rules_size(), 2);
  DriveUp("29C-123.45");
  Read("29C-123.45");
  EXPECT_EQ(gate_.WaitForEvent("decision.made").decision().rule_version(), 2);
  EXPECT_EQ(pulses(), 1);
  request.set_request_id("request-2");
  request.set_checkpoint_id("nowhere-export");
  EXPECT_TRUE(channel->Call<methods::PutCheckpointRule>(centre, request).error().Is(kCheckpointNotFound));
}

TEST_F(LaneServiceTest, TriesARuleOnTheVehiclesOfTheDayAndChangesNothing) {
  gate_.peers.Expect("trip_1", "29C-123.45", "huu-nghi");
  DriveUp("29C-123.45");
  Read("29C-123.45");
  const v1::LaneEvent made = gate_.WaitForEvent("decision.made");
  const auto channel = gate_.As("gateway");
  v1::TryCheckpointRuleRequest request;
  request.set_checkpoint_id("huu-nghi-export");
  request.set_cleared_required(true);
  request.set_confidence_min(0.9);
  request.set_permit_required(true);
  const auto centre = gate_.For("person_1", ROLE_MANAGEMENT_CENTRE);
  EXPECT_TRUE(channel->Call<methods::TryCheckpointRule>(gate_.For("person_2", ROLE_BORDER_GUARD), request)
                  .error()
                  .Is(kRoleMissing));
  for (const auto& caller : {centre, gate_.For("person_3", ROLE_AUDITOR)}) {
    const auto tried = channel->Call<methods::TryCheckpointRule>(caller, request);
    ASSERT_TRUE(tried) << tried.error().message();
    const v1::RuleTrial& trial = tried->rule_trial();
    EXPECT_EQ(trial.vehicle_count(), 1);
    EXPECT_EQ(trial.otherwise_count(), 1);
    ASSERT_EQ(trial.examples_size(), 1);
    EXPECT_EQ(trial.examples(0).decision_id(), made.decision().decision_id());
    EXPECT_EQ(trial.examples(0).was(), v1::Decision::OUTCOME_OPEN);
    EXPECT_EQ(trial.examples(0).would(), v1::Decision::OUTCOME_REFUSE);
    EXPECT_EQ(trial.examples(0).would_reasons(0).code(), "PERMIT_MISSING");
  }
  EXPECT_EQ(channel->Call<methods::ListCheckpointRules>(centre, {})->checkpoint_rules(0).version(), 1);
  v1::OpeningHours* span = request.add_opening_hours();
  span->set_open_minute(600);
  span->set_close_minute(600);
  span->add_weekdays(8);
  request.set_stay_max_h(-1);
  request.set_hours(169);
  const auto wrong = channel->Call<methods::TryCheckpointRule>(centre, request);
  ASSERT_FALSE(wrong);
  EXPECT_TRUE(wrong.error().Is(kInvalidField));
  EXPECT_EQ(wrong.error().fields().size(), 4u);
  request.Clear();
  request.set_checkpoint_id("nowhere-export");
  request.set_confidence_min(0.9);
  EXPECT_TRUE(channel->Call<methods::TryCheckpointRule>(centre, request).error().Is(kCheckpointNotFound));
}

TEST_F(LaneServiceTest, KeepsEveryPartOfARule) {
  const auto channel = gate_.As("gateway");
  const auto centre = gate_.For("person_1", ROLE_MANAGEMENT_CENTRE);
  v1::PutCheckpointRuleRequest request;
  request.set_request_id("request-1");
  request.set_checkpoint_id("huu-nghi-export");
  request.set_confidence_min(0.9);
  request.set_permit_required(true);
  request.set_stay_max_h(24);
  v1::OpeningHours* span = request.add_opening_hours();
  for (int day = 1; day <= 6; ++day) span->add_weekdays(day);
  span->set_open_minute(420);
  span->set_close_minute(1200);
  request.set_reason("hours agreed with the other side");
  ASSERT_TRUE(channel->Call<methods::PutCheckpointRule>(centre, request));
  gate_.Stop();
  gate_.Start();
  const auto again = gate_.As("gateway");
  const v1::CheckpointRule rule = again->Call<methods::ListCheckpointRules>(centre, {})->checkpoint_rules(0);
  EXPECT_EQ(rule.version(), 2);
  EXPECT_TRUE(rule.permit_required());
  EXPECT_EQ(rule.stay_max_h(), 24);
  ASSERT_EQ(rule.opening_hours_size(), 1);
  EXPECT_EQ(rule.opening_hours(0).weekdays_size(), 6);
  EXPECT_EQ(rule.opening_hours(0).close_minute(), 1200);
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
