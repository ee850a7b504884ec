#include "services/lane/testing/wire.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "libs/core/check.h"

namespace bordergate::lane {
namespace {

constexpr milliseconds kSentAgainAfter{200};
constexpr int kSentAgainMax = 6;
constexpr int kStep_ms = 5;
constexpr size_t kUnderWayMax = 16;  // segments; then the sender has to wait
constexpr size_t kSegment = 1460;

sockaddr_in Loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<uint16_t>(port));
  return address;
}

}  // namespace

// Two sockets; what was read from one and is under way to the other stands at the other.
struct Wire::Pair {
  struct End {
    int socket = -1;
    std::deque<Segment> arriving;
    bool closes = false;  // the other end has hung up
  };
  ~Pair() {
    for (const End& end : ends) close(end.socket);
  }
  std::array<End, 2> ends;
  bool forgotten = false;
};

Wire::Wire(int to_port, uint64_t seed)
    : to_port_(to_port), listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)), random_(seed) {
  sockaddr_in address = Loopback(0);
  socklen_t size = sizeof address;
  BG_CHECK(bind(listener_, reinterpret_cast<sockaddr*>(&address), size) == 0 && listen(listener_, 16) == 0 &&
               getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0,
           "the loopback interface has a free port");
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { Carry(); });
}

Wire::~Wire() {
  stopping_ = true;
  thread_.join();
  close(listener_);
}

void Wire::Set(const Trouble& trouble) {
  const std::lock_guard lock(mutex_);
  trouble_ = trouble;
}
void Wire::Forget() {
  const std::lock_guard lock(mutex_);
  order_ = Order::kForget;
}
void Wire::Reset() {
  const std::lock_guard lock(mutex_);
  order_ = Order::kReset;
}

void Wire::WaitUntilCarried(size_t bytes) const {
  std::unique_lock lock(mutex_);
  grown_.wait(lock, [&] { return carried_ >= bytes; });
}

void Wire::Accept() {
  auto pair = std::make_unique<Pair>();
  pair->ends[0].socket = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
  pair->ends[1].socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = Loopback(to_port_);
  const int on = 1;
  for (const auto& end : pair->ends) setsockopt(end.socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  const bool connected =
      connect(pair->ends[1].socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  if (connected) pairs_.push_back(std::move(pair));
}

SteadyInstant Wire::DueTime(size_t bytes, size_t to, SteadyInstant now) {
  const std::lock_guard lock(mutex_);
  carried_ += bytes;
  grown_.notify_all();
  SteadyInstant due = now + trouble_.delay;
  if (trouble_.jitter.count() > 0) {
    due += milliseconds(random_.Below(static_cast<uint64_t>(trouble_.jitter.count())));
  }
  milliseconds again = kSentAgainAfter;
  for (int i = 0; i < kSentAgainMax && static_cast<int>(random_.Below(1000)) < trouble_.loss_permille; ++i) {
    due += std::exchange(again, again * 2);
  }
  if (trouble_.bytes_per_second > 0) {
    free_at_[to] =
        std::max(free_at_[to], now) +
        std::chrono::microseconds(1'000'000 * bytes / static_cast<size_t>(trouble_.bytes_per_second));
    due = std::max(due, free_at_[to]);
  }
  return due;
}

// Reads one segment. False: the connection is over.
bool Wire::Take(Pair& pair, size_t from) {
  std::string bytes(kSegment, '\0');
  const ssize_t count = recv(pair.ends[from].socket, bytes.data(), bytes.size(), 0);
  if (count < 0) return false;
  Pair::End& to = pair.ends[1 - from];
  if (count == 0) {
    to.closes = true;
    return true;
  }
  if (pulled || pair.forgotten) return true;
  bytes.resize(static_cast<size_t>(count));
  const SteadyInstant now = std::chrono::steady_clock::now();
  SteadyInstant due = DueTime(bytes.size(), 1 - from, now);
  if (!to.arriving.empty()) due = std::max(due, to.arriving.back().due);  // TCP keeps the order
  to.arriving.push_back({std::move(bytes), due});
  return true;
}

// Delivers what has arrived. False: the connection is over.
bool Wire::Give(Pair& pair, size_t to, SteadyInstant now) {
  Pair::End& end = pair.ends[to];
  while (!end.arriving.empty() && end.arriving.front().due <= now) {
    const std::string bytes = std::move(end.arriving.front().bytes);
    end.arriving.pop_front();
    if (pulled || pair.forgotten) continue;
    if (send(end.socket, bytes.data(), bytes.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(bytes.size()))
      return false;
  }
  return !end.closes || !end.arriving.empty() || pulled || pair.forgotten;
}

void Wire::Carry() {
  while (!stopping_) {
    std::vector<pollfd> waits = {{listener_, POLLIN, 0}};
    for (const auto& pair : pairs_) {
      for (const size_t from : {0u, 1u}) {
        const Pair::End& other = pair->ends[1 - from];
        const bool may_read = !other.closes && other.arriving.size() < kUnderWayMax;
        waits.push_back({may_read ? pair->ends[from].socket : -1, POLLIN, 0});
      }
    }
    poll(waits.data(), waits.size(), kStep_ms);
    const Order order = [this] {
      const std::lock_guard lock(mutex_);
      return std::exchange(order_, Order::kNone);
    }();
    const SteadyInstant now = std::chrono::steady_clock::now();
    std::vector<std::unique_ptr<Pair>> left;
    for (size_t i = 0; i < pairs_.size(); ++i) {
      Pair& pair = *pairs_[i];
      if (order == Order::kForget) pair.forgotten = true;
      bool alive = order != Order::kReset;
      for (const size_t end : {0u, 1u}) {
        if (alive && waits[1 + 2 * i + end].revents != 0) alive = Take(pair, end);
        alive = alive && Give(pair, 1 - end, now);
      }
      if (alive) {
        left.push_back(std::move(pairs_[i]));
      } else if (order == Order::kReset) {
        const linger at_once{1, 0};
        for (const auto& end : pair.ends) {
          setsockopt(end.socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        }
      }
    }
    pairs_ = std::move(left);
    if (waits[0].revents != 0) Accept();
  }
  pairs_.clear();
}

}  // namespace bordergate::lane
