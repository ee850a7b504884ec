// Goal: a driver is told to go only while the light is green for him, and never reads another one's plate.
// Method: views of a lane, made by hand.
#include "services/lane/domain/display.h"

#include <gtest/gtest.h>

#include "libs/core/text.h"

namespace bordergate::lane {
namespace {

std::shared_ptr<const Decision> DecisionAbout(const std::string& session_id) {
  Decision decision;
  decision.session_id = session_id;
  decision.plate = "12C34567";
  return std::make_shared<const Decision>(std::move(decision));
}

LaneView Seen(LaneState state, bool green = false, Mode mode = Mode::kAuto) {
  LaneView view;
  view.state = state;
  view.mode = mode;
  view.green = green;
  view.session_id = "session_1";
  view.decision = DecisionAbout("session_1");
  return view;
}

TEST(DisplaySign, SaysGoExactlyWhileTheLightIsGreen) {
  for (int state = 0; state <= static_cast<int>(LaneState::kFault); ++state) {
    const auto lane_state = static_cast<LaneState>(state);
    EXPECT_NE(MessageFor(Seen(lane_state)).sign, Sign::kGo) << LaneStateName(lane_state);
  }
  EXPECT_EQ(MessageFor(Seen(LaneState::kPassing, true)), (DisplayMessage{Sign::kGo, "12C34567"}));
  EXPECT_EQ(MessageFor(Seen(LaneState::kPassing)).sign, Sign::kStop) << "the one let in is under the arm";
}

TEST(DisplaySign, FollowsTheState) {
  EXPECT_EQ(MessageFor(Seen(LaneState::kIdle)).sign, Sign::kStop);
  EXPECT_EQ(MessageFor(Seen(LaneState::kIdentifying)).sign, Sign::kReading);
  EXPECT_EQ(MessageFor(Seen(LaneState::kAsking)).sign, Sign::kWait);
  EXPECT_EQ(MessageFor(Seen(LaneState::kRefused)).sign, Sign::kRefused);
  EXPECT_EQ(MessageFor(Seen(LaneState::kOpening)).sign, Sign::kOpening);
  EXPECT_EQ(MessageFor(Seen(LaneState::kClosing)).sign, Sign::kStop);
  EXPECT_EQ(MessageFor(Seen(LaneState::kFault)).sign, Sign::kWait);
}

TEST(DisplaySign, SaysThatTheLaneIsClosedAndThatAnOfficerIdentifies) {
  EXPECT_EQ(MessageFor(Seen(LaneState::kIdle, false, Mode::kClosed)).sign, Sign::kClosed);
  EXPECT_EQ(MessageFor(Seen(LaneState::kRefused, false, Mode::kClosed)).sign, Sign::kClosed);
  EXPECT_EQ(MessageFor(Seen(LaneState::kIdentifying, false, Mode::kManual)).sign, Sign::kWait);
}

TEST(DisplaySign, NamesThePlateOfWhoStandsThereAndNobodyElse) {
  LaneView view = Seen(LaneState::kAsking);
  EXPECT_EQ(MessageFor(view).plate, "12C34567");
  view.decision = DecisionAbout("session_0");
  EXPECT_EQ(MessageFor(view).plate, "") << "the decision was about the one before";
  EXPECT_EQ(MessageFor(Seen(LaneState::kIdle)).plate, "");
  EXPECT_EQ(MessageFor(Seen(LaneState::kFault)).plate, "");
}

TEST(DisplaySign, FitsItsLineInEveryLanguage) {
  for (const Sign sign : kSigns) {
    for (const SignLanguage language : {SignLanguage::kVi, SignLanguage::kZh, SignLanguage::kEn}) {
      const auto length = CountCodePoints(TextOf(sign, language));
      ASSERT_TRUE(length);
      EXPECT_GT(*length, 0);
      EXPECT_LE(*length, kSignLength) << TextOf(sign, language);
    }
  }
}

}  // namespace
}  // namespace bordergate::lane
