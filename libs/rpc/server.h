// The gRPC server of a service. Does for every RPC, once: mTLS, who is asking, the `access` rule, deadline,
// error mapping, health (grpc.health.v1), metrics, one log line a call, graceful drain. A handler is a plain
// function:
//
//   Result<v1::GetTripResponse> GetTrip(const CallContext& call, const v1::GetTripRequest& request);
//   server.Add<customs_service::GetTrip>([&](const auto& call, const auto& request) { return
//   api.GetTrip(call, request); });
//
// Built on gRPC's generic callback service: one dispatcher for all methods, so that no service compiles a
// gRPC header (docs/decisions/0004-generic-grpc.md). On the wire it is ordinary gRPC.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include <google/protobuf/message.h>

#include "libs/config/common_config.h"
#include "libs/core/process.h"
#include "libs/core/result.h"
#include "libs/rpc/call_context.h"
#include "libs/rpc/method.h"
#include "libs/rpc/stream.h"
#include "libs/telemetry/readiness.h"
#include "libs/telemetry/telemetry.h"

namespace bordergate::rpc {

struct ServerState;

class Server {
 public:
  using Message = google::protobuf::Message;
  // The handlers as the dispatcher holds them; Add and its like make them.
  using Unary = std::function<Result<std::unique_ptr<Message>>(const CallContext&, const Message&)>;
  using Stream = std::function<Result<void>(const CallContext&, const Message&, RawWriter&)>;
  using OnMessage = std::function<void(const Message&)>;
  using Converse = std::function<Result<OnMessage>(const CallContext&, std::shared_ptr<RawWriter>)>;

  Server(const RpcConfig& config, Telemetry& telemetry, const Clock& clock);
  ~Server();  // stops at once if it still runs
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Handlers are added before Start. Each runs on one of rpc.handler_threads and may wait for a database or a
  // peer.
  template <class M, class Handler>
  void Add(Handler handler);
  // Each open stream has a thread of its own.
  template <class M, class Handler>
  void AddStream(Handler handler);
  //   open   (const CallContext&, Sender<Response>) -> Result<std::unique_ptr<Conversation<Request>>>
  template <class M, class Open>
  void AddConversation(Open open);

  // Listens. Ends the program with one line when the address cannot be had or an RPC of the service has no
  // handler.
  void Start();
  // The port it listens on, after Start.
  int port() const;

  // Start, wait for SIGTERM or SIGINT, say that the service is ending, drain. Returns the program's exit
  // code.
  int RunUntilSignal(const Process& process, Readiness& readiness);
  // Not ready, streams end, open calls may finish for rpc.drain_duration_ms, then they are cut.
  void Drain();

 private:
  void AddUnary(const char* name, const Message& request, Unary unary);
  void AddServerStream(const char* name, const Message& request, Stream stream);
  void AddBoth(const char* name, const Message& request, Converse converse);

  std::unique_ptr<ServerState> state_;
};

template <class M, class Handler>
void Server::Add(Handler handler) {
  static_assert(M::kStreaming == Streaming::kNone);
  AddUnary(M::kName, M::Request::default_instance(),
           [handler = std::move(handler)](const CallContext& call,
                                          const Message& request) -> Result<std::unique_ptr<Message>> {
             Result<typename M::Response> response =
                 handler(call, static_cast<const typename M::Request&>(request));
             if (!response) return std::move(response).error();
             return std::make_unique<typename M::Response>(*std::move(response));
           });
}

template <class M, class Handler>
void Server::AddStream(Handler handler) {
  static_assert(M::kStreaming == Streaming::kServer);
  AddServerStream(
      M::kName, M::Request::default_instance(),
      [handler = std::move(handler)](const CallContext& call, const Message& request, RawWriter& raw) {
        StreamWriter<typename M::Response> writer(raw);
        return handler(call, static_cast<const typename M::Request&>(request), writer);
      });
}

template <class M, class Open>
void Server::AddConversation(Open open) {
  static_assert(M::kStreaming == Streaming::kBoth);
  AddBoth(
      M::kName, M::Request::default_instance(),
      [open = std::move(open)](const CallContext& call, std::shared_ptr<RawWriter> raw) -> Result<OnMessage> {
        std::shared_ptr<Conversation<typename M::Request>> conversation =
            BG_TRY(open(call, Sender<typename M::Response>(std::move(raw))));
        return [conversation](const Message& message) {
          conversation->OnMessage(static_cast<const typename M::Request&>(message));
        };
      });
}

}  // namespace bordergate::rpc
