#include "services/lane/domain/lease.h"

#include "libs/core/digest.h"

namespace bordergate::lane {

bool HoldsLease(const LeaseShare& share, std::string_view trip_id) {
  if (share.of == 1) return true;
  const auto first = static_cast<unsigned char>(Sha256(trip_id).front());
  return first % share.of == share.number - 1;
}

}  // namespace bordergate::lane
