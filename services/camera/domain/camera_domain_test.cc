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

class SceneWatchTest : public ::testing::Test {
 protected:
  // One sample every five seconds.
  void Show(const SceneMeasure& measure, int samples) {
    for (int i = 0; i < samples; ++i) {
      watch_.Add(clock_.SteadyNow(), measure);
      clock_.Advance(seconds(5));
    }
  }
  static constexpr SceneMeasure kWell{.found_share = 0.9, .shift_px = 0, .agreeing_share = 1, .sharpness = 1};
  static constexpr SceneMeasure kMoved{.found_share = 0.6, .shift_px = 40, .agreeing_share = 0.9};
  static constexpr SceneMeasure kBlurred{.found_share = 0.9, .agreeing_share = 1, .sharpness = 0.1};
  static constexpr SceneMeasure kHidden{.found_share = 0.1, .shift_px = 60, .agreeing_share = 1};
  static constexpr SceneMeasure kCovered{.found_share = 0, .texture = 0.05};

  ManualClock clock_;
  SceneWatch watch_{SceneRules{}};
};

TEST_F(SceneWatchTest, NamesAFaultOnlyWhenItLasts) {
  for (const auto& [measure, code] :
       {std::pair(kMoved, "MOVED"), {kBlurred, "BLURRED"}, {kCovered, "BLURRED"}}) {
    Show(measure, 6);
    EXPECT_EQ(watch_.FaultCode(), "");
    Show(measure, 1);
    EXPECT_EQ(watch_.FaultCode(), code);
    Show(kWell, 1);
    EXPECT_EQ(watch_.FaultCode(), "");
  }
}

TEST_F(SceneWatchTest, BeginsAnewAfterOneGoodSample) {
  for (int i = 0; i < 20; ++i) {
    Show(kMoved, 6);
    Show(kWell, 1);
    EXPECT_EQ(watch_.FaultCode(), "");
  }
}

TEST_F(SceneWatchTest, ConcludesNothingWhileAVehicleFillsThePicture) {
  Show(kHidden, 100);
  EXPECT_EQ(watch_.FaultCode(), "");
  EXPECT_EQ(watch_.WarningCode(), "");
  Show(kHidden, 21);
  EXPECT_EQ(watch_.FaultCode(), "");
  EXPECT_EQ(watch_.WarningCode(), "SCENE_CHANGED");
  Show(kWell, 1);
  EXPECT_EQ(watch_.WarningCode(), "");
}

TEST_F(SceneWatchTest, DoesNotTakePlacesThatMovedEachTheirOwnWayForATurnedCamera) {
  SceneMeasure scattered = kMoved;
  scattered.agreeing_share = 0.4;
  Show(scattered, 100);
  EXPECT_EQ(watch_.FaultCode(), "");
}

TEST(ClockSkew, IsTheMedianSoThatOneLateFrameChangesNothing) {
  ClockSkew skew;
  EXPECT_EQ(skew.skew(), std::nullopt);
  ManualClock clock;
  for (int i = 0; i < 10; ++i) {
    clock.Advance(milliseconds(100));
    skew.Add(clock.Now(), clock.Now() - (i == 9 ? milliseconds(9000) : milliseconds(40)));
  }
  EXPECT_EQ(skew.skew(), milliseconds(-40));
}

TEST(CameraHealth, SaysTheFaultBeforeTheWarning) {
  ManualClock clock;
  CameraHealth health{HealthRules{}};
  health.AddStatedTime(clock.Now(), clock.Now() + seconds(3));
  EXPECT_EQ(health.WarningCode(clock.SteadyNow()), "") << "it is away";
  health.AddFrame(clock.SteadyNow(), 1, 120.0);
  EXPECT_EQ(health.FaultCode(clock.SteadyNow()), "");
  EXPECT_EQ(health.WarningCode(clock.SteadyNow()), "CLOCK_SKEW");
  EXPECT_EQ(health.skew(), seconds(3));
  for (int i = 0; i < 8; ++i) {
    health.AddFrame(clock.SteadyNow(), static_cast<uint64_t>(i), 120.0);
    health.AddScene(clock.SteadyNow(), {.found_share = 0.9, .shift_px = 30, .agreeing_share = 1});
    clock.Advance(seconds(5));
  }
  health.AddFrame(clock.SteadyNow(), 99, 120.0);
  EXPECT_EQ(health.FaultCode(clock.SteadyNow()), "MOVED");
  EXPECT_EQ(health.WarningCode(clock.SteadyNow()), "");
}

}  // namespace
}  // namespace bordergate::camera
