// Who is asking, as the server has proved it: the process at the other end by its certificate, the person,
// API client or device behind it by identity's signed assertion.
#pragma once

#include <string>
#include <vector>

#include "bordergate/common/v1/access.pb.h"

namespace bordergate::rpc {

using Role = common::v1::Role;

struct Caller {
  // The process that made the call, from its certificate, for example "gateway". Never empty.
  std::string service;

  // The rest is empty when the process asks on its own behalf, or when nobody is signed in.
  std::string subject_id;  // "person_…", "client_…", "device_…"
  std::string display_name;
  std::vector<Role> roles;
  std::string enterprise_id;          // for enterprises
  std::string partner_id;             // for partners
  std::vector<std::string> gate_ids;  // empty: all
  std::string session_id;

  bool signed_in() const { return !subject_id.empty(); }
  bool Has(Role role) const;
  // True for a caller posted to the gate, or to none in particular.
  bool MaySeeGate(std::string_view gate_id) const;
  // The name to record: the subject, or "service:<name>".
  std::string actor() const { return signed_in() ? subject_id : "service:" + service; }
};

}  // namespace bordergate::rpc
