// The door for those who run a service: GET /live, /ready and /metrics on an address of its own.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "libs/core/result.h"
#include "libs/http/server.h"

namespace bordergate::http {

class AdminServer {
 public:
  struct Callbacks {
    // Why the service is not ready, each with a stable reason; empty when it is. /ready answers 200 or 503
    // with
    //   {"ready": false, "reasons": [{"reason": "DATABASE_AWAY", "text": "…"}]}
    struct NotReady {
      std::string reason;
      std::string text;
    };
    std::function<std::vector<NotReady>()> not_ready;
    // The metrics in Prometheus' text form.
    std::function<std::string()> metrics_text;
  };

  // Listens at once; /live answers 200 as long as the process can answer at all. The callbacks run on the
  // server's thread, at most one at a time, and must not block for long.
  //   errors   LISTEN_REFUSED
  static Result<std::unique_ptr<AdminServer>> Start(const std::string& listen, Callbacks callbacks);

  uint16_t port() const { return server_->port(); }

 private:
  explicit AdminServer(std::unique_ptr<Server> server) : server_(std::move(server)) {}
  std::unique_ptr<Server> server_;
};

}  // namespace bordergate::http
