#include "services/identity/telemetry_access_log.h"

#include "services/identity/domain/reasons.h"

namespace bordergate::identity {
namespace {

Counter CounterOf(Telemetry& telemetry, const std::string& outcome) {
  return telemetry.metrics.NewCounter("sign_ins_total", "Sign-ins and token requests by outcome",
                                      {{"outcome", outcome}});
}

}  // namespace

TelemetryAccessLog::TelemetryAccessLog(Telemetry& telemetry)
    : log_(telemetry.log),
      admitted_(CounterOf(telemetry, "admitted")),
      refused_(CounterOf(telemetry, "refused")),
      throttled_(CounterOf(telemetry, "throttled")) {}

void TelemetryAccessLog::Admitted(std::string_view subject_id, std::string_view session_id) {
  admitted_.Increment();
  log_.Info("sign_in.admitted", "a session or token was given out",
            {{"subject_id", subject_id}, {"session_id", session_id}});
}

void TelemetryAccessLog::Refused(std::string_view subject_id, Reason reason) {
  (std::string_view(reason.name) == kTooManyTries.name ? throttled_ : refused_).Increment();
  log_.Warning("sign_in.refused", "nobody came in", {{"subject_id", subject_id}, {"reason", reason.name}});
}

void TelemetryAccessLog::UseNotWritten(std::string_view session_id, const Error& error) {
  log_.Warning("session.use_not_written", "the session goes on as if it had not been used",
               {{"session_id", session_id}, {"reason", error.reason()}});
}

}  // namespace bordergate::identity
