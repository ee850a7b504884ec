#include "services/identity/api/parts.h"

#include "services/identity/domain/reasons.h"

namespace bordergate::identity {

Result<Id<Try>> BeginTry(const Parts& parts, const rpc::CallContext& call, const std::string& digest) {
  const Instant now = parts.clock.Now();
  const Try one{.id = parts.ids.New<Try>("try"), .name_digest = digest, .time = now};
  const Result<void> begun = parts.store.Change(call.deadline, [&](IdentityStore& store) -> Result<void> {
    const auto earlier = BG_TRY(store.LockTries(digest, now - kTryWindow));
    if (const auto retry = RetryTime(earlier, now)) {
      const auto wait = std::chrono::ceil<seconds>(*retry - now);
      return Error(kTooManyTries, "too many failed tries; wait, then try again")
          .With("retry_after_s", std::to_string(wait.count()));
    }
    return store.AddTry(one, now - kTryWindow);
  });
  if (!begun) {
    if (begun.error().Is(kTooManyTries)) parts.log.Refused({}, kTooManyTries);
    return begun.error();
  }
  return one.id;
}

void TakeBackTry(const Parts& parts, const rpc::CallContext& call, const Id<Try>& id) {
  [[maybe_unused]] const Result<void> counts_as_failed = parts.store.Change(
      call.deadline, [&](IdentityStore& store) -> Result<void> { return store.RemoveTry(id); });
}

}  // namespace bordergate::identity
