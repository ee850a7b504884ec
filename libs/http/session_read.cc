#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/read.hpp>

#include "libs/http/session.h"

namespace bordergate::http {
namespace {

// Bytes a client may send ahead before the server stops reading.
constexpr size_t kReadAheadBytes = 4096;

bool IsParseError(error_code error) {
  return error.category() == beast::http::make_error_code(beast::http::error::bad_field).category();
}

}  // namespace

Session::Session(std::shared_ptr<Hub> hub, Socket socket, std::shared_ptr<asio::ssl::context> tls,
                 std::string address)
    : hub_(std::move(hub)),
      transport_(std::move(socket), std::move(tls)),
      address_(std::move(address)),
      read_timer_(transport_.get_executor()),
      write_timer_(transport_.get_executor()),
      buffer_(hub_->options.limits.header_bytes_max + 64 * 1024) {
  error_code ignored;
  transport_.socket().set_option(asio::ip::tcp::no_delay(true), ignored);
}

void Session::Serve() {
  if (hub_->draining) return Close();
  if (!transport_.is_secure()) return WaitForRequest();
  ArmRead(hub_->options.limits.handshake_timeout);
  transport_.Handshake([self = shared_from_this()](error_code error) {
    if (error) return self->Close();
    self->WaitForRequest();
  });
}

void Session::Wake() {
  asio::post(transport_.get_executor(), [weak = weak_from_this()] {
    if (const Self self = weak.lock()) self->OnWake();
  });
}

void Session::Drain() {
  asio::post(transport_.get_executor(), [weak = weak_from_this()] {
    const Self self = weak.lock();
    if (self == nullptr) return;
    self->draining_ = true;
    if (self->phase_ == Phase::kIdle || self->phase_ == Phase::kHandshake) return self->Close();
    if (self->exchange_ != nullptr) self->exchange_->EndForDrain();
    self->OnWake();
  });
}

void Session::Abort() {
  asio::post(transport_.get_executor(), [weak = weak_from_this()] {
    if (const Self self = weak.lock()) self->Close();
  });
}

void Session::WaitForRequest() {
  if (closed_) return;
  if (draining_ || hub_->draining) return Close();
  if (buffer_.size() > 0) return ReadHeader();
  phase_ = Phase::kIdle;
  ArmRead(hub_->options.limits.idle_timeout);
  if (!watching_) StartWatch();
}

void Session::StartWatch() {
  watching_ = true;
  transport_.async_read_some(
      buffer_.prepare(kReadAheadBytes),
      [self = shared_from_this()](error_code error, size_t bytes) { self->OnWatched(error, bytes); });
}

void Session::OnWatched(error_code error, size_t bytes) {
  watching_ = false;
  if (closed_ || phase_ == Phase::kEnding) return;
  if (error) return Close();
  buffer_.commit(bytes);
  if (phase_ == Phase::kIdle) ReadHeader();
}

void Session::ReadHeader() {
  phase_ = Phase::kHeader;
  const Limits& limits = hub_->options.limits;
  parser_.emplace();
  parser_->header_limit(static_cast<uint32_t>(limits.header_bytes_max));
  parser_->body_limit(limits.body_bytes_max);
  ArmRead(limits.header_timeout);
  beast::http::async_read_header(
      transport_, buffer_, *parser_,
      [self = shared_from_this()](error_code error, size_t) { self->OnHeader(error); });
}

// What Beast lets pass and a careful server does not (RFC 9112, 3.2 and 6.1): 0 when all is well, else the
// status.
int Session::HeaderFault(std::string_view& why) const {
  namespace http = beast::http;
  const auto& head = parser_->get();
  if (head.version() >= 11) {
    const auto hosts = head.equal_range(http::field::host);
    if (std::distance(hosts.first, hosts.second) != 1) {
      why = "a request has exactly one Host header";
      return 400;
    }
  }
  const auto lengths = head.equal_range(http::field::content_length);
  if (lengths.first != lengths.second) {
    const auto value = lengths.first->value();
    if (std::next(lengths.first) != lengths.second || value.find_first_not_of("0123456789") != value.npos) {
      why = "Content-Length is one number";
      return 400;
    }
  }
  const auto codings = head.equal_range(http::field::transfer_encoding);
  for (auto coding = codings.first; coding != codings.second; ++coding) {
    const std::string_view value(coding->value().data(), coding->value().size());
    if (!EqualsIgnoreCase(value, "chunked") || head.version() < 11) {
      why = "chunked is the only transfer encoding";
      return 400;
    }
  }
  return 0;
}

void Session::OnHeader(error_code error) {
  if (closed_) return;
  if (error) return OnReadError(error);
  std::string_view why;
  if (const int status = HeaderFault(why); status != 0) return AnswerFault(status, why);
  const auto& admits = hub_->options.admits;
  if (admits && !admits(address_)) return AnswerFault(403, "this address may not ask");
  const auto expect = parser_->get()[beast::http::field::expect];
  if (EqualsIgnoreCase(std::string_view(expect.data(), expect.size()), "100-continue") &&
      buffer_.size() == 0 && !parser_->is_done()) {
    return WriteContinue();
  }
  ReadBody();
}

void Session::WriteContinue() {
  static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
  ArmWrite();
  asio::async_write(transport_, asio::buffer(kContinue),
                    [self = shared_from_this()](error_code error, size_t) {
                      self->Disarm(self->write_timer_);
                      if (self->closed_) return;
                      if (error) return self->Close();
                      self->ReadBody();
                    });
}

void Session::ReadBody() {
  if (parser_->is_done()) return Dispatch();
  phase_ = Phase::kBody;
  ArmRead(hub_->options.limits.body_timeout);
  beast::http::async_read(transport_, buffer_, *parser_,
                          [self = shared_from_this()](error_code error, size_t) { self->OnBody(error); });
}

void Session::OnBody(error_code error) {
  if (closed_) return;
  if (error) return OnReadError(error);
  Dispatch();
}

void Session::OnReadError(error_code error) {
  namespace http = beast::http;
  if (timed_out_) return AnswerFault(408, "the request took too long to arrive");
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    return AnswerFault(431, "the header fields are too large");
  }
  if (error == http::error::body_limit) return AnswerFault(413, "the body is too large");
  if (error == http::error::end_of_stream || error == http::error::partial_message) return Close();
  if (IsParseError(error)) return AnswerFault(400, "the request is not well-formed HTTP/1.1");
  Close();
}

void Session::Dispatch() {
  Disarm(read_timer_);
  auto message = parser_->release();
  Request request;
  request.method = std::string(message.method_string());
  if (!SplitTarget(std::string_view(message.target().data(), message.target().size()), request)) {
    return AnswerFault(400, "the request target is malformed");
  }
  for (const auto& field : message) {
    request.headers.Add(std::string_view(field.name_string().data(), field.name_string().size()),
                        std::string_view(field.value().data(), field.value().size()));
  }
  request.body = std::move(message.body());
  request.remote_address = address_;
  request.secure = transport_.is_secure();
  chunked_ = message.version() >= 11;
  keep_alive_ = chunked_ && message.keep_alive();
  head_request_ = request.method == "HEAD";
  phase_ = Phase::kHandling;
  exchange_ = std::make_shared<Exchange>(weak_from_this(), hub_->options.limits.stream_queue_bytes_max);
  ++hub_->requests_total;
  if (!watching_ && buffer_.size() == 0) StartWatch();
  hub_->handler(std::move(request), Reply(exchange_));
}

void Session::ArmRead(std::chrono::milliseconds timeout) {
  read_timer_.expires_after(timeout);
  read_timer_.async_wait([weak = weak_from_this()](error_code error) {
    const Self self = weak.lock();
    // A timer that was set anew after it rang has not rung.
    if (error || self == nullptr || self->read_timer_.expiry() > asio::steady_timer::clock_type::now())
      return;
    self->OnReadTimeout();
  });
}

void Session::ArmWrite() {
  write_timer_.expires_after(hub_->options.limits.write_timeout);
  write_timer_.async_wait([weak = weak_from_this()](error_code error) {
    const Self self = weak.lock();
    if (error || self == nullptr || self->write_timer_.expiry() > asio::steady_timer::clock_type::now())
      return;
    ++self->hub_->cut_off_total;
    self->Close();
  });
}

void Session::Disarm(asio::steady_timer& timer) { timer.expires_at(asio::steady_timer::time_point::max()); }

void Session::OnReadTimeout() {
  if (closed_) return;
  const bool in_request = phase_ == Phase::kHeader || phase_ == Phase::kBody;
  if (!in_request) return Close();
  ++hub_->cut_off_total;
  timed_out_ = true;
  error_code ignored;
  transport_.socket().cancel(ignored);  // the open read ends with an error and OnReadError answers
}

}  // namespace bordergate::http
