#include "services/simulator/domain/scale.h"

#include <algorithm>
#include <cmath>

namespace bordergate::simulator {
namespace {

constexpr int kCapacity_kg = 80'000;

}  // namespace

ScaleSight Weigh(const LaneView& view, const LaneGeometry& geometry) {
  ScaleSight sight;
  double kg = 0;
  for (const LaneView::Seen& seen : view.trucks) {
    const double rear_m = seen.front_m - seen.truck.length_m;
    const double on_m = std::min(seen.front_m, geometry.scale_to_m) - std::max(rear_m, geometry.scale_from_m);
    if (on_m <= 0) continue;
    kg += seen.truck.mass_kg * std::min(1.0, on_m / seen.truck.length_m);
    if (seen.moving) sight.stable = false;
  }
  sight.kg = static_cast<int>(std::lround(kg));
  sight.overload = sight.kg > kCapacity_kg;
  sight.tared = view.faults.Has(Fault::kScaleTared);
  sight.silent = view.faults.Has(Fault::kScaleSilent);
  if (view.faults.Has(Fault::kScaleUnsteady)) sight.stable = false;
  return sight;
}

}  // namespace bordergate::simulator
