// Goal: a restart knows what the run before knew, with honest ages; pictures stay within their bound. Method:
// real files.
#include "services/lane/store/admission_store.h"

#include <gtest/gtest.h>

#include "embedded/lane_store.h"
#include "libs/testing/temporary_folder.h"
#include "services/lane/domain/reasons.h"
#include "services/lane/store/evidence_folder.h"
#include "services/lane/testing/machine_rig.h"

namespace bordergate::lane {
namespace {

const Instant kNoon = std::chrono::sys_days(std::chrono::year(2026) / 11 / 22) + std::chrono::hours(12);

Known FindIn(const SharedAdmission& admission, std::string_view key) {
  return admission.Find({"huu-nghi-x1", "huu-nghi", Direction::kExport, key, kNoon});
}

TEST(AdmissionStore, BringsBackEveryFactAfterARestart) {
  TemporaryFolder folder;
  const auto database =
      std::move(*Database::Open(folder.path() / "lane.sqlite", embedded::lane_store::migrations()));
  AdmissionStore store(*database);
  TripFacts trip = ClearedTrip("trip_1", "29C-123.45");
  trip.state = TripFacts::State::kHeld;
  trip.trailer_key = "29R00123";
  trip.steps_held = {"plant_quarantine"};
  trip.steps_missing = {"customs", "health"};
  ASSERT_TRUE(store.Apply("customs", std::vector<AdmissionChange>{trip}, 7, kNoon));
  ASSERT_TRUE(store.Apply("fee", std::vector<AdmissionChange>{FeeFacts{"trip_1", true, kNoon}}, 3, kNoon));
  const TicketFacts ticket{"ticket_1", "trip_1", TicketFacts::State::kCalled, kNoon + seconds(60), kNoon};
  ASSERT_TRUE(store.Apply("yard", std::vector<AdmissionChange>{ticket}, 4, kNoon));
  const std::vector<AdmissionChange> watch = {
      WatchFacts{"watch_1", "30A11111", "30A11111", "CAUSE_STOLEN", true},
      WatchFacts{"watch_2", "30A22222", "30A22222", "CAUSE_DEBT", true},
      WatchFacts{"watch_2", "30A22222", "30A22222", "CAUSE_DEBT", false}};
  ASSERT_TRUE(store.Apply("vehicle", watch, 9, kNoon));
  ASSERT_TRUE(store.NoteHeard("vehicle", kNoon + seconds(30)));

  SharedAdmission admission;
  CentreInputs centre;
  ASSERT_TRUE(store.Load(admission, centre, kNoon));
  const Known known = FindIn(admission, "29C12345");
  ASSERT_TRUE(known.expected);
  EXPECT_EQ(known.expected->trip.steps_held, trip.steps_held);
  EXPECT_EQ(known.expected->trip.steps_missing, trip.steps_missing);
  EXPECT_EQ(known.expected->trip.trailer_key, "29R00123");
  EXPECT_TRUE(known.expected->fee_settled);
  EXPECT_EQ(known.expected->ticket->ticket_id, "ticket_1");
  EXPECT_EQ(FindIn(admission, "30A11111").watched.size(), 1u);
  EXPECT_TRUE(FindIn(admission, "30A22222").watched.empty());
  EXPECT_EQ(*store.AppliedSequence("customs"), 7);
  EXPECT_EQ(*store.AppliedSequence("nobody"), 0);
  const Moment later{kNoon + seconds(40), SteadyInstant{}};
  EXPECT_EQ(centre.customs.Age(later), milliseconds(40000)) << "its age goes on while the program is away";
  EXPECT_EQ(centre.vehicle.Age(later), milliseconds(10000));
}

TEST(AdmissionStore, DoesNotLetAClosedTicketHideANewOne) {
  TemporaryFolder folder;
  const auto database =
      std::move(*Database::Open(folder.path() / "lane.sqlite", embedded::lane_store::migrations()));
  AdmissionStore store(*database);
  const std::vector<AdmissionChange> tickets = {
      ClearedTrip("trip_1", "29C-123.45"),
      TicketFacts{"ticket_1", "trip_1", TicketFacts::State::kWaiting, {}, kNoon},
      TicketFacts{"ticket_2", "trip_1", TicketFacts::State::kCalled, kNoon, kNoon},
      TicketFacts{"ticket_1", "trip_1", TicketFacts::State::kClosed, {}, kNoon}};
  ASSERT_TRUE(store.Apply("yard", tickets, 4, kNoon));
  SharedAdmission loaded, live;
  CentreInputs centre;
  ASSERT_TRUE(store.Load(loaded, centre, kNoon));
  live.Apply(tickets);
  EXPECT_EQ(FindIn(loaded, "29C12345").expected->ticket->ticket_id, "ticket_2");
  EXPECT_EQ(FindIn(live, "29C12345").expected->ticket->ticket_id, "ticket_2");
}

TEST(AdmissionStore, ForgetsTripsWithAllTheirFacts) {
  TemporaryFolder folder;
  const auto database =
      std::move(*Database::Open(folder.path() / "lane.sqlite", embedded::lane_store::migrations()));
  AdmissionStore store(*database);
  ASSERT_TRUE(
      store.Apply("customs", std::vector<AdmissionChange>{ClearedTrip("trip_1", "29C-123.45")}, 1, kNoon));
  ASSERT_TRUE(store.Forget(std::vector<std::string>{"trip_1"}));
  SharedAdmission admission;
  CentreInputs centre;
  ASSERT_TRUE(store.Load(admission, centre, kNoon));
  EXPECT_EQ(admission.trip_count(), 0u);
}

TEST(EvidenceFolder, KeepsAPictureUnderItsDigest) {
  TemporaryFolder folder;
  const Log log("lane", "error");
  const auto evidence = std::move(*EvidenceFolder::Open(folder.path() / "evidence", 1000, log));
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
    const auto evidence = std::move(*EvidenceFolder::Open(folder.path(), 350, log));
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
  const auto evidence = std::move(*EvidenceFolder::Open(folder.path(), 150, log));
  EXPECT_FALSE(evidence->Read(ids[2]));
  EXPECT_TRUE(evidence->Read(ids[3]));
}

TEST(EvidenceFolder, DoesNotShowAPictureThatWasAltered) {
  TemporaryFolder folder;
  const Log log("lane", "error");
  const auto evidence = std::move(*EvidenceFolder::Open(folder.path(), 1000, log));
  const std::string id = evidence->NameOf("picture");
  evidence->Keep(id, "another");
  const auto read = evidence->Read(id);
  ASSERT_FALSE(read);
  EXPECT_TRUE(read.error().Is(kEvidenceNotFound));
}

TEST(EvidenceFolder, ReadsNothingButPictures) {
  TemporaryFolder folder;
  const Log log("lane", "error");
  const auto evidence = std::move(*EvidenceFolder::Open(folder.path() / "evidence", 1000, log));
  const std::vector<std::string> names = {"", "evidence_", "evidence_../../../../etc/passwd",
                                          "evidence_" + std::string(63, '0') + "/",
                                          "x" + std::string(72, '0')};
  for (const std::string& id : names) {
    EXPECT_TRUE(evidence->Read(id).error().Is(kEvidenceNotFound)) << id;
  }
}

}  // namespace
}  // namespace bordergate::lane
