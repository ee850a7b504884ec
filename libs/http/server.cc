#include "libs/http/server.h"

#include <charconv>
#include <set>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/strand.hpp>
#include <fmt/format.h>
#include <pthread.h>

#include "libs/core/check.h"
#include "libs/http/hub.h"
#include "libs/http/reasons.h"
#include "libs/http/session.h"
#include "libs/http/tls_files.h"

namespace bordergate::http {
namespace {

// Wait after an accept that failed (out of file descriptors), so as not to spin.
constexpr std::chrono::milliseconds kAcceptPause{100};

Result<asio::ip::tcp::endpoint> ParseListen(const std::string& listen) {
  const size_t colon = listen.rfind(':');
  std::string host = colon == std::string::npos ? std::string() : listen.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  const std::string_view port_text = std::string_view(listen).substr(std::min(listen.size(), colon + 1));
  int port = -1;
  const auto read = std::from_chars(port_text.data(), port_text.data() + port_text.size(), port);
  error_code error;
  const auto address = asio::ip::make_address(host, error);
  if (error || read.ec != std::errc() || read.ptr != port_text.data() + port_text.size() || port < 0 ||
      port > 65535) {
    return Error(kListenRefused,
                 fmt::format("\"{}\" is no address and port, for example 127.0.0.1:8080", listen));
  }
  return asio::ip::tcp::endpoint(address, static_cast<uint16_t>(port));
}

}  // namespace

// Accepts connections and owns the threads.
class Server::Listener {
 public:
  Listener(ServerOptions options, Handler handler)
      : hub_(std::make_shared<Hub>(std::move(options), std::move(handler))),
        acceptor_(asio::make_strand(hub_->context)),
        timer_(acceptor_.get_executor()),
        work_(asio::make_work_guard(hub_->context)) {}

  Result<void> Start() {
    if (hub_->options.tls) {
      tls_.emplace(*hub_->options.tls);
      BG_TRY(tls_->Load());
    }
    const asio::ip::tcp::endpoint endpoint = BG_TRY(ParseListen(hub_->options.listen));
    error_code error;
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (error) {
      return Error(kListenRefused,
                   fmt::format("cannot listen on {}: {}", hub_->options.listen, error.message()));
    }
    port_ = acceptor_.local_endpoint().port();
    Accept();
    if (tls_) CheckTlsFilesLater();
    for (int i = 0; i < std::max(1, hub_->options.thread_count); ++i) {
      threads_.emplace_back([hub = hub_] {
        pthread_setname_np(pthread_self(), "http");
        hub->context.run();
      });
    }
    return {};
  }

  uint16_t port() const { return port_; }
  const Hub& hub() const { return *hub_; }

  void Stop(std::chrono::milliseconds grace) {
    for (const std::thread& thread : threads_) {
      BG_CHECK(thread.get_id() != std::this_thread::get_id(),
               "a server's own thread cannot wait for itself to end");
    }
    const std::lock_guard lock(stop_mutex_);
    if (stopped_) return;
    stopped_ = true;
    hub_->draining = true;
    asio::post(acceptor_.get_executor(), [this] {
      error_code ignored;
      acceptor_.close(ignored);
      timer_.cancel();
      if (tls_timer_) tls_timer_->cancel();
    });
    for (const auto& session : hub_->sessions()) session->Drain();
    if (!hub_->WaitUntilEmpty(grace)) {
      // A connection accepted at the last moment closes by itself, as the hub is draining.
      for (const auto& session : hub_->sessions()) session->Abort();
    }
    work_.reset();
    for (std::thread& thread : threads_) thread.join();
  }

 private:
  void Accept() {
    acceptor_.async_accept(asio::make_strand(hub_->context), [this](error_code error, Socket socket) {
      if (hub_->draining || !acceptor_.is_open()) return;
      if (!error) Take(std::move(socket));
      if (!error || error == asio::error::connection_aborted) return Accept();
      timer_.expires_after(kAcceptPause);
      timer_.async_wait([this](error_code stopped) {
        if (!stopped) Accept();
      });
    });
  }

  void Take(Socket socket) {
    error_code error;
    const auto peer = socket.remote_endpoint(error);
    if (error) return;  // gone before it was looked at
    const std::string address = peer.address().to_string();
    const Hub::Place place = hub_->PlaceFor(address);
    ++hub_->connections_total;
    if (place != Hub::Place::kServed) ++hub_->refused_total;
    if (place == Hub::Place::kDropped || (place == Hub::Place::kRefused && tls_)) return;
    auto session =
        std::make_shared<Session>(hub_, std::move(socket), tls_ ? tls_->current() : nullptr, address);
    hub_->Enter(session, address);
    asio::post(session->executor(), [session, place] {
      if (place == Hub::Place::kServed) return session->Serve();
      session->Refuse();
    });
  }

  void CheckTlsFilesLater() {
    tls_timer_.emplace(acceptor_.get_executor(), hub_->options.tls->check_interval);
    tls_timer_->async_wait([this](error_code stopped) {
      if (stopped || hub_->draining) return;
      const Result<bool> loaded = tls_->LoadIfChanged();
      const auto& tell = hub_->options.on_event;
      if (tell && !loaded) tell("certificate_not_reloaded", loaded.error().message());
      if (tell && loaded && *loaded) tell("certificate_reloaded", hub_->options.tls->certificate_file);
      CheckTlsFilesLater();
    });
  }

  const std::shared_ptr<Hub> hub_;
  asio::ip::tcp::acceptor acceptor_;
  asio::steady_timer timer_;
  std::optional<asio::steady_timer> tls_timer_;
  std::optional<TlsContexts> tls_;
  asio::executor_work_guard<asio::io_context::executor_type> work_;
  std::vector<std::thread> threads_;
  uint16_t port_ = 0;
  std::mutex stop_mutex_;
  bool stopped_ = false;
};

Server::Server(std::unique_ptr<Listener> listener) : listener_(std::move(listener)) {}

Server::~Server() { Stop(std::chrono::milliseconds(0)); }

Result<std::unique_ptr<Server>> Server::Start(ServerOptions options, Handler handler) {
  auto listener = std::make_unique<Listener>(std::move(options), std::move(handler));
  BG_TRY(listener->Start());
  return std::unique_ptr<Server>(new Server(std::move(listener)));
}

uint16_t Server::port() const { return listener_->port(); }

ServerCounts Server::counts() const {
  const Hub& hub = listener_->hub();
  return {.connections_open = hub.open_count(),
          .connections_total = hub.connections_total,
          .connections_refused_total = hub.refused_total,
          .requests_total = hub.requests_total,
          .faults_total = hub.faults_total,
          .cut_off_total = hub.cut_off_total};
}

void Server::Stop(std::chrono::milliseconds grace) { listener_->Stop(grace); }

}  // namespace bordergate::http
