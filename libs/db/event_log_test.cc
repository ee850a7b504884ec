// Goal: a watcher sees every event, in order, soon, and again after the database was away. Method: a private
// PostgreSQL.
#include "libs/db/event_log.h"

#include <gtest/gtest.h>

#include "libs/db/migrate.h"
#include "libs/db/postgres_store.h"
#include "libs/testing/test_postgres.h"

namespace bordergate::db {
namespace {

class EventLogTest : public ::testing::Test {
 protected:
  EventLogTest() { EXPECT_TRUE(Migrate(database_, clock_, {}).has_value()); }

  Result<void> Append(const std::string& body) {
    return database_.Change(clock_.SteadyNow() + seconds(10), [&](Transaction& transaction) {
      return AppendEvent(transaction, clock_,
                         {"thing.done", "person_1", "0af7651916cd43dd8448eb211c80319c", body});
    });
  }

  SystemClock clock_;
  Telemetry telemetry_{"test", "error"};
  Database database_{TestPostgres::Get().NewDatabase(), telemetry_, clock_};
};

TEST_F(EventLogTest, ReadsWhatWasAppended) {
  EventLog log(database_, telemetry_, clock_);
  ASSERT_TRUE(Append("one").has_value());
  ASSERT_TRUE(Append("two").has_value());
  EXPECT_EQ(log.WaitBeyond(1, seconds(20)), 2);
  const auto events = log.ReadAfter(0, 10).value();
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(events[1].sequence, 2);
  EXPECT_EQ(events[1].body, "two");
  EXPECT_EQ(events[1].kind, "thing.done");
  EXPECT_EQ(log.ReadAfter(0, 1).value().size(), 1u);
  EXPECT_TRUE(log.ReadAfter(2, 10).value().empty());
}

TEST_F(EventLogTest, FindsWhatWasThereBefore) {
  ASSERT_TRUE(Append("one").has_value());
  EventLog log(database_, telemetry_, clock_);
  EXPECT_EQ(log.WaitBeyond(0, seconds(20)), 1);
}

TEST_F(EventLogTest, ReturnsAfterItsTimeWhenNothingHappens) {
  EventLog log(database_, telemetry_, clock_);
  EXPECT_EQ(log.WaitBeyond(0, milliseconds(50)), 0);
}

TEST_F(EventLogTest, GoesOnAfterTheDatabaseWasAway) {
  EventLog log(database_, telemetry_, clock_);
  ASSERT_TRUE(Append("one").has_value());
  ASSERT_EQ(log.WaitBeyond(0, seconds(20)), 1);
  TestPostgres::Get().Crash();
  EXPECT_FALSE(log.ReadAfter(0, 10).has_value());
  TestPostgres::Get().Start();
  ASSERT_TRUE(Append("two").has_value());
  EXPECT_EQ(log.WaitBeyond(1, seconds(20)), 2);
}

}  // namespace
}  // namespace bordergate::db
