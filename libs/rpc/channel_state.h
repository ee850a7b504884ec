// The inside of Channel. Only files of libs/rpc include this.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>

#include <grpcpp/client_context.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/byte_buffer.h>

#include "libs/rpc/channel.h"

namespace bordergate::rpc {

// The raw calls of a channel that are under way. A call's context holds gRPC's channel, and gRPC 1.51 must
// not lose its last hold of it on a callback thread of its own, which it would then wait for. So each call
// lets its context go before it leaves, and a Channel waits until all have left.
class RawCalls {
 public:
  void Enter() {
    const std::lock_guard lock(mutex_);
    ++open_;
  }
  void Leave() {
    const std::lock_guard lock(mutex_);
    if (--open_ == 0) none_.notify_all();
  }
  void WaitUntilNone() {
    std::unique_lock lock(mutex_);
    none_.wait(lock, [this] { return open_ == 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable none_;
  int open_ = 0;
};

struct Channel::State {
  std::shared_ptr<grpc::Channel> channel;
  std::unique_ptr<grpc::GenericStub> generic;
  std::shared_ptr<RawCalls> raw_calls = std::make_shared<RawCalls>();
};

// Deadline (unless a stream), assertion and trace.
void Prepare(grpc::ClientContext& context, const CallOptions& options, bool with_deadline);

grpc::ByteBuffer ToBuffer(const std::string& bytes);
std::string ToBytes(const grpc::ByteBuffer& buffer);

}  // namespace bordergate::rpc
