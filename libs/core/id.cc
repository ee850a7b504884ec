#include "libs/core/id.h"

#include <sys/random.h>

#include "libs/core/check.h"

namespace bordergate {

uint64_t SystemRandom::Next() {
  uint64_t value = 0;
  BG_CHECK(getrandom(&value, sizeof value, 0) == sizeof value, "the kernel gives eight random bytes at once");
  return value;
}

std::string IdMaker::New(std::string_view noun) {
  static constexpr char kDigits[] = "0123456789abcdefghjkmnpqrstvwxyz";
  const auto time_ms = static_cast<uint64_t>(
      std::chrono::duration_cast<milliseconds>(clock_.Now().time_since_epoch()).count());
  std::string id(noun);
  id += '_';
  for (int shift = 45; shift >= 0; shift -= 5) id += kDigits[(time_ms >> shift) & 31];
  for (int half = 0; half < 2; ++half) {
    uint64_t chance = random_.Next();
    for (int i = 0; i < 8; ++i, chance >>= 5) id += kDigits[chance & 31];
  }
  return id;
}

}  // namespace bordergate
