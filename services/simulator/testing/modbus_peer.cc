#include "services/simulator/testing/modbus_peer.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace bordergate::simulator {
namespace {

uint8_t High(size_t value) { return static_cast<uint8_t>(value >> 8); }
uint8_t Low(size_t value) { return static_cast<uint8_t>(value & 0xFF); }

}  // namespace

ModbusPeer::ModbusPeer(int port) : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    close(socket_);
    socket_ = -1;
  }
}

ModbusPeer::~ModbusPeer() {
  if (socket_ >= 0) close(socket_);
}

ModbusPeer::Answer ModbusPeer::Ask(uint8_t function, const std::vector<uint8_t>& payload, int timeout_ms) {
  ++transaction_;
  const size_t length = payload.size() + 2;
  std::vector<uint8_t> frame = {High(transaction_),
                                Low(transaction_),
                                0,
                                0,
                                High(length),
                                Low(length),
                                static_cast<uint8_t>(unit_id),
                                function};
  frame.insert(frame.end(), payload.begin(), payload.end());
  SendRaw(frame);
  Answer answer;
  const auto head = Receive(7, timeout_ms);
  if (!head || (*head)[0] != frame[0] || (*head)[1] != frame[1]) return answer;
  const auto body = Receive(static_cast<size_t>((*head)[4] << 8 | (*head)[5]) - 1, timeout_ms);
  if (!body || body->empty()) return answer;
  answer.came = true;
  answer.data.assign(body->begin() + 1, body->end());
  if (body->front() == (function | 0x80)) answer.exception = answer.data.at(0);
  return answer;
}

void ModbusPeer::SendRaw(const std::vector<uint8_t>& bytes) {
  (void)!send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

bool ModbusPeer::Closed(int timeout_ms) {
  pollfd wait{socket_, POLLIN, 0};
  uint8_t byte = 0;
  return poll(&wait, 1, timeout_ms) > 0 && recv(socket_, &byte, 1, MSG_PEEK) <= 0;
}

std::vector<uint8_t> ModbusPeer::Range(uint16_t first, uint16_t count) {
  return {High(first), Low(first), High(count), Low(count)};
}

std::optional<std::vector<uint8_t>> ModbusPeer::Receive(size_t count, int timeout_ms) {
  std::vector<uint8_t> bytes;
  while (bytes.size() < count) {
    pollfd wait{socket_, POLLIN, 0};
    if (poll(&wait, 1, timeout_ms) <= 0) return std::nullopt;
    std::vector<uint8_t> piece(count - bytes.size());
    const auto got = recv(socket_, piece.data(), piece.size(), 0);
    if (got <= 0) return std::nullopt;
    bytes.insert(bytes.end(), piece.begin(), piece.begin() + got);
  }
  return bytes;
}

}  // namespace bordergate::simulator
