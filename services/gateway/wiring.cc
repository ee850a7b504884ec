#include "services/gateway/wiring.h"

#include "services/gateway/api/front.h"

namespace bordergate::gateway {

SessionFollower::Listener FollowSessions(SessionCache& cache, EventStreams& streams) {
  return {.on_following = [&](bool following) { cache.SetFollowing(following); },
          .on_session_ended =
              [&](const std::string& session_id) {
                cache.DropSession(session_id);
                streams.EndSession(session_id);
              },
          .on_subject_changed =
              [&](const std::string& subject_id) {
                cache.DropSubject(subject_id);
                streams.EndSubject(subject_id);
              }};
}

http::ServerOptions MakeServerOptions(const GatewayConfig& config, Telemetry& telemetry) {
  http::ServerOptions options = config.http;
  options.make_fault = [hsts_max_age_s = config.hsts_max_age_s](int status, std::string_view why) {
    return MakeFault(status, why, hsts_max_age_s);
  };
  options.on_event = [&telemetry](std::string_view event, std::string_view text) {
    telemetry.log.Warning(
        event == "certificate_reloaded" ? "http.certificate_reloaded" : "http.certificate_not_reloaded",
        text);
  };
  return options;
}

}  // namespace bordergate::gateway
