// The first step of every request: the API below /v1, pages everywhere else. And the answers to what is no
// request.
#pragma once

#include "libs/http/server.h"
#include "services/gateway/api/door.h"
#include "services/gateway/api/pages.h"

namespace bordergate::gateway {

// Safe for use by several threads; its parts outlive it.
class Front {
 public:
  Front(Door& door, const Pages& pages, const Dispatcher& dispatcher)
      : door_(door), pages_(pages), dispatcher_(dispatcher) {}

  void Handle(http::Request request, http::Reply reply) {
    if (!request.segments.empty() && request.segments[0] == "v1")
      return door_.Handle(std::move(request), std::move(reply));
    const VisitPtr visit = door_.Begin(std::move(request), std::move(reply));
    Result<http::Response> page = pages_.Find(visit->request);
    if (!page) return dispatcher_.SendProblem(*visit, page.error());
    dispatcher_.Send(*visit, *std::move(page));
  }

 private:
  Door& door_;
  const Pages& pages_;
  const Dispatcher& dispatcher_;
};

// For http::ServerOptions::make_fault.
http::Response MakeFault(int status, std::string_view why, int64_t hsts_max_age_s);

}  // namespace bordergate::gateway
