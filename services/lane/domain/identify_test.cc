// Goal: who it is follows the table of identify.h, and no witness names a truck whose front nobody read.
// Method: the table's rows, then every combination of fronts, slips and witnesses against the promise.
#include "services/lane/domain/identify.h"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/plate/plate.h"

namespace bordergate::lane {
namespace {

using Kind = Witness::Kind;
using Says = Witness::Says;

constexpr double kSure = 0.85;
constexpr Kind kKinds[] = {Kind::kRear, Kind::kTag, Kind::kTrailer, Kind::kContainer};

// Who is expected: a truck, and its neighbour in the same yard.
class IdentifyTest : public testing::Test {
 protected:
  static Ballot Front(const std::vector<std::pair<std::string, double>>& reads) {
    Ballot ballot;
    for (const auto& [plate, confidence] : reads) {
      PlateRead read;
      read.plate = NormalisePlate(plate);
      read.key = PlateKey(plate);
      read.confidence = confidence;
      ballot.Add(read);
    }
    return ballot;
  }
  static Witness Named(Kind kind, const std::string& plate, bool against_only = false) {
    return {
        .kind = kind, .plate = NormalisePlate(plate), .key = PlateKey(plate), .against_only = against_only};
  }
  Identity Tell(const Ballot& front, std::vector<Witness> witnesses, const std::string& slip = "") const {
    std::optional<Slip> shown;
    if (!slip.empty()) shown = Slip{.plate = NormalisePlate(slip)};
    return Identify(front, shown, std::move(witnesses), kSure,
                    [&](std::string_view key) { return expected_.contains(key); });
  }

  std::set<std::string, std::less<>> expected_ = {"29C12345", "29C12346"};
};

TEST_F(IdentifyTest, NamesNobodyByWitnessesAlone) {
  for (const Ballot& front : {Front({}), Front({{"30A-678.90", 0.4}})}) {
    const Identity who =
        Tell(front, {Named(Kind::kRear, "29C-123.45"), Named(Kind::kTag, "29C-123.45"),
                     Named(Kind::kTrailer, "29C-123.45"), Named(Kind::kContainer, "29C-123.45")});
    EXPECT_FALSE(who.by_slip);
    EXPECT_EQ(who.as_read, "");
    for (const Witness& one : who.witnesses) EXPECT_EQ(one.says, Says::kHint);
  }
}

TEST_F(IdentifyTest, ConfirmsAnUnsureReadOfTheSamePlate) {
  for (const Kind kind : kKinds) {
    for (const double confidence : {0.2, 0.6}) {  // our cameras give what they doubt less than 0.5
      const Identity who = Tell(Front({{"29C-123.45", confidence}}), {Named(kind, "29C-123.45")});
      EXPECT_EQ(who.plate, "29C12345");
      EXPECT_EQ(who.witnesses[0].says, Says::kSame);
      EXPECT_EQ(who.as_read, "");
    }
  }
}

TEST_F(IdentifyTest, ConfirmsAReadAtTheBoundThatOurCamerasTellUnsureReadsWith) {
  EXPECT_EQ(Tell(Front({{"29C-123.45", 0.49}}), {Named(Kind::kTag, "29C-123.45")}).witnesses[0].says,
            Says::kSame);
  EXPECT_EQ(Tell(Front({{"29C-923.45", 0.49}}), {Named(Kind::kRear, "29C-123.45")}).plate, "29C12345");
}

TEST_F(IdentifyTest, PutsAnUnsureReadRightThatNobodyExpects) {
  for (const Kind kind : kKinds) {
    const Identity who = Tell(Front({{"29C-923.45", 0.6}}), {Named(kind, "29C-123.45")});
    EXPECT_EQ(who.plate, "29C12345");
    EXPECT_EQ(who.as_read, "29C92345");
    EXPECT_EQ(who.witnesses[0].says, Says::kSame);
  }
}

TEST_F(IdentifyTest, HearsASecondWitnessAgainstTheOneThatConfirmed) {
  const Identity who =
      Tell(Front({{"29C-923.45", 0.3}}), {Named(Kind::kRear, "29C-123.45"), Named(Kind::kTag, "51D-999.88")});
  EXPECT_EQ(who.plate, "29C12345");
  EXPECT_EQ(who.witnesses[0].says, Says::kSame);
  EXPECT_EQ(who.witnesses[1].says, Says::kOther);
}

TEST_F(IdentifyTest, CorrectsOnlyToAPlateThatIsExpected) {
  const Identity who = Tell(Front({{"29C-923.44", 0.6}}), {Named(Kind::kRear, "29C-123.44")});
  EXPECT_EQ(who.plate, "29C92344");
  EXPECT_EQ(who.witnesses[0].says, Says::kHint);
}

// Trucks of one firm come one behind the other: the neighbour's transponder is heard.
TEST_F(IdentifyTest, CorrectsNoExpectedPlateToItsNeighbour) {
  for (const double confidence : {0.6, 0.95}) {
    const Identity who = Tell(Front({{"29C-123.46", confidence}}), {Named(Kind::kTag, "29C-123.45")});
    EXPECT_EQ(who.plate, "29C12346");
    EXPECT_EQ(who.witnesses[0].says, Says::kOther);
  }
}

TEST_F(IdentifyTest, CorrectsASureReadOnlyToALookAlike) {
  const Identity alike = Tell(Front({{"29C-723.45", 0.95}}), {Named(Kind::kRear, "29C-123.45")});
  EXPECT_EQ(alike.plate, "29C12345");
  EXPECT_EQ(alike.as_read, "29C72345");
  const Identity other = Tell(Front({{"29C-923.45", 0.95}}), {Named(Kind::kRear, "29C-123.45")});
  EXPECT_EQ(other.plate, "29C92345");
  EXPECT_EQ(other.witnesses[0].says, Says::kOther);
}

TEST_F(IdentifyTest, SaysThatASureReadAndAWitnessDisagree) {
  for (const Kind kind : {Kind::kRear, Kind::kTag}) {
    const Identity who = Tell(Front({{"29C-123.45", 0.95}}), {Named(kind, "51D-999.88")});
    EXPECT_EQ(who.plate, "29C12345");
    EXPECT_EQ(who.witnesses[0].says, Says::kOther);
  }
}

TEST_F(IdentifyTest, TakesARearPlateThatNobodyExpectsForAMisreadOneAndATransponderNever) {
  const Ballot front = Front({{"29C-123.45", 0.95}});
  for (const char* plate : {"29C-123.48", "29C-723.45"}) {
    EXPECT_EQ(Tell(front, {Named(Kind::kRear, plate)}).witnesses[0].says, Says::kHint);
    EXPECT_EQ(Tell(front, {Named(Kind::kTag, plate)}).witnesses[0].says, Says::kOther);
  }
  EXPECT_EQ(Tell(front, {Named(Kind::kRear, "29C-123.46")}).witnesses[0].says, Says::kOther)
      << "somebody expects that one";
}

TEST_F(IdentifyTest, CorrectsNothingWhenWitnessesNameDifferentTrucks) {
  const Identity who = Tell(Front({{"29C-123.4", 0.3}, {"29C-123.48", 0.7}}),
                            {Named(Kind::kRear, "29C-123.45"), Named(Kind::kTag, "29C-123.46")});
  EXPECT_EQ(who.plate, "29C12348");
  EXPECT_EQ(who.as_read, "");
  for (const Witness& one : who.witnesses) EXPECT_EQ(one.says, Says::kOther);
}

TEST_F(IdentifyTest, HearsWhatIsAgainstFromAWitnessThatMayNotConfirm) {
  EXPECT_EQ(Tell(Front({{"29C-123.45", 0.6}}), {Named(Kind::kTag, "29C-123.45", true)}).witnesses[0].says,
            Says::kHint);
  EXPECT_EQ(Tell(Front({{"29C-923.45", 0.6}}), {Named(Kind::kTag, "29C-123.45", true)}).as_read, "");
  EXPECT_EQ(Tell(Front({{"29C-123.45", 0.95}}), {Named(Kind::kTag, "51D-999.88", true)}).witnesses[0].says,
            Says::kOther);
}

TEST_F(IdentifyTest, TakesWhatACameraDoubtsForAWordAgainstALentSlip) {
  EXPECT_TRUE(Tell(Front({{"51D-999.88", 0.49}}), {}, "29C-123.45").disagree);
  EXPECT_FALSE(Tell(Front({{"51D-999.88", 0.44}}), {}, "29C-123.45").disagree) << "that is mud";
}

TEST_F(IdentifyTest, ChecksASlipAgainstWitnesses) {
  const Identity lent = Tell(Front({}), {Named(Kind::kTag, "51D-999.88")}, "29C-123.45");
  EXPECT_TRUE(lent.by_slip);
  EXPECT_EQ(lent.witnesses[0].says, Says::kOther);
  const Identity own = Tell(Front({}), {Named(Kind::kTag, "29C-123.45")}, "29C-123.45");
  EXPECT_EQ(own.witnesses[0].says, Says::kSame);
}

TEST_F(IdentifyTest, HoldsItsPromiseForEveryCombination) {
  const std::vector<std::string> plates = {"29C-123.45", "29C-123.46", "29C-723.45", "29C-923.45",
                                           "51D-999.88"};
  int corrected = 0;
  for (const std::string& front : plates) {
    for (const double confidence : {0.0, 0.4, 0.49, 0.6, 0.95}) {
      for (const std::string& first : plates) {
        for (const std::string& second : plates) {
          for (const bool against_only : {false, true}) {
            const Ballot ballot = confidence == 0 ? Front({}) : Front({{front, confidence}});
            const Identity who =
                Tell(ballot, {Named(Kind::kRear, first), Named(Kind::kTag, second, against_only)});
            if (confidence == 0) {
              EXPECT_EQ(who.key, "");
              continue;
            }
            if (who.key == PlateKey(front)) continue;
            ++corrected;
            EXPECT_TRUE(Alike(who.key, PlateKey(front)));
            EXPECT_TRUE(expected_.contains(who.key));
            EXPECT_FALSE(expected_.contains(PlateKey(front)));
            EXPECT_TRUE(who.key == PlateKey(first) || (who.key == PlateKey(second) && !against_only));
            EXPECT_EQ(who.as_read, NormalisePlate(front));
          }
        }
      }
    }
  }
  EXPECT_GT(corrected, 20);
}

}  // namespace
}  // namespace bordergate::lane
