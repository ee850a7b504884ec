// Draws from a Random: the same seed gives the same world.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

#include "libs/core/check.h"
#include "libs/core/random.h"

namespace bordergate::simulator {

class Chance {
 public:
  explicit Chance(Random& random) : random_(random) {}

  // From `least` to `most`, both included.
  int64_t Between(int64_t least, int64_t most) {
    BG_CHECK(least <= most, "bounds of a draw stand in order");
    return least + static_cast<int64_t>(random_.Below(static_cast<uint64_t>(most - least) + 1));
  }
  // 0 inclusive to 1 exclusive.
  double Share() { return static_cast<double>(random_.Next() >> 11) * 0x1.0p-53; }
  bool Happens(double share) { return Share() < share; }
  // Time to the next of events that come one by one with this mean.
  double Exponential(double mean) { return -mean * std::log1p(-Share()); }
  template <class List>
  const auto& Pick(const List& list) {
    return list[static_cast<size_t>(Between(0, static_cast<int64_t>(std::size(list)) - 1))];
  }
  std::string Digits(int count) {
    std::string digits;
    for (int at = 0; at < count; ++at) digits += static_cast<char>('0' + Between(0, 9));
    return digits;
  }
  std::string Letters(std::string_view alphabet, int count) {
    std::string letters;
    for (int at = 0; at < count; ++at) letters += Pick(alphabet);
    return letters;
  }

 private:
  Random& random_;
};

}  // namespace bordergate::simulator
