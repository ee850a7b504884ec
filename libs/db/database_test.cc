// Goal: a transaction is wholly done, wholly undone, or said to be unknown. Method: a private PostgreSQL,
// crashed when needed.
#include "libs/db/database.h"

#include <future>

#include <gtest/gtest.h>

#include "libs/core/reasons.h"
#include "libs/testing/test_postgres.h"

namespace bordergate::db {
namespace {

class DatabaseTest : public ::testing::Test {
 protected:
  DatabaseTest() {
    EXPECT_TRUE(Change([](Transaction& transaction) -> Result<void> {
                  return transaction.ExecuteScript(
                      "CREATE TABLE counters (name text CONSTRAINT counters_name PRIMARY KEY, value bigint "
                      "NOT NULL, at "
                      "timestamptz, raw bytea)");
                }).has_value());
  }

  SteadyInstant Soon() const { return clock_.SteadyNow() + seconds(10); }
  Result<void> Change(const Database::Work& work) { return database_.Change(Soon(), work); }
  Result<void> Insert(const std::string& name, int64_t value) {
    return Change([&](Transaction& transaction) -> Result<void> {
      BG_TRY(transaction.Execute("INSERT INTO counters (name, value) VALUES ($1, $2)", {name, value}));
      return {};
    });
  }
  int64_t Count() {
    int64_t count = -1;
    EXPECT_TRUE(database_
                    .Read(Soon(),
                          [&](Transaction& transaction) -> Result<void> {
                            count = BG_TRY(transaction.Execute("SELECT count(*) AS count FROM counters"))
                                        .front()
                                        .Integer("count");
                            return {};
                          })
                    .has_value());
    return count;
  }

  SystemClock clock_;
  Telemetry telemetry_{"test", "error"};
  Database database_{TestPostgres::Get().NewDatabase(), telemetry_, clock_};
};

TEST_F(DatabaseTest, KeepsEveryKindOfValue) {
  const Instant at = clock_.Now();
  const std::string raw("\x00\xff'\\", 4);
  ASSERT_TRUE(Change([&](Transaction& transaction) -> Result<void> {
                BG_TRY(transaction.Execute("INSERT INTO counters VALUES ($1, $2, $3, $4)",
                                           {"a'; DROP TABLE x", 7, at, Bytes{raw}}));
                BG_TRY(transaction.Execute("INSERT INTO counters VALUES ($1, $2, $3, $4)",
                                           {"b", -1, std::nullopt, std::nullopt}));
                return {};
              }).has_value());
  ASSERT_TRUE(database_
                  .Read(Soon(),
                        [&](Transaction& transaction) -> Result<void> {
                          const Rows rows =
                              BG_TRY(transaction.Execute("SELECT * FROM counters ORDER BY name"));
                          EXPECT_EQ(rows[0].Text("name"), "a'; DROP TABLE x");
                          EXPECT_EQ(rows[0].Time("at"), at);
                          EXPECT_EQ(rows[0].Bytes("raw"), raw);
                          EXPECT_EQ(rows[1].Integer("value"), -1);
                          EXPECT_EQ(rows[1].OptionalTime("at"), std::nullopt);
                          return {};
                        })
                  .has_value());
}

TEST_F(DatabaseTest, UndoesEverythingWhenTheWorkFails) {
  const Result<void> result = Change([](Transaction& transaction) -> Result<void> {
    BG_TRY(transaction.Execute("INSERT INTO counters (name, value) VALUES ('a', 1)"));
    return Error(kInvalidField, "changed my mind");
  });
  EXPECT_TRUE(result.error().Is(kInvalidField));
  EXPECT_EQ(Count(), 0);
}

TEST_F(DatabaseTest, NamesTheConstraint) {
  ASSERT_TRUE(Insert("a", 1).has_value());
  const Error error = Insert("a", 2).error();
  EXPECT_TRUE(error.Is(kUniqueViolation));
  EXPECT_EQ(error.metadata().at("constraint"), "counters_name");
  EXPECT_EQ(Count(), 1);
}

TEST_F(DatabaseTest, ReadsCannotWrite) {
  const Result<void> result = database_.Read(Soon(), [](Transaction& transaction) -> Result<void> {
    BG_TRY(transaction.Execute("INSERT INTO counters (name, value) VALUES ('a', 1)"));
    return {};
  });
  EXPECT_FALSE(result.has_value());
  EXPECT_EQ(Count(), 0);
}

TEST_F(DatabaseTest, RunsADeadlockedTransactionAgain) {
  ASSERT_TRUE(Insert("a", 0).has_value());
  ASSERT_TRUE(Insert("b", 0).has_value());
  std::atomic<int> holding = 0;
  auto add = [&](const char* first, const char* second) {
    bool waited = false;
    return Change([&](Transaction& transaction) -> Result<void> {
      BG_TRY(transaction.Execute("UPDATE counters SET value = value + 1 WHERE name = $1", {first}));
      if (!waited) {
        // Both hold their first row before either asks for its second.
        waited = true;
        ++holding;
        while (holding < 2) std::this_thread::yield();
      }
      BG_TRY(transaction.Execute("UPDATE counters SET value = value + 1 WHERE name = $1", {second}));
      return {};
    });
  };
  auto other = std::async(std::launch::async, [&] { return add("b", "a"); });
  EXPECT_TRUE(add("a", "b").has_value());
  EXPECT_TRUE(other.get().has_value());
}

TEST_F(DatabaseTest, StopsAStatementAtTheDeadline) {
  const Result<void> result =
      database_.Change(clock_.SteadyNow() + milliseconds(200), [](Transaction& transaction) -> Result<void> {
        BG_TRY(transaction.Execute("SELECT pg_sleep(30)"));
        return {};
      });
  EXPECT_TRUE(result.error().Is(kDeadlineExceeded)) << result.error().reason();
}

TEST_F(DatabaseTest, SaysThatItIsAwayAndWorksAgainWithoutARestart) {
  ASSERT_TRUE(Insert("a", 1).has_value());
  TestPostgres::Get().Crash();
  const Result<void> away = Insert("b", 1);
  EXPECT_TRUE(away.error().Is(kServiceUnavailable)) << away.error().reason();
  EXPECT_FALSE(database_.Ping().has_value());
  TestPostgres::Get().Start();
  EXPECT_TRUE(Insert("b", 1).has_value());
  EXPECT_EQ(Count(), 2);
}

TEST_F(DatabaseTest, SaysThatTheOutcomeIsUnknownWhenTheCommitIsCutOff) {
  // A deferred trigger makes the server crash while it commits: the client cannot know.
  ASSERT_TRUE(Change([](Transaction& transaction) -> Result<void> {
                return transaction.ExecuteScript(
                    "CREATE FUNCTION end_session() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM "
                    "pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;"
                    "CREATE CONSTRAINT TRIGGER t AFTER INSERT ON counters DEFERRABLE INITIALLY DEFERRED FOR "
                    "EACH ROW EXECUTE "
                    "FUNCTION end_session()");
              }).has_value());
  EXPECT_TRUE(Insert("a", 1).error().Is(kOutcomeUnknown));
}

}  // namespace
}  // namespace bordergate::db
