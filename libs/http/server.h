// A small HTTP/1.1 server: every size and time is bounded, answers may come from any thread, stopping is
// graceful.
//
//   auto server = BG_TRY(http::Server::Start(options, [](http::Request request, http::Reply reply) {
//     reply.Send(http::MakeResponse(200, "text/plain; charset=utf-8", "hello\n"));
//   }));
//
// One request at a time on a connection: bytes that a client sends ahead wait unread. A client that ends its
// sending side counts as gone. HTTP/2 is for a proxy in front (deploy/).
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "libs/core/result.h"
#include "libs/http/message.h"

namespace bordergate::http {

class Exchange;

// The bytes of an answer that goes on: chunked, ended by Close() or by the reader's leaving. Copies are the
// same stream. Safe for use by several threads, and after the server has ended.
class Stream {
 public:
  explicit Stream(std::shared_ptr<Exchange> exchange) : exchange_(std::move(exchange)) {}

  // Queues bytes. False: the reader has gone, or it is so slow that the queue overflowed and it was cut off.
  bool Write(std::string bytes);
  // Bytes queued and not yet taken by the kernel. A producer that can leave something out (a video frame)
  // looks here.
  size_t queued_bytes() const;
  // Runs `next` once, when at most half of the queue is filled: now, or later on a thread of the server. Not
  // at all when the reader goes first. The way to pass back-pressure on to a source that can wait.
  void WhenWritable(std::function<void()> next);
  // Runs `gone` once when the answer has ended for any cause: at once when it already has, else on a thread
  // of the server.
  void OnClosed(std::function<void()> gone);
  // Ends the answer properly, after what is queued. A repeat does nothing.
  void Close();

 private:
  std::shared_ptr<Exchange> exchange_;
};

// The way to answer one request, once, from any thread. When the last copy goes without an answer, 500 is
// sent.
class Reply {
 public:
  explicit Reply(std::shared_ptr<Exchange> exchange);

  // The whole answer. Only the first of Send and StartStream counts.
  void Send(Response response) const;
  // The head of an answer that goes on; its body is ignored. A HEAD request gets the head and an ended
  // stream.
  Stream StartStream(Response head) const;
  // Runs `gone` once when the client leaves before the answer is complete, and when the answer is complete.
  void OnClosed(std::function<void()> gone) const;

 private:
  struct Unanswered;
  std::shared_ptr<Exchange> exchange_;
  std::shared_ptr<Unanswered> unanswered_;
};

// Called on a thread of the server; must not block.
using Handler = std::function<void(Request, Reply)>;

struct Limits {
  size_t header_bytes_max = 16 * 1024;          // request line and header fields together; above: 431
  size_t body_bytes_max = 1024 * 1024;          // above: 413
  int connections_max = 1000;                   // above: 503, then closed
  int connections_per_address_max = 0;          // 0: no limit of its own
  size_t stream_queue_bytes_max = 1024 * 1024;  // a slower reader is cut off
  std::chrono::milliseconds handshake_timeout{10'000};
  std::chrono::milliseconds header_timeout{10'000};  // from the first byte to the end of the header; then 408
  std::chrono::milliseconds body_timeout{30'000};    // for the whole body; then 408
  std::chrono::milliseconds idle_timeout{60'000};    // between requests; then closed
  std::chrono::milliseconds write_timeout{20'000};   // without any progress; then closed
};

struct TlsFiles {
  std::string certificate_file;                      // PEM, the chain, own certificate first
  std::string key_file;                              // PEM
  std::chrono::milliseconds check_interval{10'000};  // changed files are taken for new connections
};

struct ServerOptions {
  std::string listen = "127.0.0.1:0";  // address and port; "[::1]:8080"; port 0 takes a free one
  int thread_count = 1;
  Limits limits;
  std::optional<TlsFiles> tls;
  // Whether this address may ask at all, told from the socket. No: its request is answered 403 after the
  // header, and its body is not taken. Called on a thread of the server. Unset: everybody may.
  std::function<bool(const std::string& remote_address)> admits;
  // Makes the answer to a request that no handler sees: 400, 403, 408, 413, 431, 503. Unset: one line of
  // text.
  std::function<Response(int status, std::string_view why)> make_fault;
  // Told of what happens outside any request, for example "certificate_not_reloaded". Called on a thread of
  // the server.
  std::function<void(std::string_view event, std::string_view text)> on_event;
};

// Totals since the start, and what is open now.
struct ServerCounts {
  int64_t connections_open = 0;
  int64_t connections_total = 0;
  int64_t connections_refused_total = 0;  // over a limit
  int64_t requests_total = 0;
  int64_t faults_total = 0;   // answered without a handler
  int64_t cut_off_total = 0;  // slow readers and silent writers
};

class Server {
 public:
  // Listens and serves from now on.
  //   errors   LISTEN_REFUSED, TLS_FILES_INVALID
  static Result<std::unique_ptr<Server>> Start(ServerOptions options, Handler handler);
  // As Stop(0).
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  uint16_t port() const;
  ServerCounts counts() const;

  // Takes no new connection or request, lets the open ones finish (streams end after what is queued), cuts
  // the rest off after `grace`, and returns when no thread of the server runs any more. A repeat does
  // nothing. Never call it on a thread of the server.
  void Stop(std::chrono::milliseconds grace);

 private:
  class Listener;
  explicit Server(std::unique_ptr<Listener> listener);
  std::unique_ptr<Listener> listener_;
};

}  // namespace bordergate::http
