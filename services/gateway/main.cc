// gateway: the only public door. The parts, top to bottom.
#include <iostream>

#include "embedded/gateway.h"
#include "libs/core/or_exit.h"
#include "libs/core/process.h"
#include "libs/core/reasons.h"
#include "libs/http/service_admin.h"
#include "services/gateway/api/embedded_files.h"
#include "services/gateway/api/front.h"
#include "services/gateway/api/openapi.h"
#include "services/gateway/config.h"
#include "services/gateway/peers/identity_client.h"
#include "services/gateway/peers/rpc_upstream.h"
#include "services/gateway/ticker.h"
#include "services/gateway/wiring.h"

using namespace bordergate;           // NOLINT(google-build-using-namespace): a main is a list of parts
using namespace bordergate::gateway;  // NOLINT(google-build-using-namespace)

int main(int argc, char** argv) {
  const Process process;
  const Command command =
      ParseCommandOrExit(argc, argv, "gateway", {{"openapi", "Prints the OpenAPI document"}});
  const std::unique_ptr<Contract> contract = OrExit("gateway", Contract::Load(EmbeddedDescriptors()));
  if (command.name == "openapi") {
    std::cout << MakeOpenApi(*contract);
    return 0;
  }
  const auto config = LoadConfigOrExit<GatewayConfig>(command, embedded::gateway::config_toml());
  if (command.is_migrate()) return 0;  // the gateway owns no data
  const SystemClock clock;
  Telemetry telemetry("gateway", config.telemetry.log_level);
  RpcUpstream upstream(config.peers, config.tls);
  rpc::Channel& identity = *upstream.channel("identity");
  IdentityClient sessions(upstream);
  SessionCache cache(config.sessions_kept_max);
  const Dispatcher dispatcher(*contract, telemetry, clock, config.hsts_max_age_s);
  EventStreams streams(*contract, dispatcher, upstream, sessions, clock, telemetry, config.streams);
  Door door({*contract, dispatcher, upstream, sessions, cache, streams, clock}, config.door);
  const Pages pages = OrExit("gateway", Pages::Load(*contract, config.folders));
  Front front(door, pages, dispatcher);
  SessionFollower follower(identity, telemetry, clock, FollowSessions(cache, streams));
  const Ticker ticker(milliseconds(250), [&] {
    streams.Tick();
    follower.Tick();
  });

  Readiness readiness(clock);
  readiness.Add("identity", [&]() -> Result<void> {
    if (identity.connected()) return {};
    return Error(kServiceUnavailable, "identity cannot be reached; nobody can be let in");
  });
  const auto admin = http::StartAdminOrExit(config.admin, telemetry, readiness);
  const auto server = OrExit(
      "gateway", http::Server::Start(MakeServerOptions(config, telemetry), [&](auto request, auto reply) {
        front.Handle(std::move(request), std::move(reply));
      }));
  telemetry.log.Info("http.listening", "the public door is open", {{"port", server->port()}});
  process.WaitForStop();
  readiness.StartDraining();
  server->Stop(config.drain_duration);
  return 0;
}
