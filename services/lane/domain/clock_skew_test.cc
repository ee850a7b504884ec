// Goal: a wall clock that is wrong is told from events that are late. Method: events of a centre whose clock
// is right, on a clock that jumps.
#include "services/lane/domain/clock_skew.h"

#include <gtest/gtest.h>

#include "libs/testing/manual_clock.h"

namespace bordergate::lane {
namespace {

class SkewRig {
 public:
  // An event of the centre's comes after `delay`.
  void Event(milliseconds delay, size_t source = 0) {
    clock.Advance(seconds(10));
    skew.Saw(source, clock.Now() - wrong_ - delay, NowOf(clock));
  }
  void Jump(milliseconds span) {
    clock.JumpWallClock(span);
    wrong_ += span;
  }
  std::optional<milliseconds> Estimate() const { return skew.Estimate(NowOf(clock)); }

  ManualClock clock;
  ClockSkew skew;

 private:
  milliseconds wrong_{0};
};

TEST(ClockSkew, IsNotKnownBeforeAnythingWasHeard) { EXPECT_EQ(SkewRig().Estimate(), std::nullopt); }

TEST(ClockSkew, TakesTheQuickestEventForTheTime) {
  SkewRig rig;
  for (const int delay : {900, 30, 4000}) rig.Event(milliseconds(delay));
  EXPECT_EQ(rig.Estimate(), milliseconds(30));
}

TEST(ClockSkew, DoesNotTakeOneLateEventForAWrongClock) {
  SkewRig rig;
  rig.Event(milliseconds(60'000));
  EXPECT_EQ(rig.Estimate(), milliseconds(0));
}

TEST(ClockSkew, BelievesAnEventFromTheFutureAtOnce) {
  SkewRig rig;
  rig.Jump(seconds(-5));
  rig.Event(milliseconds(20));
  EXPECT_EQ(rig.Estimate(), milliseconds(-4980));
}

TEST(ClockSkew, SeesAClockThatWasAheadFromTheStart) {
  SkewRig rig;
  rig.Jump(seconds(5));
  for (int i = 0; i < 3; ++i) rig.Event(milliseconds(20));
  EXPECT_EQ(rig.Estimate(), milliseconds(5020));
}

TEST(ClockSkew, NoticesAJumpWithoutAnyEvent) {
  for (const int jump_ms : {3'600'000, -600'000, 5000, -5000}) {
    SkewRig rig;
    rig.Event(milliseconds(0));
    rig.clock.Advance(std::chrono::hours(5));
    EXPECT_EQ(rig.Estimate(), milliseconds(0));
    rig.Jump(milliseconds(jump_ms));
    EXPECT_EQ(rig.Estimate(), milliseconds(jump_ms));
    rig.Jump(milliseconds(-jump_ms));
    EXPECT_EQ(rig.Estimate(), milliseconds(0));
  }
}

TEST(ClockSkew, AsksTheSourceThatAgreesBest) {
  SkewRig rig;
  for (int i = 0; i < 3; ++i) rig.Event(milliseconds(-30'000), 1);  // its own clock is ahead
  EXPECT_EQ(rig.Estimate(), milliseconds(-30'000));
  rig.Event(milliseconds(10), 2);
  EXPECT_EQ(rig.Estimate(), milliseconds(0));
}

TEST(ClockSkew, FollowsAClockThatIsSetRightSlowly) {
  SkewRig rig;
  rig.Jump(seconds(3));
  for (int i = 0; i < 3; ++i) rig.Event(milliseconds(5));
  for (int i = 0; i < 30; ++i) {
    rig.Jump(milliseconds(-100));
    rig.Event(milliseconds(5));
  }
  EXPECT_EQ(rig.Estimate(), milliseconds(5));
}

}  // namespace
}  // namespace bordergate::lane
