#include "services/customs/domain/trip.h"

#include <algorithm>

namespace bordergate::customs {

bool IsOpen(TripState state) { return state != TripState::kCrossed && state != TripState::kCancelled; }

bool IsPerishable(const std::vector<GoodsLine>& goods) {
  return std::any_of(goods.begin(), goods.end(), [](const GoodsLine& line) {
    return line.hs_code.starts_with("07") || line.hs_code.starts_with("08");
  });
}

}  // namespace bordergate::customs
