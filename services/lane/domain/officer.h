// What an officer may order at a lane.
#pragma once

#include <string>

namespace bordergate::lane {

struct OfficerOpening {
  std::string session_id = {};  // the vehicle that is meant; empty: whoever stands there
  std::string reason_code = {};
  std::string plate = {};  // normalised; empty: as read
  std::string remark = {};
  std::string officer_id = {};
  std::string officer_name = {};
  std::string trace_id = {};
  bool watch_list_acknowledged = false;
};

struct OfficerRefusal {
  std::string session_id = {};
  std::string reason_code = {};
  std::string remark = {};
  std::string officer_id = {};
  std::string officer_name = {};
  std::string trace_id = {};
};

}  // namespace bordergate::lane
