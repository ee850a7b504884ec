// Calls as raw bytes, answered on gRPC's threads: the gateway's way.
#include <mutex>

#include <grpcpp/support/client_callback.h>

#include "libs/rpc/channel_state.h"
#include "libs/rpc/path.h"
#include "libs/rpc/status.h"

namespace bordergate::rpc {
namespace {

// Keeps itself alive until OnDone.
class Stream final : public RawStream,
                     public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>,
                     public std::enable_shared_from_this<Stream> {
 public:
  Stream(const std::string& method, const CallOptions& options, const std::string& request,
         std::function<void(std::string)> on_message, std::function<void(Result<void>)> on_end,
         std::shared_ptr<CallsUnderWay> calls)
      : path_(PathOf(method)),
        calls_(std::move(calls)),
        request_(ToBuffer(request)),
        on_message_(std::move(on_message)),
        on_end_(std::move(on_end)) {
    Prepare(*context_, options, false);
  }

  void Begin(grpc::GenericStub& stub) {
    self_ = shared_from_this();
    calls_->Enter();
    stub.PrepareBidiStreamingCall(&*context_, path_, {}, this);
    StartWriteLast(&request_, grpc::WriteOptions());
    AddHold();  // Next() is called from outside the reactions
    StartCall();
  }

  void Next() override {
    const std::lock_guard lock(mutex_);
    if (over_) return;
    reading_ = true;
    response_.Clear();
    StartRead(&response_);
  }

  void Cancel() override {
    const std::lock_guard lock(mutex_);
    if (context_) context_->TryCancel();
    // With a read under way, OnReadDone(false) follows; without one, nothing else would let the call end.
    if (!reading_) End();
  }

  void OnReadDone(bool ok) override {
    {
      const std::lock_guard lock(mutex_);
      reading_ = false;
      if (!ok) return End();
    }
    on_message_(ToBytes(response_));
  }

  void OnDone(const grpc::Status& status) override {
    if (status.ok()) {
      on_end_({});
    } else {
      on_end_(ToError(status));
    }
    const std::shared_ptr<CallsUnderWay> calls = calls_;
    {
      const std::lock_guard lock(mutex_);
      context_.reset();
    }
    self_.reset();  // perhaps the last hold of this object
    calls->Leave();
  }

 private:
  void End() {
    if (over_) return;
    over_ = true;
    RemoveHold();
  }

  const std::string path_;
  const std::shared_ptr<CallsUnderWay> calls_;
  std::optional<grpc::ClientContext> context_{std::in_place};
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
  std::mutex mutex_;
  bool reading_ = false;
  bool over_ = false;
  std::function<void(std::string)> on_message_;
  std::function<void(Result<void>)> on_end_;
  std::shared_ptr<Stream> self_;
};

struct Unary {
  std::string path;
  grpc::ClientContext context;
  grpc::ByteBuffer request;
  grpc::ByteBuffer response;
};

}  // namespace

grpc::ByteBuffer ToBuffer(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return {&slice, 1};
}

std::string ToBytes(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (!buffer.Valid() || !buffer.Dump(&slices).ok()) return bytes;
  bytes.reserve(buffer.Length());
  for (const grpc::Slice& slice : slices)
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  return bytes;
}

void Channel::CallRaw(const std::string& method, const CallOptions& options, std::string request,
                      std::function<void(Result<std::string>)> on_done) {
  auto call = std::make_shared<Unary>();
  call->path = PathOf(method);
  call->request = ToBuffer(request);
  Prepare(call->context, options, true);
  const LinkUse link = state_->Use();
  link->calls->Enter();
  Unary& unary = *call;
  link->generic->UnaryCall(
      &unary.context, unary.path, {}, &unary.request, &unary.response,
      [call, on_done = std::move(on_done), calls = link->calls](const grpc::Status& status) mutable {
        if (status.ok()) {
          on_done(ToBytes(call->response));
        } else {
          on_done(ToError(status));
        }
        call.reset();
        calls->Leave();
      });
}

std::shared_ptr<RawStream> Channel::OpenRaw(const std::string& method, const CallOptions& options,
                                            std::string request, std::function<void(std::string)> on_message,
                                            std::function<void(Result<void>)> on_end) {
  const LinkUse link = state_->Use();
  auto stream = std::make_shared<Stream>(method, options, request, std::move(on_message), std::move(on_end),
                                         link->calls);
  stream->Begin(*link->generic);
  return stream;
}

}  // namespace bordergate::rpc
