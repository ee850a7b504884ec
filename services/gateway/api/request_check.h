// Compares a JSON object with the message it shall become: every fault at once, each with its place. What
// passes is turned into the message's bytes without a further error.
#pragma once

#include <string>

#include <google/protobuf/descriptor.h>

#include "libs/core/result.h"
#include "services/gateway/api/json_reader.h"

namespace bordergate::gateway {

// Checks `object` and normalises its strings to NFC in place. A null means "not given" and is removed.
//   message   what the object shall become
//   faults    FIELD_UNKNOWN, TYPE_WRONG, ENUM_UNKNOWN, NUMBER_OUT_OF_RANGE, TIME_INVALID, BASE64_INVALID,
//   FIELD_CONFLICT
//             (two fields of which one may be given), VALUE_INVALID; at most `faults_max`, in the order of
//             the text. The field is a proto path: "goods[0].hs_code"
void CheckObject(Json& object, const google::protobuf::Descriptor& message, int faults_max,
                 std::vector<FieldViolation>& faults);

}  // namespace bordergate::gateway
