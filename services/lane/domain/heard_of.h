// When an input was last heard of. Safe for use by several threads.
#pragma once

#include <atomic>
#include <optional>

#include "services/lane/domain/moment.h"

namespace bordergate::lane {

class HeardOf {
 public:
  void Now(SteadyInstant now) { steady_ = now.time_since_epoch().count(); }

  // From the run before, by the wall clock. Good until Now is called.
  void Restore(Instant wall) { wall_ = wall.time_since_epoch().count(); }

  // Nothing: never, or the wall clock stands before the time it was heard of.
  std::optional<milliseconds> Age(Moment now) const {
    if (const auto steady = steady_.load(); steady != 0) {
      return std::chrono::duration_cast<milliseconds>(now.steady -
                                                      SteadyInstant(SteadyInstant::duration(steady)));
    }
    const auto wall = wall_.load();
    if (wall == 0) return std::nullopt;
    const auto age = now.wall - Instant(Instant::duration(wall));
    if (age < age.zero()) return std::nullopt;
    return std::chrono::duration_cast<milliseconds>(age);
  }

 private:
  std::atomic<SteadyInstant::rep> steady_ = 0;
  std::atomic<Instant::rep> wall_ = 0;
};

// The four services whose facts the lanes rely on.
struct CentreInputs {
  HeardOf customs, fee, yard, vehicle;
};

}  // namespace bordergate::lane
