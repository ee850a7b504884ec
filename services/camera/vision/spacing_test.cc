// Goal: a plate that has lost a digit is told from one that never had it. Method: steps written by hand, one
// character each with blanks between, as photographs gave them.
#include "services/camera/vision/spacing.h"

#include <cmath>

#include <gtest/gtest.h>

#include "services/camera/vision/charset.h"

namespace bordergate::camera {
namespace {

constexpr int kFortySteps = 40;

cv::Mat Standing(std::u32string_view text, const std::vector<int>& places) {
  cv::Mat steps(kFortySteps, kClasses, CV_32F, cv::Scalar::all(std::log(1e-6)));
  for (int t = 0; t < kFortySteps; ++t) steps.at<float>(t, 0) = std::log(0.999F);
  for (size_t i = 0; i < text.size(); ++i) {
    steps.at<float>(places[i], 0) = std::log(0.001F);
    steps.at<float>(places[i], static_cast<int>(kCharset.find(text[i])) + 1) = std::log(0.999F);
  }
  return steps;
}

bool IsSuspicious(std::u32string_view text, Layout layout, const std::vector<int>& places) {
  return MayHaveLostADigit(text, layout, kFortySteps, PlacesOf(Standing(text, places), text));
}

TEST(Spacing, FindsWhereEachCharacterStands) {
  const auto places = PlacesOf(Standing(U"88K6678", {3, 6, 12, 24, 28, 32, 36}), U"88K6678");
  const std::vector<double> stand = {3, 6, 12, 24, 28, 32, 36};
  ASSERT_EQ(places.size(), stand.size());
  for (size_t i = 0; i < stand.size(); ++i) EXPECT_NEAR(places[i], stand[i], 0.01);
  EXPECT_TRUE(PlacesOf(Standing(U"88K", {3, 6, 12}), U"88-K").empty());
  EXPECT_TRUE(PlacesOf(cv::Mat(), U"88K").empty());
}

TEST(Spacing, SuspectsALowerLineWithAGap) {
  EXPECT_FALSE(IsSuspicious(U"72K14567", Layout::kTwoLine, {4, 6, 12, 15, 24, 28, 32, 36}));
  EXPECT_TRUE(IsSuspicious(U"72K14567", Layout::kTwoLine, {4, 6, 12, 15, 22, 26, 33, 37}));
}

TEST(Spacing, SuspectsALowerLineThatIsOffTheMiddleOrTooShort) {
  EXPECT_TRUE(IsSuspicious(U"66P18957", Layout::kTwoLine, {4, 7, 13, 15, 22, 26, 30, 34}));
  EXPECT_TRUE(IsSuspicious(U"30N7689", Layout::kTwoLine, {4, 7, 12, 15, 24, 31, 35}));
}

TEST(Spacing, LeavesFiveDigitsAndOtherFormsAlone) {
  EXPECT_FALSE(IsSuspicious(U"66P189575", Layout::kTwoLine, {4, 7, 13, 15, 22, 26, 29, 35, 38}));
  EXPECT_FALSE(IsSuspicious(U"80011NG01", Layout::kTwoLine, {4, 7, 10, 13, 16, 22, 26, 34, 37}));
  EXPECT_FALSE(IsSuspicious(U"桂F12345", Layout::kOneLine, {2, 8, 14, 18, 28, 32, 36}));
}

TEST(Spacing, SuspectsOneLineWithAGapOrAMissingEnd) {
  EXPECT_FALSE(IsSuspicious(U"56P5888", Layout::kOneLine, {4, 9, 14, 22, 26, 31, 36}));
  EXPECT_TRUE(IsSuspicious(U"56P5888", Layout::kOneLine, {3, 7, 12, 19, 23, 32, 36}));
  EXPECT_TRUE(IsSuspicious(U"56P5888", Layout::kOneLine, {3, 7, 12, 19, 23, 27, 32}));
}

}  // namespace
}  // namespace bordergate::camera
