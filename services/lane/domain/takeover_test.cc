// Goal: two lane programs never both think that the barriers are theirs, and one takes over when the other is
// gone. Method: what controllers say, made up, on a clock of the test's.
#include "services/lane/domain/takeover.h"

#include <gtest/gtest.h>

namespace bordergate::lane {
namespace {

const SteadyInstant kStart{std::chrono::hours(1)};
const std::vector<std::string> kThree = {"x1", "x2", "x3"};

Takeover Paired(bool leads = false, std::map<std::string, uint64_t> ours = {}) {
  return Takeover({.paired = true, .leads = leads}, kThree, std::move(ours));
}
void SeeAll(Takeover& takeover, const FenceView& view, SteadyInstant now) {
  for (const std::string& lane : kThree) takeover.Saw(lane, view, now);
}

TEST(Takeover, WaitsWhileTheOwnersHeartBeats) {
  Takeover takeover = Paired();
  for (uint16_t beat = 0; beat < 20; ++beat) {
    const SteadyInstant now = kStart + beat * milliseconds(500);
    SeeAll(takeover, {7, true, beat}, now);
    EXPECT_FALSE(takeover.MayTake(true, now));
  }
}

TEST(Takeover, TakesOverWhenTheOwnerIsSilentAndTheStandbyHasEverything) {
  Takeover takeover = Paired();
  SeeAll(takeover, {7, true, 1}, kStart);
  EXPECT_FALSE(takeover.MayTake(true, kStart + milliseconds(1499)));
  EXPECT_TRUE(takeover.MayTake(true, kStart + milliseconds(1500)));
  EXPECT_FALSE(takeover.MayTake(false, kStart + milliseconds(1500))) << "a journal that is not whole";
  EXPECT_EQ(takeover.TokenOf("x2"), 7u);
}

TEST(Takeover, DoesNotTakeOverFromAnOwnerThatWentOnAlone) {
  Takeover takeover = Paired();
  takeover.Saw("x1", FenceView{7, true, 1}, kStart);
  takeover.Saw("x2", FenceView{8, false, 1}, kStart);
  takeover.Saw("x3", FenceView{8, false, 1}, kStart);
  EXPECT_FALSE(takeover.MayTake(true, kStart + seconds(60))) << "most of its barriers say that it did";
}

TEST(Takeover, SaysThatTheOwnerIsGoneAlsoWhenItMayNotTakeOver) {
  Takeover takeover = Paired();
  SeeAll(takeover, {8, false, 1}, kStart);
  EXPECT_FALSE(takeover.OwnerIsGone(kStart + milliseconds(1499)));
  EXPECT_TRUE(takeover.OwnerIsGone(kStart + milliseconds(1500)));
  EXPECT_FALSE(takeover.MayTake(true, kStart + milliseconds(1500)));
  SeeAll(takeover, {8, false, 2}, kStart + seconds(2));
  EXPECT_FALSE(takeover.OwnerIsGone(kStart + seconds(2))) << "it was only slow";
  Takeover fresh = Paired();
  SeeAll(fresh, {}, kStart);
  EXPECT_FALSE(fresh.OwnerIsGone(kStart + seconds(60))) << "there never was one";
}

TEST(Takeover, DoesNotTakeOverWithAMinorityOfTheBarriers) {
  Takeover takeover = Paired();
  takeover.Saw("x1", FenceView{7, true, 1}, kStart);
  EXPECT_FALSE(takeover.MayTake(true, kStart + seconds(60)));
  takeover.Saw("x2", FenceView{7, true, 1}, kStart);
  EXPECT_TRUE(takeover.MayTake(true, kStart + seconds(60)));
  takeover.Saw("x2", std::nullopt, kStart);
  EXPECT_FALSE(takeover.MayTake(true, kStart + seconds(60)));
  takeover.Saw("x2", FenceView{7, true, 1}, kStart + seconds(60));
  takeover.Saw("x3", FenceView{7, true, 9}, kStart + seconds(60));
  EXPECT_FALSE(takeover.MayTake(true, kStart + seconds(61))) << "it beats somewhere";
}

// The electrician's bench borrows a barrier and gives it back under a further number.
TEST(Takeover, KnowsABarrierThatWasBorrowedAndGivenBackAsItsOwn) {
  Takeover owner = Paired(false, {{"x1", 7}, {"x2", 7}, {"x3", 7}});
  SeeAll(owner, {uint64_t{9} << 32 | 7, false, 3}, kStart);
  EXPECT_TRUE(owner.MayTake(false, kStart));
  Takeover leads = Paired(true);
  SeeAll(leads, {uint64_t{2} << 32, false, 3}, kStart);
  EXPECT_TRUE(leads.MayTake(false, kStart)) << "it was given back to nobody";
  Takeover other = Paired(false);
  SeeAll(other, {uint64_t{2} << 32, false, 3}, kStart);
  EXPECT_FALSE(other.MayTake(true, kStart + seconds(60)));
}

TEST(Takeover, GoesOnAtOnceAfterARestartThatNobodyUsed) {
  Takeover takeover = Paired(false, {{"x1", 7}, {"x2", 7}, {"x3", 7}});
  SeeAll(takeover, {7, false, 1}, kStart);
  EXPECT_TRUE(takeover.MayTake(false, kStart));
  SeeAll(takeover, {8, true, 1}, kStart);
  EXPECT_FALSE(takeover.MayTake(false, kStart)) << "the other has taken over meanwhile";
}

TEST(Takeover, LeavesBarriersWithoutAnOwnerToTheOneThatLeads) {
  Takeover leads = Paired(true), follows = Paired(false);
  SeeAll(leads, {}, kStart);
  SeeAll(follows, {}, kStart);
  EXPECT_TRUE(leads.MayTake(false, kStart));
  EXPECT_FALSE(follows.MayTake(false, kStart + seconds(60)));
}

TEST(Takeover, AloneWaitsOnlyForSomebodyWhoseHeartBeats) {
  Takeover alone({}, {"x1"}, {});
  EXPECT_TRUE(alone.MayTake(false, kStart)) << "no controller answers; the lane will say so";
  alone.Saw("x1", FenceView{}, kStart);
  EXPECT_TRUE(alone.MayTake(false, kStart));
  alone.Saw("x1", FenceView{9, false, 1}, kStart);
  EXPECT_FALSE(alone.MayTake(false, kStart + milliseconds(1400)));
  alone.Saw("x1", FenceView{9, false, 2}, kStart + milliseconds(1400));
  EXPECT_FALSE(alone.MayTake(false, kStart + milliseconds(2000)));
  EXPECT_TRUE(alone.MayTake(false, kStart + milliseconds(2900)));
}

}  // namespace
}  // namespace bordergate::lane
