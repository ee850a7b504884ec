// Ends calls that ran out, by the clock, and calls whoever is next.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "libs/telemetry/telemetry.h"
#include "services/yard/domain/gate_desk.h"

namespace bordergate::yard {

class CallTimer {
 public:
  //   interval   how often it looks, from construction until destruction; on a thread of its own
  CallTimer(UnitOfWork<YardStore>& yards, const EventBodies& bodies, IdMaker& ids, const Clock& clock,
            Telemetry& telemetry, milliseconds interval);
  ~CallTimer();
  CallTimer(const CallTimer&) = delete;
  CallTimer& operator=(const CallTimer&) = delete;

 private:
  void Run();
  void Report(const Result<void>& looked);

  UnitOfWork<YardStore>& yards_;
  const EventBodies& bodies_;
  IdMaker& ids_;
  const Clock& clock_;
  Telemetry& telemetry_;
  milliseconds interval_;
  bool is_failing_ = false;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::thread thread_;
};

// One look: every gate with calls that have run out, each in a transaction of its own.
Result<void> ExpireDueCalls(UnitOfWork<YardStore>& yards, const EventBodies& bodies, IdMaker& ids,
                            const Clock& clock);

}  // namespace bordergate::yard
