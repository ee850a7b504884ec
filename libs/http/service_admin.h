// The admin door of a service, from its configuration, metrics and readiness.
#pragma once

#include <memory>

#include "libs/config/common_config.h"
#include "libs/http/admin_server.h"
#include "libs/telemetry/readiness.h"
#include "libs/telemetry/telemetry.h"

namespace bordergate::http {

// Listens, or ends the program with one line when it cannot.
std::unique_ptr<AdminServer> StartAdminOrExit(const AdminConfig& config, Telemetry& telemetry,
                                              Readiness& readiness);

}  // namespace bordergate::http
