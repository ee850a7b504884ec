#include "libs/rpc/channel.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/impl/codegen/client_unary_call.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/support/sync_stream.h>

#include "libs/rpc/channel_state.h"
#include "libs/rpc/credentials.h"
#include "libs/rpc/liveness.h"
#include "libs/rpc/path.h"
#include "libs/rpc/server_state.h"
#include "libs/rpc/status.h"

namespace bordergate::rpc {
namespace {

using google::protobuf::MessageLite;
using grpc::internal::RpcMethod;
using Traits = grpc::SerializationTraits<MessageLite>;

grpc::ByteBuffer Serialize(const MessageLite& message) {
  grpc::ByteBuffer buffer;
  bool own_buffer = false;
  (void)Traits::Serialize(message, &buffer, &own_buffer);  // fails only for messages over 2 GiB
  return buffer;
}

class Reader final : public RawReader {
 public:
  Reader(grpc::ChannelInterface* channel, const char* method, const CallOptions& options,
         const MessageLite& request)
      : path_(PathOf(method)) {
    Prepare(context_, options, false);
    reader_.reset(grpc::internal::ClientReaderFactory<grpc::ByteBuffer>::Create(
        channel, RpcMethod(path_.c_str(), RpcMethod::SERVER_STREAMING), &context_, Serialize(request)));
  }
  bool Read(MessageLite* message) override {
    grpc::ByteBuffer buffer;
    if (!reader_->Read(&buffer)) return false;
    if (Traits::Deserialize(&buffer, message).ok()) return true;
    // The server goes on sending. Cancelled here and not in Finish, where it would hide the server's own
    // reason.
    context_.TryCancel();
    return false;
  }
  Result<void> Finish() override {
    const grpc::Status status = reader_->Finish();
    if (!status.ok()) return ToError(status);
    return {};
  }
  void Cancel() override { context_.TryCancel(); }

 private:
  const std::string path_;
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<grpc::ByteBuffer>> reader_;
};

class ReaderWriter final : public RawReaderWriter {
 public:
  ReaderWriter(grpc::ChannelInterface* channel, const char* method, const CallOptions& options)
      : path_(PathOf(method)) {
    Prepare(context_, options, false);
    stream_.reset(grpc::internal::ClientReaderWriterFactory<grpc::ByteBuffer, grpc::ByteBuffer>::Create(
        channel, RpcMethod(path_.c_str(), RpcMethod::BIDI_STREAMING), &context_));
  }
  bool Write(const MessageLite& message) override { return stream_->Write(Serialize(message)); }
  void WritesDone() override { stream_->WritesDone(); }
  bool Read(MessageLite* message) override {
    grpc::ByteBuffer buffer;
    return stream_->Read(&buffer) && Traits::Deserialize(&buffer, message).ok();
  }
  Result<void> Finish() override {
    const grpc::Status status = stream_->Finish();
    if (!status.ok()) return ToError(status);
    return {};
  }
  void Cancel() override { context_.TryCancel(); }

 private:
  const std::string path_;
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReaderWriter<grpc::ByteBuffer, grpc::ByteBuffer>> stream_;
};

}  // namespace

void Prepare(grpc::ClientContext& context, const CallOptions& options, bool with_deadline) {
  if (with_deadline) {
    context.set_deadline(std::chrono::system_clock::now() +
                         (options.deadline - std::chrono::steady_clock::now()));
  }
  context.AddMetadata(kTraceKey, options.trace.Header());
  if (!options.assertion.empty()) context.AddMetadata(kAssertionKey, options.assertion);
}

Channel::Channel(std::string service, const std::string& address, const TlsConfig& tls)
    : service_(std::move(service)), state_(std::make_unique<State>([service = service_, address, tls] {
        grpc::ChannelArguments arguments = MakeChannelArguments();
        const bool is_list = address.find(',') != std::string::npos;
        // Connected to each that listens. Going through a list in its order, gRPC would give a machine that
        // fell silent the whole time of an attempt before it looks at the next one.
        if (is_list) arguments.SetLoadBalancingPolicyName("round_robin");
        return grpc::CreateCustomChannel((is_list ? "ipv4:" : "") + address,
                                         MakeChannelCredentials(tls, service), arguments);
      })) {}

Channel::~Channel() = default;

bool Channel::connected() const {
  const LinkUse link = state_->Use();
  return link->channel->GetState(true) == GRPC_CHANNEL_READY;
}

Result<void> Channel::CallMessage(const char* method, const CallOptions& options, const MessageLite& request,
                                  MessageLite* response) {
  const std::string path = PathOf(method);
  const LinkUse link = state_->Use();
  grpc::ClientContext context;
  Prepare(context, options, true);
  const grpc::Status status = grpc::internal::BlockingUnaryCall<MessageLite, MessageLite>(
      link->channel.get(), RpcMethod(path.c_str(), RpcMethod::NORMAL_RPC), &context, request, response);
  if (!status.ok()) return ToError(status);
  return {};
}

std::unique_ptr<RawReader> Channel::OpenReader(const char* method, const CallOptions& options,
                                               const MessageLite& request) {
  const LinkUse link = state_->Use();
  return std::make_unique<Reader>(link->channel.get(), method, options, request);
}

std::unique_ptr<RawReaderWriter> Channel::OpenReaderWriter(const char* method, const CallOptions& options) {
  const LinkUse link = state_->Use();
  return std::make_unique<ReaderWriter>(link->channel.get(), method, options);
}

}  // namespace bordergate::rpc
