// The key that signs slips, from the configuration.
#pragma once

#include "services/customs/config.h"
#include "services/customs/domain/slip_desk.h"

namespace bordergate::customs {

//   errors   KEY_FILE_INVALID
Result<SlipKey> ReadSlipKey(const CustomsConfig& config);

}  // namespace bordergate::customs
