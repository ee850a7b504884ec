#include "services/gateway/api/front.h"

#include "services/gateway/api/problem.h"
#include "services/gateway/api/security_headers.h"

namespace bordergate::gateway {

http::Response MakeFault(int status, std::string_view why, int64_t hsts_max_age_s) {
  http::Response response = MakeProblem(FaultError(status, why), Trace::New().trace_id);
  AddSecurityHeaders(response, hsts_max_age_s);
  return response;
}

}  // namespace bordergate::gateway
