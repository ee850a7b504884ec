#include "services/simulator/domain/tag_field.h"

#include <algorithm>
#include <cmath>

namespace bordergate::simulator {
namespace {

// The beam, by the front of the truck, and where in it one is heard best.
constexpr double kFromM = -9;
constexpr double kToM = 1;
constexpr double kBestM = -4;
constexpr int kBestRssi = -4'500;
constexpr double kLossPerM = 200;
// In a lane beside.
constexpr int kBesideRssi = -6'800;
constexpr double kBesideShare = 0.04;
constexpr double kMissedShare = 0.10;
constexpr int kWaverCdbm = 300;

bool InBeam(const LaneView::Seen& seen) {
  return !seen.truck.tag_id.empty() && seen.front_m > kFromM && seen.front_m < kToM;
}

}  // namespace

std::vector<HeardTag> HearTags(const LaneView& own, const std::vector<LaneView>& beside, Chance& chance) {
  std::vector<HeardTag> heard;
  const auto waver = [&chance] { return static_cast<int>(chance.Between(-kWaverCdbm, kWaverCdbm)); };
  for (const LaneView::Seen& seen : own.trucks) {
    if (!InBeam(seen) || chance.Happens(kMissedShare)) continue;
    const auto loss = static_cast<int>(kLossPerM * std::abs(seen.front_m - kBestM));
    heard.push_back({seen.truck.tag_id, kBestRssi - loss + waver()});
  }
  for (const LaneView& other : beside) {
    for (const LaneView::Seen& seen : other.trucks) {
      if (InBeam(seen) && chance.Happens(kBesideShare))
        heard.push_back({seen.truck.tag_id, kBesideRssi + waver()});
    }
  }
  return heard;
}

bool MayHearTags(const LaneView& own, const std::vector<LaneView>& beside) {
  const auto anybody = [](const LaneView& view) { return std::ranges::any_of(view.trucks, InBeam); };
  return anybody(own) || std::ranges::any_of(beside, anybody);
}

}  // namespace bordergate::simulator
