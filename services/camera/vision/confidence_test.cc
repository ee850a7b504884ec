// Goal: what is sure, and what never is. Method: figures of reads, by hand.
#include "services/camera/vision/confidence.h"

#include <gtest/gtest.h>

namespace bordergate::camera {
namespace {

constexpr double kLine = 20;  // pixels, plenty

TEST(Confidence, GrowsWithTheProbabilityAndStaysBelowOne) {
  double before = 0;
  for (const double p : {0.0, 0.001, 0.2, 0.5, 0.8, 0.95, 0.999, 1.0}) {
    const double confidence = Confidence({.probability = p, .line_height_px = kLine});
    EXPECT_GE(confidence, before) << p;
    EXPECT_LT(confidence, 1) << p;
    before = confidence;
  }
  EXPECT_TRUE(IsSure(before));
  EXPECT_FALSE(IsSure(Confidence({.probability = 0.5, .line_height_px = kLine})));
}

// 0.70 to 0.75 over several looks were right in 93 of 100, below 0.70 in 75 (harder pictures of the
// development set).
TEST(Confidence, OfSeveralLooksIsAsOftenRightAsItSays) {
  const auto is_sure = [](double p) {
    return IsSure(Confidence({.probability = p, .line_height_px = kLine}, kSeveralLooksCalibration));
  };
  EXPECT_TRUE(is_sure(0.73));
  EXPECT_FALSE(is_sure(0.69));
}

TEST(Confidence, IsNeverSureOfWhatIsDoubtfulOrTooSmall) {
  EXPECT_FALSE(IsSure(Confidence({.probability = 1, .line_height_px = kLine, .doubtful = true})));
  EXPECT_FALSE(IsSure(Confidence({.probability = 1, .line_height_px = 8.9})));
  EXPECT_TRUE(IsSure(Confidence({.probability = 1, .line_height_px = 9})));
}

TEST(Confidence, OfACharacterIsTheShareOfTextsThatAgreeThere) {
  const std::vector<Candidate> candidates = {{"29C12345", PlateCountry::kVietnam, 0.6},
                                             {"29C12845", PlateCountry::kVietnam, 0.3}};
  const auto characters = CharacterConfidence(candidates, 0.5);
  ASSERT_EQ(characters.size(), 8U);
  EXPECT_DOUBLE_EQ(characters.front(), 1);
  EXPECT_NEAR(characters[5], 2.0 / 3, 1e-9);
  EXPECT_TRUE(CharacterConfidence({}, 0.5).empty());
}

}  // namespace
}  // namespace bordergate::camera
