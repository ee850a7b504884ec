// Goal: a list of texts comes back from text[] as it went in, and as PostgreSQL itself understands it.
// Method: awkward texts through a private PostgreSQL.
#include "libs/db/text_array.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/db/database.h"
#include "libs/testing/test_postgres.h"

namespace bordergate::db {
namespace {

TEST(TextArray, ComesBackAsItWentIn) {
  const SystemClock clock;
  Telemetry telemetry("test", "error");
  Database database(TestPostgres::Get().NewDatabase(), telemetry, clock);
  const std::vector<std::string> awkward = {"plain", "",     "a,b", "{x}",  "\"quoted\"", "back\\slash",
                                            "NULL",  "null", " ",   "Đồng", "it's"};
  for (const std::vector<std::string>& items : {awkward, std::vector<std::string>{}}) {
    ASSERT_TRUE(
        database
            .Read(clock.SteadyNow() + seconds(5),
                  [&](Transaction& transaction) -> Result<void> {
                    const Rows rows = BG_TRY(transaction.Execute(
                        "SELECT $1::text[] AS items, cardinality($1::text[]) AS count", {ToArray(items)}));
                    EXPECT_EQ(FromArray(rows.front().Text("items")), items);
                    EXPECT_EQ(rows.front().Integer("count"), static_cast<int64_t>(items.size()));
                    return {};
                  })
            .has_value());
  }
}

}  // namespace
}  // namespace bordergate::db
