// What one partner may see, and what it was sent.
#pragma once

#include <string>
#include <vector>

#include "libs/core/clock.h"
#include "libs/core/field_checks.h"

namespace bordergate::exchange {

struct Clause {
  std::string event_kind;           // "lane.passage.completed"
  std::vector<std::string> fields;  // paths in the event's subject
};

struct Agreement {
  std::string partner_id;
  int version = 0;  // 1 for the first
  std::string title;
  std::vector<Clause> clauses;
  std::string author;
  std::string reason;
  Instant create_time;

  // The clause for a kind of event, or nullptr.
  const Clause* FindClause(std::string_view event_kind) const;
};

// Says which events and fields there are.
class EventCatalogue {
 public:
  virtual ~EventCatalogue() = default;
  // errors   EVENT_KIND_UNKNOWN, EVENT_FIELD_UNKNOWN
  virtual Result<void> CheckField(std::string_view event_kind, std::string_view field) const = 0;
};

// Adds every fault of what the management centre fills in. Field names are those of PutAgreementRequest.
// Reasons: PARTNER_ID_INVALID, those of FieldChecks::Text, TOO_MANY_CLAUSES, CLAUSE_REPEATED, FIELD_REQUIRED,
// EVENT_KIND_UNKNOWN, EVENT_FIELD_UNKNOWN.
void CheckAgreement(const Agreement& agreement, const EventCatalogue& catalogue, FieldChecks& checks);

// One message to one partner.
struct Message {
  int64_t sequence = 0;  // from 1, without gaps, for each partner
  std::string event_kind;
  Instant event_time;
  int agreement_version = 0;
  std::string payload;  // canonical JSON: keys sorted, no white space
  std::string digest;   // see ChainDigest
};

// SHA-256, in hexadecimal, over these lines joined by "\n": the previous message's digest (empty for the
// first), sequence, event kind, event time in RFC 3339 with milliseconds, agreement version, payload. A
// partner that keeps its messages can prove that none was altered, dropped or put in another order.
std::string ChainDigest(std::string_view previous_digest, const Message& message);

}  // namespace bordergate::exchange
