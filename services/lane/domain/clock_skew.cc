#include "services/lane/domain/clock_skew.h"

#include <algorithm>

namespace bordergate::lane {
namespace {

constexpr size_t kSamplesKept = 8;
constexpr std::chrono::microseconds kLagMax = std::chrono::hours(24 * 365);
constexpr size_t kSamplesSure = 3;  // so many events are not all late by chance

std::chrono::nanoseconds WallLessSteady(Moment now) {
  return now.wall.time_since_epoch() - now.steady.time_since_epoch();
}

}  // namespace

void ClockSkew::Saw(size_t source, Instant event_time, Moment received) {
  auto& samples = samples_.at(source);
  if (samples.size() == kSamplesKept) samples.pop_front();
  samples.push_back({std::clamp(received.wall - event_time, -kLagMax, kLagMax), WallLessSteady(received)});
}

std::optional<milliseconds> ClockSkew::Estimate(Moment now) const {
  std::optional<std::chrono::nanoseconds> best;
  for (const auto& samples : samples_) {
    if (samples.empty()) continue;
    // The event that was on its way for the shortest time.
    const auto quickest =
        std::max_element(samples.begin(), samples.end(), [](const Sample& a, const Sample& b) {
          return a.wall_less_steady - a.lag < b.wall_less_steady - b.lag;
        });
    const auto set_since = WallLessSteady(now) - quickest->wall_less_steady;
    const bool perhaps_late = quickest->lag.count() > 0 && samples.size() < kSamplesSure;
    const auto skew = perhaps_late ? set_since : set_since + quickest->lag;
    if (!best || std::chrono::abs(skew) < std::chrono::abs(*best)) best = skew;
  }
  if (!best) return std::nullopt;
  return std::chrono::duration_cast<milliseconds>(*best);
}

}  // namespace bordergate::lane
