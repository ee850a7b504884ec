// The part of PostgresFeeStore that keeps tariffs and the trips that wait for one.
#include "libs/core/reasons.h"
#include "libs/db/text_array.h"
#include "services/fee/store/names.h"
#include "services/fee/store/postgres_fee_store.h"

namespace bordergate::fee {
namespace {

using db::FromArray;
using db::NameOf;
using db::Row;
using db::Rows;
using db::ToArray;
using db::ValueOf;

std::optional<Direction> ToDirection(const Row& row) {
  if (row.IsNull("direction")) return std::nullopt;
  return ValueOf<Direction>(kDirectionNames, row.Text("direction"));
}

TariffLine ToTariffLine(const Row& row) {
  return {.line_id = row.Text("line_id"),
          .direction = ToDirection(row),
          .regimes = FromArray(row.Text("regimes")),
          .perishable_only = row.Flag("perishable_only"),
          .gross_mass_from_kg = row.Integer("gross_mass_from_kg"),
          .gross_mass_below_kg = row.Integer("gross_mass_below_kg"),
          .container_only = row.Flag("container_only"),
          .amount_dong = row.Integer("amount_dong"),
          .title_vi = row.Text("title_vi")};
}

Coefficient ToCoefficient(const Row& row) {
  return {.coefficient_id = row.Text("coefficient_id"),
          .direction = ToDirection(row),
          .regimes = FromArray(row.Text("regimes")),
          .hs_chapters = FromArray(row.Text("hs_chapters")),
          .permille = row.Integer("permille"),
          .title_vi = row.Text("title_vi")};
}

TripToPrice ToTrip(const Row& row) {
  return {.trip_id = Id<Trip>(row.Text("trip_id")),
          .enterprise_id = Id<Enterprise>(row.Text("enterprise_id")),
          .gate_id = row.Text("gate_id"),
          .load = {.direction = ValueOf<Direction>(kDirectionNames, row.Text("direction")),
                   .regime = row.Text("regime"),
                   .hs_codes = FromArray(row.Text("hs_codes")),
                   .gross_mass_kg = row.Integer("gross_mass_kg"),
                   .has_container = row.Flag("has_container")},
          .declare_time = row.Time("declare_time")};
}

}  // namespace

Result<void> PostgresFeeStore::LockPricing(std::string_view gate_id) {
  BG_TRY(transaction().Execute("SELECT pg_advisory_xact_lock(hashtextextended('pricing ' || $1, 2))",
                               {gate_id}));
  return {};
}

Result<Tariff> PostgresFeeStore::AddTariff(Tariff tariff) {
  const auto inserted = transaction().Execute(
      "INSERT INTO tariffs (gate_id, version, effective_time, source, author, reason, create_time) "
      "SELECT $1::text, coalesce(max(version), 0) + 1, $2::timestamptz, $3::text, $4::text, $5::text, "
      "$6::timestamptz FROM tariffs WHERE gate_id = $1 RETURNING tariff_id, version",
      {tariff.gate_id, tariff.effective_time, tariff.source, tariff.author, tariff.reason,
       tariff.create_time});
  BG_TRY(db::Stored(inserted, {{"tariffs_version", Error(kConflict, "another version came first")}}));
  tariff.version = static_cast<int>(inserted->front().Integer("version"));
  const int64_t tariff_id = inserted->front().Integer("tariff_id");
  for (size_t i = 0; i < tariff.lines.size(); ++i) {
    const TariffLine& line = tariff.lines[i];
    BG_TRY(transaction().Execute(
        "INSERT INTO tariff_lines (tariff_id, position, line_id, direction, regimes, perishable_only, "
        "gross_mass_from_kg, gross_mass_below_kg, container_only, amount_dong, title_vi) "
        "VALUES ($1, $2, $3, $4, $5::text[], $6, $7, $8, $9, $10, $11)",
        {tariff_id, static_cast<int64_t>(i), line.line_id, OptionalNameOf(kDirectionNames, line.direction),
         ToArray(line.regimes), line.perishable_only, line.gross_mass_from_kg, line.gross_mass_below_kg,
         line.container_only, line.amount_dong, line.title_vi}));
  }
  for (size_t i = 0; i < tariff.coefficients.size(); ++i) {
    const Coefficient& coefficient = tariff.coefficients[i];
    BG_TRY(transaction().Execute(
        "INSERT INTO tariff_coefficients (tariff_id, position, coefficient_id, direction, regimes, "
        "hs_chapters, "
        "permille, title_vi) VALUES ($1, $2, $3, $4, $5::text[], $6::text[], $7, $8)",
        {tariff_id, static_cast<int64_t>(i), coefficient.coefficient_id,
         OptionalNameOf(kDirectionNames, coefficient.direction), ToArray(coefficient.regimes),
         ToArray(coefficient.hs_chapters), coefficient.permille, coefficient.title_vi}));
  }
  return tariff;
}

Result<std::optional<Tariff>> PostgresFeeStore::TariffInForce(std::string_view gate_id, Instant time) {
  const Rows rows =
      BG_TRY(transaction().Execute("SELECT * FROM tariffs WHERE gate_id = $1 AND effective_time <= $2 "
                                   "ORDER BY effective_time DESC, version DESC LIMIT 1",
                                   {gate_id, time}));
  if (rows.empty()) return std::optional<Tariff>();
  return std::optional(BG_TRY(WithLines(rows.front())));
}

Result<PageOf<Tariff>> PostgresFeeStore::ListTariffs(std::string_view gate_id, const NumberPage& page) {
  const Rows rows = BG_TRY(transaction().Execute(
      "SELECT * FROM tariffs WHERE ($1 = '' OR gate_id = $1) AND ($2::bigint = 0 OR tariff_id < $2) "
      "ORDER BY tariff_id DESC LIMIT $3",
      {gate_id, page.after, page.size + 1}));
  PageOf<Tariff> tariffs;
  for (const Row row : rows) {
    if (tariffs.items.size() == static_cast<size_t>(page.size)) break;
    tariffs.items.push_back(BG_TRY(WithLines(row)));
  }
  if (rows.size() > tariffs.items.size()) tariffs.last_key = rows[tariffs.items.size() - 1].Text("tariff_id");
  return tariffs;
}

Result<Tariff> PostgresFeeStore::WithLines(const Row& row) {
  Tariff tariff{.gate_id = row.Text("gate_id"),
                .version = static_cast<int>(row.Integer("version")),
                .effective_time = row.Time("effective_time"),
                .source = row.Text("source"),
                .author = row.Text("author"),
                .reason = row.Text("reason"),
                .create_time = row.Time("create_time")};
  const int64_t tariff_id = row.Integer("tariff_id");
  const Rows lines = BG_TRY(transaction().Execute(
      "SELECT * FROM tariff_lines WHERE tariff_id = $1 ORDER BY position", {tariff_id}));
  for (const Row line : lines) tariff.lines.push_back(ToTariffLine(line));
  const Rows coefficients = BG_TRY(transaction().Execute(
      "SELECT * FROM tariff_coefficients WHERE tariff_id = $1 ORDER BY position", {tariff_id}));
  for (const Row coefficient : coefficients) tariff.coefficients.push_back(ToCoefficient(coefficient));
  return tariff;
}

Result<void> PostgresFeeStore::AddUnpriced(const TripToPrice& trip) {
  BG_TRY(transaction().Execute(
      "INSERT INTO unpriced_trips (trip_id, enterprise_id, gate_id, direction, regime, hs_codes, "
      "gross_mass_kg, "
      "has_container, declare_time) VALUES ($1, $2, $3, $4, $5, $6::text[], $7, $8, $9) ON CONFLICT DO "
      "NOTHING",
      {trip.trip_id, trip.enterprise_id, trip.gate_id, NameOf(kDirectionNames, trip.load.direction),
       trip.load.regime, ToArray(trip.load.hs_codes), trip.load.gross_mass_kg, trip.load.has_container,
       trip.declare_time}));
  return {};
}

Result<void> PostgresFeeStore::RemoveUnpriced(const Id<Trip>& trip_id) {
  BG_TRY(transaction().Execute("DELETE FROM unpriced_trips WHERE trip_id = $1", {trip_id}));
  return {};
}

Result<std::vector<TripToPrice>> PostgresFeeStore::ListUnpriced(std::string_view gate_id) {
  const Rows rows = BG_TRY(
      transaction().Execute("SELECT * FROM unpriced_trips WHERE gate_id = $1 ORDER BY trip_id", {gate_id}));
  std::vector<TripToPrice> trips;
  for (const Row row : rows) trips.push_back(ToTrip(row));
  return trips;
}

Result<int64_t> PostgresFeeStore::CountUnpriced() {
  return BG_TRY(transaction().Execute("SELECT count(*) AS count FROM unpriced_trips"))
      .front()
      .Integer("count");
}

}  // namespace bordergate::fee
