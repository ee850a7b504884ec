#include "services/gateway/api/session_cache.h"

#include "libs/core/digest.h"

namespace bordergate::gateway {
namespace {

// An assertion that ends while the call is on its way would be refused at its end.
constexpr seconds kReserve{5};

}  // namespace

std::optional<Session> SessionCache::Find(const std::string& token, Instant now, int64_t* generation) const {
  const std::string key = Sha256(token);
  const std::lock_guard lock(mutex_);
  *generation = generation_;
  const auto found = sessions_.find(key);
  if (!following_ || found == sessions_.end() || found->second.expire_time - kReserve <= now)
    return std::nullopt;
  return found->second;
}

void SessionCache::Keep(const std::string& token, const Session& session, int64_t generation, Instant now) {
  const std::string key = Sha256(token);
  const std::lock_guard lock(mutex_);
  if (!following_ || generation != generation_) return;
  if (sessions_.size() >= sessions_max_) {
    std::erase_if(sessions_, [&](const auto& entry) { return entry.second.expire_time - kReserve <= now; });
  }
  if (sessions_.size() >= sessions_max_) sessions_.erase(sessions_.begin());
  sessions_.insert_or_assign(key, session);
}

template <class Matches>
void SessionCache::Drop(Matches matches) {
  const std::lock_guard lock(mutex_);
  ++generation_;
  std::erase_if(sessions_, [&](const auto& entry) { return matches(entry.second); });
}

void SessionCache::DropSession(const std::string& session_id) {
  Drop([&](const Session& session) { return session.session_id == session_id; });
}

void SessionCache::DropSubject(const std::string& subject_id) {
  Drop([&](const Session& session) { return session.subject_id == subject_id; });
}

void SessionCache::SetFollowing(bool following) {
  const std::lock_guard lock(mutex_);
  if (following == following_) return;
  following_ = following;
  ++generation_;
  if (!following) sessions_.clear();
}

bool SessionCache::following() const {
  const std::lock_guard lock(mutex_);
  return following_;
}

size_t SessionCache::size() const {
  const std::lock_guard lock(mutex_);
  return sessions_.size();
}

}  // namespace bordergate::gateway
