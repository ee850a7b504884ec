// One connection: reads a request, hands it to the handler, writes the answer, and again. Private to
// libs/http.
//
//   handshake -> idle -> header -> body -> handling -> writing -> idle …
//
// While a request is handled one read stays open, so that a client that leaves is noticed; that read is at
// the same time the wait for the next request. Everything runs on the connection's strand, but for Wake,
// Drain and Abort.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/span_body.hpp>
#include <boost/beast/http/string_body.hpp>

#include "libs/http/exchange.h"
#include "libs/http/hub.h"
#include "libs/http/transport.h"

namespace bordergate::http {

namespace beast = boost::beast;

class Session final : public ExchangeOwner, public std::enable_shared_from_this<Session> {
 public:
  Session(std::shared_ptr<Hub> hub, Socket socket, std::shared_ptr<asio::ssl::context> tls,
          std::string address);

  void Serve();
  // Answers 503 to whatever comes, and closes.
  void Refuse();

  // Any thread.
  void Wake() override;
  void Drain();
  void Abort();
  Transport::executor_type executor() { return transport_.get_executor(); }

 private:
  enum class Phase { kHandshake, kIdle, kHeader, kBody, kHandling, kEnding };
  using Self = std::shared_ptr<Session>;

  // session_read.cc
  void WaitForRequest();
  void StartWatch();
  void OnWatched(error_code error, size_t bytes);
  void ReadHeader();
  void OnHeader(error_code error);
  int HeaderFault(std::string_view& why) const;
  void WriteContinue();
  void ReadBody();
  void OnBody(error_code error);
  void OnReadError(error_code error);
  void Dispatch();

  // session_write.cc
  void OnWake();
  void WriteWhole(Response response);
  void WriteSome();
  void WriteHeadOnly(Response response, bool streaming);
  void WriteChunk(std::string bytes);
  void WriteLastChunk();
  void AnswerFault(int status, std::string_view why);
  void FinishAnswer();
  void End();
  void EndQuietly();
  void DiscardRest();
  void Close();

  void ArmRead(std::chrono::milliseconds timeout);
  void ArmWrite();
  void Disarm(asio::steady_timer& timer);
  void OnReadTimeout();

  template <class Message>
  void FillHead(Message& message, const Response& response);

  const std::shared_ptr<Hub> hub_;
  Transport transport_;
  const std::string address_;
  asio::steady_timer read_timer_;
  asio::steady_timer write_timer_;
  beast::flat_buffer buffer_;
  std::optional<beast::http::request_parser<beast::http::string_body>> parser_;
  std::shared_ptr<Exchange> exchange_;
  Phase phase_ = Phase::kHandshake;
  bool watching_ = false;
  bool writing_ = false;
  bool streaming_ = false;
  bool chunked_ = true;
  bool head_request_ = false;
  bool keep_alive_ = false;
  bool draining_ = false;
  bool timed_out_ = false;
  bool closed_ = false;

  // What is being written; alive until its write has ended.
  Response response_;
  std::string chunk_;
  std::optional<beast::http::response<beast::http::span_body<const char>>> whole_;
  std::optional<beast::http::response_serializer<beast::http::span_body<const char>>> whole_serializer_;
  std::optional<beast::http::response<beast::http::empty_body>> head_;
  std::optional<beast::http::response_serializer<beast::http::empty_body>> head_serializer_;
};

}  // namespace bordergate::http
