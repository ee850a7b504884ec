// The details of an Error as serialized google.rpc.Status, for those who hold raw answers (the gateway).
#pragma once

#include <string>

#include "libs/core/result.h"

namespace bordergate::rpc {

std::string EncodeErrorDetails(const Error& error);
// Rebuilds the Error of a code, message and details; details that are empty or foreign give the plain reason
// of the code.
Error DecodeError(int grpc_code, const std::string& message, const std::string& details);

}  // namespace bordergate::rpc
