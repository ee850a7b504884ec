// ready: asks a service on this machine whether it is ready. The health check of the containers, which hold
// no shell and no curl.
//
//   ready [HOST:PORT]   without an address: the one in BORDERGATE_ADMIN__LISTEN
//
// Prints what /ready says. Ends with 0 when it is ready, 1 when it is not or does not answer within 3 s, 2
// when it was asked wrongly.
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <string>

#include <boost/asio/ip/tcp.hpp>

namespace {

constexpr std::chrono::seconds kPatience{3};

// An address to listen on is no address to connect to when it means all interfaces.
std::string ConnectHost(const std::string& host) { return host == "0.0.0.0" ? "127.0.0.1" : host; }

int Ask(const std::string& host, const std::string& port) {
  boost::asio::ip::tcp::iostream stream;
  stream.expires_after(kPatience);
  stream.connect(ConnectHost(host), port);
  stream << "GET /ready HTTP/1.0\r\nHost: " << host << "\r\n\r\n" << std::flush;
  std::string version;
  int status = 0;
  stream >> version >> status;
  if (!stream) {
    std::cerr << "no answer from " << host << ":" << port << ": " << stream.error().message() << "\n";
    return 1;
  }
  std::string line;
  while (std::getline(stream, line) && line != "\r") {
  }
  std::cout << stream.rdbuf() << "\n";
  return status == 200 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const char* listen = argc > 1 ? argv[1] : std::getenv("BORDERGATE_ADMIN__LISTEN");
  const std::string address = listen != nullptr ? listen : "";
  const size_t colon = address.rfind(':');
  if (argc > 2 || colon == std::string::npos || colon == 0 || colon + 1 == address.size()) {
    std::cerr << "usage: ready [HOST:PORT]   (or set BORDERGATE_ADMIN__LISTEN)\n";
    return 2;
  }
  return Ask(address.substr(0, colon), address.substr(colon + 1));
}
