// What report remembers of everybody's events, and what it answers with.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "libs/core/clock.h"

namespace bordergate::report {

enum class Direction { kExport, kImport };

struct TripFact {
  std::string trip_id;
  std::string enterprise_id;
  std::string gate_id;
  Direction direction = Direction::kExport;
  bool open = true;  // neither crossed nor cancelled
  bool perishable = false;
};

enum class TicketState { kWaiting, kCalled, kPassed, kClosed };

struct TicketFact {
  std::string ticket_id;
  std::string trip_id;
  std::string gate_id;
  TicketState state = TicketState::kWaiting;
  bool perishable = false;
  Instant check_in_time;
  std::optional<Instant> pass_time;
};

enum class PassageKind { kAutomatic, kManual, kUnauthorised };

struct PassageFact {
  std::string passage_id;
  std::string lane_id;
  std::string gate_id;
  Direction direction = Direction::kExport;
  PassageKind kind = PassageKind::kAutomatic;
  std::string plate;  // empty when never read
  std::string trip_id;
  std::string decision_id;
  std::string evidence_id;
  Instant arrive_time;
  Instant leave_time;
};

struct PaymentFact {
  std::string invoice_id;
  std::string gate_id;
  int64_t paid_dong = 0;
  Instant settle_time;
};

struct TimelineEntry {
  std::string trip_id;
  std::string source;  // service
  int64_t sequence = 0;
  std::string event_kind;  // with the service: "customs.trip.declared"
  Instant event_time;
  std::string actor;
  std::map<std::string, std::string> params;
};

struct PassageQuery {
  std::string plate_part;             // comparison key, see libs/plate; empty for all
  std::vector<std::string> gate_ids;  // that the caller may see; empty for all
  std::string gate_id;
  std::string lane_id;
  std::string trip_id;
  std::optional<Instant> from_time;
  std::optional<Instant> until_time;
};

struct BoardGate {
  std::string gate_id;
  int declared_count = 0;
  int waiting_count = 0;
  int waiting_perishable_count = 0;
  int called_count = 0;
  int exported_count = 0;
  int imported_count = 0;
  int64_t median_wait_s = -1;
  int out_of_turn_count = 0;
};

struct DailyCounters {
  int exported_perishable_count = 0;
  int exported_other_count = 0;
  int imported_count = 0;
  int manual_count = 0;
  int unauthorised_count = 0;
  int64_t paid_dong = 0;
};

// One day of a gate's wall clock, in UTC.
struct DaySpan {
  Instant from;
  Instant until;
};

// The day that `now` falls into, where clocks stand `utc_offset` ahead of UTC. Vietnam and China have no
// summer time.
DaySpan DayOf(Instant now, std::chrono::minutes utc_offset);
DaySpan SpanOf(std::chrono::sys_days day, std::chrono::minutes utc_offset);
std::chrono::sys_days LocalDay(Instant now, std::chrono::minutes utc_offset);

}  // namespace bordergate::report
