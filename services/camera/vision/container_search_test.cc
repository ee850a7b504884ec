// Goal: of what a net says a container's number is read when it is whole and proves itself, and nothing else.
// Method: probabilities written by hand.
#include "services/camera/vision/container_search.h"

#include <gtest/gtest.h>

#include "libs/container/container_number.h"
#include "libs/core/text.h"
#include "services/camera/testing/net_says.h"

namespace bordergate::camera {
namespace {

std::string NumberIn(const cv::Mat& steps) {
  const auto text = SearchContainerText(steps);
  return text && text->proved ? text->text : "";
}
std::string NumberIn(std::u32string_view text) { return NumberIn(NetSays(text, kContainerCharset)); }

TEST(ContainerSearch, ReadsWholeNumbers) {
  for (const std::u32string_view number :
       {U"CSQU3054383", U"CBHU3202732", U"TGHU7599330", U"MSKU6011672", U"TEMU6079348"}) {
    EXPECT_EQ(NumberIn(number), EncodeUtf8(number));
  }
}

TEST(ContainerSearch, ReadsLettersWhereLettersStandAndDigitsWhereDigitsDo) {
  std::vector<Place> places;
  for (const char32_t c : std::u32string_view(U"CSQU3054383")) places.push_back({c});
  places[3] = {U'V', 0.5, U'U'};
  places[5] = {U'O', 0.5, U'0'};
  EXPECT_EQ(NumberIn(NetSays(places, kContainerCharset)), "CSQU3054383");
}

TEST(ContainerSearch, ReadsNothingThatHasNotElevenPlacesOrAnotherForm) {
  for (const std::u32string_view text : {U"", U"CSQU", U"3054383", U"CSQU305438", U"CSQU30543833",
                                         U"CSQX3054383", U"45G1", U"12R61570", U"MAERSK"}) {
    EXPECT_EQ(NumberIn(text), "") << EncodeUtf8(text);
  }
}

// The digit proves and does not mend: what is likeliest and fails is no number, however near a good one is.
TEST(ContainerSearch, ReadsNothingWhereTheLikeliestTextHasAWrongCheckDigit) {
  std::vector<Place> places;
  for (const char32_t c : std::u32string_view(U"CSQU3054383")) places.push_back({c});
  places[8] = {U'9', 0.6, U'3'};
  EXPECT_EQ(NumberIn(NetSays(places, kContainerCharset)), "");
  places[8] = {U'3', 0.6, U'9'};
  EXPECT_EQ(NumberIn(NetSays(places, kContainerCharset)), "CSQU3054383");
  EXPECT_EQ(NumberIn(U"CSQU3054384"), "");
}

// Another text beside the likeliest is refuted by its check digit, unless that is right as well.
TEST(ContainerSearch, GivesTheRivalThatProvesItselfItsShare) {
  const std::u32string number = U"CSQU3054383";
  std::vector<Place> places;
  for (const char32_t c : number) places.push_back({c});
  places[6] = {U'5', 0.6, U'6'};
  const auto refuted = SearchContainerText(NetSays(places, kContainerCharset));
  ASSERT_TRUE(refuted.has_value());
  EXPECT_EQ(refuted->text, "CSQU3054383");
  EXPECT_LT(refuted->rival_probability, 0.02 * refuted->probability);
  int tried = 0;
  for (char32_t other = U'0'; other <= U'9'; ++other) {
    std::u32string text = number;
    text[6] = U'6';
    text[8] = other;
    if (!IsContainerNumber(EncodeUtf8(text))) continue;
    places[8] = {number[8], 0.6, other};
    const auto torn = SearchContainerText(NetSays(places, kContainerCharset));
    ASSERT_TRUE(torn.has_value());
    EXPECT_EQ(torn->text, "CSQU3054383");
    EXPECT_GT(torn->rival_probability, 0.1 * torn->probability);
    ++tried;
  }
  EXPECT_GT(tried, 0);
}

}  // namespace
}  // namespace bordergate::camera
