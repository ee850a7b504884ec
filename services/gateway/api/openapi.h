// The REST interface as an OpenAPI 3.1 document, made from the contract alone.
#pragma once

#include <string>

#include "services/gateway/api/contract.h"

namespace bordergate::gateway {

// Indented JSON. The same contract gives the same bytes.
std::string MakeOpenApi(const Contract& contract);

// Who may call, in words: "anybody", "anybody who is signed in", "ROLE_CUSTOMS, ROLE_AUDITOR".
std::string AccessText(const common::v1::Access& access);

}  // namespace bordergate::gateway
