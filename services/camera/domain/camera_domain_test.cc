// Goal: reads of one truck stay together, the next truck is another one, and a sick camera says so. Method:
// sightings and frames on a clock of our own.
#include <gtest/gtest.h>

#include "libs/testing/manual_clock.h"
#include "services/camera/domain/camera_health.h"
#include "services/camera/domain/tracker.h"

namespace bordergate::camera {
namespace {

Sighting See(const std::string& plate, double confidence = 0.95, bool sure = true, float x = 600) {
  return {.plate = plate, .confidence = confidence, .sure = sure, .centre = {x, 400}, .height_px = 30};
}

class TrackerTest : public ::testing::Test {
 protected:
  Tracker::Verdict Add(const Sighting& sighting) {
    clock_.Advance(milliseconds(100));
    return tracker_.Add(sighting, clock_.SteadyNow());
  }
  ManualClock clock_;
  Tracker tracker_{TrackRules{}};
};

TEST_F(TrackerTest, KeepsTheFramesOfOneTruckTogether) {
  EXPECT_EQ(Add(See("12C34567")).track, 1);
  EXPECT_EQ(Add(See("12C34567")).track, 1);
  EXPECT_EQ(Add(See("12C3456")).track, 1);
  EXPECT_EQ(Add(See("99Z00000", 0.3, false, 610)).track, 1);
}

TEST_F(TrackerTest, KnowsTheNextTruck) {
  EXPECT_EQ(Add(See("12C34567")).track, 1);
  EXPECT_EQ(Add(See("29H88812")).track, 2);
}

TEST_F(TrackerTest, CallsTheSamePlateAfterAPauseANewStay) {
  EXPECT_EQ(Add(See("12C34567")).track, 1);
  clock_.Advance(seconds(3));
  EXPECT_EQ(Add(See("12C34567")).track, 2);
}

// A truck is often read best far up the road, and the lane takes only reads of whoever has come to its loop:
// an opening must not rest on a read without its picture.
TEST_F(TrackerTest, SendsThePictureWithEverySureRead) {
  EXPECT_TRUE(Add(See("12C34567", 0.95)).with_evidence);
  EXPECT_TRUE(Add(See("12C34567", 0.93)).with_evidence);
  EXPECT_TRUE(Add(See("12C34567", 0.90)).with_evidence);
}

TEST_F(TrackerTest, SendsThePictureOfAnUnsureReadFirstAndWhenItIsClearlyBetterAndAfterAPause) {
  const bool sure = false;
  EXPECT_TRUE(Add(See("12C34567", 0.40, sure)).with_evidence);
  EXPECT_FALSE(Add(See("12C34567", 0.42, sure)).with_evidence);
  EXPECT_TRUE(Add(See("12C34567", 0.48, sure)).with_evidence);
  EXPECT_FALSE(Add(See("12C34567", 0.45, sure)).with_evidence);
  EXPECT_FALSE(Add(See("12C34567", 0.45, sure)).with_evidence);
  EXPECT_TRUE(Add(See("12C34567", 0.45, sure)).with_evidence);
}

TEST_F(TrackerTest, LooksLessOftenOnceTheTruckIsKnown) {
  for (int i = 0; i < 5; ++i) {
    EXPECT_TRUE(tracker_.WantsFrame(clock_.SteadyNow()));
    Add(See("12C34567"));
  }
  clock_.Advance(milliseconds(100));
  EXPECT_FALSE(tracker_.WantsFrame(clock_.SteadyNow()));
  clock_.Advance(milliseconds(1000));
  EXPECT_TRUE(tracker_.WantsFrame(clock_.SteadyNow()));
  tracker_.AddNothing(clock_.SteadyNow());
  clock_.Advance(milliseconds(100));
  EXPECT_TRUE(tracker_.WantsFrame(clock_.SteadyNow()));
}

TEST_F(TrackerTest, GoesOnLookingWhileReadsDisagree) {
  for (int i = 0; i < 20; ++i) {
    EXPECT_TRUE(tracker_.WantsFrame(clock_.SteadyNow()));
    Add(See(i % 2 == 0 ? "12C34567" : "12C34568"));
  }
}

TEST(CameraHealth, NamesTheFault) {
  ManualClock clock;
  CameraHealth health{HealthRules{}};
  EXPECT_EQ(health.FaultCode(clock.SteadyNow()), "NO_FRAMES");
  health.AddFrame(clock.SteadyNow(), 1, 120.0);
  EXPECT_EQ(health.FaultCode(clock.SteadyNow()), "");
  clock.Advance(milliseconds(3001));
  EXPECT_EQ(health.FaultCode(clock.SteadyNow()), "NO_FRAMES");
  health.AddFrame(clock.SteadyNow(), 2, 3.0);
  EXPECT_EQ(health.FaultCode(clock.SteadyNow()), "BLACK");
}

TEST(CameraHealth, CallsAPictureThatNeverChangesFrozen) {
  ManualClock clock;
  CameraHealth health{HealthRules{}};
  for (int i = 0; i < 31; ++i) {
    health.AddFrame(clock.SteadyNow(), 7, std::nullopt);
    clock.Advance(seconds(1));
  }
  EXPECT_EQ(health.FaultCode(clock.SteadyNow()), "FROZEN");
  health.AddFrame(clock.SteadyNow(), 8, 100.0);
  EXPECT_EQ(health.FaultCode(clock.SteadyNow()), "");
}

}  // namespace
}  // namespace bordergate::camera
