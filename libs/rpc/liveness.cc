#include "libs/rpc/liveness.h"

namespace bordergate::rpc {
namespace {

// gRPC also gives the kernel the time-out as TCP_USER_TIMEOUT: bytes that nobody acknowledges for so long end
// the connection, too.
constexpr int kPingAfter_ms = 1'000;
constexpr int kPingTimeout_ms = 3'000;
// The next ping leaves a second after the answer to the last one, so it never comes sooner than this; gRPC
// would take anything under five minutes for an attack.
constexpr int kPingsAtLeastApart_ms = 500;
// A server only frees what a silent client held; nobody waits for it.
constexpr int kServerPingAfter_ms = 10'000;
constexpr int kServerPingTimeout_ms = 5'000;
// gRPC's "minimal backoff" is how long one attempt to connect, with its TLS handshake, may take; a busy
// machine needs more than the first pause between two attempts.
constexpr int kConnect_ms = 5'000;
constexpr int kReconnectFirst_ms = 50;
constexpr int kReconnectLongest_ms = 2'000;
// A name server that says nothing; gRPC would wait 120 s for it, and every call to the peer with it.
constexpr int kResolve_ms = 5'000;
// A peer that comes back in a container may have another address; gRPC would ask for it only every 30 s.
constexpr int kResolvePause_ms = 1'000;
constexpr int kMessageBytesMax = 16 << 20;

}  // namespace

grpc::ChannelArguments MakeChannelArguments() {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, kPingAfter_ms);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kPingTimeout_ms);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  arguments.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, kReconnectFirst_ms);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, kConnect_ms);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kReconnectLongest_ms);
  arguments.SetInt(GRPC_ARG_DNS_MIN_TIME_BETWEEN_RESOLUTIONS_MS, kResolvePause_ms);
  arguments.SetInt(GRPC_ARG_DNS_ARES_QUERY_TIMEOUT_MS, kResolve_ms);
  arguments.SetMaxReceiveMessageSize(kMessageBytesMax);
  return arguments;
}

void SetLiveness(grpc::ServerBuilder& builder) {
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, kPingsAtLeastApart_ms);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, kServerPingAfter_ms);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kServerPingTimeout_ms);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
}

}  // namespace bordergate::rpc
