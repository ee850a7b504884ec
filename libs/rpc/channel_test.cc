// Goal: a channel reaches its peer over a slow network too, and soon after its name is known.
// Method: a server behind a wire that holds every connection for longer than the longest pause between two
// attempts; a name server of our own that knows nothing, or says nothing, at first.
#include "libs/rpc/channel.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include <boost/asio.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "bordergate/lane/v1/lane_service.rpc.h"

#include "libs/rpc/server.h"
#include "libs/testing/free_port.h"
#include "libs/testing/test_pki.h"

namespace bordergate::rpc {
namespace {

using boost::asio::ip::tcp;
using boost::asio::ip::udp;

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

// Answers questions for addresses (RFC 1035) with 127.0.0.1, as soon as it shall.
class NameServer {
 public:
  enum class Habit { kSilent, kKnowsNobody, kAnswers };

  explicit NameServer(Habit habit) : habit_(habit) {
    thread_ = std::jthread([this] { Serve(); });
  }
  ~NameServer() {
    stopping_ = true;
    socket_.send_to(boost::asio::buffer("", 0), socket_.local_endpoint());  // wakes receive_from
  }
  NameServer(const NameServer&) = delete;
  NameServer& operator=(const NameServer&) = delete;

  // Of a peer that only this server knows.
  std::string AddressOf(int port) const {
    return fmt::format("dns://127.0.0.1:{}/late.example:{}", socket_.local_endpoint().port(), port);
  }
  void TakeUp(Habit habit) { habit_ = habit; }

 private:
  static constexpr size_t kHeaderBytes = 12;

  void Serve() {
    for (;;) {
      std::array<char, 512> bytes{};
      udp::endpoint asker;
      const size_t size = socket_.receive_from(boost::asio::buffer(bytes), asker);
      if (stopping_) return;
      if (size < kHeaderBytes + 5) continue;
      if (habit_ == Habit::kSilent) continue;
      socket_.send_to(boost::asio::buffer(AnswerTo({bytes.data(), size})), asker);
    }
  }

  std::string AnswerTo(std::string_view question) const {
    // The question's name ends with an empty label; type and class follow. What stands behind is not
    // repeated.
    const size_t end = question.find('\0', kHeaderBytes) + 5;
    const bool knows = habit_ == Habit::kAnswers && question[end - 3] == 1;  // type A
    std::string answer(question.substr(0, end));
    answer[2] = static_cast<char>(0x81);                                     // a response, recursion wanted
    answer[3] = static_cast<char>(habit_ == Habit::kAnswers ? 0x80 : 0x83);  // no error, no such name
    answer[7] = knows ? 1 : 0;                                               // answers
    answer.replace(8, 4, 4, '\0');                                           // nothing else
    constexpr std::string_view kLoopback("\xc0\x0c\0\1\0\1\0\0\0\1\0\4\x7f\0\0\1", 16);
    if (knows) answer += kLoopback;
    return answer;
  }

  boost::asio::io_context context_;
  udp::socket socket_{context_, {boost::asio::ip::address_v4::loopback(), 0}};
  std::atomic<Habit> habit_;
  std::atomic<bool> stopping_ = false;
  std::jthread thread_;
};

class ChannelName : public testing::TestWithParam<NameServer::Habit> {};

TEST_P(ChannelName, ThatIsNotKnownYetHoldsNoCallAndIsAskedForAgain) {
  const SystemClock clock;
  const TestPki pki;
  Telemetry telemetry("lane", "error");
  Server server(pki.MakeRpcConfig("lane"), telemetry, clock);
  server.Start();
  NameServer names(GetParam());
  {
    Channel channel("lane", names.AddressOf(server.port()), pki.MakeCertificate("gateway"));
    const auto lanes =
        channel.Call<lane::v1::lane_service::ListLanes>(CallOptions::Own(clock, seconds(30)), {});
    ASSERT_FALSE(lanes);
    EXPECT_EQ(lanes.error().reason(), "SERVICE_UNAVAILABLE");
    names.TakeUp(NameServer::Habit::kAnswers);
    const SteadyInstant end = clock.SteadyNow() + seconds(15);
    while (!channel.connected() && clock.SteadyNow() < end) std::this_thread::sleep_for(milliseconds(20));
    EXPECT_TRUE(channel.connected());
  }
}

INSTANTIATE_TEST_SUITE_P(Habits, ChannelName,
                         testing::Values(NameServer::Habit::kSilent, NameServer::Habit::kKnowsNobody));

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

TEST(Channel, FindsTheOneOfSeveralProgramsThatListens) {
  const SystemClock clock;
  const TestPki pki;
  Telemetry telemetry("lane", "error");
  auto first = std::make_unique<Server>(pki.MakeRpcConfig("lane"), telemetry, clock);
  first->Start();
  RpcConfig second_config = pki.MakeRpcConfig("lane");
  second_config.listen = fmt::format("127.0.0.1:{}", FreePort());
  const Channel channel("lane", fmt::format("127.0.0.1:{},{}", first->port(), second_config.listen),
                        pki.MakeCertificate("gateway"));
  const auto wait_until = [&](bool connected) {
    const SteadyInstant end = clock.SteadyNow() + seconds(15);
    while (channel.connected() != connected && clock.SteadyNow() < end)
      std::this_thread::sleep_for(milliseconds(20));
    ASSERT_EQ(channel.connected(), connected);
  };
  wait_until(true);
  first.reset();
  wait_until(false);
  Server second(second_config, telemetry, clock);
  second.Start();
  wait_until(true);
}

}  // namespace
}  // namespace bordergate::rpc
