// Goal: what an enterprise or an officer fills in is checked whole, with the field and the remedy. Method:
// good forms, each broken in one place.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/vehicle/domain/driver.h"
#include "services/vehicle/domain/enterprise.h"
#include "services/vehicle/domain/vehicle.h"
#include "services/vehicle/domain/watch_list.h"

namespace bordergate::vehicle {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using namespace std::chrono_literals;

constexpr std::chrono::sys_days kToday = 2026y / 11 / 22;

// "field REASON" for each fault.
std::vector<std::string> Faults(const FieldChecks& checks) {
  std::vector<std::string> faults;
  if (checks.ok()) return faults;
  const Error error = checks.Done().error();
  for (const auto& violation : error.fields()) faults.push_back(violation.field + " " + violation.reason);
  return faults;
}

std::vector<std::string> FaultsOf(const Enterprise& enterprise) {
  FieldChecks checks;
  CheckEnterprise(enterprise, checks);
  return Faults(checks);
}
std::vector<std::string> FaultsOf(const Vehicle& vehicle) {
  FieldChecks checks;
  CheckVehicle(vehicle, checks);
  return Faults(checks);
}
std::vector<std::string> FaultsOf(const Driver& driver) {
  FieldChecks checks;
  CheckDriver(driver, kToday, checks);
  return Faults(checks);
}

Enterprise GoodEnterprise() {
  return {.name = "Công ty TNHH Rau quả Lạng Sơn",
          .tax_code = "4900123456-001",
          .address = "12 Trần Đăng Ninh, Lạng Sơn",
          .phone = "+84912345678"};
}
Vehicle GoodVehicle() {
  return {.kind = VehicleKind::kTractor,
          .plate_as_written = "12C-345.67",
          .axle_count = 3,
          .tare_kg = 8'500,
          .permitted_mass_kg = 24'000};
}
Driver GoodDriver() {
  return {.name = "Nguyễn Văn An",
          .nationality_code = "VN",
          .document_kind = DocumentKind::kPassport,
          .document_number = "C1234567",
          .document_expire_date = "2026-11-22",
          .phone = "0912345678"};
}

TEST(Enterprise, IsTakenWhenEveryFieldIsRight) { EXPECT_THAT(FaultsOf(GoodEnterprise()), IsEmpty()); }

TEST(Enterprise, NamesEveryFaultAtOnce) {
  EXPECT_THAT(FaultsOf(Enterprise{.tax_code = "49001234567", .phone = "call me"}),
              ElementsAre("name FIELD_REQUIRED", "tax_code TAX_CODE_INVALID", "address FIELD_REQUIRED",
                          "phone PHONE_INVALID"));
}

TEST(Vehicle, IsTakenWhenEveryFieldIsRight) { EXPECT_THAT(FaultsOf(GoodVehicle()), IsEmpty()); }

TEST(Vehicle, IsRefusedWithAPlateThatIsNotOnTheRoad) {
  Vehicle vehicle = GoodVehicle();
  vehicle.plate_as_written = "42C-12345";
  EXPECT_THAT(FaultsOf(vehicle), ElementsAre("plate PLATE_INVALID"));
}

TEST(Vehicle, MustCarryThePlateOfItsKind) {
  Vehicle vehicle = GoodVehicle();
  vehicle.plate_as_written = "12R-001.23";
  EXPECT_THAT(FaultsOf(vehicle), ElementsAre("plate PLATE_IS_A_TRAILER"));
  vehicle.kind = VehicleKind::kTrailer;
  EXPECT_THAT(FaultsOf(vehicle), IsEmpty());
  vehicle.plate_as_written = "12C-345.67";
  EXPECT_THAT(FaultsOf(vehicle), ElementsAre("plate PLATE_NOT_A_TRAILER"));
}

TEST(Vehicle, CannotWeighMoreEmptyThanItMayLaden) {
  Vehicle vehicle = GoodVehicle();
  vehicle.tare_kg = 25'000;
  EXPECT_THAT(FaultsOf(vehicle), ElementsAre("tare_kg TARE_ABOVE_PERMITTED"));
}

TEST(Vehicle, NamesAPermitWithItsLastDay) {
  Vehicle vehicle = GoodVehicle();
  vehicle.permit_number = "GMS-0001";
  EXPECT_THAT(FaultsOf(vehicle), ElementsAre("permit_expire_date DATE_INVALID"));
  vehicle.permit_expire_date = "2027-03-31";
  EXPECT_THAT(FaultsOf(vehicle), IsEmpty());
  vehicle.permit_number = "";
  EXPECT_THAT(FaultsOf(vehicle), ElementsAre("permit_number FIELD_REQUIRED"));
}

TEST(Vehicle, HasAVinWithoutTheLettersThatLookLikeDigits) {
  Vehicle vehicle = GoodVehicle();
  vehicle.vin = "LZZ5ELND0BD123456";
  EXPECT_THAT(FaultsOf(vehicle), IsEmpty());
  vehicle.vin = "LZZ5ELNDOBD123456";
  EXPECT_THAT(FaultsOf(vehicle), ElementsAre("vin VIN_INVALID"));
}

TEST(Vehicle, CarriesATransponderOfWholeBytesInHexadecimal) {
  Vehicle vehicle = GoodVehicle();
  for (const char* good : {"E280689400004012", "E2806894000040123456789A", "e2806894000040123456789a"}) {
    vehicle.tag_id = TagIdFrom(good);
    EXPECT_THAT(FaultsOf(vehicle), IsEmpty()) << good;
  }
  EXPECT_EQ(vehicle.tag_id, "E2806894000040123456789A") << "kept in upper case";
  const std::string too_long(50, 'A');
  for (const char* bad : {"E28068940000401", "E2806894000040", "E28068940000401G", "E280 6894 0000 4012",
                          too_long.c_str(), "E2806894000040123"}) {
    vehicle.tag_id = TagIdFrom(bad);
    EXPECT_THAT(FaultsOf(vehicle), ElementsAre("tag_id TAG_ID_INVALID")) << bad;
  }
}

TEST(Driver, MayCrossOnTheLastDayOfTheDocument) { EXPECT_THAT(FaultsOf(GoodDriver()), IsEmpty()); }

TEST(Driver, IsRefusedWithADocumentThatHasEnded) {
  Driver driver = GoodDriver();
  driver.document_expire_date = "2026-11-21";
  EXPECT_THAT(FaultsOf(driver), ElementsAre("document_expire_date DOCUMENT_EXPIRED"));
}

TEST(WatchList, NeedsAPlateACauseAndANote) {
  FieldChecks checks;
  CheckWatchListEntry({.plate_as_written = "x", .note = "a"}, checks);
  EXPECT_THAT(Faults(checks),
              ElementsAre("plate PLATE_INVALID", "cause FIELD_REQUIRED", "note TEXT_TOO_SHORT"));
}

}  // namespace
}  // namespace bordergate::vehicle
