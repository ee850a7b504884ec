// Goal: frames that name a truck are looked at before those of its witnesses, and nobody waits for ever.
// Method: looks that wait, at times of our own.
#include "services/camera/domain/look_order.h"

#include <vector>

#include <gtest/gtest.h>

namespace bordergate::camera {
namespace {

WaitingLook FrontSince(int ms) { return {.since = SteadyInstant(milliseconds(ms))}; }
WaitingLook FurtherSince(int ms) { return {.since = SteadyInstant(milliseconds(ms)), .yields = true}; }

std::optional<size_t> Next(const std::vector<WaitingLook>& waiting) { return NextLook(waiting); }

TEST(LookOrder, HasNobodyNextWhenNobodyWaits) { EXPECT_EQ(Next({}), std::nullopt); }

TEST(LookOrder, TakesTheFrontCameraThatHasWaitedLongest) {
  EXPECT_EQ(Next({FrontSince(30), FrontSince(10), FrontSince(20)}), 1u);
}

TEST(LookOrder, TakesAFurtherCameraAtOnceWhenNoFrontCameraWaits) {
  EXPECT_EQ(Next({FurtherSince(1000)}), 0u);
  EXPECT_EQ(Next({FurtherSince(1000), FurtherSince(990)}), 1u) << "who has waited longest";
}

TEST(LookOrder, TakesAFrontCameraBeforeAFurtherOneThatHasWaitedLonger) {
  EXPECT_EQ(Next({FurtherSince(1000), FrontSince(1499)}), 1u);
}

TEST(LookOrder, TakesAFurtherCameraThatHasYieldedLongEnough) {
  EXPECT_EQ(Next({FrontSince(1501), FurtherSince(1000)}), 1u);
}

// Front cameras ask for three times what one thread can look at, for a minute.
TEST(LookOrder, StarvesNobodyUnderALoadThatNeverEnds) {
  constexpr int kLook = 50;     // milliseconds a look
  constexpr int kFronts = 15;   // each with a new frame every 250 ms
  constexpr int kFurthers = 2;  // likewise
  constexpr int kInterval = 250;
  std::vector<WaitingLook> waiting;
  for (int i = 0; i < kFronts; ++i) waiting.push_back(FrontSince(i));
  for (int i = 0; i < kFurthers; ++i) waiting.push_back(FurtherSince(i));
  int longest_front = 0, longest_further = 0, further_looks = 0;
  for (int now = kInterval; now < 60'000; now += kLook) {
    WaitingLook& next = waiting.at(*Next(waiting));
    const int waited = static_cast<int>((SteadyInstant(milliseconds(now)) - next.since) / milliseconds(1));
    (next.yields ? longest_further : longest_front) =
        std::max(next.yields ? longest_further : longest_front, waited);
    further_looks += next.yields ? 1 : 0;
    next.since = SteadyInstant(milliseconds(now + kInterval));
  }
  EXPECT_LT(longest_front, 1000) << "a round of everybody takes 850 ms";
  EXPECT_LE(longest_further, longest_front + kYieldMax.count());
  EXPECT_GE(further_looks, 2 * 60'000 / 1500) << "each as often as its bound says";
}

}  // namespace
}  // namespace bordergate::camera
