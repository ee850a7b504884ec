// Goal: each verb does its work once, for those who may, and tells everybody. Method: the handlers over a
// private PostgreSQL, called by an enterprise, by another one, and by officers. (Who may call at all is the
// server's part: libs/rpc/server_test.cc.)
#include "services/vehicle/api/vehicle_api.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "embedded/vehicle_store.h"
#include "libs/core/reasons.h"
#include "libs/db/event_log.h"
#include "libs/db/migrate.h"
#include "libs/testing/callers.h"
#include "libs/testing/manual_clock.h"
#include "libs/testing/test_postgres.h"
#include "services/vehicle/domain/reasons.h"
#include "services/vehicle/store/postgres_vehicle_store.h"

namespace bordergate::vehicle {
namespace {

using ::testing::ElementsAre;

constexpr const char* kTag = "E2806894000040123456789A";

class VehicleApiTest : public ::testing::Test, protected Callers {
 protected:
  VehicleApiTest() {
    EXPECT_TRUE(db::Migrate(database_, clock_, embedded::vehicle_store::migrations()).has_value());
  }

  v1::RegisterEnterpriseRequest EnterpriseForm(const std::string& tax_code) {
    v1::RegisterEnterpriseRequest request;
    request.set_request_id("enterprise-" + tax_code);
    request.set_name("Công ty Rau quả");
    request.set_tax_code(tax_code);
    request.set_address("Lạng Sơn");
    request.set_phone("0912345678");
    return request;
  }
  v1::RegisterVehicleRequest VehicleForm(const std::string& plate) {
    v1::RegisterVehicleRequest request;
    request.set_request_id("vehicle-" + std::to_string(++forms_));
    request.set_kind(v1::Vehicle::KIND_TRUCK);
    request.set_plate(plate);
    request.set_axle_count(3);
    request.set_tare_kg(8'000);
    request.set_permitted_mass_kg(24'000);
    return request;
  }
  v1::SetVehicleTagRequest TagForm(const std::string& vehicle_id, const std::string& tag_id) {
    v1::SetVehicleTagRequest request;
    request.set_request_id("tag-form-" + std::to_string(++forms_));
    request.set_vehicle_id(vehicle_id);
    request.set_tag_id(tag_id);
    return request;
  }
  Result<v1::GetVehicleResponse> GetFrom(const rpc::CallContext& caller, const std::string& vehicle_id) {
    v1::GetVehicleRequest request;
    request.set_vehicle_id(vehicle_id);
    return api_.GetVehicle(caller, request);
  }
  void RegisterBoth() {
    ASSERT_TRUE(api_.RegisterEnterprise(Lan(), EnterpriseForm("4900123456")).has_value());
    ASSERT_TRUE(api_.RegisterEnterprise(Minh(), EnterpriseForm("4900123457")).has_value());
  }
  std::vector<std::string> EventKinds() {
    std::vector<std::string> kinds;
    const auto events = events_.ReadAfter(0, 100).value();
    for (const auto& event : events) kinds.push_back(event.kind);
    return kinds;
  }

  int forms_ = 0;
  SystemClock clock_;
  SystemRandom random_;
  IdMaker ids_{clock_, random_};
  Telemetry telemetry_{"vehicle", "error"};
  db::Database database_{TestPostgres::Get().NewDatabase(), telemetry_, clock_};
  db::EventLog events_{database_, telemetry_, clock_};
  db::PostgresUnitOfWork<VehicleStore, PostgresVehicleStore> vehicles_{database_, clock_};
  VehicleApi api_{vehicles_, ids_, clock_};
};

TEST_F(VehicleApiTest, RegistersAnEnterpriseOnce) {
  const auto request = EnterpriseForm("4900123456");
  ASSERT_TRUE(api_.RegisterEnterprise(Lan(), request).has_value());
  EXPECT_EQ(api_.RegisterEnterprise(Lan(), request)->enterprise().enterprise_id(), "enterprise_1");
  auto again = EnterpriseForm("4900123458");
  EXPECT_TRUE(api_.RegisterEnterprise(Lan(), again).error().Is(kEnterpriseAlreadyRegistered));
  EXPECT_TRUE(api_.RegisterEnterprise(Minh(), request).error().Is(kTaxCodeTaken));
  EXPECT_THAT(EventKinds(), ElementsAre("enterprise.registered"));
}

TEST_F(VehicleApiTest, RefusesAnotherRequestUnderTheSameId) {
  ASSERT_TRUE(api_.RegisterEnterprise(Lan(), EnterpriseForm("4900123456")).has_value());
  auto other = EnterpriseForm("4900123459");
  other.set_request_id("enterprise-4900123456");
  EXPECT_TRUE(api_.RegisterEnterprise(Lan(), other).error().Is(kRequestIdReused));
}

TEST_F(VehicleApiTest, RegistersVehiclesOfRegisteredEnterprisesOnly) {
  EXPECT_TRUE(api_.RegisterVehicle(Lan(), VehicleForm("12C-345.67")).error().Is(kEnterpriseNotRegistered));
  RegisterBoth();
  EXPECT_EQ(api_.RegisterVehicle(Lan(), VehicleForm("12C-345.67"))->vehicle().plate().normalised(),
            "12C34567");
}

TEST_F(VehicleApiTest, TakesAPlateOnceHoweverItIsWritten) {
  RegisterBoth();
  ASSERT_TRUE(api_.RegisterVehicle(Lan(), VehicleForm("29Đ-123.45")).has_value());
  EXPECT_TRUE(api_.RegisterVehicle(Minh(), VehicleForm("29d12345")).error().Is(kPlateTaken));
}

TEST_F(VehicleApiTest, WritesNothingOfAWrongForm) {
  RegisterBoth();
  auto request = VehicleForm("42C-12345");
  request.set_axle_count(0);
  const Error error = api_.RegisterVehicle(Lan(), request).error();
  EXPECT_TRUE(error.Is(kInvalidField));
  EXPECT_EQ(error.fields().size(), 2u);
  EXPECT_EQ(api_.ListVehicles(Lan(), {})->vehicles_size(), 0);
  EXPECT_EQ(EventKinds().size(), 2u);
}

TEST_F(VehicleApiTest, ShowsAVehicleToItsOwnerAndToOfficersOnly) {
  RegisterBoth();
  v1::GetVehicleRequest get;
  get.set_vehicle_id(api_.RegisterVehicle(Lan(), VehicleForm("12C-345.67"))->vehicle().vehicle_id());
  v1::FindVehicleRequest find;
  find.set_plate("12c34567");
  EXPECT_TRUE(api_.GetVehicle(Lan(), get).has_value());
  EXPECT_TRUE(api_.GetVehicle(Guard(), get).has_value());
  EXPECT_TRUE(api_.GetVehicle(Minh(), get).error().Is(kVehicleNotFound));
  EXPECT_EQ(api_.FindVehicle(Lan(), find)->vehicle().vehicle_id(), get.vehicle_id());
  EXPECT_TRUE(api_.FindVehicle(Minh(), find).error().Is(kVehicleNotFound));
  EXPECT_EQ(api_.ListVehicles(Minh(), {})->vehicles_size(), 0);
  EXPECT_EQ(api_.ListVehicles(Guard(), {})->vehicles_size(), 1);
}

TEST_F(VehicleApiTest, GivesOneTransponderToOneVehicle) {
  RegisterBoth();
  auto form = VehicleForm("12C-345.67");
  form.set_tag_id("e2806894000040123456789a");
  const auto first = api_.RegisterVehicle(Lan(), form)->vehicle();
  EXPECT_EQ(first.tag_id(), kTag);
  auto second = VehicleForm("29C-123.45");
  second.set_tag_id(kTag);
  EXPECT_TRUE(api_.RegisterVehicle(Minh(), second).error().Is(kTagTaken));
  second.clear_tag_id();
  const auto other = api_.RegisterVehicle(Minh(), second)->vehicle();
  EXPECT_EQ(other.tag_id(), "");
  EXPECT_TRUE(api_.SetVehicleTag(Minh(), TagForm(other.vehicle_id(), kTag)).error().Is(kTagTaken));

  EXPECT_EQ(api_.SetVehicleTag(Lan(), TagForm(first.vehicle_id(), ""))->vehicle().tag_id(), "");
  EXPECT_EQ(api_.SetVehicleTag(Minh(), TagForm(other.vehicle_id(), kTag))->vehicle().tag_id(), kTag)
      << "it was taken off the first";
  EXPECT_EQ(GetFrom(Guard(), other.vehicle_id())->vehicle().tag_id(), kTag);
}

TEST_F(VehicleApiTest, ChangesATransponderOnceAndTellsHowTheVehicleIsNow) {
  RegisterBoth();
  const auto vehicle = api_.RegisterVehicle(Lan(), VehicleForm("12C-345.67"))->vehicle();
  const auto form = TagForm(vehicle.vehicle_id(), "e2806894000040123456789a");
  EXPECT_EQ(api_.SetVehicleTag(Lan(), form)->vehicle().tag_id(), kTag);
  EXPECT_EQ(api_.SetVehicleTag(Lan(), form)->vehicle().tag_id(), kTag) << "the same request";
  EXPECT_EQ(api_.SetVehicleTag(Lan(), TagForm(vehicle.vehicle_id(), kTag))->vehicle().tag_id(), kTag)
      << "nothing to change";
  EXPECT_THAT(EventKinds(), ElementsAre("enterprise.registered", "enterprise.registered",
                                        "vehicle.registered", "vehicle.tag_changed"));
  v1::VehicleEvent event;
  ASSERT_TRUE(event.ParseFromString(events_.ReadAfter(0, 100)->back().body));
  EXPECT_EQ(event.vehicle().tag_id(), kTag);
  EXPECT_EQ(event.vehicle().plate().normalised(), "12C34567") << "the vehicle as it is";
}

TEST_F(VehicleApiTest, ChangesNoTransponderOfAnotherEnterpriseNorToSomethingElse) {
  RegisterBoth();
  const auto vehicle = api_.RegisterVehicle(Lan(), VehicleForm("12C-345.67"))->vehicle();
  EXPECT_TRUE(api_.SetVehicleTag(Minh(), TagForm(vehicle.vehicle_id(), kTag)).error().Is(kVehicleNotFound));
  EXPECT_TRUE(api_.SetVehicleTag(Lan(), TagForm("vehicle_none", kTag)).error().Is(kVehicleNotFound));
  const Error error = api_.SetVehicleTag(Lan(), TagForm("vehicle_none", "12C-345.67")).error();
  EXPECT_TRUE(error.Is(kInvalidField)) << "checked before the vehicle is looked for";
  EXPECT_EQ(error.fields().front().reason, "TAG_ID_INVALID");
  EXPECT_EQ(GetFrom(Lan(), vehicle.vehicle_id())->vehicle().tag_id(), "");
  EXPECT_EQ(EventKinds().size(), 3u);
}

TEST_F(VehicleApiTest, ListsInPagesNewestFirst) {
  RegisterBoth();
  for (int i = 0; i < 5; ++i)
    ASSERT_TRUE(api_.RegisterVehicle(Lan(), VehicleForm("12C-1000" + std::to_string(i))).has_value());
  v1::ListVehiclesRequest request;
  request.set_page_size(2);
  std::set<std::string> seen;
  do {
    const auto page = api_.ListVehicles(Lan(), request).value();
    for (const auto& vehicle : page.vehicles()) seen.insert(vehicle.plate().normalised());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(seen.size(), 5u);
}

TEST_F(VehicleApiTest, TellsNobodyADriversDocument) {
  RegisterBoth();
  v1::RegisterDriverRequest request;
  request.set_request_id("driver-0001");
  request.set_name("Nguyễn Văn An");
  request.set_nationality_code("VN");
  request.set_document_kind(v1::Driver::DOCUMENT_KIND_PASSPORT);
  request.set_document_number("C1234567");
  request.set_document_expire_date("2099-01-01");
  request.set_phone("0912345678");
  v1::GetDriverRequest get;
  get.set_driver_id(api_.RegisterDriver(Lan(), request)->driver().driver_id());
  EXPECT_EQ(api_.GetDriver(Guard(), get)->driver().document_number(), "C1234567");
  EXPECT_TRUE(api_.GetDriver(Minh(), get).error().Is(kDriverNotFound));
  v1::VehicleEvent event;
  ASSERT_TRUE(event.ParseFromString(events_.ReadAfter(0, 100)->back().body));
  EXPECT_EQ(event.driver().name(), "Nguyễn Văn An");
  EXPECT_EQ(event.driver().document_number(), "");
  EXPECT_EQ(event.driver().phone(), "");
}

TEST_F(VehicleApiTest, WatchesAPlateUntilTheEntryIsRemoved) {
  v1::AddWatchListEntryRequest add;
  add.set_request_id("watch-add-1");
  add.set_plate("12C-345.67");
  add.set_cause(v1::WatchListEntry::CAUSE_STOLEN);
  add.set_note("báo mất ngày 20/11");
  const auto entry = api_.AddWatchListEntry(Guard(), add)->watch_list_entry();
  EXPECT_EQ(entry.added_by(), "person_guard");
  add.set_request_id("watch-add-2");
  EXPECT_TRUE(api_.AddWatchListEntry(Guard(), add).error().Is(kPlateAlreadyWatched));

  v1::RemoveWatchListEntryRequest remove;
  remove.set_request_id("watch-remove-1");
  remove.set_watch_list_entry_id(entry.watch_list_entry_id());
  remove.set_reason("đã tìm thấy xe");
  EXPECT_TRUE(api_.RemoveWatchListEntry(Guard(), remove)->watch_list_entry().has_remove_time());
  remove.set_request_id("watch-remove-2");
  EXPECT_TRUE(api_.RemoveWatchListEntry(Guard(), remove).has_value());
  EXPECT_EQ(api_.ListWatchList(Guard(), {})->watch_list_entries_size(), 0);
  EXPECT_THAT(EventKinds(), ElementsAre("watch_list.entry_added", "watch_list.entry_removed"));
  remove.set_request_id("watch-remove-3");
  remove.set_watch_list_entry_id("watch_none");
  EXPECT_TRUE(api_.RemoveWatchListEntry(Guard(), remove).error().Is(kWatchListEntryNotFound));
}

}  // namespace
}  // namespace bordergate::vehicle
