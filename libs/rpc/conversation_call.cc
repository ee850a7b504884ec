// Many requests, many responses. Messages are handled on gRPC's own thread, in order; nothing here waits.
#include <deque>

#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/support/byte_buffer.h>

#include "libs/core/reasons.h"
#include "libs/rpc/server_state.h"
#include "libs/rpc/status.h"

namespace bordergate::rpc {
namespace {

using Traits = grpc::SerializationTraits<google::protobuf::Message>;
constexpr size_t kUnsentMax = 1024;

class ConversationCall;

// Outlives the call, so that a sender kept by somebody does nothing instead of touching what is gone.
class Outbox final : public RawWriter {
 public:
  explicit Outbox(ConversationCall* call) : call_(call) {}
  bool Write(const google::protobuf::MessageLite& message) override;
  bool open() const override {
    const std::lock_guard lock(mutex_);
    return call_ != nullptr;
  }

  // The rest is called by the reactor.
  void WriteDone(bool ok);
  // No more requests come. Finishes now or after the last write.
  void EndOfRequests(grpc::Status status);
  void Detach() {
    const std::lock_guard lock(mutex_);
    call_ = nullptr;
  }

 private:
  void Next();  // with the lock held

  mutable std::mutex mutex_;
  ConversationCall* call_;
  std::deque<grpc::ByteBuffer> unsent_;  // front is being written while writing_
  bool writing_ = false;
  bool broken_ = false;
  std::optional<grpc::Status> end_;
  bool finished_ = false;
};

class ConversationCall final : public grpc::ServerGenericBidiReactor {
 public:
  ConversationCall(ServerState& state, const ServerState::Entry& entry, CallContext call,
                   grpc::CallbackServerContext* context)
      : state_(state),
        entry_(entry),
        call_(std::move(call)),
        context_(context),
        start_(state.clock.SteadyNow()),
        outbox_(std::make_shared<Outbox>(this)),
        message_(entry.request->New()) {
    counted_ = state_.AddStream(context_);
    const Result<void> opened = Open();
    if (!opened) {
      EndWith(opened.error());
    } else {
      StartRead(&request_);
    }
  }

  void OnReadDone(bool ok) override {
    if (!ok) return End(grpc::Status::OK, nullptr);
    message_->Clear();
    if (!Traits::Deserialize(&request_, message_.get()).ok()) {
      return EndWith(Error(kInvalidField, "a request is not a message of the method's type"));
    }
    on_message_(*message_);
    request_.Clear();
    StartRead(&request_);
  }

  void OnWriteDone(bool ok) override { outbox_->WriteDone(ok); }

  void OnDone() override {
    outbox_->Detach();
    if (counted_) state_.RemoveStream(context_);
    delete this;
  }

  void Cut() { context_->TryCancel(); }

 private:
  Result<void> Open() {
    if (!counted_) return Error(kOverloaded, "too many streams are open, or the server is ending");
    on_message_ = BG_TRY(entry_.converse(call_, outbox_));
    return {};
  }
  void EndWith(const Error& error) { End(ToStatus(error), &error); }
  void End(grpc::Status status, const Error* error) {
    state_.Finished(entry_, call_, start_, error);
    outbox_->EndOfRequests(std::move(status));
  }

  ServerState& state_;
  const ServerState::Entry& entry_;
  const CallContext call_;
  grpc::CallbackServerContext* const context_;
  const SteadyInstant start_;
  bool counted_ = false;
  std::shared_ptr<Outbox> outbox_;
  std::unique_ptr<google::protobuf::Message> message_;
  grpc::ByteBuffer request_;
  Server::OnMessage on_message_;
};

bool Outbox::Write(const google::protobuf::MessageLite& message) {
  const std::lock_guard lock(mutex_);
  if (call_ == nullptr || broken_ || end_) return false;
  if (unsent_.size() >= kUnsentMax) {
    broken_ = true;
    call_->Cut();
    return false;
  }
  grpc::ByteBuffer buffer;
  bool own_buffer = false;
  if (!Traits::Serialize(static_cast<const google::protobuf::Message&>(message), &buffer, &own_buffer).ok())
    return false;
  unsent_.push_back(std::move(buffer));
  Next();
  return true;
}

void Outbox::WriteDone(bool ok) {
  const std::lock_guard lock(mutex_);
  writing_ = false;
  unsent_.pop_front();
  if (!ok) {
    broken_ = true;
    unsent_.clear();
  }
  Next();
}

void Outbox::EndOfRequests(grpc::Status status) {
  const std::lock_guard lock(mutex_);
  end_ = std::move(status);
  Next();
}

void Outbox::Next() {
  if (writing_ || finished_ || call_ == nullptr) return;
  if (!unsent_.empty() && !broken_) {
    writing_ = true;
    call_->StartWrite(&unsent_.front());
  } else if (end_) {
    finished_ = true;
    call_->Finish(*end_);
  }
}

}  // namespace

grpc::ServerGenericBidiReactor* NewConversationCall(ServerState& state, const ServerState::Entry& entry,
                                                    CallContext call, grpc::CallbackServerContext* context) {
  return new ConversationCall(state, entry, std::move(call), context);
}

}  // namespace bordergate::rpc
