// Goal: a channel reaches its peer over a slow network too.
// Method: a server behind a wire that holds every connection for longer than the longest pause between two
// attempts.
#include "libs/rpc/channel.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include <boost/asio.hpp>
#include <gtest/gtest.h>

#include "libs/rpc/server.h"
#include "libs/testing/test_pki.h"

namespace bordergate::rpc {
namespace {

using boost::asio::ip::tcp;

// Passes connections on to a port of the loopback interface, each after having held it for a while.
class SlowWire {
 public:
  SlowWire(int target_port, milliseconds hold) : target_port_(target_port), hold_(hold) {
    acceptor_thread_ = std::jthread([this] { Accept(); });
  }
  ~SlowWire() {
    {
      const std::scoped_lock lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_all();
    boost::system::error_code error;
    tcp::socket(context_).connect(acceptor_.local_endpoint(), error);  // wakes accept
  }
  SlowWire(const SlowWire&) = delete;
  SlowWire& operator=(const SlowWire&) = delete;

  std::string address() const { return "127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()); }

 private:
  void Accept() {
    for (;;) {
      auto near = std::make_shared<tcp::socket>(acceptor_.accept());
      if (IsStoppedWithin(milliseconds(0))) return;
      carriers_.emplace_back([this, near] { Carry(*near); });
    }
  }

  bool IsStoppedWithin(milliseconds time) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, time, [this] { return stopping_; });
  }

  void Carry(tcp::socket& near) {
    if (IsStoppedWithin(hold_)) return;
    tcp::socket far(context_);
    boost::system::error_code error;
    far.connect({boost::asio::ip::address_v4::loopback(), static_cast<uint16_t>(target_port_)}, error);
    const std::jthread back([&] { Pump(far, near); });
    Pump(near, far);
  }

  // Until one side hangs up; then the other learns it.
  static void Pump(tcp::socket& from, tcp::socket& to) {
    std::array<char, 4096> bytes{};
    boost::system::error_code error;
    while (!error) {
      const size_t size = from.read_some(boost::asio::buffer(bytes), error);
      if (!error) boost::asio::write(to, boost::asio::buffer(bytes, size), error);
    }
    to.shutdown(tcp::socket::shutdown_both, error);
    from.shutdown(tcp::socket::shutdown_both, error);
  }

  const int target_port_;
  const milliseconds hold_;
  boost::asio::io_context context_;
  tcp::acceptor acceptor_{context_, {boost::asio::ip::address_v4::loopback(), 0}};
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::vector<std::jthread> carriers_;  // outlives the thread that adds to it
  std::jthread acceptor_thread_;
};

TEST(Channel, ConnectsToAPeerWhoseHandshakeIsSlow) {
  const SystemClock clock;
  const TestPki pki;
  Telemetry telemetry("lane", "error");
  Server server(pki.MakeRpcConfig("lane"), telemetry, clock);
  server.Start();
  SlowWire wire(server.port(), milliseconds(2600));
  {
    const Channel channel("lane", wire.address(), pki.MakeCertificate("gateway"));
    const SteadyInstant end = clock.SteadyNow() + seconds(15);
    while (!channel.connected() && clock.SteadyNow() < end) std::this_thread::sleep_for(milliseconds(20));
    EXPECT_TRUE(channel.connected());
  }
}

}  // namespace
}  // namespace bordergate::rpc
