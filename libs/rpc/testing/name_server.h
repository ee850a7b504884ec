// A name server of a test's own, which knows a name when the test says so.
#pragma once

#include <array>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include <boost/asio.hpp>
#include <fmt/format.h>

namespace bordergate::rpc {

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
  // Waits until it was asked for addresses this often.
  void WaitUntilAsked(int times) {
    std::unique_lock lock(mutex_);
    asked_more_.wait(lock, [&] { return asked_ >= times; });
  }

 private:
  static constexpr size_t kHeaderBytes = 12;

  void Serve() {
    for (;;) {
      std::array<char, 512> bytes{};
      boost::asio::ip::udp::endpoint asker;
      const size_t size = socket_.receive_from(boost::asio::buffer(bytes), asker);
      if (stopping_) return;
      if (size < kHeaderBytes + 5) continue;
      Count({bytes.data(), size});
      if (habit_ == Habit::kSilent) continue;
      socket_.send_to(boost::asio::buffer(AnswerTo({bytes.data(), size})), asker);
    }
  }

  // The question's name ends with an empty label; type and class follow. What stands behind is not repeated.
  static size_t EndOf(std::string_view question) { return question.find('\0', kHeaderBytes) + 5; }
  static bool IsForAnAddress(std::string_view question) { return question[EndOf(question) - 3] == 1; }

  void Count(std::string_view question) {
    if (!IsForAnAddress(question)) return;
    {
      const std::lock_guard lock(mutex_);
      ++asked_;
    }
    asked_more_.notify_all();
  }

  std::string AnswerTo(std::string_view question) const {
    const bool knows = habit_ == Habit::kAnswers && IsForAnAddress(question);
    std::string answer(question.substr(0, EndOf(question)));
    answer[2] = static_cast<char>(0x81);                                     // a response, recursion wanted
    answer[3] = static_cast<char>(habit_ == Habit::kAnswers ? 0x80 : 0x83);  // no error, no such name
    answer[7] = knows ? 1 : 0;                                               // answers
    answer.replace(8, 4, 4, '\0');                                           // nothing else
    constexpr std::string_view kLoopback("\xc0\x0c\0\1\0\1\0\0\0\1\0\4\x7f\0\0\1", 16);
    if (knows) answer += kLoopback;
    return answer;
  }

  boost::asio::io_context context_;
  boost::asio::ip::udp::socket socket_{context_, {boost::asio::ip::address_v4::loopback(), 0}};
  std::atomic<Habit> habit_;
  std::atomic<bool> stopping_ = false;
  std::mutex mutex_;
  std::condition_variable asked_more_;
  int asked_ = 0;
  std::jthread thread_;
};

}  // namespace bordergate::rpc
