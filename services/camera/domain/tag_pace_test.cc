// Goal: a lane hears of a transponder at once, then once a second with the strongest of it, and a load full
// of tags hides neither the vehicle's own nor fills the stream. Method: tags on a clock of our own.
#include "services/camera/domain/tag_pace.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "libs/testing/manual_clock.h"

namespace bordergate::camera {
namespace {

constexpr char kTag[] = "E2801190200050A1B2C3D4E5";

class TagPaceTest : public ::testing::Test {
 protected:
  std::optional<LaneTag> Hear(const std::string& tag_id, int rssi_cdbm) {
    return pace_.Add({.tag_id = tag_id, .rssi_cdbm = rssi_cdbm, .time = clock_.Now()}, clock_.SteadyNow());
  }
  std::vector<LaneTag> Due() { return pace_.TakeDue(clock_.SteadyNow()); }

  ManualClock clock_;
  TagPace pace_;
};

TEST(TagId, IsTheTidInUpperCaseOrNothing) {
  EXPECT_EQ(NormalTagId("e2801190200050a1b2c3d4e5"), kTag);
  EXPECT_EQ(NormalTagId(std::string(48, 'A')), std::string(48, 'A'));
  EXPECT_EQ(NormalTagId("E280119020005"), std::nullopt) << "13 digits";
  EXPECT_EQ(NormalTagId(std::string(50, 'A')), std::nullopt);
  EXPECT_EQ(NormalTagId("E2801190200050A1B"), std::nullopt) << "half a byte";
  EXPECT_EQ(NormalTagId("E2801190200050G1"), std::nullopt);
}

TEST_F(TagPaceTest, TellsATagAtOnceAndThenTheStrongestOfEverySecond) {
  ASSERT_TRUE(Hear(kTag, -6000));
  Instant strongest{};
  for (int i = 0; i < 9; ++i) {
    clock_.Advance(milliseconds(100));
    EXPECT_FALSE(Hear(kTag, i == 4 ? -4000 : -6500)) << i;
    if (i == 4) strongest = clock_.Now();
    EXPECT_TRUE(Due().empty()) << i;
  }
  EXPECT_TRUE(pace_.waiting());
  clock_.Advance(milliseconds(100));
  const auto due = Due();
  ASSERT_EQ(due.size(), 1U);
  EXPECT_EQ(due[0].rssi_cdbm, -4000);
  EXPECT_EQ(due[0].time, strongest) << "dated by when it was heard, not by when it is told";
  EXPECT_FALSE(pace_.waiting());
}

TEST_F(TagPaceTest, TellsNoTagTwiceWithinASecondAlsoAfterAPause) {
  int told = 0;
  for (int i = 0; i < 500; ++i) {
    clock_.Advance(milliseconds(20));
    if (i % 70 < 55) told += Hear(kTag, -5000 - i) ? 1 : 0;
    told += static_cast<int>(Due().size());
  }
  EXPECT_LE(told, 11) << "ten seconds";
  EXPECT_GE(told, 7);
}

TEST_F(TagPaceTest, TellsATagAtOnceThatComesAgainAfterASecond) {
  EXPECT_TRUE(Hear(kTag, -6000));
  clock_.Advance(milliseconds(1000));
  EXPECT_TRUE(Due().empty()) << "it was not heard again";
  clock_.Advance(milliseconds(1));
  EXPECT_TRUE(Hear(kTag, -6000));
}

TEST_F(TagPaceTest, OfACrowdTellsTheStrongestFirstAndEightASecond) {
  int told = 0;
  bool heard_of_vehicle = false;
  for (int round = 0; round < 30; ++round) {
    clock_.Advance(milliseconds(100));
    for (int i = 0; i < 120; ++i) told += Hear(fmt::format("E28011902000{:012X}", i), -7000 - i) ? 1 : 0;
    if (const auto tag = Hear(kTag, -4500)) heard_of_vehicle = true;
    for (const LaneTag& tag : Due()) {
      ++told;
      heard_of_vehicle = heard_of_vehicle || tag.tag_id == kTag;
    }
  }
  EXPECT_TRUE(heard_of_vehicle) << "it is stronger than the load";
  EXPECT_LE(told, 4 * 8);
  clock_.Advance(milliseconds(2000));
  Due();
  Due();
  EXPECT_GT(pace_.crowded_count(), 50) << "who was never told of is counted";
}

TEST_F(TagPaceTest, KeepsNoMoreThanItsBoundOfAFlood) {
  for (int i = 0; i < 100'000; ++i) Hear(fmt::format("E28011902000{:012X}", i), 0);
  EXPECT_GE(pace_.crowded_count(), 100'000 - 256);
}

}  // namespace
}  // namespace bordergate::camera
