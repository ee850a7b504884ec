// AccessLog as log lines and counters.
#pragma once

#include "libs/telemetry/telemetry.h"
#include "services/identity/domain/access_log.h"

namespace bordergate::identity {

// Safe for use by several threads.
class TelemetryAccessLog final : public AccessLog {
 public:
  explicit TelemetryAccessLog(Telemetry& telemetry);

  void Admitted(std::string_view subject_id, std::string_view session_id) override;
  void Refused(std::string_view subject_id, Reason reason) override;
  void UseNotWritten(std::string_view session_id, const Error& error) override;

 private:
  const Log& log_;
  Counter admitted_;
  Counter refused_;
  Counter throttled_;
};

}  // namespace bordergate::identity
