// A Modbus TCP client written from the specification, not with the library that the controller uses.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bordergate::simulator {

class ModbusPeer {
 public:
  // Connects to 127.0.0.1.
  explicit ModbusPeer(int port);
  ~ModbusPeer();
  ModbusPeer(const ModbusPeer&) = delete;
  ModbusPeer& operator=(const ModbusPeer&) = delete;

  bool connected() const { return socket_ >= 0; }
  int unit_id = 1;

  struct Answer {
    bool came = false;
    int exception = 0;          // 0: none
    std::vector<uint8_t> data;  // after the function code

    // Of a read: the bits.
    bool Bit(size_t at) const { return (data.at(1 + at / 8) >> (at % 8) & 1) != 0; }
  };

  // A request of any function code with any payload; waits for the answer, at most `timeout_ms`.
  Answer Ask(uint8_t function, const std::vector<uint8_t>& payload, int timeout_ms = 5000);
  Answer ReadCoils(uint16_t first, uint16_t count) { return Ask(1, Range(first, count)); }
  Answer ReadInputs(uint16_t first, uint16_t count) { return Ask(2, Range(first, count)); }
  Answer WriteCoil(uint16_t address, bool on) {
    return Ask(5, Range(address, on ? uint16_t{0xFF00} : uint16_t{0}));
  }
  // Sends bytes as they are.
  void SendRaw(const std::vector<uint8_t>& bytes);
  // True when the server has closed the connection, waiting at most `timeout_ms`.
  bool Closed(int timeout_ms = 5000);

 private:
  static std::vector<uint8_t> Range(uint16_t first, uint16_t count);
  std::optional<std::vector<uint8_t>> Receive(size_t count, int timeout_ms);

  int socket_ = -1;
  uint16_t transaction_ = 0;
};

}  // namespace bordergate::simulator
