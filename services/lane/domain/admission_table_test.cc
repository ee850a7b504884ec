// Goal: the table finds the right trip, every watch-listed plate and every look-alike, and lets one trip into
// one lane. Method: small tables, then random plates against a slow and obvious search.
#include "services/lane/domain/admission_table.h"

#include <gtest/gtest.h>

#include "libs/core/random.h"
#include "services/lane/domain/ballot.h"
#include "services/lane/domain/look_alike.h"
#include "services/lane/testing/machine_rig.h"

namespace bordergate::lane {
namespace {

const Instant kNow = std::chrono::sys_days(std::chrono::year(2026) / 11 / 22);
const SteadyInstant kClaimStart{std::chrono::hours(1)};

Known Find(const AdmissionTable& table, std::string_view key, std::string_view lane = "huu-nghi-x1") {
  return table.Find({lane, "huu-nghi", Direction::kExport, key, kClaimStart});
}

TEST(LookAlike, FoldsWhatCamerasConfuse) {
  for (const auto& [a, b] : std::vector<std::pair<const char*, const char*>>{{"29C10O45", "29C1QD45"},
                                                                             {"29C1I745", "29CI1745"},
                                                                             {"29C88B45", "29CB8845"},
                                                                             {"29C5S345", "29CS5345"},
                                                                             {"29C2Z345", "29CZ2345"},
                                                                             {"29C66G45", "29CG6645"}}) {
    EXPECT_EQ(LookAlikeKey(a), LookAlikeKey(b)) << a << " " << b;
  }
  EXPECT_NE(LookAlikeKey("29C12345"), LookAlikeKey("29C12346"));
  EXPECT_NE(LookAlikeKey("桂F12345"), LookAlikeKey("云F12345"));
}

TEST(AdmissionTable, TakesFactsOfOneTripInAnyOrder) {
  AdmissionTable table;
  table.Apply(FeeFacts{"trip_1", true, kNow});
  table.Apply(TicketFacts{"ticket_1", "trip_1", TicketFacts::State::kCalled, kNow + seconds(60), kNow});
  EXPECT_FALSE(Find(table, "29C12345").expected);
  table.Apply(ClearedTrip("trip_1", "29C-123.45"));
  const Known known = Find(table, "29C12345");
  ASSERT_TRUE(known.expected);
  EXPECT_TRUE(known.expected->fee_settled);
  EXPECT_EQ(known.expected->ticket->ticket_id, "ticket_1");
}

TEST(AdmissionTable, PrefersTheTripThatFitsHere) {
  AdmissionTable table;
  TripFacts old_trip = ClearedTrip("trip_9", "29C-123.45");
  old_trip.state = TripFacts::State::kCrossed;
  TripFacts other_gate = ClearedTrip("trip_8", "29C-123.45");
  other_gate.gate_id = "tan-thanh";
  table.Apply(old_trip);
  table.Apply(other_gate);
  EXPECT_EQ(Find(table, "29C12345").expected->trip.trip_id, "trip_8");
  table.Apply(ClearedTrip("trip_1", "29C-123.45"));
  EXPECT_EQ(Find(table, "29C12345").expected->trip.trip_id, "trip_1");
}

TEST(AdmissionTable, FollowsAChangedPlate) {
  AdmissionTable table;
  table.Apply(ClearedTrip("trip_1", "29C-123.45"));
  table.Apply(ClearedTrip("trip_1", "29C-999.99"));
  EXPECT_FALSE(Find(table, "29C12345").expected);
  EXPECT_TRUE(Find(table, "29C99999").expected);
}

TEST(AdmissionTable, NamesExpectedPlatesThatLookAlikeOnlyWithoutAnExactOne) {
  AdmissionTable table;
  table.Apply(ClearedTrip("trip_1", "29C-123.45"));
  EXPECT_EQ(Find(table, "29CI2345").near.at(0).plate, "29C12345");
  EXPECT_TRUE(Find(table, "29C12345").near.empty());
  EXPECT_TRUE(Find(table, "29C12346").near.empty());
}

TEST(AdmissionTable, NamesTheOneTruckThatIsStillToCrossWithATrailerOrAContainer) {
  for (const std::string load : {"29R00123", "CSQU3054383"}) {
    AdmissionTable table;
    const auto truck = [&] {
      return table.TruckOfLoad({"huu-nghi-x1", "huu-nghi", Direction::kExport, load, kClaimStart});
    };
    const auto declare = [&](TripFacts& trip, const std::string& what) {
      if (load == "29R00123") {
        trip.trailer_key = what;
      } else {
        trip.container_number = what;
      }
      table.Apply(trip);
    };
    TripFacts trip = ClearedTrip("trip_1", "29C-123.45");
    declare(trip, load);
    EXPECT_EQ(truck(), "29C12345");
    TripFacts elsewhere = ClearedTrip("trip_2", "29C-777.77");
    elsewhere.gate_id = "tan-thanh";
    declare(elsewhere, load);
    TripFacts inwards = ClearedTrip("trip_4", "29C-888.88");
    inwards.direction = Direction::kImport;
    declare(inwards, load);
    EXPECT_EQ(truck(), "29C12345");
    TripFacts second = elsewhere;
    second.trip_id = "trip_3";
    second.gate_id = "huu-nghi";
    declare(second, load);
    EXPECT_EQ(truck(), "") << "either may have it";
    table.Passed("trip_1", kNow);
    EXPECT_EQ(truck(), "29C77777");
    declare(second, "29R00999");  // another one after all
    EXPECT_EQ(truck(), "");
  }
}

TEST(AdmissionTable, NamesATruckByTrailerAndByContainer) {
  AdmissionTable table;
  TripFacts trip = ClearedTrip("trip_1", "29C-123.45");
  trip.trailer_key = "29R00123";
  trip.container_number = "CSQU3054383";
  const auto truck = [&](std::string_view load) {
    return table.TruckOfLoad({"huu-nghi-x1", "huu-nghi", Direction::kExport, load, kClaimStart});
  };
  table.Apply(trip);
  EXPECT_EQ(truck("29R00123"), "29C12345");
  EXPECT_EQ(truck("CSQU3054383"), "29C12345");
  trip.container_number = "";
  table.Apply(trip);
  EXPECT_EQ(truck("29R00123"), "29C12345");
  EXPECT_EQ(truck("CSQU3054383"), "");
}

TEST(AdmissionTable, KnowsNoTransponderOfATrailer) {
  AdmissionTable table;
  table.Apply(VehicleFacts{"29R00123", std::nullopt, 0, "29R00123", "TAG_1"});
  EXPECT_FALSE(table.FindTag({"TAG_1", "huu-nghi-x1", 0, kClaimStart}));
  table.Apply(VehicleFacts{"29C12345", std::nullopt, 0, "29C12345", "TAG_1"});
  EXPECT_EQ(table.FindTag({"TAG_1", "huu-nghi-x1", 0, kClaimStart})->plate, "29C12345");
}

TEST(AdmissionTable, ForgetsARemovedWatchListEntry) {
  AdmissionTable table;
  table.Apply(WatchFacts{"watch_1", "29C12345", "29C12345", "CAUSE_STOLEN", true});
  EXPECT_TRUE(Find(table, "29C12345").watched.at(0).exact);
  EXPECT_FALSE(Find(table, "29C72345").watched.at(0).exact);
  table.Apply(WatchFacts{"watch_1", "29C12345", "29C12345", "CAUSE_STOLEN", false});
  EXPECT_TRUE(Find(table, "29C12345").watched.empty());
}

TEST(AdmissionTable, GivesOneTripToOneLane) {  // G1
  AdmissionTable table;
  table.Apply(ClearedTrip("trip_1", "29C-123.45"));
  EXPECT_TRUE(table.Claim("trip_1", "huu-nghi-x1", kClaimStart, kClaimStart + seconds(15)));
  EXPECT_FALSE(table.Claim("trip_1", "huu-nghi-x2", kClaimStart, kClaimStart + seconds(15)));
  EXPECT_EQ(Find(table, "29C12345", "huu-nghi-x2").claimed_by_lane, "huu-nghi-x1");
  EXPECT_EQ(Find(table, "29C12345", "huu-nghi-x1").claimed_by_lane, "");
  EXPECT_TRUE(table.Claim("trip_1", "huu-nghi-x2", kClaimStart + seconds(15), kClaimStart + seconds(30)))
      << "it has run out";
  table.Release("trip_1", "huu-nghi-x1");
  EXPECT_FALSE(table.Claim("trip_1", "huu-nghi-x1", kClaimStart + seconds(16), kClaimStart + seconds(30)))
      << "nobody releases another lane's claim";
}

TEST(AdmissionTable, RemembersWhatPassedHereBeforeTheCentreKnows) {  // E9
  AdmissionTable table;
  table.Apply(ClearedTrip("trip_1", "29C-123.45"));
  table.Passed("trip_1", kNow);
  EXPECT_TRUE(Find(table, "29C12345").expected->passed_here);
}

TEST(AdmissionTable, ForgetsWhatIsLongDone) {
  AdmissionTable table;
  for (int i = 0; i < 10; ++i)
    table.Apply(ClearedTrip("trip_" + std::to_string(i), "29C-1234" + std::to_string(i)));
  table.Passed("trip_3", kNow);
  EXPECT_EQ(table.Prune(kNow + seconds(1)), std::vector<std::string>{"trip_3"});
  EXPECT_EQ(table.trip_count(), 9u);
  EXPECT_FALSE(Find(table, "29C12343").expected);
}

TEST(AdmissionTable, FindsEveryLookAlikeOfTheWatchList) {  // S11, E8
  SeededRandom random(7);
  const std::string_view groups[] = {"0OQD", "1I7", "8B", "5S", "2Z", "6G"};
  AdmissionTable table;
  std::vector<std::string> watched;
  for (int i = 0; i < 500; ++i) {
    std::string key = "29C";
    for (int digit = 0; digit < 5; ++digit) key += static_cast<char>('0' + random.Below(10));
    watched.push_back(key);
    table.Apply(WatchFacts{"watch_" + std::to_string(i), key, key, "CAUSE_STOLEN", true});
  }
  for (int i = 0; i < 5000; ++i) {
    std::string key = watched[random.Below(watched.size())];
    const std::string original = key;
    const size_t at = random.Below(key.size());
    for (const std::string_view group : groups) {
      if (group.find(key[at]) != std::string_view::npos) {
        key[at] = group[random.Below(group.size())];
        break;
      }
    }
    EXPECT_FALSE(Find(table, key).watched.empty()) << key << " for " << original;
  }
}

TEST(Ballot, KeepsTheBestPictureOfTheLeadingPlate) {
  Ballot ballot;
  PlateRead read;
  read.plate = read.key = "29C12345";
  read.confidence = 0.9;
  ballot.Add(read);
  read.confidence = 0.7;
  read.picture = std::make_shared<std::string>("jpeg");
  ballot.Add(read);
  EXPECT_EQ(*ballot.Leader()->picture.picture, "jpeg");
  EXPECT_DOUBLE_EQ(ballot.Leader()->best.confidence, 0.9);
}

TEST(Session, CountsTrucksTrailersAndContainersApart) {
  Session session;
  const auto see = [&](CameraPosition position, ReadOf of, const char* text) {
    PlateRead read;
    read.position = position;
    read.of = of;
    read.plate = read.key = text;
    read.confidence = 0.9;
    session.BallotOf(read).Add(read);
  };
  for (const auto position : {CameraPosition::kFront, CameraPosition::kRear, CameraPosition::kTrailer}) {
    see(position, ReadOf::kTrailer, "29R00123");
    see(position, ReadOf::kContainer, "CSQU3054383");
  }
  see(CameraPosition::kFront, ReadOf::kTruck, "29C12345");
  see(CameraPosition::kRear, ReadOf::kTruck, "29C12346");
  see(CameraPosition::kTrailer, ReadOf::kTruck, "29C12347");
  const std::vector<std::pair<const Ballot*, std::string>> told = {{&session.front, "29C12345"},
                                                                   {&session.rear, "29C12346"},
                                                                   {&session.beside, "29C12347"},
                                                                   {&session.trailers, "29R00123"},
                                                                   {&session.containers, "CSQU3054383"}};
  for (const auto& [ballot, text] : told) {
    ASSERT_EQ(ballot->candidates().size(), 1U) << text;
    EXPECT_EQ(ballot->Leader()->key, text);
  }
  EXPECT_EQ(session.containers.Leader()->count, 3) << "by whichever camera";
}

TEST(Ballot, IsBoundedUnderAFloodOfPlates) {  // E15
  Ballot ballot;
  for (int i = 0; i < 10000; ++i) {
    PlateRead read;
    read.plate = read.key = std::to_string(i);
    read.confidence = 0.5;
    read.picture = std::make_shared<std::string>(1000, 'x');
    ballot.Add(read);
  }
  EXPECT_TRUE(ballot.Disputed());
}

}  // namespace
}  // namespace bordergate::lane
