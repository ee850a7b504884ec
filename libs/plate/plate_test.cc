// Goal: the grammar takes every plate that is on the road and no other. Method: the test vectors of the
// domain's facts (section 5.4), spelling variants, and random texts that must never crash.
#include "libs/plate/plate.h"

#include <gtest/gtest.h>

#include "libs/core/random.h"

namespace bordergate {
namespace {

struct Vector {
  const char* text;
  const char* normalised;
  PlateKind kind;
};

TEST(Plate, TakesEveryPublishedForm) {
  const Vector vectors[] = {
      {"29C-123.45", "29C12345", PlateKind::kVietnamCivil},
      {"12C-1234", "12C1234", PlateKind::kVietnamCivil},
      {"12R-001.23", "12R00123", PlateKind::kVietnamTrailer},
      {"51RM-123.45", "51RM12345", PlateKind::kVietnamTrailer},
      {"15LD-01234", "15LD01234", PlateKind::kVietnamSpecial},
      {"80-011-NG-01", "80011NG01", PlateKind::kVietnamDiplomatic},
      {"TM-12-34", "TM1234", PlateKind::kVietnamMilitary},
      {"29Đ-123.45", "29Đ12345", PlateKind::kVietnamCivil},
      {"74LB-00123", "74LB00123", PlateKind::kVietnamZone},
      {"66C -03901", "66C03901", PlateKind::kVietnamCivil},
      {"T29-123.45", "T2912345", PlateKind::kVietnamTemporary},
      {"桂F·12345", "桂F12345", PlateKind::kChinaStandard},
      {"桂F1234挂", "桂F1234挂", PlateKind::kChinaTrailer},
      {"云G12345D", "云G12345D", PlateKind::kChinaNewEnergy},
      {"云GD12345", "云GD12345", PlateKind::kChinaNewEnergy},
      {"粤ZAB12港", "粤ZAB12港", PlateKind::kChinaCrossBorder},
      {"云G1234学", "云G1234学", PlateKind::kChinaSpecial},
      {"使123456", "使123456", PlateKind::kChinaEmbassy},
  };
  for (const Vector& vector : vectors) {
    const auto plate = ParsePlate(vector.text);
    ASSERT_TRUE(plate.has_value()) << vector.text;
    EXPECT_EQ(plate->normalised, vector.normalised);
    EXPECT_EQ(plate->kind, vector.kind) << vector.text;
  }
}

TEST(Plate, RefusesWhatIsNotOnTheRoad) {
  for (const char* text :
       {"42C-12345", "30O-12345", "桂FA1234挂", "", "C", "29C", "29C-123", "29C-1234567", "桂I12345",
        "桂F1234O", "桂F123456", "29CC", "hello", "粤A1234港", "29C12345; DROP TABLE"}) {
    const auto plate = ParsePlate(text);
    ASSERT_FALSE(plate.has_value()) << text << " became " << plate->normalised;
    EXPECT_TRUE(plate.error().Is(kPlateInvalid));
  }
}

TEST(Plate, IsTheSameHoweverItIsTyped) {
  for (const char* text : {"29c12345", "29C-12345", " 29C 123.45 ", "２９Ｃ－１２３．４５", "29C•12345"}) {
    EXPECT_EQ(ParsePlate(text).value().normalised, "29C12345") << text;
  }
}

TEST(Plate, ComparesWithoutTheStrokeOfD) {
  EXPECT_EQ(ParsePlate("29Đ-12345").value(), ParsePlate("29D-12345").value());
  EXPECT_EQ(PlateKey("29đ-123.45"), "29D12345");
}

TEST(Plate, KnowsTrailers) {
  EXPECT_TRUE(IsTrailer(ParsePlate("12R-001.23")->kind));
  EXPECT_TRUE(IsTrailer(ParsePlate("桂F1234挂")->kind));
  EXPECT_FALSE(IsTrailer(ParsePlate("29C-123.45")->kind));
}

// Everything that must hold of any text, whatever it is.
void ExpectPlateOrNamedFault(const std::string& text) {
  const auto plate = ParsePlate(text);
  if (!plate) {
    EXPECT_TRUE(plate.error().Is(kPlateInvalid)) << text;
    return;
  }
  EXPECT_LE(text.size(), 40u) << text;
  EXPECT_EQ(NormalisePlate(text), plate->normalised) << text;
  EXPECT_EQ(PlateKey(text), plate->key) << text;
  EXPECT_EQ(PlateKey(plate->key), plate->key) << text;
  const auto again = ParsePlate(plate->normalised);
  ASSERT_TRUE(again) << text;
  EXPECT_EQ(again->normalised, plate->normalised) << text;
  EXPECT_EQ(again->kind, plate->kind) << text;
}

TEST(Plate, NeverFailsOnRandomText) {
  SeededRandom random(20261122);
  const std::string_view alphabet = "0123456789ABRTĐ桂挂F-. \xff";
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (uint64_t n = random.Below(14); n > 0; --n) text += alphabet[random.Below(alphabet.size())];
    ExpectPlateOrNamedFault(text);
  }
}

TEST(Plate, NeverFailsOnPlatesThatAreSpoiled) {
  SeededRandom random(20261122);
  const std::string_view corpus[] = {
      "29C-123.45", "51RM-123.45", "80-011-NG-01",   "TM-12-34",
      "29Đ-123.45", "T29-123.45",  "桂F·12345",      "桂F1234挂",
      "粤ZAB12港",  "使123456",    "２９Ｃ－１２３", "29C-1234567890123456789012345678901234"};
  for (int i = 0; i < 50000; ++i) {
    std::string text(corpus[random.Below(std::size(corpus))]);
    for (uint64_t n = 1 + random.Below(3); n > 0; --n) {
      const size_t place = random.Below(text.size() + 1);
      const auto any = static_cast<char>(random.Below(256));
      const uint64_t way = random.Below(4);
      if (way == 0) text.insert(place, 1, any);
      if (way == 1 && place < text.size()) text[place] = any;
      if (way == 2) text.resize(place);
      if (way == 3) text += corpus[random.Below(std::size(corpus))];
    }
    ExpectPlateOrNamedFault(text);
  }
}

}  // namespace
}  // namespace bordergate
