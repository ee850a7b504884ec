// A TCP connection's way between two programs, and what can go wrong on it: it is cut, slow, narrow, loses
// segments, forgets connections or resets them.
#pragma once

#include <array>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "libs/core/clock.h"
#include "libs/core/random.h"

namespace bordergate::lane {

class Wire {
 public:
  struct Trouble {
    milliseconds delay{};      // of every segment, each way
    milliseconds jitter{};     // up to this much more
    int loss_permille = 0;     // a lost segment is sent again after 200 ms, then after 400 ms …
    int bytes_per_second = 0;  // each way, of all connections together; 0: any number
  };

  // Carries connections from port() of the loopback interface to another port of it. `seed` draws jitter and
  // losses.
  explicit Wire(int to_port, uint64_t seed = 1);
  ~Wire();
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  int port() const { return port_; }
  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
  // Nothing arrives any more, and nobody is told: bytes are swallowed, as on a wire that is cut.
  std::atomic<bool> pulled = false;
  void Set(const Trouble& trouble);
  // The connections of this moment are dead for ever and nobody is told; new ones are carried.
  void Forget();
  // Ends the connections of this moment with a reset.
  void Reset();
  // Bytes that it has taken on, both ways.
  size_t carried() const { return carried_; }
  void WaitUntilCarried(size_t bytes) const;

 private:
  struct Segment {
    std::string bytes;
    SteadyInstant due;
  };
  struct Pair;
  enum class Order { kNone, kForget, kReset };

  void Carry();
  void Accept();
  bool Take(Pair& pair, size_t from);
  bool Give(Pair& pair, size_t to, SteadyInstant now);
  SteadyInstant DueTime(size_t bytes, size_t to, SteadyInstant now);

  const int to_port_;
  int listener_ = -1;
  int port_ = 0;
  mutable std::mutex mutex_;  // trouble_ and order_
  mutable std::condition_variable grown_;
  std::atomic<size_t> carried_ = 0;
  Trouble trouble_;
  Order order_ = Order::kNone;
  SeededRandom random_;
  std::array<SteadyInstant, 2> free_at_{};  // of a narrow wire, by direction
  std::vector<std::unique_ptr<Pair>> pairs_;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace bordergate::lane
