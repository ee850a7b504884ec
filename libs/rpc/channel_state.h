// The inside of Channel. Only files of libs/rpc include this.
#pragma once

#include <grpcpp/client_context.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/byte_buffer.h>

#include "libs/rpc/channel.h"

namespace bordergate::rpc {

struct Channel::State {
  std::shared_ptr<grpc::Channel> channel;
  std::unique_ptr<grpc::GenericStub> generic;
};

// Deadline (unless a stream), assertion and trace.
void Prepare(grpc::ClientContext& context, const CallOptions& options, bool with_deadline);

grpc::ByteBuffer ToBuffer(const std::string& bytes);
std::string ToBytes(const grpc::ByteBuffer& buffer);

}  // namespace bordergate::rpc
