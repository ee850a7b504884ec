// Goal: ids are unique, typed and sort by time. Method: a clock and a seed of our own.
#include "libs/core/id.h"

#include <gtest/gtest.h>

#include "libs/testing/manual_clock.h"

namespace bordergate {
namespace {

TEST(Id, IsTheNounAndTwentySixCharacters) {
  ManualClock clock;
  SeededRandom random(1);
  IdMaker ids(clock, random);
  const std::string id = ids.New("trip");
  EXPECT_EQ(id.substr(0, 5), "trip_");
  EXPECT_EQ(id.size(), 5u + 26u);
}

TEST(Id, SortsByTheTimeItWasMade) {
  ManualClock clock;
  SeededRandom random(1);
  IdMaker ids(clock, random);
  const std::string before = ids.New("trip");
  clock.Advance(milliseconds(1));
  EXPECT_LT(before, ids.New("trip"));
}

TEST(Id, TwoOfOneMillisecondDiffer) {
  ManualClock clock;
  SystemRandom random;
  IdMaker ids(clock, random);
  EXPECT_NE(ids.New("trip"), ids.New("trip"));
}

}  // namespace
}  // namespace bordergate
