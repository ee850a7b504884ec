// Goal: reads of one truck stay together, the next truck is another one, and a sick camera says so. Method:
// sightings and frames on a clock of our own.
#include <array>

#include <gtest/gtest.h>

#include "libs/testing/manual_clock.h"
#include "services/camera/domain/camera_health.h"
#include "services/camera/domain/tracker.h"
#include "services/camera/domain/vehicle_answers.h"

namespace bordergate::camera {
namespace {

Sighting See(const std::string& plate, double confidence = 0.95, bool sure = true, float x = 600) {
  return {.text = plate, .confidence = confidence, .sure = sure, .centre = {x, 400}, .height_px = 30};
}

class TrackerTest : public ::testing::Test {
 protected:
  Tracker::Verdict Add(const Sighting& sighting) {
    clock_.Advance(milliseconds(100));
    return tracker_.Add({&sighting, 1}, clock_.SteadyNow());
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

TEST_F(TrackerTest, BelievesASureFrameOnlyWhenASecondOneSaysTheSame) {
  EXPECT_FALSE(Add(See("12C34567")).sure);
  EXPECT_TRUE(tracker_.WantsSecond());
  EXPECT_TRUE(Add(See("12C34567")).sure);
  EXPECT_FALSE(tracker_.WantsSecond());
}

TEST_F(TrackerTest, IsNotConfirmedByAFrameThatHardlySaysSo) {
  Add(See("12C34567", 0.4, false));
  EXPECT_FALSE(Add(See("12C34567")).sure);
  EXPECT_TRUE(Add(See("12C34567")).sure);
}

// Somebody's arm moves over the plate: every frame is wrong in another way, now and then surely.
TEST_F(TrackerTest, NeverBelievesWrongFramesThatDisagree) {
  for (const std::string plate : {"12C14567", "12C31567", "12C34167", "12C34517", "12C34561"}) {
    EXPECT_FALSE(Add(See(plate, 0.97)).sure) << plate;
  }
}

TEST_F(TrackerTest, IsNotSureWhileAnotherTextHasNearlyAsMuchBehindIt) {
  Add(See("12C34567"));
  EXPECT_TRUE(Add(See("12C34567")).sure);
  Add(See("12C34568"));
  EXPECT_FALSE(Add(See("12C34568")).sure) << "two against two";
  EXPECT_TRUE(Add(See("12C34567")).sure) << "two against three";
}

TEST_F(TrackerTest, ForgetsWhatWasSaidLongAgo) {
  Add(See("12C34567"));
  for (int i = 0; i < 3; ++i) {
    clock_.Advance(milliseconds(1500));
    Add(See("12C34568", 0.6, false));
  }
  EXPECT_FALSE(Add(See("12C34567")).sure) << "who said so before said it five seconds ago";
}

TEST_F(TrackerTest, TakesTheNearestVehicleAlsoWhenTheOneBehindItIsReadBetter) {
  Sighting behind = See("29H88812", 0.97);
  Sighting here = See("12C34567", 0.6, false, 900);
  behind.line_height_px = 18;
  here.line_height_px = 30;
  clock_.Advance(milliseconds(100));
  const auto verdict = tracker_.Add(std::array{behind, here}, clock_.SteadyNow());
  EXPECT_EQ(verdict.chosen, 1U);
  EXPECT_FALSE(verdict.sure);
}

TEST_F(TrackerTest, TakesTheSurestOfPlatesThatAreEquallyNear) {
  Sighting sign = See("29H88812", 0.4, false, 900);
  Sighting plate = See("12C34567", 0.97);
  sign.line_height_px = 30;
  plate.line_height_px = 26;
  clock_.Advance(milliseconds(100));
  EXPECT_EQ(tracker_.Add(std::array{plate, sign}, clock_.SteadyNow()).chosen, 0U);
}

TEST_F(TrackerTest, TellsWhetherAPlateComesOrGoesAndTakesNoneThatGoesBesideOneThatComes) {
  Tracker::Verdict verdict;
  for (int i = 0; i < 5; ++i) {
    Sighting gone = See("29H88812", 0.97, true, 300);
    Sighting next = See("12C34567", 0.9, true, 900);
    gone.line_height_px = 40 - 3 * i;
    next.line_height_px = 14 + 2 * i;
    clock_.Advance(milliseconds(100));
    verdict = tracker_.Add(std::array{gone, next}, clock_.SteadyNow());
    if (i == 0) {
      EXPECT_EQ(verdict.chosen, 0U) << "nobody has moved yet";
    }
  }
  EXPECT_EQ(verdict.chosen, 1U);
  EXPECT_EQ(verdict.course, Course::kComing);
  Sighting alone = See("29H88812", 0.97, true, 300);
  alone.line_height_px = 25;
  clock_.Advance(milliseconds(100));
  verdict = tracker_.Add({&alone, 1}, clock_.SteadyNow());
  EXPECT_EQ(verdict.chosen, 0U);
  EXPECT_EQ(verdict.course, Course::kGoing);
}

// A plate of two lines, this high; it goes up in the picture as it gets smaller.
Sighting SeeTwoLines(const std::string& plate, double height_px, float x = 600) {
  Sighting sighting = See(plate, 0.95, true, x);
  sighting.height_px = height_px;
  sighting.line_height_px = height_px / 2;
  sighting.centre[1] = static_cast<float>(250 + 4 * height_px);
  return sighting;
}

// Past a rear camera every vehicle drives away: to the loop, and from it.
TEST_F(TrackerTest, OfARearCameraTellsTheVehicleThatDrivesAwayToTheLoop) {
  tracker_ = Tracker(RulesFor(Position::kRear, {}));
  Tracker::Verdict verdict;
  for (int i = 0; i < 20; ++i) {
    verdict = Add(SeeTwoLines("12R01234", std::max(100.0 - 5 * i, 40.0)));
    EXPECT_EQ(verdict.track, 1);
    EXPECT_EQ(verdict.sure, i > 0);
  }
  EXPECT_EQ(verdict.course, Course::kGoing);
  EXPECT_FALSE(tracker_.WantsFrame(clock_.SteadyNow())) << "it is settled all the same";
  // It was let in and goes on; beside the road a parked one stands, another comes the other way.
  for (int i = 0; i < 12; ++i) {
    clock_.Advance(milliseconds(100));
    const std::array plates = {SeeTwoLines("12R01234", 40 - 2 * i), SeeTwoLines("29H88812", 20 + 2 * i, 100)};
    verdict = tracker_.Add(plates, clock_.SteadyNow());
  }
  EXPECT_EQ(verdict.chosen, 0U) << "a plate that comes is of no vehicle of this lane";
  // The next one has driven past the camera: it shrinks from its second frame on and is the nearer one.
  for (int i = 0; i < 12; ++i) {
    clock_.Advance(milliseconds(100));
    const std::array plates = {SeeTwoLines("12R01234", 16), SeeTwoLines("15R04321", 100 - 5 * i)};
    verdict = tracker_.Add(plates, clock_.SteadyNow());
    EXPECT_EQ(verdict.chosen, 1U) << i;
  }
  EXPECT_EQ(verdict.course, Course::kGoing);
  EXPECT_TRUE(verdict.sure);
}

TEST_F(TrackerTest, OfATrailerCameraTakesTheNearestWhicheverWayItMoves) {
  for (const int step : {3, -3}) {
    Tracker tracker(RulesFor(Position::kTrailer, {}));
    for (int i = 0; i < 8; ++i) {
      clock_.Advance(milliseconds(100));
      const std::array plates = {SeeTwoLines("29H88812", 30, 100), SeeTwoLines("12R01234", 80 + step * i)};
      EXPECT_EQ(tracker.Add(plates, clock_.SteadyNow()).chosen, 1U) << step << " " << i;
    }
  }
}

TEST_F(TrackerTest, KeepsTwoPlatesApartThatAreSeenTogether) {
  // One firm's trucks, one behind the other.
  for (int i = 0; i < 3; ++i) {
    Sighting behind = See("12C34568", 0.97, true, 300);
    Sighting here = See("12C34567", 0.97, true, 900);
    behind.line_height_px = 15;
    here.line_height_px = 30;
    clock_.Advance(milliseconds(100));
    const auto verdict = tracker_.Add(std::array{here, behind}, clock_.SteadyNow());
    EXPECT_EQ(verdict.track, 1);
    EXPECT_EQ(verdict.sure, i > 0);
  }
  clock_.Advance(milliseconds(500));
  const auto next = Add(See("12C34568", 0.97, true, 900));
  EXPECT_EQ(next.track, 2) << "it moved up to where the first one stood";
  EXPECT_TRUE(next.sure) << "it was seen behind the first one all the time";
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

TEST_F(TrackerTest, OfContainerNumbersLooksAtAPaceButForASecondLookAndHardlyOnceTwoAgree) {
  tracker_ = Tracker(ContainerRulesFor(Position::kRear, {}, milliseconds(300)));
  EXPECT_TRUE(tracker_.WantsFrame(clock_.SteadyNow()));
  tracker_.AddNothing(clock_.SteadyNow());
  clock_.Advance(milliseconds(200));
  EXPECT_FALSE(tracker_.WantsFrame(clock_.SteadyNow()));
  clock_.Advance(milliseconds(100));
  EXPECT_TRUE(tracker_.WantsFrame(clock_.SteadyNow()));
  EXPECT_FALSE(Add(See("CSQU3054383")).sure);
  EXPECT_TRUE(tracker_.WantsFrame(clock_.SteadyNow())) << "the second look is not put off";
  EXPECT_TRUE(Add(See("CSQU3054383")).sure);
  clock_.Advance(milliseconds(900));
  EXPECT_FALSE(tracker_.WantsFrame(clock_.SteadyNow())) << "it is settled";
  clock_.Advance(milliseconds(100));
  EXPECT_TRUE(tracker_.WantsFrame(clock_.SteadyNow())) << "whoever stands on the loop is told again";
  EXPECT_TRUE(Add(See("CSQU3054383")).sure);
}

// Every misread that passes the check digit is another one.
TEST_F(TrackerTest, OfContainerNumbersNeverBelievesOneFrame) {
  tracker_ = Tracker(ContainerRulesFor(Position::kTrailer, {}, milliseconds(300)));
  for (const std::string number : {"CSQU3054383", "CSQU3054404", "CBHU3202732", "MSKU6011672"})
    EXPECT_FALSE(Add(See(number, 0.97)).sure) << number;
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

TEST(VehicleAnswers, SayWhatMostFramesSayAndWhichAndTheBestOfThem) {
  VehicleAnswers answers;
  answers.Add(0, See("12C14567", 0.9), {.track = 1});
  answers.Add(1, See("12C34567", 0.93), {.track = 1});
  answers.Add(3, See("12C34567", 0.97), {.track = 1, .sure = true});
  answers.Add(4, See("12C34567", 0.95), {.track = 1, .course = Course::kComing, .sure = true});
  answers.Add(9, See("29H88812", 0.4), {.track = 2});
  const auto all = answers.All();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].text, "12C34567");
  EXPECT_TRUE(all[0].sure);
  EXPECT_EQ(all[0].frames, (std::vector<size_t>{1, 3, 4}));
  EXPECT_EQ(all[0].best_frame, 3U);
  EXPECT_EQ(all[0].seen, 4U);
  EXPECT_EQ(all[0].course, Course::kComing);
  EXPECT_EQ(all[1].text, "29H88812");
  EXPECT_FALSE(all[1].sure);
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
