// Goal: the actors do at the public door what people do, once each, and get over its absence. Method: a door
// and a road that the test plays, under a clock that the test moves.
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/testing/manual_clock.h"
#include "services/simulator/actors/agency_desk.h"
#include "services/simulator/actors/errands.h"
#include "services/simulator/actors/firm_desk.h"
#include "services/simulator/actors/lane_desk.h"
#include "services/simulator/testing/fake_door.h"
#include "services/simulator/testing/fake_road.h"
#include "services/simulator/testing/views.h"

namespace bordergate::simulator {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class ActorsTest : public testing::Test {
 protected:
  ActorsTest() { door_.When("POST /v1/sign-in", Json{{"session_token", "token-1"}}); }

  // Moves on in steps and does what is due.
  void Advance(milliseconds span) {
    for (milliseconds passed{0}; passed < span; passed += milliseconds(100)) {
      clock_.Advance(milliseconds(100));
      errands_.RunDue();
    }
  }

  ManualClock clock_;
  Telemetry telemetry_{"simulator", "error"};
  FakeDoor door_;
  FakeRoad road_;
  Errands errands_{clock_, [this] { return road_.speed(); }, telemetry_};
  SeededRandom random_{1};
  Person person_{door_, "haiquan@demo", "secret"};
};

TEST_F(ActorsTest, TryUntilTheDoorIsBackUnderTheSameKey) {
  int attempts = 0;
  door_.away = true;
  errands_.Try("trip.declare", [&]() -> Result<void> {
    ++attempts;
    BG_TRY(person_.Post("/v1/trips", "key-00001", Json::object()));
    return {};
  });
  Advance(seconds(60));
  EXPECT_GT(attempts, 5);
  EXPECT_LT(attempts, 15) << "pauses grow";
  door_.away = false;
  Advance(seconds(11));
  EXPECT_EQ(door_.Count("POST /v1/trips"), 1);
  EXPECT_EQ(door_.Find("POST /v1/trips")->key, "key-00001");
  const int done = attempts;
  Advance(seconds(60));
  EXPECT_EQ(attempts, done);
}

TEST_F(ActorsTest, GiveUpWhatIsWrongForGood) {
  door_.WhenRefused("POST /v1/trips", "VEHICLE_HAS_OPEN_TRIP", Code::kFailedPrecondition);
  std::string why;
  errands_.Try(
      "trip.declare",
      [&]() -> Result<void> {
        BG_TRY(person_.Post("/v1/trips", "key-00001", Json::object()));
        return {};
      },
      [&](const Error& error) { why = error.reason(); });
  Advance(seconds(60));
  EXPECT_EQ(why, "VEHICLE_HAS_OPEN_TRIP");
  EXPECT_EQ(door_.Count("POST /v1/trips"), 1);
}

TEST_F(ActorsTest, SignInOnceAndAgainWhenTheSessionHasEnded) {
  EXPECT_TRUE(person_.Get("/v1/me").has_value());
  EXPECT_TRUE(person_.Get("/v1/me").has_value());
  EXPECT_EQ(door_.requests.size(), 3u);
  EXPECT_EQ(door_.requests.back().token, "token-1");
  door_.WhenRefused("GET /v1/me", "UNAUTHENTICATED", Code::kUnauthenticated);
  EXPECT_FALSE(person_.Get("/v1/me").has_value());
  door_.When("GET /v1/me", Json::object());
  EXPECT_TRUE(person_.Get("/v1/me").has_value());
  EXPECT_EQ(door_.Count("GET"), 4);
  EXPECT_EQ(door_.requests[door_.requests.size() - 2].path, "/v1/sign-in");
}

TEST_F(ActorsTest, TakeHalfTheTimeAtTwiceTheSpeed) {
  road_.SetSpeed(2);
  bool done = false;
  errands_.AfterDay(seconds(10), [&] { done = true; });
  Advance(milliseconds(4900));
  EXPECT_FALSE(done);
  Advance(milliseconds(200));
  EXPECT_TRUE(done);
}

class AgencyTest : public ActorsTest {
 protected:
  AgencyTest() { ShowStep("STATE_OPEN"); }
  void ShowStep(const std::string& state) {
    door_.When("GET /v1/trips",
               Json{{"trips",
                     {{{"trip_id", "trip_01jd2xq4v8m0t6b3c9k7n5r2wz"},
                       {"steps",
                        {{{"step_id", "health"}, {"role", "ROLE_HEALTH"}, {"state", "STATE_OPEN"}},
                         {{"step_id", "customs"}, {"role", "ROLE_CUSTOMS"}, {"state", state}}}}}}}});
  }
};

TEST_F(AgencyTest, ConfirmTheirOwnOpenStepOnceAfterAWhile) {
  AgencyDesk desk(person_, "ROLE_CUSTOMS", "run1", {.confirm_after = seconds(10), .hold_share = 0}, errands_,
                  random_);
  for (int look = 0; look < 3; ++look) EXPECT_TRUE(desk.Look().has_value());
  Advance(milliseconds(4900));
  EXPECT_EQ(door_.Count("POST"), 0);
  Advance(seconds(11));
  EXPECT_EQ(door_.Count("POST"), 1);
  const DoorRequest* confirm = door_.Find("POST /v1/trips");
  ASSERT_NE(confirm, nullptr);
  EXPECT_EQ(confirm->path, "/v1/trips/trip_01jd2xq4v8m0t6b3c9k7n5r2wz/steps/customs:confirm");
  EXPECT_GE(confirm->key.size(), 8u);
  EXPECT_LE(confirm->key.size(), 64u);
}

TEST_F(AgencyTest, ComeBackToAStepThatAPersonHeldMeanwhile) {
  AgencyDesk desk(person_, "ROLE_CUSTOMS", "run1", {.confirm_after = seconds(1), .hold_share = 0}, errands_,
                  random_);
  door_.WhenRefused("POST /v1/trips", "STEP_HELD", Code::kFailedPrecondition);
  EXPECT_TRUE(desk.Look().has_value());
  Advance(seconds(2));
  EXPECT_EQ(door_.Count("POST"), 1);
  door_.When("POST /v1/trips", Json::object());
  EXPECT_TRUE(desk.Look().has_value());
  Advance(seconds(2));
  EXPECT_EQ(door_.Count("POST"), 2);
}

TEST_F(AgencyTest, ConfirmAgainUnderAnotherKeyWhatAPersonOpenedAgain) {
  AgencyDesk desk(person_, "ROLE_CUSTOMS", "run1", {.confirm_after = seconds(1), .hold_share = 0}, errands_,
                  random_);
  for (int look = 0; look < 2; ++look) {
    EXPECT_TRUE(desk.Look().has_value());
    Advance(seconds(2));
  }
  ASSERT_EQ(door_.Count("POST"), 2);
  std::set<std::string> keys;
  for (const DoorRequest& request : door_.requests) {
    if (request.path.ends_with(":confirm")) keys.insert(request.key);
  }
  EXPECT_EQ(keys.size(), 2u);
}

TEST_F(AgencyTest, LeaveABlockedStepAlone) {
  ShowStep("STATE_BLOCKED");
  AgencyDesk desk(person_, "ROLE_CUSTOMS", "run1", {.confirm_after = seconds(1), .hold_share = 0}, errands_,
                  random_);
  EXPECT_TRUE(desk.Look().has_value());
  Advance(seconds(10));
  EXPECT_EQ(door_.Count("POST"), 0);
}

TEST_F(AgencyTest, HoldReleaseAndThenConfirmSome) {
  AgencyDesk desk(person_, "ROLE_CUSTOMS", "run1", {.confirm_after = seconds(10), .hold_share = 1}, errands_,
                  random_);
  EXPECT_TRUE(desk.Look().has_value());
  Advance(seconds(60));
  ASSERT_EQ(door_.Count("POST"), 2);
  EXPECT_THAT(door_.Lines()[door_.Lines().size() - 2], HasSubstr("customs:hold"));
  EXPECT_THAT(door_.Lines().back(), HasSubstr("customs:release"));
}

class LaneDeskTest : public ActorsTest {
 protected:
  LaneDeskTest() { ShowTrip("STATE_CLEARED"); }

  void ShowTrip(const std::string& state) {
    door_.When("GET /v1/trips/", Json{{"trip", {{"state", state}}}});
  }
  void ShowLane(const std::string& state, const std::string& session_id = "session_1",
                const std::string& cause = "READ_UNSURE") {
    door_.When("GET /v1/lanes", Json{{"lanes",
                                      {{{"lane_id", "x1"},
                                        {"state", state},
                                        {"session_id", session_id},
                                        {"decision", {{"reasons", {{{"code", cause}}}}}}}}}});
  }
  void Park(Purpose purpose) {
    LaneView::Seen seen = SeenTruck("29C12345", -3.5);
    seen.truck.purpose = purpose;
    seen.state = DrivenTruck::State::kStanding;
    road_.views["x1"] = LaneWith(seen);
  }
  void LookFor(milliseconds span) {
    for (milliseconds passed{0}; passed < span; passed += seconds(1)) {
      EXPECT_TRUE(desk_.Look().has_value());
      clock_.Advance(seconds(1));
    }
  }

  LaneDesk desk_{person_, road_, {}, clock_};
};

TEST_F(LaneDeskTest, OpenForADeclaredTruckAfterAWhileNamingWhatTheySee) {
  Park(Purpose::kDeclared);
  ShowLane("LANE_STATE_ASKING");
  LookFor(seconds(12));
  EXPECT_EQ(door_.Count("POST"), 0) << "a person may be the first";
  LookFor(seconds(10));
  ASSERT_EQ(door_.Count("POST"), 1);
  const DoorRequest* open = door_.Find("POST /v1/lanes/x1:open");
  ASSERT_NE(open, nullptr);
  EXPECT_EQ(open->body["plate"], "29C12345");
  EXPECT_EQ(open->body["session_id"], "session_1");
  EXPECT_EQ(open->body["reason_code"], "OFFICER_IDENTIFIED");
}

TEST_F(LaneDeskTest, RefuseWhoShouldNotBeThere) {
  for (const auto& [purpose, code] :
       std::map<Purpose, std::string>{{Purpose::kUndeclared, "OFFICER_PAPERS_MISSING"},
                                      {Purpose::kWatchListed, "OFFICER_SUSPICION"},
                                      {Purpose::kMismatched, "OFFICER_MISMATCH"}}) {
    door_.requests.clear();
    Park(purpose);
    ShowLane("LANE_STATE_ASKING", "session_of_" + code);
    LookFor(seconds(15));
    ASSERT_EQ(door_.Count("POST"), 1) << code;
    EXPECT_EQ(door_.Find("POST /v1/lanes/x1:refuse")->body["reason_code"], code);
  }
}

TEST_F(LaneDeskTest, RefuseADeclaredTruckThatAnAgencyHoldsMeanwhile) {
  Park(Purpose::kDeclared);
  ShowTrip("STATE_HELD");
  ShowLane("LANE_STATE_ASKING");
  LookFor(seconds(15));
  EXPECT_EQ(door_.Count("POST /v1/lanes/x1:open"), 0);
  EXPECT_EQ(door_.Count("POST /v1/lanes/x1:refuse"), 1);
}

TEST_F(LaneDeskTest, OpenForNobodyWhoIsAMatterOfTheWatchList) {
  for (const char* cause : {"WATCH_LISTED", "WATCH_LIST_LOOK_ALIKE"}) {
    door_.requests.clear();
    Park(Purpose::kDeclared);
    ShowLane("LANE_STATE_ASKING", cause, cause);
    LookFor(seconds(15));
    EXPECT_EQ(door_.Count("POST /v1/lanes/x1:open"), 0) << cause;
    EXPECT_EQ(door_.Count("POST /v1/lanes/x1:refuse"), 1) << cause;
  }
}

TEST_F(LaneDeskTest, WaveARefusedTruckBackOnce) {
  Park(Purpose::kUndeclared);
  ShowLane("LANE_STATE_REFUSED");
  LookFor(seconds(30));
  EXPECT_EQ(road_.played.size(), 1u);
  EXPECT_EQ(road_.played[0], std::pair(std::string("x1"), Scene::kReverse));
  EXPECT_EQ(door_.Count("POST"), 0);
}

TEST_F(LaneDeskTest, LeaveATruckThatATestPlacedToTheTest) {
  Park(Purpose::kPlaced);
  ShowLane("LANE_STATE_ASKING");
  LookFor(seconds(30));
  ShowLane("LANE_STATE_REFUSED");
  LookFor(seconds(30));
  EXPECT_EQ(door_.Count("POST"), 0);
  EXPECT_TRUE(road_.played.empty());
}

TEST_F(LaneDeskTest, AreContentWhenSomebodyWasQuicker) {
  Park(Purpose::kDeclared);
  ShowLane("LANE_STATE_ASKING");
  door_.WhenRefused("POST /v1/lanes/x1:open", "SESSION_OVER", Code::kFailedPrecondition);
  LookFor(seconds(30));
  EXPECT_EQ(door_.Count("POST"), 1);
}

class FirmDeskTest : public ActorsTest {
 protected:
  FirmDeskTest() {
    door_.When("POST /v1/drivers", Json{{"driver", {{"driver_id", "driver_1"}}}});
    door_.When("POST /v1/trips", Json{{"trip", {{"trip_id", "trip_1"}}}});
  }
  const std::vector<Firm> firms_ = MakePopulation(1, {.firm_count = 2, .trucks_per_firm = 4});
  FirmDesk desk_{firms_[0], door_, "1", "run1", "a password of the firm"};
  PlannedTrip trip_{.number = 7, .is_export = true, .seed = 99};
};

TEST_F(FirmDeskTest, RegisterThemselvesTruckAndDriverBeforeTheyDeclareAndOnlyOnce) {
  int truck = 0;  // a rigid one
  while (firms_[0].trucks[static_cast<size_t>(truck)].tractor) ++truck;
  EXPECT_EQ(desk_.Declare(trip_, truck, "huu-nghi", "key-00001", clock_.Now()).value(), "trip_1");
  std::vector<std::string> changes = door_.Lines();
  std::erase_if(changes, [](const std::string& line) { return line.starts_with("GET"); });
  EXPECT_THAT(changes, ElementsAre("POST /v1/sign-up", "POST /v1/enterprises", "POST /v1/vehicles",
                                   "POST /v1/drivers", "POST /v1/trips"));
  EXPECT_TRUE(desk_.Declare(trip_, truck, "huu-nghi", "key-00002", clock_.Now()).has_value());
  EXPECT_EQ(door_.Count("POST"), 6);
  const Json& form = door_.Find("POST /v1/trips")->body;
  EXPECT_EQ(form["direction"], "DIRECTION_EXPORT");
  EXPECT_EQ(form["driver_id"], "driver_1");
  EXPECT_EQ(form["plate"], firms_[0].trucks[static_cast<size_t>(truck)].plate.normalised);
  EXPECT_FALSE(form["goods"].empty());
}

TEST_F(FirmDeskTest, GoOnWhereAnEarlierRunRegisteredThem) {
  door_.WhenRefused("POST /v1/sign-up", "SIGN_IN_NAME_TAKEN", Code::kFailedPrecondition);
  door_.WhenRefused("POST /v1/enterprises", "ENTERPRISE_ALREADY_REGISTERED", Code::kFailedPrecondition);
  door_.WhenRefused("POST /v1/vehicles", "PLATE_TAKEN", Code::kFailedPrecondition);
  door_.WhenRefused("POST /v1/drivers", "DOCUMENT_TAKEN", Code::kFailedPrecondition);
  door_.When("GET /v1/drivers", Json{{"drivers",
                                      {{{"document_number", firms_[0].drivers[0].passport_number},
                                        {"driver_id", "driver_of_before"}}}}});
  EXPECT_TRUE(desk_.Declare(trip_, 0, "huu-nghi", "key-00001", clock_.Now()).has_value());
  EXPECT_EQ(door_.Find("POST /v1/trips")->body["driver_id"], "driver_of_before");
}

TEST_F(FirmDeskTest, SayWhyADeclarationWasRefused) {
  door_.WhenRefused("POST /v1/trips", "INVALID_FIELD", Code::kInvalidArgument);
  EXPECT_EQ(desk_.Declare(trip_, 0, "huu-nghi", "key-00001", clock_.Now()).error().reason(), "INVALID_FIELD");
}

TEST_F(FirmDeskTest, WithdrawWhatAnEarlierRunLeftOpen) {
  door_.When("GET /v1/trips?page_size=200&state=STATE_DECLARED",
             Json{{"trips", {{{"trip_id", "trip_01jd2xq4v8m0t6b3c9k7n5r2wz"}}}}});
  EXPECT_TRUE(desk_.Register().has_value());
  ASSERT_EQ(door_.Count("POST /v1/trips/trip_01jd2xq4v8m0t6b3c9k7n5r2wz:cancel"), 1);
  EXPECT_LE(door_.Find("POST /v1/trips/")->key.size(), 64u);
  EXPECT_TRUE(desk_.Register().has_value());
  EXPECT_EQ(door_.Count("POST /v1/trips/"), 1) << "later ones are this run's own";
}

}  // namespace
}  // namespace bordergate::simulator
