#include "services/lane/device/modbus_exchange.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

#include <modbus.h>
#include <poll.h>
#include <sys/socket.h>

namespace bordergate::lane::exchange {
namespace {

using Bytes = std::vector<uint8_t>;
using Deadline = std::chrono::steady_clock::time_point;

enum Function : uint8_t {
  kReadCoils = 1,
  kReadDiscreteInputs = 2,
  kReadHoldingRegisters = 3,
  kReadInputRegisters = 4,
  kWriteCoil = 5,
  kWriteRegisters = 16,
};
constexpr uint8_t kRefused = 0x80;
constexpr size_t kHeader = 7;     // transaction, protocol, length, unit
constexpr size_t kBodyMax = 253;  // function and what follows
constexpr size_t kReadAnswerHead = 2, kWriteAnswer = 5;
constexpr size_t kWrittenValue = 3;  // in the answer to a written coil
constexpr int kCoilOn = 0xFF00, kCoilOff = 0;

void Add(Bytes& out, int number) {
  out.push_back(static_cast<uint8_t>(number >> 8));
  out.push_back(static_cast<uint8_t>(number));
}
int Number(const Bytes& bytes, size_t at) { return bytes[at] << 8 | bytes[at + 1]; }

Bytes Request(Function function, int address, int count) {
  Bytes body = {function};
  Add(body, address);
  Add(body, count);
  return body;
}

Deadline DeadlineOf(modbus_t* connection) {
  uint32_t whole_s = 0, rest_us = 0;
  modbus_get_response_timeout(connection, &whole_s, &rest_us);
  return std::chrono::steady_clock::now() + std::chrono::seconds(whole_s) +
         std::chrono::microseconds(rest_us);
}

std::optional<Bytes> Receive(int socket, size_t count, Deadline deadline) {
  Bytes bytes(count);
  for (size_t done = 0; done < count;) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    pollfd wait{socket, POLLIN, 0};
    const int ready = poll(&wait, 1, std::max(static_cast<int>(left.count()), 0));
    if (ready < 0 && errno == EINTR) continue;
    if (ready == 0) errno = ETIMEDOUT;
    if (ready <= 0) return std::nullopt;
    const ssize_t got = recv(socket, bytes.data() + done, count - done, 0);
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (got == 0) errno = ECONNRESET;
    if (got <= 0) return std::nullopt;
    done += static_cast<size_t>(got);
  }
  return bytes;
}

std::optional<Bytes> Wrong() {
  errno = EMBBADDATA;
  return std::nullopt;
}

// The answer from its function on; `size` bytes when it is no refusal.
std::optional<Bytes> Ask(modbus_t* connection, const Bytes& body, size_t size) {
  static std::atomic<uint16_t> last_transaction = 0;
  const Deadline deadline = DeadlineOf(connection);
  const int socket = modbus_get_socket(connection);
  Bytes request;
  Add(request, ++last_transaction);
  Add(request, 0);
  Add(request, static_cast<int>(body.size() + 1));
  request.push_back(static_cast<uint8_t>(modbus_get_slave(connection)));
  const Bytes head_sent = request;
  request.insert(request.end(), body.begin(), body.end());
  const ssize_t sent = send(socket, request.data(), request.size(), MSG_NOSIGNAL);
  if (sent >= 0 && sent != static_cast<ssize_t>(request.size())) errno = EMBBADDATA;
  if (sent != static_cast<ssize_t>(request.size())) return std::nullopt;

  const auto head = Receive(socket, kHeader, deadline);
  if (!head) return std::nullopt;
  const int length = Number(*head, 4);
  const bool ours =
      std::equal(head->begin(), head->begin() + 4, head_sent.begin()) && (*head)[6] == head_sent[6];
  if (!ours || length < 2 || length > static_cast<int>(kBodyMax) + 1) return Wrong();
  auto answer = Receive(socket, static_cast<size_t>(length) - 1, deadline);
  if (!answer) return std::nullopt;
  if (answer->front() == (body.front() | kRefused) && answer->size() == 2) {
    errno = MODBUS_ENOBASE + answer->back();
    return std::nullopt;
  }
  if (answer->front() != body.front() || answer->size() != size) return Wrong();
  return answer;
}

int ReadBits(modbus_t* connection, Function function, int address, int count, uint8_t* bits) {
  const size_t bytes = (static_cast<size_t>(count) + 7) / 8;
  const auto answer = Ask(connection, Request(function, address, count), kReadAnswerHead + bytes);
  if (!answer) return -1;
  if ((*answer)[1] != bytes) return Wrong(), -1;
  for (int i = 0; i < count; ++i) {
    bits[i] = (*answer)[kReadAnswerHead + static_cast<size_t>(i / 8)] >> (i % 8) & 1;
  }
  return count;
}

int ReadWords(modbus_t* connection, Function function, int address, int count, uint16_t* words) {
  const size_t bytes = 2 * static_cast<size_t>(count);
  const auto answer = Ask(connection, Request(function, address, count), kReadAnswerHead + bytes);
  if (!answer) return -1;
  if ((*answer)[1] != bytes) return Wrong(), -1;
  for (int i = 0; i < count; ++i) {
    words[i] = static_cast<uint16_t>(Number(*answer, kReadAnswerHead + 2 * static_cast<size_t>(i)));
  }
  return count;
}

// The answer to a write repeats the first five bytes of the request.
int Write(modbus_t* connection, const Bytes& body, int count) {
  const auto answer = Ask(connection, body, kWriteAnswer);
  if (!answer) return -1;
  if (!std::equal(answer->begin(), answer->end(), body.begin())) return Wrong(), -1;
  return count;
}

}  // namespace

int ReadCoils(modbus_t* connection, int address, int count, uint8_t* bits) {
  return ReadBits(connection, kReadCoils, address, count, bits);
}
int ReadDiscreteInputs(modbus_t* connection, int address, int count, uint8_t* bits) {
  return ReadBits(connection, kReadDiscreteInputs, address, count, bits);
}
int ReadInputRegisters(modbus_t* connection, int address, int count, uint16_t* words) {
  return ReadWords(connection, kReadInputRegisters, address, count, words);
}
int ReadHoldingRegisters(modbus_t* connection, int address, int count, uint16_t* words) {
  return ReadWords(connection, kReadHoldingRegisters, address, count, words);
}

int WriteCoil(modbus_t* connection, int address, bool value) {
  const Bytes body = Request(kWriteCoil, address, value ? kCoilOn : kCoilOff);
  const auto answer = Ask(connection, body, kWriteAnswer);
  if (!answer) return -1;
  // Some controllers answer with what the coil is by then: a pulse may have fallen back to off.
  const bool off_again = Number(*answer, kWrittenValue) == kCoilOff;
  const size_t compared = off_again ? kWrittenValue : kWriteAnswer;
  if (!std::equal(answer->begin(), answer->begin() + static_cast<std::ptrdiff_t>(compared), body.begin()))
    return Wrong(), -1;
  return 1;
}

int WriteRegisters(modbus_t* connection, int address, int count, const uint16_t* words) {
  Bytes body = Request(kWriteRegisters, address, count);
  body.push_back(static_cast<uint8_t>(2 * count));
  for (int i = 0; i < count; ++i) Add(body, words[i]);
  return Write(connection, body, count);
}

}  // namespace bordergate::lane::exchange
