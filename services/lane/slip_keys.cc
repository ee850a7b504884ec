#include "services/lane/slip_keys.h"

#include <filesystem>

#include "libs/rpc/key_file.h"

namespace bordergate::lane {

FindSlipKey SlipKeysIn(const std::string& folder) {
  return [folder](const std::string& key_id) -> Result<std::string> {
    if (folder.empty()) return Error(kKeyFileInvalid, "slip.public_key_folder is not set");
    return ReadEd25519PublicKey(std::filesystem::path(folder) / (key_id + ".pub"));
  };
}

}  // namespace bordergate::lane
