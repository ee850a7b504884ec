// Goal: a change under a request id is made once; sequences follow commits without gaps. Method: many threads
// at once.
#include "libs/db/postgres_store.h"

#include <future>

#include <gtest/gtest.h>

#include "libs/core/reasons.h"
#include "libs/db/migrate.h"
#include "libs/testing/test_postgres.h"

namespace bordergate::db {
namespace {

// A store with no business of its own.
class PlainStore final : public PostgresStore<Store> {
 public:
  using PostgresStore::PostgresStore;
};

class PostgresStoreTest : public ::testing::Test {
 protected:
  PostgresStoreTest() { EXPECT_TRUE(Migrate(database_, clock_, {}).has_value()); }

  // What RunOnce does, without messages.
  Result<std::string> Once(const RequestKey& key, const std::string& answer) {
    std::string given;
    BG_TRY(unit_.Change(clock_.SteadyNow() + seconds(20), [&](Store& store) -> Result<void> {
      if (const auto kept = BG_TRY(store.FindAnswer(key))) {
        given = *kept;
        return {};
      }
      BG_TRY(store.Append({"thing.done", "person_1", "", answer}));
      given = answer;
      return store.KeepAnswer(key, answer);
    }));
    return given;
  }

  std::vector<std::pair<int64_t, std::string>> Events() {
    std::vector<std::pair<int64_t, std::string>> events;
    EXPECT_TRUE(database_
                    .Read(clock_.SteadyNow() + seconds(5),
                          [&](Transaction& transaction) -> Result<void> {
                            const Rows rows = BG_TRY(
                                transaction.Execute("SELECT sequence, body FROM events ORDER BY sequence"));
                            for (const Row row : rows)
                              events.emplace_back(row.Integer("sequence"), row.Bytes("body"));
                            return {};
                          })
                    .has_value());
    return events;
  }

  SystemClock clock_;
  Telemetry telemetry_{"test", "error"};
  Database database_{TestPostgres::Get().NewDatabase(), telemetry_, clock_};
  PostgresUnitOfWork<Store, PlainStore> unit_{database_, clock_};
};

TEST_F(PostgresStoreTest, AnswersARepeatWithTheFirstAnswer) {
  const RequestKey key{"person_1", "m", "request-1", "digest"};
  EXPECT_EQ(Once(key, "first").value(), "first");
  EXPECT_EQ(Once(key, "second").value(), "first");
  EXPECT_EQ(Events().size(), 1u);
}

TEST_F(PostgresStoreTest, RefusesAnotherRequestUnderTheSameId) {
  ASSERT_TRUE(Once({"person_1", "m", "request-1", "digest"}, "first").has_value());
  EXPECT_TRUE(Once({"person_1", "m", "request-1", "other"}, "second").error().Is(kRequestIdReused));
  EXPECT_TRUE(Once({"person_2", "m", "request-1", "other"}, "second").has_value());
}

TEST_F(PostgresStoreTest, MakesOneChangeWhenAskedTenTimesAtOnce) {
  const RequestKey key{"person_1", "m", "request-1", "digest"};
  std::vector<std::future<Result<std::string>>> asked;
  for (int i = 0; i < 10; ++i)
    asked.push_back(std::async(std::launch::async, [&, i] { return Once(key, std::to_string(i)); }));
  std::set<std::string> answers;
  for (auto& answer : asked) answers.insert(answer.get().value());
  EXPECT_EQ(answers.size(), 1u);
  EXPECT_EQ(Events().size(), 1u);
}

TEST_F(PostgresStoreTest, NumbersEventsWithoutGapsUnderLoadAndFailure) {
  std::vector<std::future<void>> threads;
  for (int t = 0; t < 6; ++t) {
    threads.push_back(std::async(std::launch::async, [&, t] {
      for (int i = 0; i < 30; ++i) {
        const bool fail = i % 3 == 0;
        const auto result = unit_.Change(clock_.SteadyNow() + seconds(20), [&](Store& store) -> Result<void> {
          BG_TRY(store.Append({"thing.done", "person_1", "", std::to_string(t * 100 + i)}));
          if (fail) return Error(kInvalidField, "undone");
          return {};
        });
        EXPECT_EQ(result.has_value(), !fail);
      }
    }));
  }
  for (auto& thread : threads) thread.get();
  const auto events = Events();
  ASSERT_EQ(events.size(), 120u);
  for (size_t i = 0; i < events.size(); ++i) EXPECT_EQ(events[i].first, static_cast<int64_t>(i) + 1);
}

TEST_F(PostgresStoreTest, RemembersHowFarASourceWasFollowed) {
  ASSERT_TRUE(unit_
                  .Change(clock_.SteadyNow() + seconds(5),
                          [&](Store& store) -> Result<void> {
                            EXPECT_EQ(BG_TRY(store.AppliedSequence("customs")), 0);
                            BG_TRY(store.SetAppliedSequence("customs", 7));
                            BG_TRY(store.SetAppliedSequence("customs", 9));
                            EXPECT_EQ(BG_TRY(store.AppliedSequence("customs")), 9);
                            EXPECT_EQ(BG_TRY(store.AppliedSequence("fee")), 0);
                            return {};
                          })
                  .has_value());
}

}  // namespace
}  // namespace bordergate::db
