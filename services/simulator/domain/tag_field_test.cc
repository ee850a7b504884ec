// Goal: an antenna hears who stands before its barrier, now and then weaker who stands beside, and nobody
// else. Method: lanes as somebody sees them, many looks from a seed.
#include "services/simulator/domain/tag_field.h"

#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bordergate::simulator {
namespace {

LaneView TaggedAt(double front_m, const std::string& tag_id) {
  LaneView view;
  LaneView::Seen seen;
  seen.truck.tag_id = tag_id;
  seen.front_m = front_m;
  view.trucks.push_back(seen);
  return view;
}

// Of 1,000 looks: how often each was heard, and how strongly at its best.
struct Heard {
  int count = 0;
  int best_cdbm = -100'000;
};
std::map<std::string, Heard> Listen(const LaneView& own, const std::vector<LaneView>& beside) {
  SeededRandom random(7);
  Chance chance(random);
  std::map<std::string, Heard> all;
  for (int look = 0; look < 1'000; ++look) {
    for (const HeardTag& tag : HearTags(own, beside, chance)) {
      Heard& heard = all[tag.tag_id];
      ++heard.count;
      heard.best_cdbm = std::max(heard.best_cdbm, tag.rssi_cdbm);
    }
  }
  return all;
}

TEST(TagField, HearsWhoStandsAtTheArmingLoopInMostLooks) {
  const auto heard = Listen(TaggedAt(-3.5, "E280A"), {});
  EXPECT_GT(heard.at("E280A").count, 850);
  EXPECT_LT(heard.at("E280A").count, 950) << "a look misses it now and then";
  EXPECT_GT(heard.at("E280A").best_cdbm, -4'500);
}

TEST(TagField, HearsNobodyFarAwayAndNobodyWithoutATransponder) {
  EXPECT_TRUE(Listen(TaggedAt(-20, "E280A"), {}).empty());
  EXPECT_TRUE(Listen(TaggedAt(5, "E280A"), {}).empty()) << "its windscreen is past the antenna";
  EXPECT_TRUE(Listen(TaggedAt(-3.5, ""), {}).empty());
  EXPECT_FALSE(MayHearTags(TaggedAt(-20, "E280A"), {TaggedAt(-3.5, "")}));
}

TEST(TagField, OverhearsALaneBesideSeldomAndWeaker) {
  const auto heard = Listen(TaggedAt(-3.5, "E280A"), {TaggedAt(-3.5, "E280B")});
  EXPECT_GT(heard.at("E280B").count, 10);
  EXPECT_LT(heard.at("E280B").count, 100);
  EXPECT_LT(heard.at("E280B").best_cdbm, heard.at("E280A").best_cdbm - 1'500);
  EXPECT_TRUE(MayHearTags({}, {TaggedAt(-3.5, "E280B")}));
}

}  // namespace
}  // namespace bordergate::simulator
