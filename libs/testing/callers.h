// Who calls a handler in a test: what libs/rpc would have made of the assertion that came with the call.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "libs/rpc/call_context.h"

namespace bordergate {

// A call that `caller` makes through the gateway, good for 20 seconds of the machine's own clock.
inline rpc::CallContext CallBy(rpc::Caller caller) {
  caller.service = "gateway";
  return {.caller = std::move(caller),
          .deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20),
          .trace = Trace::New(),
          .assertion = {},
          .method = "test"};
}

// Callers who stand in the tests of most services: two firms that must not see each other's things, and
// officers. A test's fixture derives from it.
class Callers {
 public:
  //   gate_ids   empty: all
  rpc::CallContext As(const std::string& subject, rpc::Role role, const std::string& enterprise = "",
                      std::vector<std::string> gate_ids = {}) const {
    return CallBy({.service = {},
                   .subject_id = subject,
                   .display_name = "Tên " + subject,
                   .roles = {role},
                   .enterprise_id = enterprise,
                   .partner_id = {},
                   .gate_ids = std::move(gate_ids),
                   .session_id = {}});
  }
  rpc::CallContext Lan() const { return As("person_lan", common::v1::ROLE_ENTERPRISE, "enterprise_1"); }
  rpc::CallContext Minh() const { return As("person_minh", common::v1::ROLE_ENTERPRISE, "enterprise_2"); }
  rpc::CallContext Guard() const { return As("person_guard", common::v1::ROLE_BORDER_GUARD); }
  rpc::CallContext Centre() const { return As("person_centre", common::v1::ROLE_MANAGEMENT_CENTRE); }
  // An officer of another gate.
  rpc::CallContext Elsewhere(rpc::Role role) const { return As("person_far", role, "", {"tan-thanh"}); }

  std::string NextRequestId() { return "request-" + std::to_string(++requests_); }

 private:
  int requests_ = 0;
};

}  // namespace bordergate
