// The key that signs assertions: its file, and whether the others can check what it signs.
#pragma once

#include <string>

#include "services/identity/api/token_api.h"
#include "services/identity/config.h"

namespace bordergate::identity {

// Ends the program with one line when the file holds no key.
AssertionKey ReadKeyOrExit(const IdentityConfig& config);

// Signs an assertion as for a caller and checks it as every server does. For readiness: with a public half
// that is missing or of another key, everybody would be refused everywhere.
//   errors   ASSERTION_INVALID
Result<void> CheckKey(const AssertionKey& key, const std::string& public_key_folder, const Clock& clock);

}  // namespace bordergate::identity
