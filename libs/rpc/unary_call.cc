// One request, one response.
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/support/byte_buffer.h>

#include "libs/core/reasons.h"
#include "libs/rpc/server_state.h"
#include "libs/rpc/status.h"

namespace bordergate::rpc {
namespace {

using Traits = grpc::SerializationTraits<google::protobuf::Message>;

// Ends a call before its request was read.
class Refusal final : public grpc::ServerGenericBidiReactor {
 public:
  explicit Refusal(const Error& error) { Finish(ToStatus(error)); }
  void OnDone() override { delete this; }
};

class UnaryCall final : public grpc::ServerGenericBidiReactor {
 public:
  UnaryCall(ServerState& state, const ServerState::Entry& entry, CallContext call)
      : state_(state), entry_(entry), call_(std::move(call)), start_(state.clock.SteadyNow()) {
    StartRead(&request_);
  }

  void OnReadDone(bool ok) override {
    if (!ok) return FinishWith(Error(kInternal, "the request never came"));
    if (!state_.workers.TryPost([this] { Run(); })) {
      FinishWith(Error(kOverloaded, "too many calls are under way; repeat a little later"));
    }
  }

  void OnDone() override { delete this; }

 private:
  void Run() {
    if (state_.clock.SteadyNow() >= call_.deadline) {
      return FinishWith(
          Error(kDeadlineExceeded, "the time for the call ran out before it was begun; nothing was changed"));
    }
    const std::unique_ptr<google::protobuf::Message> request(entry_.request->New());
    if (!Traits::Deserialize(&request_, request.get()).ok()) {
      return FinishWith(Error(kInvalidField, "the request is not a message of the method's type"));
    }
    Result<std::unique_ptr<google::protobuf::Message>> response = entry_.unary(call_, *request);
    if (!response) return FinishWith(response.error());
    bool own_buffer = false;
    const grpc::Status status = Traits::Serialize(**response, &response_, &own_buffer);
    if (!status.ok()) return FinishWith(Error(kInternal, "the response cannot be serialized"));
    state_.Finished(entry_, call_, start_, nullptr);
    StartWriteAndFinish(&response_, grpc::WriteOptions(), grpc::Status::OK);
  }

  void FinishWith(const Error& error) {
    state_.Finished(entry_, call_, start_, &error);
    Finish(ToStatus(error));
  }

  ServerState& state_;
  const ServerState::Entry& entry_;
  const CallContext call_;
  const SteadyInstant start_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
};

}  // namespace

grpc::ServerGenericBidiReactor* NewRefusal(const Error& error) { return new Refusal(error); }

grpc::ServerGenericBidiReactor* NewUnaryCall(ServerState& state, const ServerState::Entry& entry,
                                             CallContext call) {
  return new UnaryCall(state, entry, std::move(call));
}

}  // namespace bordergate::rpc
