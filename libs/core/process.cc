#include "libs/core/process.h"

#include <csignal>
#include <cstdlib>

#include <malloc.h>
#include <pthread.h>

#include "libs/core/check.h"

namespace bordergate {
namespace {

sigset_t StopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

}  // namespace

Process::Process() {
  const sigset_t signals = StopSignals();
  BG_CHECK(pthread_sigmask(SIG_BLOCK, &signals, nullptr) == 0, "signals can be blocked");
  std::signal(SIGPIPE, SIG_IGN);
  mallopt(M_ARENA_MAX, 2);
  // gRPC writes plain text to standard error for every stranger at the door; our own log has a line for each
  // call.
  setenv("GRPC_VERBOSITY", "NONE", 0);
}

void Process::WaitForStop() const {
  const sigset_t signals = StopSignals();
  int signal = 0;
  BG_CHECK(sigwait(&signals, &signal) == 0, "stop signals can be waited for");
}

bool Process::WaitForStop(std::chrono::milliseconds at_most) const {
  const sigset_t signals = StopSignals();
  const auto seconds = std::chrono::floor<std::chrono::seconds>(at_most);
  const timespec time{seconds.count(), std::chrono::nanoseconds(at_most - seconds).count()};
  return sigtimedwait(&signals, nullptr, &time) > 0;
}

}  // namespace bordergate
