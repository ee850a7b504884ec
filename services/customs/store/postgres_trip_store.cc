#include "services/customs/store/postgres_trip_store.h"

#include <map>

#include <fmt/format.h>

#include "libs/db/text_array.h"
#include "libs/plate/plate.h"
#include "services/customs/domain/reasons.h"
#include "services/customs/store/names.h"

namespace bordergate::customs {
namespace {

using db::FromArray;
using db::NameOf;
using db::Row;
using db::Rows;
using db::ToArray;
using db::ValueOf;

Trip ToTrip(const Row& row) {
  return {.id = Id<Trip>(row.Text("trip_id")),
          .enterprise_id = Id<Enterprise>(row.Text("enterprise_id")),
          .gate_id = row.Text("gate_id"),
          .route = row.Text("route"),
          .direction = ValueOf<Direction>(kDirectionNames, row.Text("direction")),
          .regime = ValueOf<Regime>(kRegimeNames, row.Text("regime")),
          .expected_arrival_time = row.Time("expected_arrival_time"),
          .declaration_number = row.Text("declaration_number"),
          .declaration_kind = row.Text("declaration_kind"),
          .contact_phone = row.Text("contact_phone"),
          .plate = row.Text("plate"),
          .trailer_plate = row.Text("trailer_plate"),
          .container_number = row.Text("container_number"),
          .seal_numbers = FromArray(row.Text("seal_numbers")),
          .vehicle_id = Id<Vehicle>(row.Text("vehicle_id")),
          .driver_id = Id<Driver>(row.Text("driver_id")),
          .empty = row.Flag("empty"),
          .quarantine = {.growing_area_code = row.Text("growing_area_code"),
                         .packing_house_code = row.Text("packing_house_code"),
                         .certificate_number = row.Text("certificate_number"),
                         .driver_temperature_decicelsius =
                             static_cast<int>(row.Integer("driver_temperature_decicelsius")),
                         .health_declared = row.Flag("health_declared")},
          .state = ValueOf<TripState>(kTripStateNames, row.Text("state")),
          .workflow_version = static_cast<int>(row.Integer("workflow_version")),
          .perishable = row.Flag("perishable"),
          .declare_time = row.Time("declare_time"),
          .clear_time = row.OptionalTime("clear_time"),
          .cross_time = row.OptionalTime("cross_time"),
          .cancel_reason = row.Text("cancel_reason")};
}

GoodsLine ToGoodsLine(const Row& row) {
  return {.hs_code = row.Text("hs_code"),
          .description = row.Text("description"),
          .package_count = static_cast<int>(row.Integer("package_count")),
          .package_kind = row.Text("package_kind"),
          .gross_mass_kg = row.Integer("gross_mass_kg"),
          .net_mass_kg = row.Integer("net_mass_kg"),
          .value_minor = row.Integer("value_minor"),
          .currency_code = row.Text("currency_code"),
          .origin_country_code = row.Text("origin_country_code")};
}

Step ToStep(const Row& row) {
  return {.step_id = row.Text("step_id"),
          .role = row.Text("role"),
          .after = FromArray(row.Text("after_step_ids")),
          .state = ValueOf<StepState>(kStepStateNames, row.Text("state")),
          .acted_by = row.Text("acted_by"),
          .acted_by_name = row.Text("acted_by_name"),
          .act_time = row.OptionalTime("act_time"),
          .remark = row.Text("remark")};
}

}  // namespace

Result<void> PostgresTripStore::AddTrip(const Trip& trip) {
  const Quarantine& quarantine = trip.quarantine;
  BG_TRY(db::Stored(
      transaction().Execute(
          "INSERT INTO trips (trip_id, enterprise_id, gate_id, route, direction, regime, "
          "expected_arrival_time, "
          "declaration_number, declaration_kind, contact_phone, plate, plate_key, trailer_plate, "
          "container_number, seal_numbers, vehicle_id, driver_id, growing_area_code, packing_house_code, "
          "certificate_number, driver_temperature_decicelsius, health_declared, state, workflow_version, "
          "perishable, declare_time, clear_time, cross_time, cancel_reason, empty) "
          "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15::text[], $16, $17, $18, "
          "$19, "
          "$20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30)",
          {trip.id,
           trip.enterprise_id,
           trip.gate_id,
           trip.route,
           NameOf(kDirectionNames, *trip.direction),
           NameOf(kRegimeNames, *trip.regime),
           trip.expected_arrival_time,
           trip.declaration_number,
           trip.declaration_kind,
           trip.contact_phone,
           trip.plate,
           PlateKey(trip.plate),
           trip.trailer_plate,
           trip.container_number,
           ToArray(trip.seal_numbers),
           trip.vehicle_id,
           trip.driver_id,
           quarantine.growing_area_code,
           quarantine.packing_house_code,
           quarantine.certificate_number,
           quarantine.driver_temperature_decicelsius,
           quarantine.health_declared,
           NameOf(kTripStateNames, trip.state),
           trip.workflow_version,
           trip.perishable,
           trip.declare_time,
           trip.clear_time,
           trip.cross_time,
           trip.cancel_reason,
           trip.empty}),
      {{"trips_open", Error(kVehicleHasOpenTrip, "the truck is on a trip that has not crossed")}}));
  BG_TRY(AddGoods(trip));
  return AddSteps(trip);
}

Result<void> PostgresTripStore::AddGoods(const Trip& trip) {
  for (size_t i = 0; i < trip.goods.size(); ++i) {
    const GoodsLine& line = trip.goods[i];
    BG_TRY(transaction().Execute(
        "INSERT INTO trip_goods (trip_id, position, hs_code, description, package_count, package_kind, "
        "gross_mass_kg, net_mass_kg, value_minor, currency_code, origin_country_code) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        {trip.id, static_cast<int64_t>(i), line.hs_code, line.description, line.package_count,
         line.package_kind, line.gross_mass_kg, line.net_mass_kg, line.value_minor, line.currency_code,
         line.origin_country_code}));
  }
  return {};
}

Result<void> PostgresTripStore::AddSteps(const Trip& trip) {
  for (size_t i = 0; i < trip.steps.size(); ++i) {
    const Step& step = trip.steps[i];
    BG_TRY(
        transaction().Execute("INSERT INTO trip_steps (trip_id, position, step_id, role, after_step_ids, "
                              "state, acted_by, acted_by_name, "
                              "act_time, remark) VALUES ($1, $2, $3, $4, $5::text[], $6, $7, $8, $9, $10)",
                              {trip.id, static_cast<int64_t>(i), step.step_id, step.role, ToArray(step.after),
                               NameOf(kStepStateNames, step.state), step.acted_by, step.acted_by_name,
                               step.act_time, step.remark}));
  }
  return {};
}

Result<Trip> PostgresTripStore::FindTrip(const Id<Trip>& id) {
  return One(BG_TRY(transaction().Execute("SELECT * FROM trips WHERE trip_id = $1", {id})));
}

Result<Trip> PostgresTripStore::LockTrip(const Id<Trip>& id) {
  return One(BG_TRY(transaction().Execute("SELECT * FROM trips WHERE trip_id = $1 FOR UPDATE", {id})));
}

Result<Trip> PostgresTripStore::One(const Rows& rows) {
  if (rows.empty()) return Error(kTripNotFound, "there is no such trip");
  std::vector<Trip> trips = {ToTrip(rows.front())};
  BG_TRY(FillIn(trips));
  return std::move(trips.front());
}

Result<void> PostgresTripStore::FillIn(std::vector<Trip>& trips) {
  std::map<std::string, Trip*, std::less<>> by_id;
  std::vector<std::string> ids;
  for (Trip& trip : trips) {
    by_id[trip.id.value()] = &trip;
    ids.push_back(trip.id.value());
  }
  const Rows goods = BG_TRY(transaction().Execute(
      "SELECT * FROM trip_goods WHERE trip_id = ANY ($1::text[]) ORDER BY trip_id, position",
      {ToArray(ids)}));
  for (const Row row : goods) by_id[row.Text("trip_id")]->goods.push_back(ToGoodsLine(row));
  const Rows steps = BG_TRY(transaction().Execute(
      "SELECT * FROM trip_steps WHERE trip_id = ANY ($1::text[]) ORDER BY trip_id, position",
      {ToArray(ids)}));
  for (const Row row : steps) by_id[row.Text("trip_id")]->steps.push_back(ToStep(row));
  return {};
}

Result<void> PostgresTripStore::SaveProgress(const Trip& trip) {
  BG_TRY(transaction().Execute(
      "UPDATE trips SET state = $2, clear_time = $3, cross_time = $4, cancel_reason = $5 WHERE trip_id = $1",
      {trip.id, NameOf(kTripStateNames, trip.state), trip.clear_time, trip.cross_time, trip.cancel_reason}));
  for (const Step& step : trip.steps) {
    BG_TRY(transaction().Execute(
        "UPDATE trip_steps SET state = $3, acted_by = $4, acted_by_name = $5, act_time = $6, remark = $7 "
        "WHERE trip_id = $1 AND step_id = $2",
        {trip.id, step.step_id, NameOf(kStepStateNames, step.state), step.acted_by, step.acted_by_name,
         step.act_time, step.remark}));
  }
  return {};
}

Result<std::optional<Id<Trip>>> PostgresTripStore::FindOpenTrip(std::string_view plate_key) {
  const Rows rows = BG_TRY(transaction().Execute(
      "SELECT trip_id FROM trips WHERE plate_key = $1 AND state IN ('declared', 'held', 'cleared')",
      {plate_key}));
  if (rows.empty()) return std::optional<Id<Trip>>();
  return std::optional(Id<Trip>(rows.front().Text("trip_id")));
}

Result<PageOf<Trip>> PostgresTripStore::ListTrips(const TripFilter& filter, const Page& page) {
  std::optional<std::string_view> state;
  if (filter.state) state = NameOf(kTripStateNames, *filter.state);
  // Ids grow with time.
  const std::string_view order = filter.oldest_first
                                     ? "AND trip_id > $5 ORDER BY trip_id LIMIT $6"
                                     : "AND ($5 = '' OR trip_id < $5) ORDER BY trip_id DESC LIMIT $6";
  const Rows rows = BG_TRY(transaction().Execute(
      fmt::format("SELECT * FROM trips WHERE ($1::text IS NULL OR enterprise_id = $1) "
                  "AND ($2::text[] = '{{}}' OR gate_id = ANY ($2::text[])) AND ($3 = '' OR gate_id = $3) "
                  "AND ($4::text IS NULL OR state = $4) "
                  "AND ($7::text[] = '{{}}' OR state IN ('declared', 'held') AND trip_id IN "
                  "(SELECT trip_id FROM trip_steps WHERE state = 'open' AND role = ANY ($7::text[]))) {}",
                  order),
      {filter.enterprise_id, ToArray(filter.gate_ids), filter.gate_id, state, page.after, page.size + 1,
       ToArray(filter.open_step_roles)}));
  PageOf<Trip> trips = db::ToPage<Trip>(rows, page, ToTrip, [](const Trip& trip) { return trip.id.value(); });
  BG_TRY(FillIn(trips.items));
  return trips;
}

Result<bool> PostgresTripStore::AddCrossing(const Crossing& crossing, std::optional<TripState> found_in) {
  std::optional<std::string_view> state;
  if (found_in) state = NameOf(kTripStateNames, *found_in);
  const Rows rows = BG_TRY(transaction().Execute(
      "INSERT INTO crossings (passage_id, trip_id, lane_id, cross_time, found_in) VALUES ($1, $2, $3, $4, "
      "$5) "
      "ON CONFLICT DO NOTHING",
      {crossing.passage_id, crossing.trip_id, crossing.lane_id, crossing.cross_time, state}));
  return rows.affected() == 1;
}

}  // namespace bordergate::customs
