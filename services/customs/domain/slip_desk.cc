#include "services/customs/domain/slip_desk.h"

#include "libs/core/check.h"
#include "libs/plate/plate.h"
#include "services/customs/domain/reasons.h"

namespace bordergate::customs {
namespace {

constexpr std::chrono::minutes kClockSkewMax{5};

}  // namespace

Result<SignedSlip> MakeSlip(const Trip& trip, const SlipKey& key, Instant now) {
  if (!IsOpen(trip.state)) return Error(kTripClosed, "the trip has crossed or is cancelled");
  BG_CHECK(trip.direction.has_value(), "a declared trip has a direction");
  const auto second = std::chrono::floor<seconds>(now);
  SignedSlip made;
  made.slip = {.key_id = key.id,
               .trip_id = trip.id.value(),
               .gate_id = trip.gate_id,
               .plate = NormalisePlate(trip.plate),
               .trailer_plate = NormalisePlate(trip.trailer_plate),
               .is_export = trip.direction == Direction::kExport,
               .valid_from = second - kClockSkewMax,
               .valid_until = second + key.lifetime};
  made.text = SignSlip(made.slip, key.seed);
  return made;
}

}  // namespace bordergate::customs
