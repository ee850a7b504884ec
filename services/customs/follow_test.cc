// Goal: a passage makes its trip crossed exactly once, whatever state the trip is in and however often the
// event comes. Method: lane's events handed to the consumer, again and again, over a private PostgreSQL.
#include "services/customs/follow.h"

#include <gmock/gmock.h>

#include "services/customs/testing/customs_bench.h"

namespace bordergate::customs {
namespace {

namespace lane_v1 = lane::v1;
using ::testing::ElementsAre;

class FollowLaneTest : public CustomsBench {
 protected:
  FollowLaneTest() { PutWorkflow(); }

  lane_v1::LaneEvent Passage(int64_t sequence, const std::string& trip_id,
                             const std::string& kind = "passage.completed") {
    lane_v1::LaneEvent event;
    event.mutable_header()->set_sequence(sequence);
    event.mutable_header()->set_kind(kind);
    event.mutable_header()->set_trace_id("0123456789abcdef0123456789abcdef");
    event.mutable_passage()->set_passage_id("passage_" + std::to_string(sequence));
    event.mutable_passage()->set_trip_id(trip_id);
    event.mutable_passage()->set_lane_id("huu-nghi-x1");
    *event.mutable_passage()->mutable_leave_time() = rpc::ToTimestamp(clock_.Now() + seconds(sequence));
    return event;
  }
  std::vector<std::string> Crossings() {
    std::vector<std::string> found;
    EXPECT_TRUE(database_
                    .Read(clock_.SteadyNow() + seconds(5),
                          [&](db::Transaction& transaction) -> Result<void> {
                            const db::Rows rows = BG_TRY(transaction.Execute(
                                "SELECT passage_id || ' ' || coalesce(found_in, '-') AS line FROM crossings "
                                "ORDER BY passage_id"));
                            for (const db::Row row : rows) found.push_back(row.Text("line"));
                            return {};
                          })
                    .has_value());
    return found;
  }

  rpc::Subscription<lane_v1::lane_service::Watch>::Consumer consumer_ = FollowLane(trips_, bodies_, clock_);
};

TEST_F(FollowLaneTest, MakesATripCrossedOnceHoweverOftenTheEventComes) {
  const std::string trip_id = Declare().trip_id();
  const std::vector events = {Passage(1, ""), Passage(2, trip_id, "decision.made"), Passage(3, trip_id)};
  ASSERT_TRUE(consumer_.apply(events, 3).has_value());
  ASSERT_TRUE(consumer_.apply(events, 3).has_value());
  ASSERT_TRUE(consumer_.apply({events[2], Passage(4, trip_id)}, 4).has_value());
  EXPECT_EQ(consumer_.load().value(), 4);
  const v1::Trip trip = Read(Lan(), trip_id).value();
  EXPECT_EQ(trip.state(), v1::Trip::STATE_CROSSED);
  EXPECT_EQ(trip.cross_time().seconds(), rpc::ToTimestamp(clock_.Now() + seconds(3)).seconds());
  EXPECT_THAT(EventKinds(), ElementsAre("workflow.put", "trip.declared", "trip.crossed"));
  EXPECT_EQ(Events().back().header().actor(), "service:lane");
  EXPECT_THAT(Crossings(), ElementsAre("passage_3 declared", "passage_4 crossed"));
  EXPECT_TRUE(api_.DeclareTrip(Lan(), TripForm()).has_value()) << "the truck is free for its next trip";
}

TEST_F(FollowLaneTest, RecordsAPassageOfAHeldOrCancelledTripAsItHappened) {
  const std::string held = Declare("12C-345.67").trip_id();
  const std::string cancelled = Declare("12C-345.68").trip_id();
  ASSERT_TRUE(Hold(Customs(), held, "customs").has_value());
  ASSERT_TRUE(Cancel(Lan(), cancelled).has_value());
  ASSERT_TRUE(consumer_.apply({Passage(1, held), Passage(2, cancelled), Passage(3, "trip_of_nobody")}, 3)
                  .has_value());
  EXPECT_EQ(Read(Lan(), held)->state(), v1::Trip::STATE_CROSSED);
  EXPECT_EQ(Read(Lan(), held)->steps(1).state(), v1::Step::STATE_HELD);
  EXPECT_EQ(Read(Lan(), cancelled)->state(), v1::Trip::STATE_CROSSED);
  EXPECT_THAT(Crossings(), ElementsAre("passage_1 held", "passage_2 cancelled", "passage_3 -"));
}

TEST_F(FollowLaneTest, AppliesABatchWhollyOrNotAtAll) {
  const std::string trip_id = Declare().trip_id();
  const Result<void> broken =
      database_.Change(clock_.SteadyNow() + seconds(5), [](db::Transaction& transaction) {
        return transaction.ExecuteScript(
            "ALTER TABLE crossings ADD CONSTRAINT broken CHECK (passage_id <> 'passage_2')");
      });
  ASSERT_TRUE(broken.has_value());
  const std::vector events = {Passage(1, trip_id), Passage(2, "trip_of_nobody")};
  EXPECT_FALSE(consumer_.apply(events, 2).has_value());
  EXPECT_EQ(consumer_.load().value(), 0);
  EXPECT_EQ(Read(Lan(), trip_id)->state(), v1::Trip::STATE_DECLARED);
  ASSERT_TRUE(database_
                  .Change(clock_.SteadyNow() + seconds(5),
                          [](db::Transaction& transaction) {
                            return transaction.ExecuteScript("ALTER TABLE crossings DROP CONSTRAINT broken");
                          })
                  .has_value());
  EXPECT_TRUE(consumer_.apply(events, 2).has_value());
  EXPECT_EQ(Read(Lan(), trip_id)->state(), v1::Trip::STATE_CROSSED);
  EXPECT_EQ(EventKinds().back(), "trip.crossed");
}

}  // namespace
}  // namespace bordergate::customs
