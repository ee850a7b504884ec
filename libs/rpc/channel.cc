#include "libs/rpc/channel.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/impl/codegen/client_unary_call.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/support/sync_stream.h>

#include "libs/rpc/channel_state.h"
#include "libs/rpc/credentials.h"
#include "libs/rpc/path.h"
#include "libs/rpc/server_state.h"
#include "libs/rpc/status.h"

namespace bordergate::rpc {
namespace {

using google::protobuf::MessageLite;
using grpc::internal::RpcMethod;
using Traits = grpc::SerializationTraits<MessageLite>;

constexpr int kPingInterval_ms = 10'000;
constexpr int kPingTimeout_ms = 5'000;
// gRPC's "minimal backoff" is how long one attempt to connect, with its TLS handshake, may take; a busy
// machine needs more than the first pause between two attempts.
constexpr int kConnect_ms = 5'000;
constexpr int kReconnectFirst_ms = 50;
constexpr int kReconnectLongest_ms = 2'000;
// A peer that comes back in a container may have another address; gRPC would ask for it only every 30 s.
constexpr int kResolvePause_ms = 2'000;
// A name server that says nothing; gRPC would wait 120 s for it, and every call to the peer with it.
constexpr int kResolve_ms = 5'000;
constexpr int kMessageBytesMax = 16 << 20;

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
    : service_(std::move(service)), state_(std::make_unique<State>()) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, kPingInterval_ms);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kPingTimeout_ms);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  arguments.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, kReconnectFirst_ms);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, kConnect_ms);
  arguments.SetInt(GRPC_ARG_DNS_MIN_TIME_BETWEEN_RESOLUTIONS_MS, kResolvePause_ms);
  arguments.SetInt(GRPC_ARG_DNS_ARES_QUERY_TIMEOUT_MS, kResolve_ms);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kReconnectLongest_ms);
  arguments.SetMaxReceiveMessageSize(kMessageBytesMax);
  // gRPC tries the addresses of a list one after the other, and stays with the one that answers.
  const bool is_list = address.find(',') != std::string::npos;
  state_->channel = grpc::CreateCustomChannel((is_list ? "ipv4:" : "") + address,
                                              MakeChannelCredentials(tls, service_), arguments);
  state_->generic = std::make_unique<grpc::GenericStub>(state_->channel);
}

Channel::~Channel() { state_->raw_calls->WaitUntilNone(); }

bool Channel::connected() const { return state_->channel->GetState(true) == GRPC_CHANNEL_READY; }

Result<void> Channel::CallMessage(const char* method, const CallOptions& options, const MessageLite& request,
                                  MessageLite* response) {
  const std::string path = PathOf(method);
  grpc::ClientContext context;
  Prepare(context, options, true);
  const grpc::Status status = grpc::internal::BlockingUnaryCall<MessageLite, MessageLite>(
      state_->channel.get(), RpcMethod(path.c_str(), RpcMethod::NORMAL_RPC), &context, request, response);
  if (!status.ok()) return ToError(status);
  return {};
}

std::unique_ptr<RawReader> Channel::OpenReader(const char* method, const CallOptions& options,
                                               const MessageLite& request) {
  return std::make_unique<Reader>(state_->channel.get(), method, options, request);
}

std::unique_ptr<RawReaderWriter> Channel::OpenReaderWriter(const char* method, const CallOptions& options) {
  return std::make_unique<ReaderWriter>(state_->channel.get(), method, options);
}

}  // namespace bordergate::rpc
