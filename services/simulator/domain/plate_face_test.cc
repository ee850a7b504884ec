// Goal: a plate looks as its country's standard says, and made plates are well-formed. Method: known plates;
// thousands of made ones through the parser.
#include "services/simulator/domain/plate_face.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/core/reasons.h"
#include "services/simulator/domain/people.h"
#include "services/simulator/domain/plate_maker.h"

namespace bordergate::simulator {
namespace {

using testing::ElementsAre;

PlateFace Face(std::string_view plate, FaceChoice choice = {}) {
  return MakePlateFace(ParsePlate(plate).value(), choice).value();
}

TEST(PlateFace, WritesAVietnameseTruckInOneLineOnYellow) {
  const PlateFace face = Face("29C12345");
  EXPECT_THAT(face.lines, ElementsAre("29C-123.45"));
  EXPECT_EQ(face.colour, PlateColour::kYellow);
  EXPECT_EQ(face.width_mm, 520);
  EXPECT_EQ(face.height_mm, 110);
}

TEST(PlateFace, WritesAVietnameseTruckInTwoLines) {
  const PlateFace face = Face("12C1234", {.two_line = true, .colour = PlateColour::kWhite});
  EXPECT_THAT(face.lines, ElementsAre("12C", "1234"));
  EXPECT_EQ(face.colour, PlateColour::kWhite);
  EXPECT_EQ(face.width_mm, 330);
  EXPECT_EQ(face.height_mm, 165);
}

TEST(PlateFace, KeepsTheLetterĐ) { EXPECT_THAT(Face("29Đ-123.45").lines, ElementsAre("29Đ-123.45")); }

TEST(PlateFace, WritesSpecialVietnamesePlates) {
  EXPECT_THAT(Face("80-011-NG-01").lines, ElementsAre("80-011-NG-01"));
  EXPECT_THAT(Face("TM-12-34").lines, ElementsAre("TM-12-34"));
  EXPECT_EQ(Face("TM-12-34").colour, PlateColour::kRed);
  EXPECT_THAT(Face("51RM-123.45").lines, ElementsAre("51RM-123.45"));
}

TEST(PlateFace, WritesAChineseTruckInOneLineAndItsTrailerInTwo) {
  EXPECT_THAT(Face("桂F12345").lines, ElementsAre("桂F·12345"));
  EXPECT_EQ(Face("桂F12345").height_mm, 140);
  EXPECT_THAT(Face("桂F1234挂").lines, ElementsAre("桂·F", "1234挂"));
  EXPECT_EQ(Face("桂F1234挂").height_mm, 220);
}

TEST(PlateFace, KnowsNewEnergyPlates) {
  EXPECT_EQ(Face("云G12345D").colour, PlateColour::kYellowGreen);
  EXPECT_EQ(Face("云GD12345").colour, PlateColour::kGreen);
  EXPECT_EQ(Face("云G12345D").width_mm, 480);
  EXPECT_TRUE(MakePlateFace(ParsePlate("云G12345D").value(), {.two_line = true, .colour = {}})
                  .error()
                  .Is(kInvalidField));
}

TEST(PlateMaker, MakesTrucksOfTheCountryAsked) {
  SeededRandom random(7);
  Chance chance(random);
  for (int at = 0; at < 2000; ++at) {
    const Plate vietnamese = MakeTruckPlate(PlateCountry::kVietnam, chance);
    EXPECT_EQ(vietnamese.kind, PlateKind::kVietnamCivil) << vietnamese.normalised;
    const Plate chinese = MakeTruckPlate(PlateCountry::kChina, chance);
    EXPECT_TRUE(chinese.kind == PlateKind::kChinaStandard || chinese.kind == PlateKind::kChinaNewEnergy)
        << chinese.normalised;
    EXPECT_TRUE(IsTrailer(MakeTrailerPlate(PlateCountry::kVietnam, chance).kind));
    EXPECT_TRUE(IsTrailer(MakeTrailerPlate(PlateCountry::kChina, chance).kind));
  }
}

TEST(PlateMaker, MakesALookAlikeThatDiffersInOnePlace) {
  SeededRandom random(7);
  Chance chance(random);
  for (int at = 0; at < 500; ++at) {
    const Plate plate = MakeTruckPlate(PlateCountry::kVietnam, chance);
    const Plate alike = MakeLookAlike(plate, chance);
    ASSERT_EQ(alike.key.size(), plate.key.size());
    int differences = 0;
    for (size_t place = 0; place < plate.key.size(); ++place)
      differences += plate.key[place] != alike.key[place];
    // A plate of nothing but fours has no look-alike and gets another plate.
    if (plate.key.substr(3).find_first_not_of('4') != std::string::npos) {
      EXPECT_EQ(differences, 1) << plate.key << " " << alike.key;
    }
  }
}

TEST(People, HavePapersThatTheFormsAccept) {
  SeededRandom random(7);
  Chance chance(random);
  EXPECT_EQ(MakeTaxCode(chance).size(), 10u);
  EXPECT_EQ(MakeVin(chance).size(), 17u);
  EXPECT_EQ(MakeContainerNumber(chance).size(), 11u);
  EXPECT_NE(MakeFirmName(PlateCountry::kVietnam, 0, chance).name,
            MakeFirmName(PlateCountry::kVietnam, 8, chance).name);
}

}  // namespace
}  // namespace bordergate::simulator
