// One stream type for plain and TLS connections, so that the HTTP code is compiled once. Private to
// libs/http.
#pragma once

#include <memory>
#include <optional>

#include <boost/asio/async_result.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>

namespace bordergate::http {

namespace asio = boost::asio;
using boost::system::error_code;
using Socket = asio::ip::tcp::socket;

class Transport {
 public:
  using executor_type = Socket::executor_type;

  // `tls` unset: plain.
  Transport(Socket socket, std::shared_ptr<asio::ssl::context> tls) : tls_(std::move(tls)) {
    if (tls_ != nullptr) {
      secure_.emplace(std::move(socket), *tls_);
    } else {
      plain_.emplace(std::move(socket));
    }
  }

  executor_type get_executor() { return socket().get_executor(); }
  Socket& socket() { return secure_ ? secure_->next_layer() : *plain_; }
  bool is_secure() const { return secure_.has_value(); }

  template <class Buffers, class Handler>
  auto async_read_some(const Buffers& buffers, Handler&& handler) {
    return asio::async_initiate<Handler, void(error_code, size_t)>(
        [this](auto done, const Buffers& into) {
          if (secure_) return secure_->async_read_some(into, std::move(done));
          plain_->async_read_some(into, std::move(done));
        },
        handler, buffers);
  }

  template <class Buffers, class Handler>
  auto async_write_some(const Buffers& buffers, Handler&& handler) {
    return asio::async_initiate<Handler, void(error_code, size_t)>(
        [this](auto done, const Buffers& from) {
          if (secure_) return secure_->async_write_some(from, std::move(done));
          plain_->async_write_some(from, std::move(done));
        },
        handler, buffers);
  }

  // Only when is_secure().
  template <class Handler>
  void Handshake(Handler done) {
    secure_->async_handshake(asio::ssl::stream_base::server, std::move(done));
  }
  template <class Handler>
  void ShutDownTls(Handler done) {
    secure_->async_shutdown(std::move(done));
  }

 private:
  std::shared_ptr<asio::ssl::context> tls_;
  std::optional<Socket> plain_;
  std::optional<asio::ssl::stream<Socket>> secure_;
};

}  // namespace bordergate::http
