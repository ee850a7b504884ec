// One request, many responses. The handler runs on a thread of its own and waits in Write until the client
// has room.
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/support/byte_buffer.h>

#include "libs/core/reasons.h"
#include "libs/rpc/server_state.h"
#include "libs/rpc/status.h"

namespace bordergate::rpc {
namespace {

using Traits = grpc::SerializationTraits<google::protobuf::Message>;

class StreamCall final : public grpc::ServerGenericBidiReactor, public RawWriter {
 public:
  StreamCall(ServerState& state, const ServerState::Entry& entry, CallContext call,
             grpc::CallbackServerContext* context)
      : state_(state),
        entry_(entry),
        call_(std::move(call)),
        context_(context),
        start_(state.clock.SteadyNow()) {
    StartRead(&request_);
  }

  void OnReadDone(bool ok) override {
    if (!ok) return FinishWith(Error(kInternal, "the request never came"));
    if (!state_.AddStream(context_)) {
      return FinishWith(Error(kOverloaded, "too many streams are open, or the server is ending"));
    }
    counted_ = true;
    const std::lock_guard lock(mutex_);
    thread_ = std::thread([this] { Run(); });
  }

  void OnWriteDone(bool ok) override {
    const std::lock_guard lock(mutex_);
    writing_ = false;
    if (!ok) cancelled_ = true;
    changed_.notify_all();
  }

  void OnCancel() override {
    const std::lock_guard lock(mutex_);
    cancelled_ = true;
    changed_.notify_all();
  }

  void OnDone() override {
    // gRPC calls this on a thread of its own, never on ours: Finish is the last thing that ours does.
    std::thread ended;
    {
      const std::lock_guard lock(mutex_);
      ended = std::move(thread_);
    }
    if (ended.joinable()) ended.join();
    if (counted_) state_.RemoveStream(context_);
    delete this;
  }

  bool Write(const google::protobuf::MessageLite& message) override {
    std::unique_lock lock(mutex_);
    if (cancelled_) return false;
    response_.Clear();
    bool own_buffer = false;
    if (!Traits::Serialize(static_cast<const google::protobuf::Message&>(message), &response_, &own_buffer)
             .ok())
      return false;
    writing_ = true;
    StartWrite(&response_);
    // The buffer belongs to gRPC until the write is done, so this waits even when the call is cancelled
    // meanwhile.
    changed_.wait(lock, [this] { return !writing_; });
    return !cancelled_;
  }

  bool open() const override {
    const std::lock_guard lock(mutex_);
    return !cancelled_;
  }

 private:
  void Run() {
    const std::unique_ptr<google::protobuf::Message> request(entry_.request->New());
    if (!Traits::Deserialize(&request_, request.get()).ok()) {
      return FinishWith(Error(kInvalidField, "the request is not a message of the method's type"));
    }
    const Result<void> result = entry_.stream(call_, *request, *this);
    if (!result) return FinishWith(result.error());
    state_.Finished(entry_, call_, start_, nullptr);
    Finish(grpc::Status::OK);
  }

  void FinishWith(const Error& error) {
    state_.Finished(entry_, call_, start_, &error);
    Finish(ToStatus(error));
  }

  ServerState& state_;
  const ServerState::Entry& entry_;
  const CallContext call_;
  grpc::CallbackServerContext* const context_;
  const SteadyInstant start_;
  grpc::ByteBuffer request_;
  bool counted_ = false;
  std::thread thread_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  grpc::ByteBuffer response_;
  bool writing_ = false;
  bool cancelled_ = false;
};

}  // namespace

grpc::ServerGenericBidiReactor* NewStreamCall(ServerState& state, const ServerState::Entry& entry,
                                              CallContext call, grpc::CallbackServerContext* context) {
  return new StreamCall(state, entry, std::move(call), context);
}

}  // namespace bordergate::rpc
