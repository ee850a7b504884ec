// Goal: a transponder counts at one lane at the most, and neither a flood of them nor of traces needs more
// memory. Method: hearings at two lanes, with and without their strength.
#include "services/lane/domain/tag_hearings.h"

#include <gtest/gtest.h>

#include "services/lane/domain/moment.h"
#include "services/lane/domain/traces.h"

namespace bordergate::lane {
namespace {

const SteadyInstant kHeardFrom{seconds(1000)};

TEST(TagHearings, CountATransponderWhereItIsHeardAlone) {
  TagHearings hearings;
  EXPECT_TRUE(hearings.CountsAt("t", "x1", -4000, kHeardFrom));
  hearings.Heard("t", "x1", -4000, kHeardFrom);
  EXPECT_TRUE(hearings.CountsAt("t", "x1", 0, kHeardFrom)) << "nothing to compare with";
}

TEST(TagHearings, CountItOnlyWhereItIsHeardClearlyMoreStrongly) {
  TagHearings hearings;
  hearings.Heard("t", "x1", -4000, kHeardFrom);
  hearings.Heard("t", "x2", -4200, kHeardFrom);
  EXPECT_FALSE(hearings.CountsAt("t", "x1", -4000, kHeardFrom)) << "too near to tell";
  hearings.Heard("t", "x1", -3800, kHeardFrom);
  EXPECT_TRUE(hearings.CountsAt("t", "x1", -3800, kHeardFrom));
  EXPECT_FALSE(hearings.CountsAt("t", "x2", -4200, kHeardFrom));
}

TEST(TagHearings, CountItNowhereWhenAReaderDoesNotSayHowStrongly) {
  TagHearings hearings;
  hearings.Heard("t", "x1", -1000, kHeardFrom);
  hearings.Heard("t", "x2", 0, kHeardFrom);
  EXPECT_FALSE(hearings.CountsAt("t", "x1", -1000, kHeardFrom));
  EXPECT_FALSE(hearings.CountsAt("t", "x2", 0, kHeardFrom));
}

TEST(TagHearings, ForgetAnotherLaneAfterHalfAMinute) {
  TagHearings hearings;
  hearings.Heard("t", "x2", -1000, kHeardFrom);
  EXPECT_FALSE(hearings.CountsAt("t", "x1", -1000, kHeardFrom + seconds(30)));
  EXPECT_TRUE(hearings.CountsAt("t", "x1", -1000, kHeardFrom + seconds(31)));
  hearings.Heard("t", "x2", -6000, kHeardFrom + seconds(40));
  EXPECT_TRUE(hearings.CountsAt("t", "x1", -1000, kHeardFrom + seconds(40))) << "the strong one is long over";
}

TEST(TagHearings, AreBoundedUnderAFlood) {
  TagHearings hearings;
  for (int i = 0; i < 5000; ++i)
    hearings.Heard("t" + std::to_string(i), "x1", -4000, kHeardFrom + milliseconds(i));
  EXPECT_EQ(hearings.size(), TagHearings::kTagsMax);
  EXPECT_FALSE(hearings.CountsAt("t4999", "x2", -4000, kHeardFrom + seconds(5))) << "the last is still there";
}

TEST(Traces, AreOfTheVehicleBeforeUntilTheyAreNotMetAnyMore) {
  Traces traces;
  traces.Leave("plate/a", true, kHeardFrom);
  traces.Leave("plate/b", false, kHeardFrom);
  EXPECT_EQ(traces.Meet("plate/c", kHeardFrom), Traces::Of::kNobody);
  EXPECT_EQ(traces.Meet("plate/a", kHeardFrom + seconds(25)), Traces::Of::kGoneThrough);
  EXPECT_EQ(traces.Meet("plate/a", kHeardFrom + seconds(50)), Traces::Of::kGoneThrough)
      << "it was met meanwhile";
  EXPECT_EQ(traces.Meet("plate/b", kHeardFrom + seconds(30)), Traces::Of::kWentBack);
  EXPECT_EQ(traces.Meet("plate/b", kHeardFrom + seconds(61)), Traces::Of::kNobody);
}

TEST(Traces, KeepTheLastOfAFlood) {
  Traces traces;
  for (int i = 0; i < 500; ++i)
    traces.Leave("plate/" + std::to_string(i), true, kHeardFrom + milliseconds(i));
  EXPECT_EQ(traces.Meet("plate/0", kHeardFrom + seconds(1)), Traces::Of::kNobody);
  EXPECT_EQ(traces.Meet("plate/499", kHeardFrom + seconds(1)), Traces::Of::kGoneThrough);
}

}  // namespace
}  // namespace bordergate::lane
