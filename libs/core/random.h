// Chance is an argument too: programs use the kernel's, tests and simulations a seed.
#pragma once

#include <cstdint>
#include <random>
#include <string>

namespace bordergate {

class Random {
 public:
  virtual ~Random() = default;
  virtual uint64_t Next() = 0;
  // From 0 to bound - 1; bound at least 1.
  uint64_t Below(uint64_t bound) { return Next() % bound; }
};

// The kernel's generator; fit for secrets. Safe for use by several threads.
class SystemRandom final : public Random {
 public:
  uint64_t Next() override;
};

// The same numbers for the same seed. Never for secrets. One thread at a time.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(uint64_t seed) : generator_(seed) {}
  uint64_t Next() override { return generator_(); }

 private:
  std::mt19937_64 generator_;
};

}  // namespace bordergate
