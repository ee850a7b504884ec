#include "services/fee/peers/customs_events.h"

#include "libs/rpc/time.h"

namespace bordergate::fee {

TripToPrice ToTripToPrice(const customs::v1::Trip& trip) {
  TripToPrice result{
      .trip_id = Id<Trip>(trip.trip_id()),
      .enterprise_id = Id<Enterprise>(trip.enterprise_id()),
      .gate_id = trip.gate_id(),
      .load = {.direction =
                   trip.direction() == common::v1::DIRECTION_IMPORT ? Direction::kImport : Direction::kExport,
               .regime = customs::v1::Regime_Name(trip.regime()),
               .has_container = !trip.vehicle().container_number().empty()},
      .declare_time = rpc::ToInstant(trip.declare_time())};
  for (const customs::v1::GoodsLine& line : trip.goods()) {
    result.load.hs_codes.push_back(line.hs_code());
    result.load.gross_mass_kg += line.gross_mass_kg();
  }
  return result;
}

}  // namespace bordergate::fee
