// What all connections of one server share. Private to libs/http.
#pragma once

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>

#include <boost/asio/io_context.hpp>

#include "libs/http/server.h"

namespace bordergate::http {

class Session;

// The hub holds a session until it closes. A session holds the hub, and so the threads' context outlives the
// last of them.
class Hub {
 public:
  Hub(ServerOptions server_options, Handler request_handler)
      : options(std::move(server_options)), handler(std::move(request_handler)) {}

  boost::asio::io_context context;
  const ServerOptions options;
  const Handler handler;
  std::atomic<bool> draining = false;
  std::atomic<int64_t> connections_total = 0;
  std::atomic<int64_t> refused_total = 0;
  std::atomic<int64_t> requests_total = 0;
  std::atomic<int64_t> faults_total = 0;
  std::atomic<int64_t> cut_off_total = 0;

  // What may become of a new connection. Only the listener asks and enters, one at a time.
  enum class Place { kServed, kRefused, kDropped };
  Place PlaceFor(const std::string& address) const;
  void Enter(const std::shared_ptr<Session>& session, const std::string& address);
  void Leave(const std::shared_ptr<Session>& session, const std::string& address);

  int64_t open_count() const;
  std::vector<std::shared_ptr<Session>> sessions() const;
  // True when no session is left; false when `patience` ended first.
  bool WaitUntilEmpty(std::chrono::milliseconds patience);

 private:
  mutable std::mutex mutex_;
  std::condition_variable empty_;
  std::set<std::shared_ptr<Session>> sessions_;
  std::map<std::string, int> per_address_;
};

}  // namespace bordergate::http
