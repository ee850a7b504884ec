// Goal: a form is either right or every fault in it is named, with its field and its reason.
// Method: one good form; each case breaks it in one place; one breaks it everywhere.
#include "services/customs/domain/declaration.h"

#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/testing/manual_clock.h"
#include "services/customs/domain/description.h"
#include "services/customs/testing/trip_forms.h"

namespace bordergate::customs {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

const Instant kFormTime = ManualClock().Now();

std::vector<std::string> FaultsAfter(const std::function<void(Trip&)>& change) {
  Trip form = GoodForm(kFormTime);
  change(form);
  FieldChecks checks;
  CheckDeclaration(form, kFormTime, checks);
  std::vector<std::string> faults;
  const auto done = checks.Done();
  if (done) return faults;
  for (const FieldViolation& fault : done.error().fields())
    faults.push_back(fault.field + " " + fault.reason);
  return faults;
}

TEST(Declaration, IsRightAsPeopleFillItIn) {
  EXPECT_THAT(FaultsAfter([](Trip&) {}), ElementsAre());
  EXPECT_THAT(FaultsAfter([](Trip& form) {
                form.trailer_plate = form.container_number = form.declaration_number = form.declaration_kind =
                    "";
                form.seal_numbers.clear();
                form.quarantine = {};
                form.plate = "桂F12345";
              }),
              ElementsAre());
}

TEST(Declaration, NamesTheFieldAndTheReasonOfEachFault) {
  struct Case {
    std::function<void(Trip&)> change;
    std::string fault;
  };
  const std::vector<Case> cases = {
      {[](Trip& form) { form.gate_id = "Hữu Nghị"; }, "gate_id GATE_ID_INVALID"},
      {[](Trip& form) { form.route = ""; }, "route ROUTE_INVALID"},
      {[](Trip& form) { form.direction.reset(); }, "direction FIELD_REQUIRED"},
      {[](Trip& form) { form.regime.reset(); }, "regime FIELD_REQUIRED"},
      {[](Trip& form) { form.regime = Regime::kImport; }, "regime REGIME_DIRECTION_MISMATCH"},
      {[](Trip& form) { form.expected_arrival_time.reset(); }, "expected_arrival_time FIELD_REQUIRED"},
      {[](Trip& form) { form.expected_arrival_time = kFormTime + std::chrono::days(60) + seconds(1); },
       "expected_arrival_time ARRIVAL_TIME_TOO_FAR"},
      {[](Trip& form) { form.expected_arrival_time = kFormTime - std::chrono::days(1) - seconds(1); },
       "expected_arrival_time ARRIVAL_TIME_PAST"},
      {[](Trip& form) { form.declaration_number = "10654321098"; },
       "declaration_number DECLARATION_NUMBER_INVALID"},
      {[](Trip& form) { form.declaration_kind = "X11"; }, "declaration_kind DECLARATION_KIND_INVALID"},
      {[](Trip& form) { form.declaration_kind = ""; }, "declaration_kind DECLARATION_KIND_INVALID"},
      {[](Trip& form) { form.contact_phone = "1234567"; }, "contact_phone PHONE_INVALID"},
      {[](Trip& form) { form.plate = "42C-12345"; }, "plate PLATE_INVALID"},
      {[](Trip& form) { form.plate = "12R-001.23"; }, "plate PLATE_IS_A_TRAILER"},
      {[](Trip& form) { form.trailer_plate = "nothing"; }, "trailer_plate PLATE_INVALID"},
      {[](Trip& form) { form.trailer_plate = "12C-345.68"; }, "trailer_plate PLATE_NOT_A_TRAILER"},
      {[](Trip& form) { form.container_number = "CSQU3054384"; },
       "container_number CONTAINER_NUMBER_INVALID"},
      {[](Trip& form) { form.seal_numbers = {"A 1"}; }, "seal_numbers[0] SEAL_NUMBER_INVALID"},
      {[](Trip& form) { form.seal_numbers = {"A1", "A1"}; }, "seal_numbers[1] SEAL_NUMBER_REPEATED"},
      {[](Trip& form) { form.driver_id = Id<Driver>(); }, "driver_id FIELD_REQUIRED"},
      {[](Trip& form) { form.goods.clear(); }, "goods GOODS_COUNT_INVALID"},
      {[](Trip& form) { form.empty = true; }, "goods GOODS_IN_EMPTY_TRUCK"},
      {[](Trip& form) { form.goods.assign(8, form.goods[0]); }, "goods LOAD_TOO_HEAVY"},
      {[](Trip& form) { form.goods[0].hs_code = "77010000"; }, "goods[0].hs_code HS_CODE_INVALID"},
      {[](Trip& form) { form.goods[0].description = "Hàng hóa"; }, "goods[0].description DESCRIPTION_VAGUE"},
      {[](Trip& form) { form.goods[0].description = ""; }, "goods[0].description FIELD_REQUIRED"},
      {[](Trip& form) { form.goods[0].package_count = 0; }, "goods[0].package_count NUMBER_OUT_OF_RANGE"},
      {[](Trip& form) { form.goods[0].package_kind = "ct"; }, "goods[0].package_kind PACKAGE_KIND_INVALID"},
      {[](Trip& form) { form.goods[0].net_mass_kg = 16'201; }, "goods[0].net_mass_kg NET_MASS_ABOVE_GROSS"},
      {[](Trip& form) { form.goods[0].value_minor = -1; }, "goods[0].value_minor NUMBER_OUT_OF_RANGE"},
      {[](Trip& form) { form.goods[0].currency_code = "EUR"; }, "goods[0].currency_code CURRENCY_UNKNOWN"},
      {[](Trip& form) { form.goods[0].origin_country_code = "XX"; },
       "goods[0].origin_country_code COUNTRY_UNKNOWN"},
      {[](Trip& form) { form.quarantine.growing_area_code = std::string(41, 'A'); },
       "quarantine.growing_area_code TEXT_TOO_LONG"},
      {[](Trip& form) { form.quarantine.driver_temperature_decicelsius = 36; },
       "quarantine.driver_temperature_decicelsius TEMPERATURE_INVALID"},
  };
  for (const Case& one : cases) EXPECT_THAT(FaultsAfter(one.change), ElementsAre(one.fault));
}

TEST(Declaration, NamesAllFaultsAtOnce) {
  EXPECT_THAT(FaultsAfter([](Trip& form) {
                form.plate = "?";
                form.contact_phone = "";
                form.goods.push_back(form.goods[0]);
                form.goods[1].hs_code = "0810";
                form.goods[1].gross_mass_kg = 0;
              }),
              UnorderedElementsAre(
                  "plate PLATE_INVALID", "contact_phone PHONE_INVALID", "goods[1].hs_code HS_CODE_INVALID",
                  "goods[1].gross_mass_kg NUMBER_OUT_OF_RANGE", "goods[1].net_mass_kg NET_MASS_ABOVE_GROSS"));
}

TEST(Declaration, TakesFiftyLinesOfGoodsAndSaysHowManyThereAre) {
  const auto with_lines = [](size_t count) {
    return FaultsAfter([&](Trip& form) {
      form.goods.assign(count, form.goods[0]);
      for (GoodsLine& line : form.goods) line.gross_mass_kg = line.net_mass_kg = 100;
    });
  };
  EXPECT_THAT(with_lines(50), ElementsAre());
  EXPECT_THAT(with_lines(51), ElementsAre("goods GOODS_COUNT_INVALID"));
}

TEST(HsCode, HasSixOrEightDigitsOfAKnownChapter) {
  for (const char* good : {"081060", "08106000", "260111", "970191", "760120"})
    EXPECT_TRUE(IsHsCode(good)) << good;
  for (const char* bad :
       {"", "0810", "0810600", "081060001", "000000", "770000", "980000", "990000", "08106O"})
    EXPECT_FALSE(IsHsCode(bad)) << bad;
}

TEST(Description, MustSayWhatTheGoodsAre) {
  for (const char* vague :
       {"Hàng hóa", "HÀNG HOÁ CÁC LOẠI", "hang hoa", "General cargo", "Freight of all kinds",
        "said to contain: 900 cartons", "Trái cây tươi", "Rau củ quả", "goods", "n/a", "12345",
        "Linh kiện điện tử", "货物", "其他 货物", "Fresh fruit", "Machine parts", "other goods 2026"})
    EXPECT_TRUE(IsVagueDescription(vague)) << vague;
  for (const char* clear :
       {"Sầu riêng tươi", "Fresh durian", "Thanh long ruột đỏ", "Vải thiều tươi", "榴莲",
        "Hydraulic pump parts", "Bo mạch điện tử cho máy in", "Quặng sắt", "Dưa hấu", "Xe ô tô tải mới 100%"})
    EXPECT_FALSE(IsVagueDescription(clear)) << clear;
}

}  // namespace
}  // namespace bordergate::customs
