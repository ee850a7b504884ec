// A bare TCP connection for tests that must send what no HTTP client would.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace bordergate::http {

// IPv4 loopback only. Every wait ends after 20 s, so that a test fails and does not hang.
class RawClient {
 public:
  // `receive_buffer_bytes`: 0 leaves it to the kernel; small makes a slow reader out of a reader that does
  // not read.
  explicit RawClient(uint16_t port, int receive_buffer_bytes = 0);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  bool connected() const { return connected_; }
  // False when the other side no longer takes it.
  bool Send(std::string_view bytes);
  // Until `text` has been received; everything received so far. Stops early at the end of the connection.
  std::string ReadUntil(std::string_view text);
  // Until the end of the connection.
  std::string ReadToEnd();
  // True when something (or the end) can be read within `patience`.
  bool Readable(std::chrono::milliseconds patience);
  // True once the other side has closed or reset the connection.
  bool ended() const { return ended_; }
  void Close();
  // Closes with a reset instead of an orderly end.
  void Tear();

 private:
  bool ReadMore();

  int socket_ = -1;
  bool connected_ = false;
  bool ended_ = false;
  std::string received_;
};

}  // namespace bordergate::http
