// Goal: a test can place trucks, break things, wait and read the truth, and nobody without the token can.
// Method: libcurl over a road that the test plays.
#include "services/simulator/control/control_door.h"

#include <future>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/http/testing/curl_client.h"
#include "services/simulator/testing/fake_road.h"

namespace bordergate::simulator {
namespace {

using testing::HasSubstr;

constexpr const char* kToken = "a token for this test";

class ControlDoorTest : public testing::Test {
 protected:
  ControlDoorTest() {
    ControlHooks hooks;
    hooks.plates = [](const std::string& camera_id) { return Json::array({camera_id}); };
    hooks.display_of = [](const std::string& lane_id) {
      return lane_id == "x1" ? Json::array({"MỜI ĐI", "12C34567"}) : Json();
    };
    hooks.scale_of = [](const std::string& lane_id) {
      return lane_id == "x1" ? Json{{"kg", 14'500}, {"stable", true}} : Json();
    };
    hooks.photo_of = [](const Plate& plate) {
      return plate.key == "30A68888" ? std::string("/photos/a.jpg") : std::string();
    };
    hooks.run_traffic = [this](bool running) { traffic_ = running; };
    hooks.traffic_runs = [this] { return traffic_; };
    hooks.actors = [] { return Json{{"roles", Json::array()}}; };
    door_ = ControlDoor::Start("127.0.0.1:0", kToken, road_, hooks, clock_).value();
  }

  http::CurlResponse Ask(const std::string& method, const std::string& path, const Json& body = {},
                         const std::string& token = kToken) {
    return http::Curl({.method = method,
                       .url = "http://127.0.0.1:" + std::to_string(door_->port()) + path,
                       .headers = {"Authorization: Bearer " + token},
                       .body = body.is_null() ? "" : body.dump()});
  }
  Json Get(const std::string& path) { return Json::parse(Ask("GET", path).body); }
  std::string Reason(const http::CurlResponse& response) { return Json::parse(response.body)["reason"]; }

  SystemClock clock_;
  FakeRoad road_;
  bool traffic_ = true;
  std::unique_ptr<ControlDoor> door_;
};

TEST_F(ControlDoorTest, IsShutWithoutItsToken) {
  for (const char* token : {"", "another token"}) {
    EXPECT_EQ(Ask("GET", "/lanes", {}, token).status, 401);
    EXPECT_EQ(Ask("POST", "/lanes/x1/trucks", {{"plate", "29C12345"}}, token).status, 401);
  }
  EXPECT_TRUE(road_.placed.empty());
}

TEST_F(ControlDoorTest, PlacesATruckWithThePlateAsked) {
  const auto placed =
      Ask("POST", "/lanes/x1/trucks",
          {{"plate", "29c-123.45"}, {"two_line", true}, {"colour", "white"}, {"length_m", 9.5}});
  ASSERT_EQ(placed.status, 200) << placed.body;
  EXPECT_EQ(Json::parse(placed.body)["truck_id"], "truck_1");
  const Truck& truck = road_.placed.at(0).second;
  EXPECT_EQ(truck.plate, "29C12345");
  EXPECT_TRUE(truck.face.two_line());
  EXPECT_EQ(truck.face.colour, PlateColour::kWhite);
  EXPECT_EQ(truck.length_m, 9.5);
  EXPECT_EQ(truck.purpose, Purpose::kPlaced);
  EXPECT_TRUE(truck.photo.empty());
}

TEST_F(ControlDoorTest, PlacesATruckWithItsTrailerAndItsTransponder) {
  ASSERT_EQ(Ask("POST", "/lanes/x1/trucks",
                {{"plate", "29C12345"},
                 {"trailer_plate", "12r-001.23"},
                 {"rear_two_line", false},
                 {"tag_id", "E2801160600002054A8B1C2D"},
                 {"smeared", true}})
                .status,
            200);
  ASSERT_EQ(Ask("POST", "/lanes/x1/trucks", {{"plate", "29C54321"}, {"rear_muddy", true}}).status, 200);
  const Truck& truck = road_.placed.at(0).second;
  EXPECT_EQ(truck.trailer_plate, "12R00123");
  EXPECT_FALSE(truck.rear_face.two_line());
  EXPECT_EQ(truck.tag_id, "E2801160600002054A8B1C2D");
  EXPECT_TRUE(truck.smeared);
  EXPECT_EQ(Get("/trucks/truck_1")["trailer_plate"], "12R00123");
  EXPECT_EQ(Get("/trucks/truck_1")["tag_id"], "E2801160600002054A8B1C2D");
  const Truck& rigid = road_.placed.at(1).second;
  EXPECT_EQ(RearPlate(rigid), "29C54321") << "a rigid truck shows its own plate at the rear";
  EXPECT_TRUE(rigid.rear_face.two_line());
  EXPECT_TRUE(rigid.rear_muddy);
  const auto refused = Ask("POST", "/lanes/x1/trucks",
                           {{"plate", "29C12345"}, {"trailer_plate", "29C12345"}, {"tag_id", "x"}});
  EXPECT_THAT(refused.body, HasSubstr("PLATE_NOT_A_TRAILER"));
  EXPECT_THAT(refused.body, HasSubstr("TAG_ID_INVALID"));
}

TEST_F(ControlDoorTest, PlacesATruckWithItsContainer) {
  const auto place = [&](const std::string& number, bool two_line) {
    return Ask("POST", "/lanes/x1/trucks",
               {{"plate", "29C12345"}, {"container_number", number}, {"container_two_line", two_line}});
  };
  ASSERT_EQ(place("csqu 305438-3", false).status, 200);
  const Truck& truck = road_.placed.at(0).second;
  EXPECT_EQ(truck.container_number, "CSQU3054383");
  EXPECT_FALSE(truck.container_two_line);
  EXPECT_EQ(Get("/trucks/truck_1")["container_number"], "CSQU3054383");
  for (const char* wrong : {"CSQU3054384", "CSQU305438", "29C12345"}) {
    const auto refused = place(wrong, true);
    EXPECT_EQ(refused.status, 400) << wrong;
    EXPECT_THAT(refused.body, HasSubstr("CONTAINER_NUMBER_INVALID")) << wrong;
  }
}

TEST_F(ControlDoorTest, ShowsThePhotographOfAPlateThatHasOneUnlessPaintedIsAsked) {
  Ask("POST", "/lanes/x1/trucks", {{"plate", "30A68888"}});
  Ask("POST", "/lanes/x1/trucks", {{"plate", "30A68888"}, {"painted", true}});
  Ask("POST", "/lanes/x1/trucks", {{"plate", "whatever the picture shows"}, {"photo_file", "/photos/b.jpg"}});
  ASSERT_EQ(road_.placed.size(), 3u);
  EXPECT_EQ(road_.placed[0].second.photo, "/photos/a.jpg");
  EXPECT_TRUE(road_.placed[1].second.photo.empty());
  EXPECT_EQ(road_.placed[2].second.photo, "/photos/b.jpg");
}

TEST_F(ControlDoorTest, NamesEveryFaultOfATruck) {
  const auto refused = Ask("POST", "/lanes/x1/trucks",
                           {{"plate", "42C12345"}, {"manner", "flying"}, {"length_m", 300}, {"wheels", 6}});
  EXPECT_EQ(refused.status, 400);
  for (const char* word : {"PLATE_INVALID", "MANNER_UNKNOWN", "NUMBER_OUT_OF_RANGE", "FIELD_UNKNOWN"}) {
    EXPECT_THAT(refused.body, HasSubstr(word));
  }
  EXPECT_TRUE(road_.placed.empty());
  EXPECT_EQ(Reason(Ask("POST", "/lanes/no-such-lane/trucks", {{"plate", "29C12345"}})), "LANE_UNKNOWN");
}

TEST_F(ControlDoorTest, TellsWhatStandsOnALanesScale) {
  EXPECT_EQ(Get("/lanes/x1")["scale"]["kg"], 14'500);
  for (const Json& lane : Get("/lanes")["lanes"]) {
    EXPECT_EQ(lane["scale"].is_null(), lane["lane_id"] != "x1") << lane.dump();
  }
}

TEST_F(ControlDoorTest, TellsWhatStandsOnALanesDisplay) {
  EXPECT_EQ(Get("/lanes/x1")["display"], Json::array({"MỜI ĐI", "12C34567"}));
  for (const Json& lane : Get("/lanes")["lanes"]) {
    EXPECT_EQ(lane["display"].is_null(), lane["lane_id"] != "x1") << lane.dump();
  }
}

TEST_F(ControlDoorTest, WaitsUntilATruckHasPassed) {
  Ask("POST", "/lanes/x1/trucks", {{"plate", "29C12345"}});
  auto answer =
      std::async(std::launch::async, [&] { return Ask("GET", "/trucks/truck_1?wait_for=truck.passed"); });
  road_.Does("truck_1", LaneEvent::Kind::kTruckArrived);
  road_.Does("truck_1", LaneEvent::Kind::kTruckPassed);
  const auto passed = answer.get();
  EXPECT_EQ(passed.status, 200);
  const Json truck = Json::parse(passed.body);
  EXPECT_EQ(truck["passed"], true);
  EXPECT_EQ(truck["plate"], "29C12345");
  EXPECT_TRUE(truck["times"].contains("truck.arrived"));
}

TEST_F(ControlDoorTest, AnswersAtOnceWhenItHasHappenedAndInTimeWhenItDoesNot) {
  Ask("POST", "/lanes/x1/trucks", {{"plate", "29C12345"}});
  const auto late = Ask("GET", "/trucks/truck_1?wait_for=over&timeout_ms=50");
  EXPECT_EQ(late.status, 504);
  EXPECT_EQ(Reason(late), "WAIT_TIMEOUT");
  EXPECT_EQ(Json::parse(late.body)["truck"]["last_event"], "truck.placed");
  road_.Does("truck_1", LaneEvent::Kind::kTruckTurnedBack);
  EXPECT_EQ(Ask("GET", "/trucks/truck_1?wait_for=over").status, 200);
  EXPECT_EQ(Reason(Ask("GET", "/trucks/truck_9?wait_for=over")), "TRUCK_UNKNOWN");
  EXPECT_EQ(Reason(Ask("GET", "/trucks/truck_1?wait_for=truck.flown")), "INVALID_FIELD");
}

TEST_F(ControlDoorTest, SwitchesFaultsOnAndOffAgainAfterAWhile) {
  EXPECT_EQ(Ask("POST", "/lanes/x1/faults", {{"fault", "arm_stuck"}, {"on", true}}).status, 200);
  EXPECT_EQ(Get("/lanes/x1")["faults"], Json::array({"arm_stuck"}));
  EXPECT_EQ(Ask("POST", "/lanes/x1/faults", {{"fault", "arm_stuck"}, {"on", true}, {"for_ms", 1}}).status,
            200);
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!Get("/lanes/x1")["faults"].empty() && std::chrono::steady_clock::now() < deadline) {
  }
  EXPECT_TRUE(Get("/lanes/x1")["faults"].empty());
  EXPECT_EQ(Ask("POST", "/lanes/x1/faults", {{"fault", "no_such_fault"}, {"on", true}}).status, 400);
  EXPECT_EQ(Ask("POST", "/lanes/x1/faults", {{"fault", "arm_stuck"}}).status, 400);
}

TEST_F(ControlDoorTest, PlaysScenesAndMovesTheClock) {
  EXPECT_EQ(Ask("POST", "/lanes/x1/scenes", {{"scene", "reverse"}}).status, 200);
  EXPECT_EQ(road_.played.size(), 1u);
  EXPECT_EQ(Ask("POST", "/lanes/x1/scenes", {{"scene", "explode"}}).status, 400);
  EXPECT_EQ(Json::parse(Ask("POST", "/clock", {{"speed", 5}}).body)["speed"], 5.0);
  EXPECT_EQ(Ask("POST", "/clock", {{"speed", 500}}).status, 400);
  EXPECT_EQ(Json::parse(Ask("POST", "/traffic", {{"running", false}}).body)["traffic_running"], false);
}

TEST_F(ControlDoorTest, TellsTheTruth) {
  Ask("POST", "/lanes/x1/trucks", {{"plate", "29C12345"}});
  Ask("POST", "/lanes/n1/trucks", {{"plate", "桂F12345"}});
  road_.Does("truck_1", LaneEvent::Kind::kTruckPassed);
  road_.Does("truck_2", LaneEvent::Kind::kTruckPassed);
  EXPECT_EQ(Get("/truth/passages")["passages"].size(), 2u);
  EXPECT_EQ(Get("/truth/passages?lane_id=n1")["passages"][0]["plate"], "桂F12345");
  EXPECT_EQ(Get("/truth/records?after_sequence=1")["records"][0]["truck_id"], "truck_2");
  EXPECT_EQ(Get("/truth/counts")["counts"]["truck.passed"], 2);
  EXPECT_EQ(Get("/lanes")["lanes"].size(), 2u);
  EXPECT_EQ(Get("/cameras/x1-front/plates")["plates"][0], "x1-front");
  EXPECT_EQ(Ask("GET", "/truth/records?after_sequence=x").status, 400);
  EXPECT_EQ(Ask("GET", "/no/such/path").status, 404);
  EXPECT_EQ(Ask("DELETE", "/lanes").status, 404);
}

}  // namespace
}  // namespace bordergate::simulator
