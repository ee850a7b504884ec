#include "services/yard/call_timer.h"

#include "libs/telemetry/trace.h"

namespace bordergate::yard {
namespace {

constexpr seconds kLookTime{10};

}  // namespace

Result<void> ExpireDueCalls(UnitOfWork<YardStore>& yards, const EventBodies& bodies, IdMaker& ids,
                            const Clock& clock) {
  std::vector<std::string> gate_ids;
  BG_TRY(yards.Read(clock.SteadyNow() + kLookTime, [&](YardStore& store) -> Result<void> {
    gate_ids = BG_TRY(store.ListGatesWithExpiredCalls(clock.Now()));
    return {};
  }));
  for (const std::string& gate_id : gate_ids) {
    BG_TRY(yards.Change(clock.SteadyNow() + kLookTime, [&](YardStore& store) -> Result<void> {
      GateDesk desk(store, bodies, ids, {"service:yard", Trace::New().trace_id}, clock.Now());
      BG_TRY(desk.ExpireCalls(gate_id));
      return desk.Tell();
    }));
  }
  return {};
}

CallTimer::CallTimer(UnitOfWork<YardStore>& yards, const EventBodies& bodies, IdMaker& ids,
                     const Clock& clock, Telemetry& telemetry, milliseconds interval)
    : yards_(yards),
      bodies_(bodies),
      ids_(ids),
      clock_(clock),
      telemetry_(telemetry),
      interval_(interval),
      thread_([this] { Run(); }) {}

CallTimer::~CallTimer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void CallTimer::Run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    Report(ExpireDueCalls(yards_, bodies_, ids_, clock_));
    lock.lock();
    changed_.wait_for(lock, interval_, [this] { return stopping_; });
  }
}

void CallTimer::Report(const Result<void>& looked) {
  if (!looked && !is_failing_) {
    telemetry_.log.Warning("calls.not_expired", looked.error().message(),
                           {{"reason", looked.error().reason()}});
  }
  is_failing_ = !looked;
}

}  // namespace bordergate::yard
