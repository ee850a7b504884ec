// The inside of Channel. Only files of libs/rpc include this.
#pragma once

#include <condition_variable>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <vector>

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/byte_buffer.h>

#include "libs/rpc/channel.h"

namespace bordergate::rpc {

// What is under way on one of gRPC's channels. A call's context holds gRPC's channel, and gRPC 1.51 must
// not lose its last hold of it on a callback thread of its own, which it would then wait for. So each raw
// call lets its context go before it leaves, and the channel is let go when all have left.
class CallsUnderWay {
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

// One channel of gRPC's to the peer.
struct Link {
  std::shared_ptr<grpc::Channel> channel;
  std::unique_ptr<grpc::GenericStub> generic;
  std::shared_ptr<CallsUnderWay> calls = std::make_shared<CallsUnderWay>();
};

// Holds a link while a call begins on it.
class LinkUse {
 public:
  // The caller has entered link.calls.
  explicit LinkUse(Link& link) : link_(link) {}
  ~LinkUse() { link_.calls->Leave(); }
  LinkUse(const LinkUse&) = delete;
  LinkUse& operator=(const LinkUse&) = delete;

  Link* operator->() const { return &link_; }

 private:
  Link& link_;
};

// Safe for use by several threads.
class Channel::State {
 public:
  explicit State(std::function<std::shared_ptr<grpc::Channel>()> make_channel);
  // Waits for calls that are under way.
  ~State();
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  // The link to begin a call on: a new one when the last was down for kLinkDownMax (liveness.h).
  LinkUse Use();

 private:
  std::unique_ptr<Link> MakeLink() const;
  void Renew();

  const std::function<std::shared_ptr<grpc::Channel>()> make_channel_;
  std::mutex mutex_;
  std::unique_ptr<Link> link_;
  std::optional<SteadyInstant> down_since_;
  // Links that are being let go, each by a thread of its own.
  std::vector<std::future<void>> endings_;
};

// Deadline (unless a stream), assertion and trace.
void Prepare(grpc::ClientContext& context, const CallOptions& options, bool with_deadline);

grpc::ByteBuffer ToBuffer(const std::string& bytes);
std::string ToBytes(const grpc::ByteBuffer& buffer);

}  // namespace bordergate::rpc
