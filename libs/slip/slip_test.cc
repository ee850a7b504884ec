// Goal: a slip is the signer's word or nothing: no altered, cut, invented or misplaced slip is believed,
// whatever the text is. Method: one good slip; each fault alone with its reason; then thousands of damaged
// and invented texts from a seed that a failure prints.
#include "libs/slip/slip.h"

#include <random>

#include <gtest/gtest.h>

#include "libs/core/digest.h"
#include "libs/slip/base45.h"

namespace bordergate {
namespace {

const std::string kSeed(32, 's');
const Instant kNow{std::chrono::sys_days(std::chrono::year(2026) / 11 / 22)};

Slip GoodSlip() {
  return {.key_id = "demo-1",
          .trip_id = "trip_01kan1v0k8c4h7m2p9q3r5s6t7",
          .gate_id = "huu-nghi",
          .plate = "29C12345",
          .trailer_plate = "12R00123",
          .is_export = true,
          .valid_from = kNow - std::chrono::minutes(5),
          .valid_until = kNow + std::chrono::hours(72)};
}

Result<std::string> KeyOf(const std::string& key_id) {
  if (key_id != "demo-1") return Error(kSlipKeyUnknown, "not known");
  return PublicKeyEd25519(kSeed);
}

// The same bytes with this change, spelt as a slip again.
template <class Change>
std::string Altered(const std::string& text, Change change) {
  std::string bytes = ParseBase45(text.substr(kSlipPrefix.size())).value_or("");
  change(bytes);
  return std::string(kSlipPrefix) + Base45(bytes);
}

TEST(Slip, SaysWhatWasSigned) {
  const std::string text = SignSlip(GoodSlip(), kSeed);
  EXPECT_LE(text.size(), 230u);
  const auto slip = VerifySlip(text, KeyOf);
  ASSERT_TRUE(slip.has_value()) << slip.error().message();
  EXPECT_EQ(*slip, GoodSlip());
}

TEST(Slip, CarriesChinesePlatesAndRigidTrucks) {
  Slip chinese = GoodSlip();
  chinese.plate = "桂F12345";
  chinese.trailer_plate = "";
  chinese.is_export = false;
  EXPECT_EQ(VerifySlip(SignSlip(chinese, kSeed), KeyOf).value(), chinese);
}

TEST(Slip, OfAnotherKeyIsForgedAndOfAnUnknownOneIsSaidSo) {
  EXPECT_TRUE(VerifySlip(SignSlip(GoodSlip(), std::string(32, 'x')), KeyOf).error().Is(kSlipForged));
  Slip other = GoodSlip();
  other.key_id = "demo-2";
  EXPECT_TRUE(VerifySlip(SignSlip(other, kSeed), KeyOf).error().Is(kSlipKeyUnknown));
}

TEST(Slip, AsksForNoKeyWhoseIdCouldNameAnotherFolder) {
  const std::string text = Altered(SignSlip(GoodSlip(), kSeed), [](std::string& bytes) {
    bytes.replace(bytes.find("demo-1"), 6, "../../");
  });
  const auto found = VerifySlip(text, [](const std::string&) -> Result<std::string> {
    ADD_FAILURE() << "was asked";
    return std::string(32, 'k');
  });
  EXPECT_TRUE(found.error().Is(kSlipMalformed));
}

TEST(Slip, IsGoodAtItsGateInItsDirectionWhileItIsValid) {
  const Slip slip = GoodSlip();
  EXPECT_TRUE(CheckSlip(slip, {"huu-nghi", true}, kNow).has_value());
  EXPECT_TRUE(CheckSlip(slip, {"tan-thanh", true}, kNow).error().Is(kSlipOtherGate));
  EXPECT_TRUE(CheckSlip(slip, {"huu-nghi", false}, kNow).error().Is(kSlipOtherDirection));
  EXPECT_TRUE(CheckSlip(slip, {"huu-nghi", true}, slip.valid_from - seconds(1)).error().Is(kSlipNotYetValid));
  EXPECT_TRUE(CheckSlip(slip, {"huu-nghi", true}, slip.valid_until).error().Is(kSlipExpired));
}

TEST(Slip, WithOneBitOfItsBytesTurnedIsNeverBelieved) {
  const std::string text = SignSlip(GoodSlip(), kSeed);
  const size_t size = ParseBase45(text.substr(kSlipPrefix.size())).value_or("").size();
  for (size_t bit = 0; bit < size * 8; ++bit) {
    const std::string altered =
        Altered(text, [&](std::string& bytes) { bytes[bit / 8] ^= static_cast<char>(1 << (bit % 8)); });
    EXPECT_FALSE(VerifySlip(altered, KeyOf).has_value()) << "bit " << bit;
  }
}

TEST(Slip, CutAnywhereOrLengthenedIsNeverBelieved) {
  const std::string text = SignSlip(GoodSlip(), kSeed);
  for (size_t length = 0; length < text.size(); ++length) {
    EXPECT_FALSE(VerifySlip(text.substr(0, length), KeyOf).has_value()) << length;
  }
  for (const char* more : {"0", "00", "000", "BB8", " "})
    EXPECT_FALSE(VerifySlip(text + more, KeyOf).has_value());
  EXPECT_TRUE(VerifySlip(text + std::string(kSlipTextMax, '0'), KeyOf).error().Is(kSlipMalformed));
}

TEST(Slip, DamagedOrInventedTextsAreNeverBelieved) {
  constexpr unsigned kFuzzSeed = 20261122;
  SCOPED_TRACE("seed " + std::to_string(kFuzzSeed));
  std::mt19937 chance(kFuzzSeed);
  const auto pick = [&](size_t count) { return std::uniform_int_distribution<size_t>(0, count - 1)(chance); };
  const std::string good = SignSlip(GoodSlip(), kSeed);
  for (int round = 0; round < 20'000; ++round) {
    std::string text = good;
    if (round % 4 == 0) {  // invented: the prefix and anything
      text.resize(kSlipPrefix.size());
      for (size_t length = pick(300); length > 0; --length) text += static_cast<char>(pick(256));
    } else if (round % 4 == 1) {  // bytes of the fields exchanged, spelt well
      text = Altered(good, [&](std::string& bytes) {
        for (size_t count = 1 + pick(4); count > 0; --count)
          bytes[pick(bytes.size())] = static_cast<char>(pick(256));
      });
    } else {  // characters exchanged, inserted or taken out
      for (size_t count = 1 + pick(3); count > 0; --count) {
        const size_t at = pick(text.size());
        if (pick(3) == 0) text.erase(at, 1);
        text.insert(std::min(at, text.size()), 1, static_cast<char>(pick(128)));
      }
    }
    if (text == good) continue;
    const auto slip = VerifySlip(text, KeyOf);
    ASSERT_FALSE(slip.has_value()) << "round " << round << ": " << text;
  }
}

TEST(Base45, IsTheOneOfItsStandard) {
  EXPECT_EQ(Base45("AB"), "BB8");
  EXPECT_EQ(Base45("Hello!!"), "%69 VD92EX0");
  EXPECT_EQ(Base45("base-45"), "UJCLQE7W581");
  EXPECT_EQ(ParseBase45("QED8WEX0"), "ietf!");
  EXPECT_EQ(ParseBase45("GGX"), std::nullopt);  // more than two bytes can say
  EXPECT_EQ(ParseBase45("0"), std::nullopt);
  EXPECT_EQ(ParseBase45("a00"), std::nullopt);
}

}  // namespace
}  // namespace bordergate
