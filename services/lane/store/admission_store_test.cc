// Goal: a restart knows what the run before knew, with honest ages; pictures stay within their bound. Method:
// real files.
#include "services/lane/store/admission_store.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "embedded/lane_admission.h"
#include "embedded/lane_store.h"
#include "libs/testing/temporary_folder.h"
#include "services/lane/domain/reasons.h"
#include "services/lane/store/evidence_folder.h"
#include "services/lane/testing/machine_rig.h"

namespace bordergate::lane {
namespace {

const Instant kNoon = std::chrono::sys_days(std::chrono::year(2026) / 11 / 22) + std::chrono::hours(12);

Known FindIn(const AdmissionStore& store, std::string_view key) {
  return store.Find(
      {"huu-nghi-x1", "huu-nghi", Direction::kExport, key, SteadyInstant{std::chrono::hours(1)}});
}

class StoreFile {
 public:
  StoreFile() { Open(); }
  // A new run of the program.
  void Open() {
    store.reset();
    database.reset();
    journal.reset();
    journal = std::move(*Database::Open(folder_.path() / "lane.sqlite", embedded::lane_store::migrations()));
    database = std::move(*Database::Open(folder_.path() / "admission.sqlite",
                                         embedded::lane_admission::migrations(), Checkpoints::kByTheWriter));
    store = std::make_unique<AdmissionStore>(*database);
    ASSERT_TRUE(store->Load());
    ASSERT_TRUE(store->LoadPassed(*journal, kNoon - seconds(1)));
  }
  void Apply(Source source, std::vector<AdmissionChange> changes, int64_t sequence) {
    ASSERT_TRUE(store->Apply(source, changes, sequence));
  }

 private:
  TemporaryFolder folder_;

 public:
  std::filesystem::path folder() const { return folder_.path(); }
  std::unique_ptr<Database> journal, database;
  std::unique_ptr<AdmissionStore> store;
};

TEST(AdmissionStore, BringsBackEveryFactAfterARestart) {
  StoreFile f;
  TripFacts trip = ClearedTrip("trip_1", "29C-123.45");
  trip.state = TripFacts::State::kHeld;
  trip.trailer_key = "29R00123";
  trip.steps_held = {"plant_quarantine"};
  trip.steps_missing = {"customs", "health"};
  f.Apply(Source::kCustoms, {trip}, 7);
  f.Apply(Source::kFee, {FeeFacts{"trip_1", true, kNoon}}, 3);
  f.Apply(Source::kYard,
          {TicketFacts{"ticket_1", "trip_1", TicketFacts::State::kCalled, kNoon + seconds(60), kNoon}}, 4);
  f.Apply(Source::kVehicle,
          {WatchFacts{"watch_1", "30A11111", "30A11111", "CAUSE_STOLEN", true},
           WatchFacts{"watch_2", "30A22222", "30A22222", "CAUSE_DEBT", true},
           WatchFacts{"watch_2", "30A22222", "30A22222", "CAUSE_DEBT", false}},
          9);
  for (int run = 0; run < 2; ++run) {
    const Known known = FindIn(*f.store, "29C12345");
    ASSERT_TRUE(known.expected);
    EXPECT_EQ(known.expected->trip.steps_held, trip.steps_held);
    EXPECT_EQ(known.expected->trip.steps_missing, trip.steps_missing);
    EXPECT_EQ(known.expected->trip.trailer_key, "29R00123");
    EXPECT_TRUE(known.expected->fee_settled);
    EXPECT_EQ(known.expected->ticket->ticket_id, "ticket_1");
    EXPECT_EQ(FindIn(*f.store, "30A11111").watched.size(), 1u);
    EXPECT_TRUE(FindIn(*f.store, "30A22222").watched.empty());
    EXPECT_EQ(*f.store->AppliedSequence(Source::kCustoms), 7);
    EXPECT_EQ(*f.store->AppliedSequence(Source::kVehicle), 9);
    f.Open();
  }
}

TEST(AdmissionStore, BringsBackWhichContainerIsDeclared) {
  StoreFile f;
  TripFacts carries = ClearedTrip("trip_1", "29C-123.45");
  carries.container_number = "CSQU3054383";
  TripFacts carries_none = ClearedTrip("trip_2", "29C-777.77");
  carries_none.container_number = "";
  f.Apply(Source::kCustoms, {carries, carries_none}, 2);
  for (int run = 0; run < 2; ++run) {
    EXPECT_EQ(FindIn(*f.store, "29C12345").expected->trip.container_number, "CSQU3054383");
    EXPECT_EQ(FindIn(*f.store, "29C77777").expected->trip.container_number, "");
    EXPECT_EQ(f.store->TruckOfLoad({"huu-nghi-x1", "huu-nghi", Direction::kExport, "CSQU3054383", {}}),
              "29C12345");
    f.Open();
  }
}

// A trip that was told to yesterday's program: which container it declares is not known, rather than none.
TEST(AdmissionStore, KnowsTripsOfYesterdaysFile) {
  const auto migrations = embedded::lane_admission::migrations();
  StoreFile f;
  f.store.reset();
  f.database.reset();
  const auto file = f.folder() / "admission.sqlite";
  std::filesystem::remove(file);
  {
    auto yesterday = std::move(
        *Database::Open(file, {migrations.begin(), migrations.begin() + 4}, Checkpoints::kByTheWriter));
    ASSERT_TRUE(yesterday->writer().Execute(
        "INSERT INTO trips VALUES ('trip_1','huu-nghi',0,'29C12345','29C12345','29R00123',2,'','',0,0);"
        "INSERT INTO applied_sequences VALUES ('customs',7,1)"));
  }
  f.Open();
  EXPECT_EQ(FindIn(*f.store, "29C12345").expected->trip.trailer_key, "29R00123");
  EXPECT_EQ(FindIn(*f.store, "29C12345").expected->trip.container_number, std::nullopt);
  EXPECT_EQ(*f.store->AppliedSequence(Source::kCustoms), 7) << "no trip is shown as it once was";
  TripFacts trip = ClearedTrip("trip_1", "29C-123.45");
  trip.container_number = "CSQU3054383";
  f.Apply(Source::kCustoms, {trip}, 8);
  f.Open();
  EXPECT_EQ(FindIn(*f.store, "29C12345").expected->trip.container_number, "CSQU3054383");
}

TEST(AdmissionStore, KnowsHowOldItsFactsAreAfterARestart) {
  StoreFile f;
  const SteadyInstant start{std::chrono::hours(1)};
  EXPECT_EQ(f.store->Age(Source::kCustoms, {kNoon, start}), std::nullopt) << "never heard of";
  f.store->CaughtUp(Source::kCustoms, {kNoon, start});
  EXPECT_EQ(f.store->Age(Source::kCustoms, {kNoon + seconds(2), start + seconds(2)}), seconds(2));
  f.store->CaughtUp(Source::kCustoms, {kNoon + seconds(5), start + seconds(5)});  // too soon to be noted
  f.Open();
  EXPECT_EQ(f.store->Age(Source::kCustoms, {kNoon + seconds(40), start}), seconds(40))
      << "rather too old than too young";
  EXPECT_EQ(f.store->Age(Source::kCustoms, {kNoon - seconds(1), start}), std::nullopt)
      << "a clock set back proves nothing";
}

TEST(AdmissionStore, FollowsATransponderFromTruckToTruckAlsoOverARestart) {
  StoreFile f;
  const auto truck_of = [&](std::string_view tag_id) {
    const auto truck = f.store->FindTag({tag_id, "huu-nghi-x1", 0, SteadyInstant{std::chrono::hours(1)}});
    return truck ? truck->plate : "";
  };
  const auto told = [](const std::string& plate, const std::string& tag_id) {
    return VehicleFacts{plate, std::nullopt, 9000, plate, tag_id};
  };
  f.Apply(Source::kVehicle, {told("29C12345", "TAG_1"), told("29C12346", "TAG_2")}, 1);
  EXPECT_EQ(truck_of("TAG_1"), "29C12345");
  f.Apply(Source::kVehicle, {told("29C12346", "TAG_1")}, 2);  // from the one to the other
  for (int run = 0; run < 2; ++run) {
    EXPECT_EQ(truck_of("TAG_1"), "29C12346");
    EXPECT_EQ(truck_of("TAG_2"), "");
    f.Open();
  }
  f.Apply(Source::kVehicle, {told("29C12345", ""), told("29C12346", "")}, 3);
  for (int run = 0; run < 2; ++run) {
    EXPECT_EQ(truck_of("TAG_1"), "") << "it was taken off";
    f.Open();
  }
}

TEST(AdmissionStore, DoesNotLetAClosedTicketHideANewOne) {
  StoreFile f;
  f.Apply(Source::kYard,
          {ClearedTrip("trip_1", "29C-123.45"),
           TicketFacts{"ticket_1", "trip_1", TicketFacts::State::kWaiting, {}, kNoon},
           TicketFacts{"ticket_2", "trip_1", TicketFacts::State::kCalled, kNoon, kNoon},
           TicketFacts{"ticket_1", "trip_1", TicketFacts::State::kClosed, {}, kNoon}},
          4);
  for (int run = 0; run < 2; ++run) {
    EXPECT_EQ(FindIn(*f.store, "29C12345").expected->ticket->ticket_id, "ticket_2");
    f.Open();
  }
}

TEST(AdmissionStore, ShowsNothingThatIsNotOnDisk) {
  StoreFile f;
  ASSERT_TRUE(f.database->writer().Execute("PRAGMA max_page_count=1"));
  std::vector<AdmissionChange> trips;
  for (int i = 0; i < 500; ++i) trips.push_back(ClearedTrip("trip_" + std::to_string(i), "29C-123.45"));
  EXPECT_FALSE(f.store->Apply(Source::kCustoms, trips, 500));
  EXPECT_FALSE(FindIn(*f.store, "29C12345").expected);
  EXPECT_EQ(*f.store->AppliedSequence(Source::kCustoms), 0);
}

// What is committed without a pause must not pile up in the log, and then keep the disk busy for long.
TEST(AdmissionStore, KeepsItsLogShortWhileItIsFilled) {
  StoreFile f;
  for (int batch = 0; batch < 100; ++batch) {
    std::vector<AdmissionChange> trips;
    for (int i = 0; i < 200; ++i) {
      trips.push_back(ClearedTrip(fmt::format("trip_{}", (batch * 200 + i) * 7919 % 20'000), "29C-123.45"));
    }
    f.Apply(Source::kCustoms, trips, (batch + 1) * 200);
  }
  EXPECT_LT(std::filesystem::file_size(f.folder() / "admission.sqlite-wal"), 12u << 20);
}

TEST(AdmissionStore, KnowsWhatPassedHereFromTheJournal) {
  StoreFile f;
  f.Apply(Source::kCustoms, {ClearedTrip("trip_1", "29C-123.45")}, 1);
  ASSERT_TRUE(f.journal->writer().Execute(
      "INSERT INTO passages VALUES ('passage_1', 'huu-nghi-x1', NULL, 'trip_1', " +
      std::to_string(kNoon.time_since_epoch().count()) + ")"));
  f.Open();
  EXPECT_TRUE(FindIn(*f.store, "29C12345").expected->passed_here);
}

TEST(AdmissionStore, ForgetsTripsThatAreLongDone) {
  StoreFile f;
  TripFacts done = ClearedTrip("trip_1", "29C-123.45");
  done.state = TripFacts::State::kCrossed;
  done.update_time = kNoon - std::chrono::hours(50);
  f.Apply(Source::kCustoms, {done, ClearedTrip("trip_2", "29C-777.77")}, 2);
  ASSERT_TRUE(f.store->Prune(kNoon - std::chrono::hours(48)));
  EXPECT_EQ(f.store->trip_count(), 1u);
  f.Open();
  EXPECT_EQ(f.store->trip_count(), 1u);
}

TEST(EvidenceFolder, KeepsAPictureUnderItsDigest) {
  TemporaryFolder folder;
  const Log log("lane", "error");
  const auto evidence =
      std::move(*EvidenceFolder::Open(folder.path() / "evidence", {.bytes_max = 1000}, log));
  const std::string id = evidence->NameOf("picture");
  EXPECT_EQ(id.size(), std::string("evidence_").size() + 64);
  evidence->Keep(id, "picture");
  evidence->Keep(id, "picture");
  EXPECT_EQ(*evidence->Read(id), "picture");
}

TEST(EvidenceFolder, DropsTheOldestFirstAlsoAfterARestart) {
  TemporaryFolder folder;
  const Log log("lane", "error");
  std::vector<std::string> ids;
  {
    const auto evidence = std::move(*EvidenceFolder::Open(folder.path(), {.bytes_max = 350}, log));
    for (const char digit : {'1', '2', '3', '4'}) {
      ids.push_back(evidence->NameOf(std::string(100, digit)));
      evidence->Keep(ids.back(), std::string(100, digit));
      std::filesystem::last_write_time(
          folder.path() / ids.back().substr(9, 2) / (ids.back().substr(9) + ".jpg"),
          std::filesystem::file_time_type() + seconds(digit));
    }
    EXPECT_FALSE(evidence->Read(ids[0])) << "400 bytes do not fit into 350";
    EXPECT_TRUE(evidence->Read(ids[1]));
  }
  const auto evidence = std::move(*EvidenceFolder::Open(folder.path(), {.bytes_max = 150}, log));
  EXPECT_FALSE(evidence->Read(ids[2]));
  EXPECT_TRUE(evidence->Read(ids[3]));
}

TEST(EvidenceFolder, DropsWhatIsOlderThanItMayBeAlsoWhenThereIsRoom) {
  TemporaryFolder folder;
  const Log log("lane", "error");
  const EvidenceRules rules{.bytes_max = 1000, .age_max = std::chrono::hours(48)};
  const auto now = std::chrono::time_point_cast<Instant::duration>(std::chrono::system_clock::now());
  std::vector<std::string> ids;
  {
    const auto evidence = std::move(*EvidenceFolder::Open(folder.path(), rules, log));
    for (const char* picture : {"of three days ago", "of yesterday", "of now"}) {
      ids.push_back(evidence->NameOf(picture));
      evidence->Keep(ids.back(), picture);
    }
    const auto path = [&](const std::string& id) {
      return folder.path() / id.substr(9, 2) / (id.substr(9) + ".jpg");
    };
    const auto written = std::filesystem::last_write_time(path(ids[0]));
    std::filesystem::last_write_time(path(ids[0]), written - std::chrono::hours(72));
    std::filesystem::last_write_time(path(ids[1]), written - std::chrono::hours(24));
  }
  const auto evidence = std::move(*EvidenceFolder::Open(folder.path(), rules, log));
  EXPECT_TRUE(evidence->Read(ids[0])) << "until somebody tidies";
  evidence->DropOld(now);
  EXPECT_TRUE(evidence->Read(ids[0]).error().Is(kEvidenceNotFound));
  EXPECT_TRUE(evidence->Read(ids[1]));
  evidence->DropOld(now + std::chrono::hours(30));
  EXPECT_FALSE(evidence->Read(ids[1]));
  EXPECT_TRUE(evidence->Read(ids[2]));
  const EvidenceState state = evidence->state();
  EXPECT_EQ(state.count, 1U);
  EXPECT_EQ(state.bytes, std::string("of now").size());
  EXPECT_EQ(state.dropped_for_age, 2);
  EXPECT_EQ(state.dropped_for_room, 0);
}

TEST(EvidenceFolder, DoesNotShowAPictureThatWasAltered) {
  TemporaryFolder folder;
  const Log log("lane", "error");
  const auto evidence = std::move(*EvidenceFolder::Open(folder.path(), {.bytes_max = 1000}, log));
  const std::string id = evidence->NameOf("picture");
  evidence->Keep(id, "another");
  const auto read = evidence->Read(id);
  ASSERT_FALSE(read);
  EXPECT_TRUE(read.error().Is(kEvidenceNotFound));
}

TEST(EvidenceFolder, ReadsNothingButPictures) {
  TemporaryFolder folder;
  const Log log("lane", "error");
  const auto evidence =
      std::move(*EvidenceFolder::Open(folder.path() / "evidence", {.bytes_max = 1000}, log));
  const std::vector<std::string> names = {"", "evidence_", "evidence_../../../../etc/passwd",
                                          "evidence_" + std::string(63, '0') + "/",
                                          "x" + std::string(72, '0')};
  for (const std::string& id : names) {
    EXPECT_TRUE(evidence->Read(id).error().Is(kEvidenceNotFound)) << id;
  }
}

}  // namespace
}  // namespace bordergate::lane
