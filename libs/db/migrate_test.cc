// Goal: a schema is brought forward once, and a program never works on one it does not fit. Method: small
// migrations, altered.
#include "libs/db/migrate.h"

#include <future>

#include <gtest/gtest.h>

#include "libs/testing/test_postgres.h"

namespace bordergate::db {
namespace {

class MigrateTest : public ::testing::Test {
 protected:
  SystemClock clock_;
  Telemetry telemetry_{"test", "error"};
  Database database_{TestPostgres::Get().NewDatabase(), telemetry_, clock_};
  const std::vector<Migration> one_ = {
      {"0001_create_a", "CREATE TABLE a (x int); INSERT INTO a VALUES (1);"}};
};

TEST_F(MigrateTest, AppliesEachOnce) {
  EXPECT_FALSE(CheckMigrated(database_, clock_, one_).has_value());
  EXPECT_EQ(Migrate(database_, clock_, one_).value(), 2);
  EXPECT_EQ(Migrate(database_, clock_, one_).value(), 0);
  EXPECT_TRUE(CheckMigrated(database_, clock_, one_).has_value());
}

TEST_F(MigrateTest, RefusesAnEditedMigration) {
  ASSERT_TRUE(Migrate(database_, clock_, one_).has_value());
  const std::vector<Migration> edited = {{"0001_create_a", "CREATE TABLE a (x bigint)"}};
  EXPECT_TRUE(Migrate(database_, clock_, edited).error().Is(kMigrationMismatch));
  EXPECT_TRUE(CheckMigrated(database_, clock_, edited).error().Is(kMigrationMismatch));
}

TEST_F(MigrateTest, LeavesNothingOfOneThatFails) {
  const std::vector<Migration> broken = {{"0001_create_a", "CREATE TABLE a (x int); SELECT nonsense;"}};
  EXPECT_FALSE(Migrate(database_, clock_, broken).has_value());
  EXPECT_EQ(Migrate(database_, clock_, one_).value(), 1);
}

TEST_F(MigrateTest, IsSafeWhenTwoProgramsStartTogether) {
  auto other = std::async(std::launch::async, [&] { return Migrate(database_, clock_, one_); });
  const Result<int> mine = Migrate(database_, clock_, one_);
  const Result<int> theirs = other.get();
  EXPECT_EQ(mine.value() + theirs.value(), 2);
}

}  // namespace
}  // namespace bordergate::db
