// The public keys of slips, as files of a folder.
#pragma once

#include <string>

#include "libs/slip/slip.h"

namespace bordergate::lane {

// Looks for <key_id>.pub (PEM, Ed25519) in the folder at each call, so that a key is given by putting its
// file there and withdrawn by taking it away. A folder that is empty text knows no key.
//   errors   KEY_FILE_INVALID
FindSlipKey SlipKeysIn(const std::string& folder);

}  // namespace bordergate::lane
