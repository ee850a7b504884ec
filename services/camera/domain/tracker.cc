#include "services/camera/domain/tracker.h"

#include <cmath>
#include <vector>

#include "libs/core/text.h"

namespace bordergate::camera {
namespace {

constexpr int kTextDistanceMax = 2;
constexpr double kNearInPlateHeights = 4;

// Number of insertions, deletions and replacements of code points.
int Distance(std::string_view a_text, std::string_view b_text) {
  const std::u32string a = DecodeUtf8(a_text).value_or(U"");
  const std::u32string b = DecodeUtf8(b_text).value_or(U"");
  std::vector<int> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<int>(j);
  for (size_t i = 1; i <= a.size(); ++i) {
    int diagonal = row[0];
    row[0] = static_cast<int>(i);
    for (size_t j = 1; j <= b.size(); ++j) {
      const int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row[b.size()];
}

}  // namespace

bool Tracker::SameVehicle(const Sighting& sighting) const {
  if (!last_) return false;
  if (Distance(last_->plate, sighting.plate) <= kTextDistanceMax) return true;
  // Another text at the same place within a frame or two is the same plate misread, not another truck.
  const double dx = sighting.centre[0] - last_->centre[0];
  const double dy = sighting.centre[1] - last_->centre[1];
  return !sighting.sure && std::hypot(dx, dy) < kNearInPlateHeights * last_->height_px;
}

Tracker::Verdict Tracker::Add(const Sighting& sighting, SteadyInstant time) {
  if (time - last_time_ > rules_.gap_max || !SameVehicle(sighting)) {
    ++track_;
    agreeing_ = 0;
    evidence_confidence_ = -1;
    last_.reset();
  }
  agreeing_ = !sighting.sure ? 0 : (last_ && last_->plate == sighting.plate ? agreeing_ + 1 : 1);
  last_ = sighting;
  last_time_ = time;
  read_time_ = time;
  const bool better = sighting.confidence > evidence_confidence_ + rules_.evidence_gain;
  const bool with_evidence =
      sighting.sure || better || evidence_confidence_ < 0 || time - evidence_time_ >= rules_.evidence_pause;
  const Verdict verdict{.track = track_, .with_evidence = with_evidence};
  if (verdict.with_evidence) {
    evidence_confidence_ = sighting.confidence;
    evidence_time_ = time;
  }
  return verdict;
}

bool Tracker::WantsFrame(SteadyInstant time) const {
  const bool settled = agreeing_ >= rules_.settled_count && time - last_time_ <= rules_.gap_max;
  return !settled || time - read_time_ >= rules_.pace_settled;
}

void Tracker::AddNothing(SteadyInstant time) {
  read_time_ = time;
  agreeing_ = 0;
}

}  // namespace bordergate::camera
