#include "services/lane/lane_telemetry.h"

namespace bordergate::lane {
namespace {

const char* OutcomeName(Outcome outcome) {
  switch (outcome) {
    case Outcome::kOpen:
      return "open";
    case Outcome::kAsk:
      return "ask";
    case Outcome::kRefuse:
      return "refuse";
  }
  return "";
}

const char* SentName(Sent sent) {
  switch (sent) {
    case Sent::kYes:
      return "yes";
    case Sent::kNo:
      return "no";
    case Sent::kUnknown:
      return "unknown";
  }
  return "";
}

const char* KindName(Passage::Kind kind) {
  switch (kind) {
    case Passage::Kind::kAutomatic:
      return "automatic";
    case Passage::Kind::kManual:
      return "manual";
    case Passage::Kind::kUnauthorised:
      return "unauthorised";
  }
  return "";
}

std::string Codes(const std::vector<Cause>& causes) {
  std::string codes;
  for (const Cause& cause : causes) codes += (codes.empty() ? "" : ",") + cause.code;
  return codes;
}

// 0.2 ms to 1 s.
std::vector<double> PulseBounds() {
  return {0.0002, 0.0004, 0.0006, 0.001, 0.0015, 0.002, 0.004, 0.008, 0.015, 0.03, 0.06, 0.12, 0.3, 0.8, 1};
}

}  // namespace

LaneTelemetry::LaneTelemetry(Telemetry& telemetry, const Clock& clock)
    : telemetry_(telemetry),
      clock_(clock),
      pulse_seconds_(
          telemetry.metrics.NewHistogram("read_to_pulse_seconds",
                                         "From the arrival of a read, or of an officer's order, to the "
                                         "answer of the barrier's controller",
                                         PulseBounds())),
      journal_errors_(
          telemetry.metrics.NewCounter("journal_errors_total", "Records that could not be kept")) {}

void LaneTelemetry::OnDecision(const Decision& decision) {
  const char* outcome = OutcomeName(decision.verdict.outcome);
  telemetry_.metrics
      .NewCounter("decisions_total", "Decisions by outcome and by who made them",
                  {{"outcome", outcome}, {"by", decision.by_lane() ? "lane" : "officer"}})
      .Increment();
  telemetry_.log.Info("decision.made", "decided",
                      {{"lane_id", decision.lane_id},
                       {"decision_id", decision.id.value()},
                       {"session_id", decision.session_id},
                       {"outcome", outcome},
                       {"reason", Codes(decision.verdict.causes)},
                       {"trip_id", decision.trip_id},
                       {"actor", decision.decided_by},
                       {"trace_id", decision.trace_id}});
}

void LaneTelemetry::OnPulse(const std::string& lane_id, Sent sent, const PulseTimes& times) {
  const auto ms = [](std::chrono::microseconds span) {
    return std::chrono::duration<double, std::milli>(span).count();
  };
  pulse_seconds_.Observe(ms(times.total) / 1000);
  telemetry_.metrics
      .NewCounter("pulses_total", "Raise pulses by what is known of them", {{"sent", SentName(sent)}})
      .Increment();
  const Log::Fields fields = {{"lane_id", lane_id},
                              {"sent", SentName(sent)},
                              {"duration_ms", ms(times.total)},
                              {"waited_ms", ms(times.waited)},
                              {"journal_ms", ms(times.journal)},
                              {"barrier_ms", ms(times.barrier)}};
  if (sent == Sent::kYes) return telemetry_.log.Info("barrier.raised", "raise pulse sent", fields);
  telemetry_.log.Error("barrier.raise_in_doubt", "the controller did not confirm the raise pulse", fields);
}

void LaneTelemetry::OnPassage(const Passage& passage) {
  const char* kind = KindName(passage.kind);
  telemetry_.metrics
      .NewCounter("passages_total", "Vehicles that went through, by how they came to", {{"kind", kind}})
      .Increment();
  telemetry_.log.Info("passage.completed", "a vehicle went through",
                      {{"lane_id", passage.lane_id},
                       {"passage_id", passage.id.value()},
                       {"decision_id", passage.decision_id.value()},
                       {"trip_id", passage.trip_id},
                       {"kind", kind},
                       {"reason", Codes(passage.remarks)}});
}

void LaneTelemetry::OnUnknownTag(const std::string& lane_id) {
  telemetry_.metrics
      .NewCounter("unknown_tags_total", "Transponders heard that belong to no known truck",
                  {{"lane_id", lane_id}})
      .Increment();
}

void LaneTelemetry::OnFault(const std::string& lane_id, const Cause& fault, bool raised) {
  if (!raised) {
    telemetry_.log.Info("lane.fault_cleared", "the fault is over",
                        {{"lane_id", lane_id}, {"reason", fault.code}});
    return;
  }
  telemetry_.metrics.NewCounter("faults_total", "Faults of lanes by reason", {{"reason", fault.code}})
      .Increment();
  telemetry_.log.Error("lane.fault_raised", "somebody must look at the lane",
                       {{"lane_id", lane_id}, {"reason", fault.code}});
}

void LaneTelemetry::OnMode(const std::string& lane_id, Mode mode) {
  telemetry_.metrics
      .NewGauge("mode", "Mode of a lane: 0 AUTO, 1 LOCAL, 2 CONFIRM, 3 MANUAL, 4 CLOSED",
                {{"lane_id", lane_id}})
      .Set(static_cast<double>(mode));
  telemetry_.log.Info("lane.mode_changed", "the lane has another mode",
                      {{"lane_id", lane_id}, {"mode", ModeName(mode)}});
}

// A broken disk fails many times a second; it is told once a second.
void LaneTelemetry::OnJournalError(const std::string& lane_id, const Error& error) {
  journal_errors_.Increment();
  const auto now = clock_.SteadyNow().time_since_epoch().count();
  auto logged = journal_error_logged_.load();
  if (now - logged < std::chrono::steady_clock::duration(seconds(1)).count()) return;
  if (!journal_error_logged_.compare_exchange_strong(logged, now)) return;
  telemetry_.log.Error("journal.not_kept", error.message(),
                       {{"lane_id", lane_id}, {"reason", error.reason()}});
}

}  // namespace bordergate::lane
