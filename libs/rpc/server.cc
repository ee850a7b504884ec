#include "libs/rpc/server.h"

#include <cstdlib>
#include <iostream>

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <grpcpp/health_check_service_interface.h>

#include "libs/core/check.h"
#include "libs/core/reasons.h"
#include "libs/rpc/access.h"
#include "libs/rpc/credentials.h"
#include "libs/rpc/liveness.h"
#include "libs/rpc/path.h"
#include "libs/rpc/server_state.h"

namespace bordergate::rpc {
namespace {

const google::protobuf::MethodDescriptor& DescriptorOf(const char* name) {
  const auto* method = google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(name);
  BG_CHECK(method != nullptr, fmt::format("{} is not in a proto of this program", name));
  BG_CHECK(method->options().HasExtension(common::v1::access), fmt::format("{} has no access option", name));
  return *method;
}

SteadyInstant DeadlineOf(const grpc::GenericCallbackServerContext& context, const Clock& clock,
                         milliseconds longest) {
  const auto left = context.deadline() - std::chrono::system_clock::now();
  const auto allowed = std::min<std::chrono::nanoseconds>(left, longest);
  return clock.SteadyNow() + std::max(allowed, std::chrono::nanoseconds(0));
}

std::string MetadataValue(const grpc::GenericCallbackServerContext& context, const char* key) {
  const auto found = context.client_metadata().find(key);
  if (found == context.client_metadata().end()) return {};
  return {found->second.data(), found->second.size()};
}

}  // namespace

Server::Server(const RpcConfig& config, Telemetry& telemetry, const Clock& clock)
    : state_(std::make_unique<ServerState>(config, telemetry, clock)) {}

Server::~Server() {
  if (state_->server) Drain();
}

void Server::AddUnary(const char* name, const Message& request, Unary unary) {
  state_->Register(name, request).unary = std::move(unary);
}

void Server::AddServerStream(const char* name, const Message& request, Stream stream) {
  state_->Register(name, request).stream = std::move(stream);
}

void Server::AddBoth(const char* name, const Message& request, Converse converse) {
  state_->Register(name, request).converse = std::move(converse);
}

ServerState::Entry& ServerState::Register(const char* name, const Server::Message& request) {
  const auto& descriptor = DescriptorOf(name);
  services.insert(descriptor.service());
  const Histogram duration =
      telemetry.metrics.NewHistogram("rpc_duration_seconds", "Time of calls by method", CallDurationBounds(),
                                     {{"method", descriptor.name()}});
  const auto [entry, added] =
      entries.emplace(PathOf(name), Entry{.name = name,
                                          .method = descriptor.name(),
                                          .access = descriptor.options().GetExtension(common::v1::access),
                                          .request = &request,
                                          .unary = {},
                                          .stream = {},
                                          .converse = {},
                                          .duration = duration});
  BG_CHECK(added, fmt::format("{} has two handlers", name));
  return entry->second;
}

void Server::Start() {
  for (const auto* service : state_->services) {
    for (int i = 0; i < service->method_count(); ++i) {
      const std::string& name = service->method(i)->full_name();
      BG_CHECK(state_->entries.contains(PathOf(name)), fmt::format("{} has no handler", name));
    }
  }
  grpc::EnableDefaultHealthCheckService(true);
  grpc::ServerBuilder builder;
  builder.AddListeningPort(state_->config.listen, MakeServerCredentials(state_->config.tls), &state_->port);
  builder.RegisterCallbackGenericService(state_.get());
  builder.SetMaxReceiveMessageSize(state_->config.message_bytes_max);
  // Two listeners on one port would share its calls; the second must fail instead.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  SetLiveness(builder);
  state_->server = builder.BuildAndStart();
  if (!state_->server || state_->port == 0) {
    std::cerr << "rpc: cannot listen on " << state_->config.listen
              << " (in use, or the certificate files are wrong)\n";
    std::exit(1);
  }
  state_->server->GetHealthCheckService()->SetServingStatus(true);
  state_->telemetry.log.Info("rpc.listening", "gRPC server listens", {{"port", state_->port}});
}

int Server::port() const { return state_->port; }

int Server::RunUntilSignal(const Process& process, Readiness& readiness) {
  Start();
  process.WaitForStop();
  readiness.StartDraining();
  Drain();
  return 0;
}

void Server::Drain() {
  if (state_->draining.exchange(true)) return;
  state_->telemetry.log.Info("rpc.draining", "open calls may finish");
  if (!state_->server) return;
  state_->server->GetHealthCheckService()->SetServingStatus(false);
  {
    const std::lock_guard lock(state_->streams_mutex);
    for (grpc::CallbackServerContext* context : state_->streams) context->TryCancel();
  }
  state_->server->Shutdown(std::chrono::system_clock::now() + state_->config.drain_duration);
  state_->server->Wait();
  state_->server.reset();
}

grpc::ServerGenericBidiReactor* ServerState::CreateReactor(grpc::GenericCallbackServerContext* context) {
  const auto found = entries.find(context->method());
  if (found == entries.end())
    return NewRefusal(Error(kMethodUnknown, "there is no method " + context->method()));
  const Entry& entry = found->second;
  Result<CallContext> call = Admit(entry, *context);
  if (!call) {
    CallContext nobody;
    nobody.caller.service = PeerService(*context->auth_context(), config.tls.site);
    Finished(entry, nobody, clock.SteadyNow(), &call.error());
    return NewRefusal(call.error());
  }
  if (entry.unary) return NewUnaryCall(*this, entry, *std::move(call));
  if (entry.stream) return NewStreamCall(*this, entry, *std::move(call), context);
  return NewConversationCall(*this, entry, *std::move(call), context);
}

Result<CallContext> ServerState::Admit(const Entry& entry,
                                       const grpc::GenericCallbackServerContext& context) {
  CallContext call;
  call.method = entry.name;
  call.deadline = DeadlineOf(context, clock, config.call_duration_max);
  call.trace = Trace::FromHeader(MetadataValue(context, kTraceKey));
  call.caller.service = PeerService(*context.auth_context(), config.tls.site);
  if (call.caller.service.empty()) {
    return Error(kUnauthenticated, "the peer's certificate names no process of this site");
  }
  call.assertion = MetadataValue(context, kAssertionKey);
  if (!call.assertion.empty()) BG_TRY(verifier.Apply(call.assertion, call.caller));
  BG_TRY(CheckAccess(entry.access, call.caller));
  return call;
}

void ServerState::Finished(const Entry& entry, const CallContext& call, SteadyInstant start,
                           const Error* error) {
  const std::chrono::duration<double> took = clock.SteadyNow() - start;
  entry.duration.Observe(took.count());
  const std::string reason = error == nullptr ? "" : error->reason();
  const bool ours = error != nullptr && error->code() == Code::kInternal;
  const Log::Fields fields = {{"method", entry.method},
                              {"reason", reason},
                              {"duration_ms", took.count() * 1000},
                              {"peer", call.caller.service},
                              {"actor", call.caller.subject_id},
                              {"trace_id", call.trace.trace_id}};
  if (ours) {
    telemetry.log.Error("rpc.finished", error->message(), fields);
  } else {
    telemetry.log.Info("rpc.finished", error == nullptr ? "ok" : "refused", fields);
  }
  if (error != nullptr) {
    telemetry.metrics.NewCounter("rpc_errors_total", "Calls that ended with a reason", {{"reason", reason}})
        .Increment();
  }
}

bool ServerState::AddStream(grpc::CallbackServerContext* context) {
  const std::lock_guard lock(streams_mutex);
  if (draining || streams.size() >= static_cast<size_t>(config.open_streams_max)) return false;
  streams.insert(context);
  return true;
}

void ServerState::RemoveStream(grpc::CallbackServerContext* context) {
  const std::lock_guard lock(streams_mutex);
  streams.erase(context);
}

}  // namespace bordergate::rpc
