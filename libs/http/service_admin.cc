#include "libs/http/service_admin.h"

#include <cstdlib>
#include <iostream>

#include "libs/core/text.h"

namespace bordergate::http {

std::unique_ptr<AdminServer> StartAdminOrExit(const AdminConfig& config, Telemetry& telemetry,
                                              Readiness& readiness) {
  auto server =
      AdminServer::Start(config.listen, {.not_ready =
                                             [&readiness] {
                                               std::vector<AdminServer::Callbacks::NotReady> reasons;
                                               for (const auto& [name, why] : readiness.Check().failures) {
                                                 reasons.push_back({UpperAscii(name) + "_NOT_READY", why});
                                               }
                                               return reasons;
                                             },
                                         .metrics_text = [&telemetry] { return telemetry.metrics.Text(); }});
  if (!server) {
    std::cerr << "admin: " << server.error().message() << "\n";
    std::exit(1);
  }
  telemetry.log.Info("admin.listening", "admin server listens", {{"port", server.value()->port()}});
  return *std::move(server);
}

}  // namespace bordergate::http
