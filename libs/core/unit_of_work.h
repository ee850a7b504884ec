// UnitOfWork<Store>: everything done through one Store is committed together or not at all.
//
// The rules (domain/) declare a Store, an interface with what they need to load and save. A database (store/)
// implements it for the length of one transaction. Handlers (api/) see only the interface and a UnitOfWork of
// it, so a handler is tested without a database and a rule never sees SQL.
//
//   return RunOnce(trips, call, request, [&](TripStore& store) -> Result<ConfirmStepResponse> {
//     Trip trip = BG_TRY(store.LockTrip(id));
//     …
//   });
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "libs/core/clock.h"
#include "libs/core/result.h"

namespace bordergate {

// Who asked for a change, and under which id; makes a repeat harmless.
struct RequestKey {
  std::string caller;      // subject id or "service:<name>"
  std::string method;      // full name of the RPC
  std::string request_id;  // as the caller gave it
  std::string digest;      // SHA-256 of the request, to tell a repeat from a reuse
};

// Where a change comes from; every event says it.
struct Origin {
  std::string actor;     // subject id or "service:<name>"
  std::string trace_id;  // 32 hexadecimal characters; empty when unknown
};

// Something that happened, to be told to every consumer. The database gives it its sequence.
struct NewEvent {
  std::string kind;   // "trip.declared"
  std::string actor;  // subject id or "service:<name>"
  std::string trace_id;
  std::string body;  // serialized event of the service, with an empty header
};

// What every Store can do besides its own business.
class Store {
 public:
  virtual ~Store() = default;

  // The answer given before to the same request, if any.
  // Reason: REQUEST_ID_REUSED (same id, other request).
  virtual Result<std::optional<std::string>> FindAnswer(const RequestKey& key) = 0;
  // Keeps the answer with the change itself.
  virtual Result<void> KeepAnswer(const RequestKey& key, std::string_view answer) = 0;

  // Adds an event to the service's sequence. Call it last: from here to the commit other changes wait.
  virtual Result<void> Append(const NewEvent& event) = 0;

  // The last sequence applied from another service's events; 0 before the first.
  virtual Result<int64_t> AppliedSequence(std::string_view source) = 0;
  // The same, and nobody else applies events of the source until this transaction ends.
  virtual Result<int64_t> LockAppliedSequence(std::string_view source) = 0;
  virtual Result<void> SetAppliedSequence(std::string_view source, int64_t sequence) = 0;
};

template <class StoreType>
class UnitOfWork {
 public:
  using Work = std::function<Result<void>(StoreType&)>;

  virtual ~UnitOfWork() = default;

  // Runs `work` in one transaction: commits when it succeeds, undoes everything when it fails. Runs it again,
  // with a fresh Store, when the database asks for it (serialization, deadlock), so `work` must have no other
  // effect.
  //   errors   those of `work`; CONFLICT, SERVICE_UNAVAILABLE (nothing happened); OUTCOME_UNKNOWN (the
  //   commit's answer
  //            was lost: ask again under the same request id)
  //   thread   safe for use by several threads
  virtual Result<void> Change(SteadyInstant deadline, const Work& work) = 0;

  // Runs `work` on one consistent picture, read only.
  virtual Result<void> Read(SteadyInstant deadline, const Work& work) = 0;
};

}  // namespace bordergate
