// What the formats of tag readers have in common.
#pragma once

#include "services/camera/device/bounded_json.h"
#include "services/camera/device/tag_report.h"

namespace bordergate::camera {

// An array or an object.
//   errors   PUSH_UNSUPPORTED, PUSH_UNREADABLE
Result<Json> ReadTagJson(const PushedBody& body);

// Empty when there is none.
//   errors   PUSH_UNREADABLE
Result<std::string> TagIdOf(const Json& value);

// 0 when there is none.
//   errors   PUSH_UNREADABLE
Result<int> AntennaOf(const Json& value);

// In hundredths of dBm; 0 when there is none or it cannot be true.
//   cdbm   hundredths of dBm in the unit of the value
int RssiOf(const Json& value, double cdbm);

}  // namespace bordergate::camera
