// What lanes do, as log lines and metrics. No plates, no names: ids and codes.
#pragma once

#include <atomic>

#include "libs/telemetry/telemetry.h"
#include "services/lane/domain/lane_controller.h"

namespace bordergate::lane {

// Safe for use by several threads.
class LaneTelemetry final : public LaneObserver {
 public:
  LaneTelemetry(Telemetry& telemetry, const Clock& clock);

  void OnDecision(const Decision& decision) override;
  void OnPulse(const std::string& lane_id, Sent sent, const PulseTimes& times) override;
  void OnPassage(const Passage& passage) override;
  void OnUnknownTag(const std::string& lane_id) override;
  void OnFault(const std::string& lane_id, const Cause& fault, bool raised) override;
  void OnMode(const std::string& lane_id, Mode mode) override;
  void OnJournalError(const std::string& lane_id, const Error& error) override;

 private:
  Telemetry& telemetry_;
  const Clock& clock_;
  const Histogram pulse_seconds_;
  const Counter journal_errors_;
  std::atomic<SteadyInstant::rep> journal_error_logged_ = 0;
};

}  // namespace bordergate::lane
