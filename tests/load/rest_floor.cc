#include "tests/load/rest_floor.h"

#include <iostream>
#include <thread>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include "libs/rpc/channel.h"

namespace bordergate::load {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using Tcp = asio::ip::tcp;

struct Floor {
  rpc::Channel& channel;
  const std::string method;
  const std::string assertion;
};

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Tcp::socket socket, const Floor& floor) : stream_(std::move(socket)), floor_(floor) {}

  void Read() {
    request_ = {};
    http::async_read(stream_, buffer_, request_,
                     [self = shared_from_this()](beast::error_code error, size_t) {
                       if (!error) self->Ask();
                     });
  }

 private:
  void Ask() {
    rpc::CallOptions options{.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10),
                             .trace = Trace::New(),
                             .assertion = floor_.assertion};
    floor_.channel.CallRaw(floor_.method, options, {},
                           [self = shared_from_this()](Result<std::string> answer) {
                             asio::post(self->stream_.get_executor(),
                                        [self, answer = std::move(answer)] { self->Write(answer); });
                           });
  }

  void Write(const Result<std::string>& answer) {
    response_ = {answer ? http::status::ok : http::status::bad_gateway, request_.version()};
    response_.set(http::field::content_type, "application/octet-stream");
    response_.keep_alive(request_.keep_alive());
    if (answer) response_.body() = *answer;
    response_.prepare_payload();
    http::async_write(stream_, response_, [self = shared_from_this()](beast::error_code error, size_t) {
      if (!error) self->Read();
    });
  }

  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  http::request<http::string_body> request_;
  http::response<http::string_body> response_;
  const Floor& floor_;
};

void Accept(Tcp::acceptor& acceptor, asio::io_context& context, const Floor& floor) {
  acceptor.async_accept(asio::make_strand(context), [&](beast::error_code error, Tcp::socket socket) {
    if (!error) std::make_shared<Connection>(std::move(socket), floor)->Read();
    if (acceptor.is_open()) Accept(acceptor, context, floor);
  });
}

}  // namespace

int RunFloor(const std::string& address, const TlsConfig& tls, const std::string& method,
             const std::string& assertion, int threads) {
  rpc::Channel channel("identity", address, tls);
  const Floor floor{channel, method, assertion};
  asio::io_context context;
  Tcp::acceptor acceptor(context, {asio::ip::make_address("127.0.0.1"), 0});
  Accept(acceptor, context, floor);
  asio::signal_set stop(context, SIGTERM);
  stop.async_wait([&](auto, auto) { context.stop(); });
  std::cout << "floor_port=" << acceptor.local_endpoint().port() << std::endl;
  std::vector<std::thread> others;
  for (int i = 1; i < threads; ++i) others.emplace_back([&] { context.run(); });
  context.run();
  for (std::thread& other : others) other.join();
  return 0;
}

}  // namespace bordergate::load
