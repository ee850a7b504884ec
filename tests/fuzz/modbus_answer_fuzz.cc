// Whatever a controller answers: an answer is believed exactly when it is one to this request, byte for byte.
//
// Input: which request, whether its transaction is put right, then the bytes of the answer.
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <vector>

#include <modbus.h>
#include <sys/socket.h>
#include <unistd.h>

#include "libs/core/check.h"
#include "services/lane/device/modbus_exchange.h"

namespace {

namespace exchange = bordergate::lane::exchange;
using Bytes = std::vector<uint8_t>;

constexpr uint8_t kUnit = 1;
constexpr int kAddress = 2, kBits = 11, kWords = 3;
constexpr std::array<uint16_t, 2> kWritten = {7, 0xFFFE};

// What each request's answer must be, its data left out.
struct Right {
  Bytes head;  // from the unit on
  size_t data = 0;
};
const std::array<Right, 6> kRight = {{
    {{kUnit, 1, 2}, 2},
    {{kUnit, 2, 2}, 2},
    {{kUnit, 4, 6}, 6},
    {{kUnit, 3, 6}, 6},
    {{kUnit, 5, 0, kAddress, 0xFF, 0}, 0},
    {{kUnit, 16, 0, kAddress, 0, kWritten.size()}, 0},
}};

class Pair {
 public:
  Pair() { BG_CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, ends_.data()) == 0, "two ends"); }
  ~Pair() { close(ends_[1]); }
  Pair(const Pair&) = delete;
  Pair& operator=(const Pair&) = delete;
  int near() const { return ends_[0]; }  // closed by libmodbus
  int far() const { return ends_[1]; }

 private:
  std::array<int, 2> ends_{};
};

int Ask(modbus_t* connection, size_t which, std::array<uint8_t, kBits>& bits,
        std::array<uint16_t, kWords>& words) {
  switch (which) {
    case 0:
      return exchange::ReadCoils(connection, kAddress, kBits, bits.data());
    case 1:
      return exchange::ReadDiscreteInputs(connection, kAddress, kBits, bits.data());
    case 2:
      return exchange::ReadInputRegisters(connection, kAddress, kWords, words.data());
    case 3:
      return exchange::ReadHoldingRegisters(connection, kAddress, kWords, words.data());
    case 4:
      return exchange::WriteCoil(connection, kAddress, true);
    default:
      return exchange::WriteRegisters(connection, kAddress, kWritten.size(), kWritten.data());
  }
}

bool IsRight(size_t which, const Bytes& answer, uint16_t transaction) {
  const Right& right = kRight[which];
  const size_t size = right.head.size() + right.data;
  Bytes expected = {static_cast<uint8_t>(transaction >> 8),
                    static_cast<uint8_t>(transaction),
                    0,
                    0,
                    0,
                    static_cast<uint8_t>(size)};
  expected.insert(expected.end(), right.head.begin(), right.head.end());
  if (answer.size() < expected.size() + right.data) return false;
  const auto matches = [&](const Bytes& bytes) {
    return std::equal(bytes.begin(), bytes.end(), answer.begin());
  };
  if (matches(expected)) return true;
  expected[expected.size() - 2] = 0;  // a written coil that has fallen back
  return which == 4 && matches(expected);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static uint16_t transaction = 0;  // of the request that comes, as modbus_exchange.cc counts
  if (size < 2) return 0;
  ++transaction;
  const size_t which = data[0] % kRight.size();
  Bytes answer(data + 2, data + size);
  if (data[1] % 2 == 0 && answer.size() >= 2) {
    answer[0] = static_cast<uint8_t>(transaction >> 8);
    answer[1] = static_cast<uint8_t>(transaction);
  }
  if (answer.size() > 4096) answer.resize(4096);
  const Pair pair;
  modbus_t* connection = modbus_new_tcp("127.0.0.1", 502);
  modbus_set_slave(connection, kUnit);
  modbus_set_socket(connection, pair.near());
  BG_CHECK(
      send(pair.far(), answer.data(), answer.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(answer.size()),
      "it fits");
  shutdown(pair.far(), SHUT_WR);  // nothing more comes: no read has to wait
  std::array<uint8_t, kBits> bits{};
  std::array<uint16_t, kWords> words{};
  errno = 0;
  const int got = Ask(connection, which, bits, words);
  const bool right = IsRight(which, answer, transaction);
  BG_CHECK((got > 0) == right, "believed exactly when it is right");
  BG_CHECK(got > 0 || errno != 0, "a refusal has its reason");
  if (right && which < 2) {
    for (size_t i = 0; i < kBits; ++i)
      BG_CHECK(bits[i] == (answer[9 + i / 8] >> (i % 8) & 1), "the bit that came");
  }
  if (right && (which == 2 || which == 3)) {
    for (size_t i = 0; i < kWords; ++i)
      BG_CHECK(words[i] == (answer[9 + 2 * i] << 8 | answer[10 + 2 * i]), "the word that came");
  }
  modbus_close(connection);
  modbus_free(connection);
  return 0;
}
