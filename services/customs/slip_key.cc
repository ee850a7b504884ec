#include "services/customs/slip_key.h"

#include "libs/rpc/key_file.h"

namespace bordergate::customs {

Result<SlipKey> ReadSlipKey(const CustomsConfig& config) {
  const std::string seed = BG_TRY(ReadEd25519Seed(config.slip_key_file));
  return SlipKey{.id = config.slip_key_id, .seed = seed, .lifetime = config.slip_lifetime};
}

}  // namespace bordergate::customs
