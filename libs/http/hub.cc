#include "libs/http/hub.h"

namespace bordergate::http {
namespace {

// Beyond the limit so many connections more are told why; the rest are closed without a word.
constexpr int kRefusedConnectionsMax = 64;

}  // namespace

Hub::Place Hub::PlaceFor(const std::string& address) const {
  const std::lock_guard lock(mutex_);
  const int open = static_cast<int>(sessions_.size());
  const Limits& limits = options.limits;
  if (open >= limits.connections_max + kRefusedConnectionsMax) return Place::kDropped;
  if (open >= limits.connections_max) return Place::kRefused;
  const auto found = per_address_.find(address);
  const int of_address = found == per_address_.end() ? 0 : found->second;
  if (limits.connections_per_address_max > 0 && of_address >= limits.connections_per_address_max) {
    return Place::kRefused;
  }
  return Place::kServed;
}

void Hub::Enter(const std::shared_ptr<Session>& session, const std::string& address) {
  const std::lock_guard lock(mutex_);
  sessions_.insert(session);
  ++per_address_[address];
}

void Hub::Leave(const std::shared_ptr<Session>& session, const std::string& address) {
  const std::lock_guard lock(mutex_);
  if (sessions_.erase(session) == 0) return;
  const auto found = per_address_.find(address);
  if (found != per_address_.end() && --found->second == 0) per_address_.erase(found);
  if (sessions_.empty()) empty_.notify_all();
}

int64_t Hub::open_count() const {
  const std::lock_guard lock(mutex_);
  return static_cast<int64_t>(sessions_.size());
}

std::vector<std::shared_ptr<Session>> Hub::sessions() const {
  const std::lock_guard lock(mutex_);
  return {sessions_.begin(), sessions_.end()};
}

bool Hub::WaitUntilEmpty(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  return empty_.wait_for(lock, patience, [&] { return sessions_.empty(); });
}

}  // namespace bordergate::http
