// The lane's memory: what must be on disk before the world may change, and what the next run needs to know.
//
// Every Append is one durable change: its events enter the chained journal, its rows the tables, all or
// nothing. Appends of several lanes that come at the same time share one write to the disk.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/core/result.h"
#include "libs/core/unit_of_work.h"
#include "services/lane/domain/admission.h"
#include "services/lane/domain/lane_effects.h"
#include "services/lane/domain/lane_state.h"
#include "services/lane/domain/mode.h"

namespace bordergate::lane {

// One event for those who watch lane.
struct JournalEvent {
  std::string kind;  // "decision.made"
  std::string lane_id;
  std::string actor;  // subject id, or "service:lane"
  std::string trace_id;
  Instant time;
  std::string body;   // serialized event, with an empty header
  std::string basis;  // facts of a decision as JSON; stays in the lane
};

// Set by hand and kept over a restart.
struct RequestedMode {
  std::string lane_id;
  Mode mode = Mode::kAuto;
  std::string by;
  std::string reason;
  std::string trace_id = {};  // of the order; not kept
};

// An answer that makes a repeated request harmless.
struct KeptAnswer {
  RequestKey key;
  std::string answer;
  Instant time;
};

struct Record {
  std::vector<JournalEvent> events;
  // A decision that opens: kept until its passage or its close, so that a restart finds it.
  struct Opened {
    Decision decision;
    Instant arrive_time;
  };
  std::optional<Opened> opened;
  std::optional<NoteEntered> entered;
  std::optional<NoteLoops> loops;
  std::optional<CloseOpening> closed;
  std::optional<Passage> passage;
  std::optional<RequestedMode> mode;
  std::optional<CheckpointRule> rule;
  std::optional<KeptAnswer> answer;
};

class Journal {
 public:
  virtual ~Journal() = default;

  // Makes the record durable.
  //   errors   JOURNAL_UNAVAILABLE (nothing is kept), OUTCOME_UNKNOWN (it may be kept)
  //   repeats  a passage or a close that is there already changes nothing; other records must be new
  //   blocks   for one write to the disk, two when another is under way
  //   thread   safe for use by several threads
  virtual Result<void> Append(const Record& record) = 0;

  // Lets those who wait for events look. Apart from Append, so that a pulse goes out before anybody else is
  // woken.
  virtual void Announce() = 0;

  // The answer kept for a request, if any.
  //   errors   REQUEST_ID_REUSED (same id, other request), JOURNAL_UNAVAILABLE
  virtual Result<std::optional<std::string>> FindAnswer(const RequestKey& key) = 0;
};

// Keeps pictures by name until room is needed for newer ones. Safe for use by several threads.
class EvidenceKeeper {
 public:
  virtual ~EvidenceKeeper() = default;
  // The name of a picture: its digest. Pure.
  virtual std::string NameOf(std::string_view picture) const = 0;
  // The picture.
  //   errors   EVIDENCE_NOT_FOUND (also when retention has removed it, or it is not what its name says)
  virtual Result<std::string> Read(const std::string& evidence_id) const = 0;
  // Keeps it; a picture that is there already is kept once. Failing is logged, and no reason to stop a truck.
  virtual void Keep(const std::string& evidence_id, std::string_view picture) = 0;
};

}  // namespace bordergate::lane
