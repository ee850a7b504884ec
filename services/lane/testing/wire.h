// A network cable between a lane program and a controller: it can be pulled and plugged in again.
#pragma once

#include <atomic>
#include <thread>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "libs/core/check.h"

namespace bordergate::lane {

class Cable {
 public:
  explicit Cable(int to_port) : to_port_(to_port), listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address = Loopback(0);
    socklen_t size = sizeof address;
    BG_CHECK(bind(listener_, reinterpret_cast<sockaddr*>(&address), size) == 0 && listen(listener_, 8) == 0 &&
                 getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0,
             "the loopback interface has a free port");
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { Carry(); });
  }
  ~Cable() {
    stopping_ = true;
    thread_.join();
    for (const auto& [a, b] : pairs_) close(a), close(b);
    close(listener_);
  }
  Cable(const Cable&) = delete;
  Cable& operator=(const Cable&) = delete;

  int port() const { return port_; }
  // Nothing arrives any more, and nobody is told: bytes are swallowed, as on a wire that is cut.
  std::atomic<bool> pulled = false;

 private:
  static sockaddr_in Loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<uint16_t>(port));
    return address;
  }
  void Accept() {
    const int near = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    const int far = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = Loopback(to_port_);
    if (connect(far, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      close(near);
      close(far);
      return;
    }
    const int on = 1;
    for (const int end : {near, far}) setsockopt(end, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    pairs_.emplace_back(near, far);
  }
  // False: one end has hung up.
  bool Move(int from, int to) const {
    char bytes[4096];
    const ssize_t count = recv(from, bytes, sizeof bytes, 0);
    if (count <= 0) return false;
    return pulled || send(to, bytes, static_cast<size_t>(count), MSG_NOSIGNAL) == count;
  }
  void Carry() {
    while (!stopping_) {
      std::vector<pollfd> waits = {{listener_, POLLIN, 0}};
      for (const auto& [a, b] : pairs_) waits.insert(waits.end(), {{a, POLLIN, 0}, {b, POLLIN, 0}});
      if (poll(waits.data(), waits.size(), 10) <= 0) continue;
      std::vector<std::pair<int, int>> left;
      for (size_t i = 0; i < pairs_.size(); ++i) {
        const auto [a, b] = pairs_[i];
        bool alive = true;
        if (waits[1 + 2 * i].revents != 0) alive = Move(a, b);
        if (alive && waits[2 + 2 * i].revents != 0) alive = Move(b, a);
        if (alive) {
          left.emplace_back(a, b);
        } else {
          close(a);
          close(b);
        }
      }
      pairs_ = std::move(left);
      if (waits[0].revents != 0) Accept();
    }
  }

  const int to_port_;
  const int listener_;
  int port_ = 0;
  std::vector<std::pair<int, int>> pairs_;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace bordergate::lane
