#include "services/vehicle/store/postgres_vehicle_store.h"

#include "libs/plate/plate.h"
#include "services/vehicle/domain/reasons.h"
#include "services/vehicle/store/names.h"

namespace bordergate::vehicle {
namespace {

using db::Row;
using db::Rows;

// The error of an INSERT or UPDATE, with a broken unique constraint turned into the reason that belongs to
// it.
Result<void> Inserted(const Result<Rows>& result,
                      std::initializer_list<std::pair<std::string_view, Error>> by_constraint) {
  if (result) return {};
  if (!result.error().Is(db::kUniqueViolation)) return result.error();
  for (const auto& [constraint, error] : by_constraint) {
    if (result.error().metadata().at("constraint") == constraint) return error;
  }
  return result.error();
}

Enterprise ToEnterprise(const Row& row) {
  return {.id = Id<Enterprise>(row.Text("enterprise_id")),
          .name = row.Text("name"),
          .tax_code = row.Text("tax_code"),
          .address = row.Text("address"),
          .phone = row.Text("phone"),
          .register_time = row.Time("register_time")};
}

Vehicle ToVehicle(const Row& row) {
  return {.id = Id<Vehicle>(row.Text("vehicle_id")),
          .enterprise_id = Id<Enterprise>(row.Text("enterprise_id")),
          .kind = ValueOf<VehicleKind>(kVehicleKindNames, row.Text("kind")),
          .plate_as_written = row.Text("plate"),
          .vin = row.Text("vin"),
          .axle_count = static_cast<int>(row.Integer("axle_count")),
          .tare_kg = static_cast<int>(row.Integer("tare_kg")),
          .permitted_mass_kg = static_cast<int>(row.Integer("permitted_mass_kg")),
          .permit_number = row.Text("permit_number"),
          .permit_expire_date = row.Text("permit_expire_date"),
          .tag_id = row.Text("tag_id"),
          .register_time = row.Time("register_time")};
}

Driver ToDriver(const Row& row) {
  return {.id = Id<Driver>(row.Text("driver_id")),
          .enterprise_id = Id<Enterprise>(row.Text("enterprise_id")),
          .name = row.Text("name"),
          .nationality_code = row.Text("nationality_code"),
          .document_kind = ValueOf<DocumentKind>(kDocumentKindNames, row.Text("document_kind")),
          .document_number = row.Text("document_number"),
          .document_expire_date = row.Text("document_expire_date"),
          .phone = row.Text("phone"),
          .register_time = row.Time("register_time")};
}

WatchListEntry ToWatchListEntry(const Row& row) {
  return {.id = Id<WatchListEntry>(row.Text("watch_list_entry_id")),
          .plate_as_written = row.Text("plate"),
          .cause = ValueOf<WatchCause>(kWatchCauseNames, row.Text("cause")),
          .note = row.Text("note"),
          .added_by = row.Text("added_by"),
          .add_time = row.Time("add_time"),
          .remove_time = row.OptionalTime("remove_time")};
}

template <class Item, class Convert>
PageOf<Item> ToPage(const Rows& rows, const Page& page, Convert convert) {
  std::vector<Item> items;
  for (const Row row : rows) items.push_back(convert(row));
  return CutPage(std::move(items), page, [](const Item& item) { return item.id.value(); });
}

}  // namespace

Result<void> PostgresVehicleStore::AddEnterprise(const Enterprise& enterprise) {
  return Inserted(
      transaction().Execute(
          "INSERT INTO enterprises (enterprise_id, name, tax_code, address, phone, register_time) "
          "VALUES ($1, $2, $3, $4, $5, $6)",
          {enterprise.id, enterprise.name, enterprise.tax_code, enterprise.address, enterprise.phone,
           enterprise.register_time}),
      {{"enterprises_id", Error(kEnterpriseAlreadyRegistered, "this account's enterprise is registered")},
       {"enterprises_tax_code",
        Error(kTaxCodeTaken, "another enterprise is registered under this tax code")}});
}

Result<Enterprise> PostgresVehicleStore::FindEnterprise(const Id<Enterprise>& id) {
  const Rows rows = BG_TRY(transaction().Execute("SELECT * FROM enterprises WHERE enterprise_id = $1", {id}));
  if (rows.empty()) return Error(kEnterpriseNotFound, "there is no such enterprise");
  return ToEnterprise(rows.front());
}

Result<void> PostgresVehicleStore::AddVehicle(const Vehicle& vehicle) {
  return Inserted(transaction().Execute(
                      "INSERT INTO vehicles (vehicle_id, enterprise_id, kind, plate, plate_key, vin, "
                      "axle_count, tare_kg, "
                      "permitted_mass_kg, permit_number, permit_expire_date, tag_id, register_time) "
                      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
                      {vehicle.id, vehicle.enterprise_id, NameOf(kVehicleKindNames, *vehicle.kind),
                       vehicle.plate_as_written, PlateKey(vehicle.plate_as_written), vehicle.vin,
                       vehicle.axle_count, vehicle.tare_kg, vehicle.permitted_mass_kg, vehicle.permit_number,
                       vehicle.permit_expire_date, vehicle.tag_id, vehicle.register_time}),
                  {{"vehicles_plate", Error(kPlateTaken, "a vehicle is registered under this plate")},
                   {"vehicles_vin", Error(kVinTaken, "a vehicle is registered under this VIN")},
                   {"vehicles_tag", Error(kTagTaken, "another vehicle carries this transponder")}});
}

Result<Vehicle> PostgresVehicleStore::FindVehicle(const Id<Vehicle>& id) {
  const Rows rows = BG_TRY(transaction().Execute("SELECT * FROM vehicles WHERE vehicle_id = $1", {id}));
  if (rows.empty()) return Error(kVehicleNotFound, "there is no such vehicle");
  return ToVehicle(rows.front());
}

Result<Vehicle> PostgresVehicleStore::LockVehicle(const Id<Vehicle>& id) {
  const Rows rows =
      BG_TRY(transaction().Execute("SELECT * FROM vehicles WHERE vehicle_id = $1 FOR UPDATE", {id}));
  if (rows.empty()) return Error(kVehicleNotFound, "there is no such vehicle");
  return ToVehicle(rows.front());
}

Result<void> PostgresVehicleStore::ChangeTag(const Vehicle& vehicle) {
  return Inserted(transaction().Execute("UPDATE vehicles SET tag_id = $2 WHERE vehicle_id = $1",
                                        {vehicle.id, vehicle.tag_id}),
                  {{"vehicles_tag", Error(kTagTaken, "another vehicle carries this transponder")}});
}

Result<Vehicle> PostgresVehicleStore::FindVehicleByPlate(std::string_view plate_key) {
  const Rows rows = BG_TRY(transaction().Execute("SELECT * FROM vehicles WHERE plate_key = $1", {plate_key}));
  if (rows.empty()) return Error(kVehicleNotFound, "no vehicle is registered under this plate");
  return ToVehicle(rows.front());
}

Result<PageOf<Vehicle>> PostgresVehicleStore::ListVehicles(const std::optional<Id<Enterprise>>& owner,
                                                           const Page& page) {
  const Rows rows =
      BG_TRY(transaction().Execute("SELECT * FROM vehicles WHERE ($1::text IS NULL OR enterprise_id = $1) "
                                   "AND ($2 = '' OR vehicle_id < $2) "
                                   "ORDER BY vehicle_id DESC LIMIT $3",
                                   {owner, page.after, page.size + 1}));
  return ToPage<Vehicle>(rows, page, ToVehicle);
}

Result<void> PostgresVehicleStore::AddDriver(const Driver& driver) {
  return Inserted(transaction().Execute(
                      "INSERT INTO drivers (driver_id, enterprise_id, name, nationality_code, document_kind, "
                      "document_number, document_expire_date, phone, register_time) "
                      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                      {driver.id, driver.enterprise_id, driver.name, driver.nationality_code,
                       NameOf(kDocumentKindNames, *driver.document_kind), driver.document_number,
                       driver.document_expire_date, driver.phone, driver.register_time}),
                  {{"drivers_document", Error(kDocumentTaken, "a driver with this document is registered")}});
}

Result<Driver> PostgresVehicleStore::FindDriver(const Id<Driver>& id) {
  const Rows rows = BG_TRY(transaction().Execute("SELECT * FROM drivers WHERE driver_id = $1", {id}));
  if (rows.empty()) return Error(kDriverNotFound, "there is no such driver");
  return ToDriver(rows.front());
}

Result<PageOf<Driver>> PostgresVehicleStore::ListDrivers(const Id<Enterprise>& owner, const Page& page) {
  const Rows rows =
      BG_TRY(transaction().Execute("SELECT * FROM drivers WHERE enterprise_id = $1 AND ($2 = '' OR driver_id "
                                   "< $2) ORDER BY driver_id DESC LIMIT $3",
                                   {owner, page.after, page.size + 1}));
  return ToPage<Driver>(rows, page, ToDriver);
}

Result<void> PostgresVehicleStore::AddWatchListEntry(const WatchListEntry& entry) {
  return Inserted(
      transaction().Execute(
          "INSERT INTO watch_list (watch_list_entry_id, plate, plate_key, cause, note, added_by, add_time) "
          "VALUES ($1, $2, $3, $4, $5, $6, $7)",
          {entry.id, entry.plate_as_written, PlateKey(entry.plate_as_written),
           NameOf(kWatchCauseNames, *entry.cause), entry.note, entry.added_by, entry.add_time}),
      {{"watch_list_in_force", Error(kPlateAlreadyWatched, "the plate is on the watch list")}});
}

Result<WatchListEntry> PostgresVehicleStore::LockWatchListEntry(const Id<WatchListEntry>& id) {
  const Rows rows = BG_TRY(
      transaction().Execute("SELECT * FROM watch_list WHERE watch_list_entry_id = $1 FOR UPDATE", {id}));
  if (rows.empty()) return Error(kWatchListEntryNotFound, "there is no such entry");
  return ToWatchListEntry(rows.front());
}

Result<void> PostgresVehicleStore::EndWatchListEntry(const WatchListEntry& entry, std::string_view removed_by,
                                                     std::string_view reason) {
  BG_TRY(
      transaction().Execute("UPDATE watch_list SET remove_time = $2, removed_by = $3, remove_reason = $4 "
                            "WHERE watch_list_entry_id = $1",
                            {entry.id, entry.remove_time, removed_by, reason}));
  return {};
}

Result<PageOf<WatchListEntry>> PostgresVehicleStore::ListWatchList(const Page& page) {
  const Rows rows = BG_TRY(transaction().Execute(
      "SELECT * FROM watch_list WHERE remove_time IS NULL AND ($1 = '' OR watch_list_entry_id < $1) "
      "ORDER BY watch_list_entry_id DESC LIMIT $2",
      {page.after, page.size + 1}));
  return ToPage<WatchListEntry>(rows, page, ToWatchListEntry);
}

}  // namespace bordergate::vehicle
