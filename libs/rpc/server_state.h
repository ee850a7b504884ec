// The inside of Server, shared by its reactors. Only files of libs/rpc include this.
#pragma once

#include <atomic>
#include <map>
#include <set>

#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include "libs/rpc/assertion.h"
#include "libs/rpc/server.h"
#include "libs/rpc/worker_pool.h"

namespace bordergate::rpc {

// Metadata keys of the platform's calls.
inline constexpr char kAssertionKey[] = "bordergate-assertion-bin";
inline constexpr char kTraceKey[] = "traceparent";

struct ServerState final : public grpc::CallbackGenericService {
  struct Entry {
    std::string name;    // "bordergate.lane.v1.LaneService.OpenBarrier"
    std::string method;  // "OpenBarrier"
    common::v1::Access access;
    const Server::Message* request = nullptr;
    Server::Unary unary;
    Server::Stream stream;
    Server::Converse converse;
    Histogram duration;
  };

  ServerState(const RpcConfig& config_in, Telemetry& telemetry_in, const Clock& clock_in)
      : config(config_in),
        telemetry(telemetry_in),
        clock(clock_in),
        verifier(config_in.assertion_public_key_folder, clock_in),
        workers(config_in.handler_threads, static_cast<size_t>(config_in.waiting_calls_max)) {}

  Entry& Register(const char* name, const Server::Message& request);

  grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext* context) override;

  // Proves who is asking and applies the access rule.
  Result<CallContext> Admit(const Entry& entry, const grpc::GenericCallbackServerContext& context);

  // The one log line and the metrics of a call.
  void Finished(const Entry& entry, const CallContext& call, SteadyInstant start, const Error* error);

  // Open streams, to be ended by Drain.
  bool AddStream(grpc::CallbackServerContext* context);
  void RemoveStream(grpc::CallbackServerContext* context);

  RpcConfig config;
  Telemetry& telemetry;
  const Clock& clock;
  AssertionVerifier verifier;
  std::set<const google::protobuf::ServiceDescriptor*> services;
  std::map<std::string, Entry> entries;  // by path "/bordergate.lane.v1.LaneService/OpenBarrier"
  std::unique_ptr<grpc::Server> server;
  int port = 0;
  std::atomic<bool> draining = false;

  std::mutex streams_mutex;
  std::set<grpc::CallbackServerContext*> streams;

  WorkerPool workers;  // last: its threads use all of the above
};

grpc::ServerGenericBidiReactor* NewRefusal(const Error& error);
grpc::ServerGenericBidiReactor* NewUnaryCall(ServerState& state, const ServerState::Entry& entry,
                                             CallContext call);
grpc::ServerGenericBidiReactor* NewStreamCall(ServerState& state, const ServerState::Entry& entry,
                                              CallContext call, grpc::CallbackServerContext* context);
grpc::ServerGenericBidiReactor* NewConversationCall(ServerState& state, const ServerState::Entry& entry,
                                                    CallContext call, grpc::CallbackServerContext* context);

}  // namespace bordergate::rpc
