// Goal: of what a net says, the search finds the likeliest text that can be a plate. Method: probabilities
// written by hand, each character held for two steps with a blank between.
#include "services/camera/vision/plate_search.h"

#include <gtest/gtest.h>

#include "libs/core/text.h"
#include "services/camera/testing/net_says.h"
#include "services/camera/vision/charset.h"

namespace bordergate::camera {
namespace {

cv::Mat Said(const std::vector<Place>& places) { return NetSays(places, kCharset); }
cv::Mat Said(std::u32string_view text) { return NetSays(text, kCharset); }

std::string BestOf(const cv::Mat& steps) {
  const auto found = SearchPlates(steps, PlateGrammar());
  return found.empty() ? "" : found.front().text;
}

TEST(PlateSearch, FindsEveryForm) {
  for (const std::u32string_view text :
       {U"29C12345", U"12C1234", U"59P183579", U"29MD112345", U"81AA04892", U"51RM12345", U"80011NG01",
        U"TM1234", U"桂F12345", U"桂F1234挂", U"云GD12345", U"云G12345D", U"粤ZAB12港", U"云G1234学",
        U"使123456"}) {
    EXPECT_EQ(BestOf(Said(text)), EncodeUtf8(text));
  }
}

TEST(PlateSearch, RepairsWhatTheGrammarDecides) {
  std::vector<Place> places = {{U'Z', 0.7, U'2'}, {U'9'}, {U'C'}, {U'1'},
                               {U'O', 0.9, U'0'}, {U'3'}, {U'4'}, {U'5'}};
  EXPECT_EQ(BestOf(Said(places)), "29C10345");
}

TEST(PlateSearch, KeepsDoubleCharacters) { EXPECT_EQ(BestOf(Said(U"30A66666")), "30A66666"); }

TEST(PlateSearch, SaysNothingWhenNothingIsAPlate) {
  EXPECT_EQ(BestOf(Said(U"HONDA")), "");
  EXPECT_EQ(BestOf(Said(U"42C12345")), "");  // no such province
  EXPECT_EQ(BestOf(Said(U"")), "");
}

TEST(PlateSearch, PutsDiplomaticPlatesInOrder) { EXPECT_EQ(BestOf(Said(U"80NG01101")), "80011NG01"); }

TEST(PlateSearch, GivesTheRivalItsShare) {
  std::vector<Place> places = {{U'2'}, {U'9'}, {U'C'}, {U'1'}, {U'2'}, {U'8', 0.6, U'3'}, {U'4'}, {U'5'}};
  const auto found = SearchPlates(Said(places), PlateGrammar());
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.front().text, "29C12845");
  EXPECT_LT(found.front().probability, 0.9);
  const auto rival =
      std::find_if(found.begin(), found.end(), [](const auto& c) { return c.text == "29C12345"; });
  ASSERT_NE(rival, found.end());
  EXPECT_GT(rival->probability, 0.05);
}

TEST(PlateSearch, PrefersAnOfficeThatExists) {
  std::vector<Place> places = {{U'琼', 0.6, U'豫'}, {U'R'}, {U'M'}, {U'6'}, {U'3'}, {U'9'}, {U'6'}};
  EXPECT_EQ(BestOf(Said(places)), "豫RM6396");  // Hainan has given out A to F
  places[0].share = 0.99;
  EXPECT_EQ(BestOf(Said(places)), "琼RM6396");  // what is plainly there is read
}

TEST(PlateSearch, IsAsSureOfARarePlateAsOfACommonOne) {
  const double common = SearchPlates(Said(U"粤A12345"), PlateGrammar()).at(0).probability;
  for (const std::u32string_view text : {U"藏A12345", U"81AA04892", U"80011NG01"}) {
    const auto found = SearchPlates(Said(text), PlateGrammar());
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found.front().text, EncodeUtf8(text));
    EXPECT_GT(found.front().probability, common - 0.15) << found.front().text;
  }
}

TEST(PlateSearch, CombinesLooksByTheirMean) {
  const std::vector<Candidate> a = {{"29C12345", PlateCountry::kVietnam, 0.6},
                                    {"29C12845", PlateCountry::kVietnam, 0.3}};
  const std::vector<Candidate> b = {{"29C12845", PlateCountry::kVietnam, 0.9}};
  const auto joined = Combine({a, b});
  ASSERT_EQ(joined.size(), 2U);
  EXPECT_EQ(joined[0].text, "29C12845");
  EXPECT_NEAR(joined[0].probability, 0.6, 1e-4);
}

TEST(PlateSearch, AFailedLookTakesLittleAway) {
  const std::vector<Candidate> good = {{"29C12345", PlateCountry::kVietnam, 0.9}};
  const std::vector<Candidate> blind = {{"29G12845", PlateCountry::kVietnam, 0.01}};
  const auto joined = Combine({good, blind, {}});
  EXPECT_EQ(joined.at(0).text, "29C12345");
  EXPECT_GT(joined.at(0).probability, 0.88);
}

}  // namespace
}  // namespace bordergate::camera
