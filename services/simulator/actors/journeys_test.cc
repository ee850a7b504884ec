// Goal: each truck's way through the platform, step after step, each step once. Method: a door and a road
// that the test plays, under a clock that the test moves.
#include "services/simulator/actors/journeys.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "libs/container/container_number.h"
#include "libs/core/digest.h"
#include "libs/testing/manual_clock.h"
#include "libs/testing/temporary_folder.h"
#include "services/simulator/domain/traffic.h"
#include "services/simulator/testing/fake_door.h"
#include "services/simulator/testing/fake_road.h"

namespace bordergate::simulator {
namespace {

using testing::Contains;

// An Ed25519 key pair as openssl writes it.
struct BankKey {
  BankKey() {
    EVP_PKEY* key = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
    BIO* text = BIO_new(BIO_s_mem());
    PEM_write_bio_PrivateKey(text, key, nullptr, nullptr, 0, nullptr, nullptr);
    char* bytes = nullptr;
    const auto size = static_cast<size_t>(BIO_get_mem_data(text, &bytes));
    file = folder.Write("bank.pem", std::string_view(bytes, size));
    std::array<unsigned char, 32> raw{};
    size_t raw_size = raw.size();
    EVP_PKEY_get_raw_public_key(key, raw.data(), &raw_size);
    public_key.assign(raw.begin(), raw.end());
    BIO_free(text);
    EVP_PKEY_free(key);
  }
  TemporaryFolder folder;
  std::string file;
  std::string public_key;
};

// What a platform answers on which everything goes well.
void AnswerLikeThePlatform(FakeDoor& door) {
  door.When("POST /v1/sign-in", Json{{"session_token", "token-1"}});
  door.When("POST /v1/drivers", Json{{"driver", {{"driver_id", "driver_1"}}}});
  door.When("POST /v1/trips", Json{{"trip", {{"trip_id", "trip_1"}}}});
  door.When("POST /v1/trips/", Json::object());
  door.When("GET /v1/yards",
            Json{{"yards",
                  {{{"yard_id", "full"}, {"gate_id", "huu-nghi"}, {"occupied_count", 5}, {"slot_count", 5}},
                   {{"yard_id", "xuan-cuong"},
                    {"gate_id", "huu-nghi"},
                    {"occupied_count", 1},
                    {"slot_count", 5}}}}});
  door.When("GET /v1/invoices", Json{{"invoices",
                                      {{{"invoice_id", "invoice_1"},
                                        {"state", "STATE_OPEN"},
                                        {"amount_dong", "600000"},
                                        {"paid_dong", "0"}}}}});
}

class JourneysTest : public testing::Test {
 protected:
  explicit JourneysTest(int trucks = 2)
      : firms_(MakePopulation(1, {.firm_count = 1, .trucks_per_firm = trucks})) {
    for (const Firm& firm : firms_)
      desks_.push_back(std::make_unique<FirmDesk>(firm, door_, "1", "run1", "password"));
    AnswerLikeThePlatform(door_);
  }

  void Advance(milliseconds span) {
    for (milliseconds passed{0}; passed < span; passed += milliseconds(500)) {
      clock_.Advance(milliseconds(500));
      errands_.RunDue();
      journeys_.LookAtLanes();
    }
  }
  PlannedTrip Plan(Purpose purpose) {
    return {.number = ++number_, .is_export = true, .purpose = purpose, .seed = 7};
  }
  ManualClock clock_;
  Telemetry telemetry_{"simulator", "error"};
  FakeDoor door_;
  FakeRoad road_;
  BankKey key_;
  const std::vector<Firm> firms_;
  std::vector<std::unique_ptr<FirmDesk>> desks_;
  Errands errands_{clock_, [] { return 1.0; }, telemetry_};
  Person yardman_{door_, "baixe@demo", "secret"};
  Person guard_{door_, "bienphong@demo", "secret"};
  YardDesk yard_{door_, yardman_, "device-token"};
  const Bank bank_ = Bank::Open("vietinbank", key_.file).value();
  Journeys journeys_{{"run1", door_, desks_, yard_, bank_, &guard_, road_, errands_, clock_}, {}};
  int64_t number_ = 0;
};

// A firm with trucks of every kind.
class FleetJourneysTest : public JourneysTest {
 protected:
  FleetJourneysTest() : JourneysTest(12) {}

  // With a truck that pulls a trailer, or one that does not.
  PlannedTrip PlanOf(Purpose purpose, bool tractor) {
    PlannedTrip plan = Plan(purpose);
    const auto& trucks = firms_.front().trucks;
    const auto at = std::ranges::find(trucks, tractor, &FleetTruck::tractor);
    EXPECT_NE(at, trucks.end());
    plan.truck = static_cast<int>(at - trucks.begin());
    return plan;
  }
};

TEST_F(JourneysTest, GoTheWholeWayOnce) {
  ASSERT_TRUE(journeys_.Begin(Plan(Purpose::kDeclared)));
  Advance(seconds(90));
  EXPECT_EQ(door_.Count("POST /v1/trips"), 1);
  EXPECT_EQ(door_.Count("POST /v1/payments"), 1);
  EXPECT_EQ(door_.Count("POST /v1/yards/xuan-cuong:checkIn"), 1);
  EXPECT_EQ(door_.Find("POST /v1/yards/xuan-cuong:checkIn")->token, "device-token");
  EXPECT_TRUE(road_.placed.empty()) << "nobody drives before he is called";
  journeys_.Called("trip_1");
  journeys_.Called("trip_1");
  Advance(seconds(60));
  ASSERT_EQ(road_.placed.size(), 1u);
  EXPECT_EQ(road_.placed[0].first, "x1") << "an export lane";
  EXPECT_EQ(road_.placed[0].second.trip_id, "trip_1");
  EXPECT_EQ(road_.placed[0].second.purpose, Purpose::kDeclared);
  road_.Does("truck_1", LaneEvent::Kind::kTruckPassed);
  Advance(seconds(1));
  EXPECT_EQ(journeys_.underway_count(), 0u);
  EXPECT_EQ(journeys_.endings().at("passed"), 1);
}

TEST_F(JourneysTest, PayTheExactSumWithTheBanksSignature) {
  ASSERT_TRUE(journeys_.Begin(Plan(Purpose::kDeclared)));
  Advance(seconds(60));
  const DoorRequest* payment = door_.Find("POST /v1/payments");
  ASSERT_NE(payment, nullptr);
  EXPECT_TRUE(payment->token.empty()) << "the signature is the proof";
  const Json& body = payment->body;
  EXPECT_EQ(body["amount_dong"], "600000");
  const Instant booked = ParseInstant(body["book_time"].get<std::string>()).value();
  const std::string unix_s =
      std::to_string(std::chrono::duration_cast<std::chrono::seconds>(booked.time_since_epoch()).count());
  const std::string message = "bordergate payment v1\nvietinbank\n" +
                              body["bank_reference"].get<std::string>() + "\ninvoice_1\n600000\n" + unix_s +
                              "\n" + unix_s;
  EXPECT_TRUE(
      VerifyEd25519(key_.public_key, message, ParseBase64(body["signature"].get<std::string>()).value()));
}

TEST_F(JourneysTest, WaitForAnInvoiceThatIsNotIssuedYet) {
  door_.When("GET /v1/invoices", Json{{"invoices", Json::array()}});
  ASSERT_TRUE(journeys_.Begin(Plan(Purpose::kDeclared)));
  Advance(seconds(60));
  EXPECT_EQ(door_.Count("POST /v1/payments"), 0);
  EXPECT_GT(door_.Count("GET /v1/invoices"), 2);
}

TEST_F(JourneysTest, GoHomeWhenTheyAreNeverCalled) {
  ASSERT_TRUE(journeys_.Begin(Plan(Purpose::kDeclared)));
  Advance(std::chrono::hours(7));
  EXPECT_TRUE(road_.placed.empty());
  EXPECT_EQ(journeys_.endings().at("not_called"), 1);
  EXPECT_EQ(journeys_.underway_count(), 0u);
  EXPECT_EQ(door_.Count("POST /v1/trips/trip_1:cancel"), 1);
}

TEST_F(JourneysTest, DriveUpWithoutATripWhenNobodyDeclaredThem) {
  ASSERT_TRUE(journeys_.Begin(Plan(Purpose::kUndeclared)));
  Advance(seconds(90));
  EXPECT_EQ(door_.Count("POST"), 0);
  ASSERT_EQ(road_.placed.size(), 1u);
  EXPECT_TRUE(road_.placed[0].second.trip_id.empty());
  road_.Does("truck_1", LaneEvent::Kind::kTruckTurnedBack);
  Advance(seconds(1));
  EXPECT_EQ(journeys_.endings().at("turned_back"), 1);
}

TEST_F(JourneysTest, CarryAnotherPlateThanTheDeclaredOneWhenMismatched) {
  ASSERT_TRUE(journeys_.Begin(Plan(Purpose::kMismatched)));
  Advance(seconds(90));
  EXPECT_EQ(door_.Find("POST /v1/yards/xuan-cuong:checkIn")->body["trip_id"], "trip_1") << "by its code";
  journeys_.Called("trip_1");
  Advance(seconds(60));
  ASSERT_EQ(road_.placed.size(), 1u);
  EXPECT_NE(road_.placed[0].second.plate, door_.Find("POST /v1/trips")->body["plate"]);
  EXPECT_TRUE(ParsePlate(road_.placed[0].second.plate).has_value());
  road_.Does("truck_1", LaneEvent::Kind::kTruckTurnedBack);
  Advance(seconds(1));
  EXPECT_THAT(door_.Lines(), Contains("POST /v1/trips/trip_1:cancel"));
}

TEST_F(FleetJourneysTest, PullAnotherTrailerThanTheDeclaredOneWhenItWasSwapped) {
  ASSERT_TRUE(journeys_.Begin(PlanOf(Purpose::kTrailerSwapped, true)));
  Advance(seconds(90));
  journeys_.Called("trip_1");
  Advance(seconds(60));
  ASSERT_EQ(road_.placed.size(), 1u);
  const Truck& truck = road_.placed[0].second;
  const Json declared = door_.Find("POST /v1/trips")->body;
  EXPECT_EQ(truck.plate, declared["plate"]);
  EXPECT_NE(truck.trailer_plate, declared["trailer_plate"]);
  EXPECT_TRUE(IsTrailer(ParsePlate(truck.trailer_plate)->kind));
  EXPECT_TRUE(IsContainerNumber(truck.container_number));
  EXPECT_NE(truck.container_number, declared["container_number"]) << "it stands on that trailer";
  EXPECT_EQ(truck.purpose, Purpose::kTrailerSwapped);
}

TEST_F(FleetJourneysTest, AreOfAnotherTruckWholeWhenMismatched) {
  ASSERT_TRUE(journeys_.Begin(PlanOf(Purpose::kMismatched, true)));
  Advance(seconds(90));
  journeys_.Called("trip_1");
  Advance(seconds(60));
  ASSERT_EQ(road_.placed.size(), 1u);
  const Truck& truck = road_.placed[0].second;
  EXPECT_NE(truck.trailer_plate, "");
  EXPECT_NE(truck.trailer_plate, door_.Find("POST /v1/trips")->body["trailer_plate"]);
  EXPECT_TRUE(IsContainerNumber(truck.container_number));
  EXPECT_NE(truck.container_number, door_.Find("POST /v1/trips")->body["container_number"]);
  EXPECT_EQ(truck.tag_id, "");
}

TEST_F(FleetJourneysTest, CarryTheContainerThatTheyDeclared) {
  ASSERT_TRUE(journeys_.Begin(PlanOf(Purpose::kDeclared, true)));
  Advance(seconds(90));
  journeys_.Called("trip_1");
  Advance(seconds(60));
  ASSERT_EQ(road_.placed.size(), 1u);
  EXPECT_TRUE(IsContainerNumber(road_.placed[0].second.container_number));
  EXPECT_EQ(road_.placed[0].second.container_number, door_.Find("POST /v1/trips")->body["container_number"]);
}

TEST_F(FleetJourneysTest, AreMerelyDeclaredWhenThereIsNoTrailerToSwap) {
  ASSERT_TRUE(journeys_.Begin(PlanOf(Purpose::kTrailerSwapped, false)));
  Advance(seconds(90));
  journeys_.Called("trip_1");
  Advance(seconds(60));
  ASSERT_EQ(road_.placed.size(), 1u);
  EXPECT_EQ(road_.placed[0].second.purpose, Purpose::kDeclared);
  EXPECT_EQ(road_.placed[0].second.trailer_plate, "");
  EXPECT_EQ(road_.placed[0].second.container_number, "") << "a rigid truck carries none";
  EXPECT_FALSE(door_.Find("POST /v1/trips")->body.contains("container_number"));
}

TEST_F(FleetJourneysTest, CarryTheTransponderOfAnotherRegisteredTruckWhenItWasSwapped) {
  PlannedTrip plan = Plan(Purpose::kTagSwapped);
  const Firm& firm = firms_.front();
  const int other = OtherWithTag(firm, plan.truck).value();
  ASSERT_TRUE(journeys_.Begin(plan));
  Advance(seconds(90));
  journeys_.Called("trip_1");
  Advance(seconds(60));
  ASSERT_EQ(road_.placed.size(), 1u);
  const FleetTruck& owner = firm.trucks.at(static_cast<size_t>(other));
  EXPECT_EQ(road_.placed[0].second.tag_id, owner.tag_id);
  EXPECT_NE(road_.placed[0].second.plate, owner.plate.normalised);
  EXPECT_TRUE(std::ranges::any_of(door_.requests, [&](const DoorRequest& call) {
    return call.path == "/v1/vehicles" && call.body["plate"] == owner.plate.normalised &&
           call.body["tag_id"] == owner.tag_id;
  })) << "the gate must know whose it is";
}

TEST_F(JourneysTest, PutAWatchListedTruckOnTheListAndTakeItOffAfterwards) {
  door_.When("POST /v1/watch-list", Json{{"watch_list_entry", {{"watch_list_entry_id", "watch_1"}}}});
  ASSERT_TRUE(journeys_.Begin(Plan(Purpose::kWatchListed)));
  Advance(seconds(90));
  EXPECT_EQ(door_.Count("POST /v1/watch-list"), 1);
  journeys_.Called("trip_1");
  Advance(seconds(60));
  road_.Does("truck_1", LaneEvent::Kind::kTruckTurnedBack);
  Advance(seconds(1));
  EXPECT_THAT(door_.Lines(), Contains("POST /v1/watch-list/watch_1:remove"));
}

TEST_F(JourneysTest, TryTheLaneAgainWhenADeclaredTruckWasTurnedBackAndGiveUpInTheEnd) {
  ASSERT_TRUE(journeys_.Begin(Plan(Purpose::kDeclared)));
  Advance(seconds(90));
  journeys_.Called("trip_1");
  for (int tries = 1; tries <= 3; ++tries) {
    Advance(seconds(60));
    ASSERT_EQ(road_.placed.size(), static_cast<size_t>(tries));
    road_.Does("truck_" + std::to_string(tries), LaneEvent::Kind::kTruckTurnedBack);
  }
  Advance(seconds(90));
  EXPECT_EQ(road_.placed.size(), 3u);
  EXPECT_EQ(journeys_.endings().at("turned_back"), 1);
  EXPECT_THAT(door_.Lines(), Contains("POST /v1/trips/trip_1:cancel"));
}

TEST_F(JourneysTest, LoseNothingWhileTheDoorIsAway) {
  ASSERT_TRUE(journeys_.Begin(Plan(Purpose::kDeclared)));
  door_.away = true;
  Advance(seconds(120));
  EXPECT_EQ(door_.Count("POST /v1/payments"), 0);
  door_.away = false;
  Advance(seconds(30));
  EXPECT_EQ(door_.Count("POST /v1/payments"), 1);
  EXPECT_EQ(door_.Count("POST /v1/yards/xuan-cuong:checkIn"), 1);
}

TEST_F(JourneysTest, KeepATruckToOneTripAtATime) {
  EXPECT_TRUE(journeys_.Begin(Plan(Purpose::kDeclared)));
  EXPECT_TRUE(journeys_.Begin(Plan(Purpose::kDeclared)));
  EXPECT_FALSE(journeys_.Begin(Plan(Purpose::kDeclared))) << "the firm has two trucks";
  EXPECT_EQ(journeys_.underway_count(), 2u);
}

// Everything the actors asked for at the door in the first quarter of an hour of a seed's day, but
// signatures.
std::vector<std::string> AskedOnADayOf(uint64_t seed) {
  ManualClock clock;
  Telemetry telemetry("simulator", "error");
  FakeDoor door;
  FakeRoad road;
  const BankKey key;
  const Bank bank = Bank::Open("vietinbank", key.file).value();
  const std::vector<Firm> firms = MakePopulation(seed, {});
  int trip_count = 0;
  AnswerLikeThePlatform(door);
  door.When("POST /v1/trips", [&](const DoorRequest&) -> Result<Json> {
    return Json{{"trip", {{"trip_id", "trip_" + std::to_string(++trip_count)}}}};
  });
  std::vector<std::unique_ptr<FirmDesk>> desks;
  for (const Firm& firm : firms) {
    desks.push_back(std::make_unique<FirmDesk>(firm, door, "1", "run1", "password"));
  }
  Errands errands(clock, [] { return 1.0; }, telemetry);
  Person yardman(door, "baixe@demo", "secret");
  Person guard(door, "bienphong@demo", "secret");
  YardDesk yard(door, yardman, "device-token");
  Journeys journeys({"run1", door, desks, yard, bank, &guard, road, errands, clock}, {});
  Traffic traffic(seed, {.trucks_per_hour = 240}, firms);
  PlannedTrip next = traffic.Next();
  size_t driven = 0;
  for (WorldTime now{0}; now < minutes(15); now += milliseconds(500)) {
    for (; next.at <= now; next = traffic.Next()) journeys.Begin(next);
    for (int trip = 1; trip <= trip_count; ++trip) journeys.Called("trip_" + std::to_string(trip));
    clock.Advance(milliseconds(500));
    errands.RunDue();
    for (; driven < road.placed.size(); ++driven) {
      road.Does(road.placed[driven].second.truck_id, LaneEvent::Kind::kTruckPassed);
    }
    journeys.LookAtLanes();
  }
  std::vector<std::string> asked;
  for (DoorRequest& request : door.requests) {
    if (request.body.is_object()) request.body.erase("signature");
    asked.push_back(request.method + " " + request.path + " " + request.key + " " + request.body.dump());
  }
  for (const auto& [lane_id, truck] : road.placed) asked.push_back(lane_id + " " + truck.plate);
  return asked;
}

TEST_F(JourneysTest, MakeTheSameDayTwiceFromOneSeedAndAnotherFromAnother) {
  const std::vector<std::string> day = AskedOnADayOf(1);
  EXPECT_GT(day.size(), 200u);
  EXPECT_EQ(day, AskedOnADayOf(1));
  EXPECT_NE(day, AskedOnADayOf(2));
}

TEST_F(JourneysTest, RefuseABankKeyThatIsNone) {
  EXPECT_TRUE(Bank::Open("vietinbank", "/no/such/file").error().Is(kAccountsUnreadable));
}

}  // namespace
}  // namespace bordergate::simulator
