// Who holds a token, for as long as that may be believed without asking again.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "libs/core/clock.h"
#include "services/gateway/domain/session.h"

namespace bordergate::gateway {

// Sessions by token, for as long as their assertion lives and identity's events arrive. While those do not
// arrive nothing is kept, so that a revocation counts at once or is asked for. Safe for use by several
// threads.
class SessionCache {
 public:
  explicit SessionCache(size_t sessions_max) : sessions_max_(sessions_max) {}

  // Nothing when identity must be asked. `generation` belongs to the question and goes with its answer to
  // Keep.
  std::optional<Session> Find(const std::string& token, Instant now, int64_t* generation) const;

  // Keeps an answer, unless a session was dropped since the question was asked: the answer may be older than
  // the drop.
  void Keep(const std::string& token, const Session& session, int64_t generation, Instant now);

  // One session has ended.
  void DropSession(const std::string& session_id);
  // All sessions of a subject have ended or changed.
  void DropSubject(const std::string& subject_id);

  // Whether identity's events arrive. False empties the cache.
  void SetFollowing(bool following);
  bool following() const;

  size_t size() const;

 private:
  template <class Matches>
  void Drop(Matches matches);

  const size_t sessions_max_;
  mutable std::mutex mutex_;
  bool following_ = false;
  int64_t generation_ = 0;
  std::unordered_map<std::string, Session> sessions_;  // by SHA-256 of the token
};

}  // namespace bordergate::gateway
