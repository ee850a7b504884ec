// A TCP connection's way between two programs that is slow or falls silent, for tests of libs/rpc.
#pragma once

#include <array>
#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <boost/asio.hpp>

#include "libs/core/clock.h"

namespace bordergate::rpc {

// Passes connections on to a port of the loopback interface, each after having held it for a while. Safe for
// use by several threads.
class SlowWire {
 public:
  explicit SlowWire(int target_port, milliseconds hold = {}) : target_port_(target_port), hold_(hold) {
    acceptor_thread_ = std::jthread([this] { Accept(); });
  }
  ~SlowWire() {
    {
      const std::scoped_lock lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_all();
    boost::system::error_code error;
    boost::asio::ip::tcp::socket(context_).connect(acceptor_.local_endpoint(), error);  // wakes accept
  }
  SlowWire(const SlowWire&) = delete;
  SlowWire& operator=(const SlowWire&) = delete;

  // Nothing arrives any more, and nobody is told: bytes are swallowed, as by a machine without power.
  std::atomic<bool> silent = false;

  std::string address() const { return "127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()); }

 private:
  void Accept() {
    for (;;) {
      auto near = std::make_shared<boost::asio::ip::tcp::socket>(acceptor_.accept());
      if (IsStoppedWithin(milliseconds(0))) return;
      carriers_.emplace_back([this, near] { Carry(*near); });
    }
  }

  bool IsStoppedWithin(milliseconds time) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, time, [this] { return stopping_; });
  }

  void Carry(boost::asio::ip::tcp::socket& near) {
    if (IsStoppedWithin(hold_)) return;
    boost::asio::ip::tcp::socket far(context_);
    boost::system::error_code error;
    far.connect({boost::asio::ip::address_v4::loopback(), static_cast<uint16_t>(target_port_)}, error);
    const std::jthread back([&] { Pump(far, near); });
    Pump(near, far);
  }

  // Until one side hangs up; then the other learns it.
  void Pump(boost::asio::ip::tcp::socket& from, boost::asio::ip::tcp::socket& to) const {
    std::array<char, 4096> bytes{};
    boost::system::error_code error;
    while (!error) {
      const size_t size = from.read_some(boost::asio::buffer(bytes), error);
      if (!error && !silent) boost::asio::write(to, boost::asio::buffer(bytes, size), error);
    }
    to.shutdown(boost::asio::ip::tcp::socket::shutdown_both, error);
    from.shutdown(boost::asio::ip::tcp::socket::shutdown_both, error);
  }

  const int target_port_;
  const milliseconds hold_;
  boost::asio::io_context context_;
  boost::asio::ip::tcp::acceptor acceptor_{context_, {boost::asio::ip::address_v4::loopback(), 0}};
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::vector<std::jthread> carriers_;  // outlives the thread that adds to it
  std::jthread acceptor_thread_;
};

}  // namespace bordergate::rpc
