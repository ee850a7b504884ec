#include "services/camera/domain/tracker.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "libs/core/text.h"

namespace bordergate::camera {
namespace {

constexpr int kTextDistanceMax = 2;
constexpr double kNearInPlateHeights = 4;
// A read below this is as often no plate at all; it does not say how near anything is.
constexpr double kFaint = 0.3;
// A frame that says the same with less than this confirms nothing: it is wrong more often than right.
constexpr double kConfirming = 0.5;
constexpr int kContainerSettled = 2;

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

bool IsNear(const Sighting& sighting, const Sighting& last) {
  const double dx = sighting.centre[0] - last.centre[0];
  const double dy = sighting.centre[1] - last.centre[1];
  return std::hypot(dx, dy) < kNearInPlateHeights * last.height_px;
}

}  // namespace

std::string_view CourseName(Course course) {
  switch (course) {
    case Course::kComing:
      return "COMING";
    case Course::kGoing:
      return "GOING";
    case Course::kStanding:
      break;
  }
  return "STANDING";
}

TrackRules RulesFor(Position position, TrackRules rules) {
  switch (position) {
    case Position::kFront:
    case Position::kWindow:
      break;
    case Position::kRear:
      rules.passer_by = Course::kComing;
      break;
    case Position::kTrailer:
      rules.passer_by = std::nullopt;
      break;
  }
  return rules;
}

TrackRules ContainerRulesFor(Position position, TrackRules rules, milliseconds pace) {
  rules = RulesFor(position, rules);
  rules.pace = pace;
  rules.settled_count = kContainerSettled;
  return rules;
}

// The same text first, then the same place, then a similar text: trucks of one firm that stand one behind the
// other have similar plates.
std::optional<size_t> Tracker::TrackOf(const Sighting& sighting, const std::vector<bool>& taken) const {
  const auto find = [&](const auto& belongs) -> std::optional<size_t> {
    for (size_t i = 0; i < taken.size(); ++i) {
      if (!taken[i] && belongs(tracks_[i].last)) return i;
    }
    return std::nullopt;
  };
  if (const auto same = find([&](const Sighting& last) { return last.text == sighting.text; })) return same;
  const auto is_alike = [&](const Sighting& last) {
    return Distance(last.text, sighting.text) <= kTextDistanceMax;
  };
  // Another text at the same place within a frame or two is the same plate misread, not another truck.
  if (const auto here = find([&](const Sighting& last) {
        return IsNear(sighting, last) && (!sighting.sure || is_alike(last));
      })) {
    return here;
  }
  return find(is_alike);
}

std::vector<size_t> Tracker::Assign(std::span<const Sighting> sightings, SteadyInstant time) {
  std::erase_if(tracks_, [&](const Track& track) { return time - track.time > rules_.gap_max; });
  std::vector<bool> taken(tracks_.size(), false);
  std::vector<size_t> tracks;
  for (const Sighting& sighting : sightings) {
    const auto known = TrackOf(sighting, taken);
    if (known) {
      taken[*known] = true;
    } else {
      tracks_.push_back({.number = ++count_,
                         .last = {},
                         .first_line_height_px = sighting.line_height_px,
                         .time = time,
                         .votes = {}});
    }
    const size_t index = known.value_or(tracks_.size() - 1);
    Count(tracks_[index], sighting, time);
    tracks.push_back(index);
  }
  return tracks;
}

void Tracker::Count(Track& track, const Sighting& sighting, SteadyInstant time) const {
  std::erase_if(track.votes, [&](const Vote& vote) { return time - vote.time > rules_.vote_life; });
  if (track.votes.size() == kVotesMax) track.votes.pop_front();
  track.votes.push_back({.text = sighting.text,
                         .weight = sighting.confidence * sighting.confidence,
                         .counts = sighting.confidence >= kConfirming,
                         .time = time});
  track.agreeing = !sighting.sure ? 0 : (track.last.text == sighting.text ? track.agreeing + 1 : 1);
  track.last = sighting;
  track.time = time;
}

Course Tracker::CourseOf(const Track& track) const {
  const double first = track.first_line_height_px;
  const double last = track.last.line_height_px;
  if (last > first * rules_.course_factor) return Course::kComing;
  return last * rules_.course_factor < first ? Course::kGoing : Course::kStanding;
}

// The surest of the nearest, of those that do not pass by.
size_t Tracker::Choose(std::span<const Sighting> sightings, std::span<const size_t> tracks) const {
  std::vector<size_t> here;
  for (size_t i = 0; i < sightings.size(); ++i) {
    if (CourseOf(tracks_[tracks[i]]) != rules_.passer_by) here.push_back(i);
  }
  double greatest = 0;
  for (const size_t i : here) {
    if (sightings[i].confidence >= kFaint) greatest = std::max(greatest, sightings[i].line_height_px);
  }
  const auto near = std::find_if(here.begin(), here.end(), [&](size_t i) {
    return sightings[i].line_height_px >= rules_.behind_max * greatest;
  });
  return near == here.end() ? 0 : *near;
}

bool Tracker::IsConfirmed(const Track& track, const Sighting& sighting) const {
  std::map<std::string_view, double> weights;
  int saying = 0;
  for (const Vote& vote : track.votes) {
    weights[vote.text] += vote.weight;
    saying += vote.counts && vote.text == sighting.text ? 1 : 0;
  }
  const double own = weights[sighting.text];
  return saying >= 2 && std::all_of(weights.begin(), weights.end(), [&](const auto& item) {
           return item.first == sighting.text || item.second <= rules_.rival_max * own;
         });
}

Tracker::Verdict Tracker::Add(std::span<const Sighting> sightings, SteadyInstant time) {
  sightings = sightings.first(std::min(sightings.size(), kTracksMax));
  const std::vector<size_t> tracks = Assign(sightings, time);
  const size_t chosen = Choose(sightings, tracks);
  const Sighting& sighting = sightings[chosen];
  Track& track = tracks_[tracks[chosen]];
  read_time_ = time;
  chosen_ = track.number;
  const bool sure = sighting.sure && IsConfirmed(track, sighting);
  wants_second_ = sighting.sure && !sure && track.agreeing < 2;
  const bool better = sighting.confidence > track.evidence_confidence + rules_.evidence_gain;
  const bool with_evidence = sighting.sure || better || track.evidence_confidence < 0 ||
                             time - track.evidence_time >= rules_.evidence_pause;
  if (with_evidence) {
    track.evidence_confidence = sighting.confidence;
    track.evidence_time = time;
  }
  return {.chosen = chosen,
          .track = track.number,
          .course = CourseOf(track),
          .sure = sure,
          .with_evidence = with_evidence};
}

bool Tracker::WantsFrame(SteadyInstant time) const {
  if (!read_time_ || wants_second_) return true;
  const auto since = time - *read_time_;
  if (since < rules_.pace) return false;
  const auto track =
      std::find_if(tracks_.begin(), tracks_.end(), [&](const Track& one) { return one.number == chosen_; });
  const bool settled = track != tracks_.end() && track->agreeing >= rules_.settled_count &&
                       time - track->time <= rules_.gap_max;
  return !settled || since >= rules_.pace_settled;
}

void Tracker::AddNothing(SteadyInstant time) {
  read_time_ = time;
  wants_second_ = false;
  for (Track& track : tracks_) track.agreeing = 0;
}

}  // namespace bordergate::camera
