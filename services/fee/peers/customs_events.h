// What fee takes from customs' events.
#pragma once

#include "bordergate/customs/v1/customs_service.pb.h"

#include "services/fee/domain/fee_store.h"

namespace bordergate::fee {

// A trip as fee needs to know it.
TripToPrice ToTripToPrice(const customs::v1::Trip& trip);

}  // namespace bordergate::fee
