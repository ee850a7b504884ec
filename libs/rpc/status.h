// Error <-> grpc::Status. The reason, its values and the field violations travel as google.rpc.ErrorInfo and
// BadRequest. Only files of libs/rpc include this.
#pragma once

#include <grpcpp/support/status.h>

#include "libs/core/result.h"

namespace bordergate::rpc {

grpc::Status ToStatus(const Error& error);
// An error that did not come from our own servers (connection refused, deadline) gets one of
// libs/core/reasons.h.
Error ToError(const grpc::Status& status);

}  // namespace bordergate::rpc
