// Goal: a price follows from the tariff and the load alone, to the đồng. Method: the published rates of the
// resolution as a tariff; what each rule of it says, as an example; made-up tariffs for the corners.
#include "services/fee/domain/price.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/core/random.h"
#include "services/fee/domain/reasons.h"
#include "services/fee/testing/published_tariff.h"

namespace bordergate::fee {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

int64_t Dong(const Load& load) { return PriceOf(PublishedTariff(), load)->amount_dong; }

std::vector<std::string> TariffFaults(const Tariff& tariff) {
  FieldChecks checks;
  CheckTariff(tariff, checks);
  std::vector<std::string> faults;
  const auto done = checks.Done();
  if (done) return faults;
  for (const FieldViolation& fault : done.error().fields())
    faults.push_back(fault.field + " " + fault.reason);
  return faults;
}

TEST(Price, IsWhatTheResolutionSays) {
  // A truck of less than two tonnes with fresh vegetables or fruit, export.
  EXPECT_EQ(Dong({Direction::kExport, "REGIME_EXPORT", {"08106000"}, 1'999, false}), 100'000);
  // A container of farm goods in temporary import.
  EXPECT_EQ(Dong({Direction::kImport, "REGIME_TEMPORARY_IMPORT", {"12019000"}, 26'000, true}), 4'000'000);
  // Exported ore: five times the base.
  EXPECT_EQ(Dong({Direction::kExport, "REGIME_EXPORT", {"26011100"}, 20'000, false}), 5 * 1'500'000);
  // Imported goods that go inland: 130 %.
  EXPECT_EQ(Dong({Direction::kImport, "REGIME_IMPORT", {"85177900"}, 20'000, false}), 1'950'000);
  // Only transshipped at the yard: 30 %.
  EXPECT_EQ(Dong({Direction::kImport, "REGIME_TRANSSHIPMENT", {"85177900"}, 20'000, false}), 450'000);
}

TEST(Price, OfAnEmptyTruckIsThatOfNoMassAndNoGoods) {
  // No line for fresh goods fits, nor what is multiplied for some goods; what is multiplied for all is.
  EXPECT_EQ(Dong({Direction::kImport, "REGIME_IMPORT", {}, 0, false}), 390'000);
  EXPECT_EQ(Dong({Direction::kExport, "REGIME_EXPORT", {}, 0, false}), 300'000);
}

TEST(Price, TakesTheFirstLineThatFits) {
  EXPECT_EQ(Dong({Direction::kExport, "REGIME_EXPORT", {"08106000"}, 2'000, false}),
            300'000);  // not below 2 t
  EXPECT_EQ(Dong({Direction::kImport, "REGIME_IMPORT", {"08106000"}, 1'999, false}),
            390'000);  // not exported
  EXPECT_EQ(Dong({Direction::kExport, "REGIME_EXPORT", {"85177900"}, 1'999, false}), 300'000);  // not fresh
  EXPECT_EQ(Dong({Direction::kImport, "REGIME_TEMPORARY_IMPORT", {"12019000"}, 26'000, false}),
            1'500'000);  // no container
  const Price price =
      PriceOf(PublishedTariff(), {Direction::kExport, "REGIME_EXPORT", {"26011100"}, 20'000, false}).value();
  EXPECT_THAT(price.lines, ElementsAre(InvoiceLine{"from_18t", "Xe từ 18 tấn", 0, 1'500'000},
                                       InvoiceLine{"exported_ore", "Quặng xuất khẩu", 5'000, 6'000'000}));
  EXPECT_EQ(price.tariff_version, 7);
}

TEST(Price, OfSeveralKindsOfGoodsIsTheHighest) {
  const Load mixed{Direction::kExport, "REGIME_EXPORT", {"08106000", "26011100"}, 1'500, false};
  EXPECT_EQ(Dong(mixed), 1'500'000);  // ore under 4 t, times five, and not the fruit's 100,000
  const Load other_order{Direction::kExport, "REGIME_EXPORT", {"26011100", "08106000"}, 1'500, false};
  EXPECT_EQ(Dong(other_order), Dong(mixed));
}

TEST(Price, IsRefusedWhenAnyKindOfGoodsFitsNoLine) {
  Tariff tariff = PublishedTariff();
  tariff.lines.resize(1);  // only small trucks with produce
  const Load load{Direction::kExport, "REGIME_EXPORT", {"08106000", "85177900"}, 1'500, false};
  const Error error = PriceOf(tariff, load).error();
  EXPECT_TRUE(error.Is(kTariffNotFound));
  EXPECT_EQ(error.metadata().at("hs_chapter"), "85");
}

TEST(Price, RoundsHalfUpAfterEachCoefficient) {
  EXPECT_EQ(ApplyPermille(1, 499), 0);
  EXPECT_EQ(ApplyPermille(1, 500), 1);
  EXPECT_EQ(ApplyPermille(3, 1'500), 5);              // 4.5
  EXPECT_EQ(ApplyPermille(333'333, 1'300), 433'333);  // 433,332.9
  EXPECT_EQ(ApplyPermille(kPriceMax_dong, 100'000), 100 * kPriceMax_dong);
  Tariff tariff = PublishedTariff();
  tariff.lines = {{.line_id = "base", .amount_dong = 1, .title_vi = "Gốc"}};
  tariff.coefficients = {{.coefficient_id = "half", .permille = 500, .title_vi = "Nửa"},
                         {.coefficient_id = "again", .permille = 500, .title_vi = "Nửa"}};
  // 1 → 0.5 → 1 → 0.5 → 1, and not 0.25 → 0.
  EXPECT_EQ(PriceOf(tariff, {Direction::kExport, "REGIME_EXPORT", {"85177900"}, 1, false})->amount_dong, 1);
}

TEST(Price, IsTheSumOfItsLinesForAnyTariff) {
  for (uint64_t seed = 1; seed <= 500; ++seed) {
    SeededRandom random(seed);
    Tariff tariff = PublishedTariff();
    for (TariffLine& line : tariff.lines) line.amount_dong = static_cast<int64_t>(random.Below(100'000'001));
    for (Coefficient& coefficient : tariff.coefficients)
      coefficient.permille = 1 + static_cast<int64_t>(random.Below(9'000));
    const Load load{random.Below(2) == 0 ? Direction::kExport : Direction::kImport,
                    std::string(RegimeNames()[random.Below(6)]),
                    {random.Below(2) == 0 ? "08106000" : "26011100"},
                    1 + static_cast<int64_t>(random.Below(40'000)),
                    random.Below(2) == 0};
    const Price price = PriceOf(tariff, load).value();
    int64_t sum_dong = 0;
    for (const InvoiceLine& line : price.lines) sum_dong += line.amount_dong;
    ASSERT_EQ(sum_dong, price.amount_dong) << "seed " << seed;
    ASSERT_GE(price.amount_dong, 0) << "seed " << seed;
  }
}

TEST(Tariff, IsRightAsPublished) { EXPECT_THAT(TariffFaults(PublishedTariff()), IsEmpty()); }

TEST(Tariff, NamesEveryFault) {
  Tariff tariff = PublishedTariff();
  tariff.gate_id = "?";
  tariff.effective_time.reset();
  tariff.lines[0].line_id = "From 18t";
  tariff.lines[1].regimes = {"EXPORT"};
  tariff.lines[2].gross_mass_from_kg = tariff.lines[2].gross_mass_below_kg;
  tariff.lines[3].amount_dong = 100'000'001;
  tariff.coefficients[0].hs_chapters = {"26", "77"};
  tariff.coefficients[1].permille = 0;
  tariff.coefficients[2].coefficient_id = tariff.coefficients[1].coefficient_id;
  tariff.source = "";
  EXPECT_THAT(
      TariffFaults(tariff),
      ElementsAre("gate_id GATE_ID_INVALID", "effective_time FIELD_REQUIRED", "lines[0].line_id CODE_INVALID",
                  "lines[1].regimes[0] REGIME_UNKNOWN", "lines[2].gross_mass_below_kg MASS_RANGE_EMPTY",
                  "lines[3].amount_dong NUMBER_OUT_OF_RANGE",
                  "coefficients[0].hs_chapters[1] HS_CHAPTER_INVALID",
                  "coefficients[1].permille NUMBER_OUT_OF_RANGE",
                  "coefficients[2].coefficient_id CODE_REPEATED", "source FIELD_REQUIRED"));
  tariff = PublishedTariff();
  tariff.lines.clear();
  EXPECT_THAT(TariffFaults(tariff), ElementsAre("lines LINE_COUNT_INVALID"));
}

TEST(Tariff, CannotMakePricesThatSumsWouldLose) {
  Tariff tariff = PublishedTariff();
  tariff.coefficients.clear();
  for (int i = 0; i < 3; ++i)
    tariff.coefficients.push_back(
        {.coefficient_id = "times_100_" + std::to_string(i), .permille = 100'000, .title_vi = "Nhân 100"});
  EXPECT_THAT(TariffFaults(tariff), ElementsAre("coefficients AMOUNT_TOO_LARGE"));
}

}  // namespace
}  // namespace bordergate::fee
