// Joints between parts that main.cc puts together.
#pragma once

#include "libs/http/server.h"
#include "services/gateway/api/event_streams.h"
#include "services/gateway/api/session_cache.h"
#include "services/gateway/config.h"
#include "services/gateway/peers/identity_client.h"

namespace bordergate::gateway {

// What identity tells of sessions goes to the cache first, then to the streams: a stream that ends and comes
// back must not find the old session.
SessionFollower::Listener FollowSessions(SessionCache& cache, EventStreams& streams);

// The configured server with problems for faults and log lines for events.
http::ServerOptions MakeServerOptions(const GatewayConfig& config, Telemetry& telemetry);

}  // namespace bordergate::gateway
