// What a program does for its process before anything else: the first line of every main().
#pragma once

#include <chrono>

namespace bordergate {

// Blocks SIGTERM and SIGINT in this thread and all it starts, ignores SIGPIPE, and keeps the allocator from
// making an arena a thread (dozens of mostly waiting threads would hold tens of MiB for nothing).
class Process {
 public:
  Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  // Waits for SIGTERM or SIGINT. One thread.
  void WaitForStop() const;
  // The same for at most this long. True: the program is to end.
  bool WaitForStop(std::chrono::milliseconds at_most) const;
};

}  // namespace bordergate
