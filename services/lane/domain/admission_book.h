// What the rules ask of the admission table, and what those who feed it may do. One table serves all lanes of
// a process; implementations are safe for use by several threads.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "libs/core/result.h"
#include "services/lane/domain/admission_table.h"
#include "services/lane/domain/moment.h"

namespace bordergate::lane {

// Where a lane learns about a plate.
class FactsSource {
 public:
  virtual ~FactsSource() = default;
  virtual Known Find(const Sighting& sighting) const = 0;
  virtual std::optional<TagTruck> FindTag(const TagSighting& sighting) const = 0;
  virtual std::string TruckOfLoad(const Sighting& sighting) const = 0;
};

// See AdmissionTable for each.
class AdmissionBook : public FactsSource {
 public:
  virtual bool Claim(const std::string& trip_id, std::string_view lane_id, SteadyInstant now,
                     SteadyInstant until) = 0;
  virtual void Release(const std::string& trip_id, std::string_view lane_id) = 0;
  virtual void NoteTag(const TagRead& tag, SteadyInstant at) = 0;
  virtual void Passed(const std::string& trip_id, Instant now) = 0;
  virtual void Crossed(const std::string& key, Direction direction, Instant now) = 0;
};

// The services whose facts the lanes rely on.
enum class Source { kCustoms, kFee, kYard, kVehicle };
inline constexpr std::array kSources = {Source::kCustoms, Source::kFee, Source::kYard, Source::kVehicle};
std::string_view SourceName(Source source);

// How old the table's facts are.
class CentreAges {
 public:
  virtual ~CentreAges() = default;
  // Since everything the source had was known to be in the table; by the wall clock while only the run before
  // has heard of it. Nothing: never, or the wall clock stands before that time.
  virtual std::optional<milliseconds> Age(Source source, Moment now) const = 0;
  // See ClockSkew::Estimate.
  virtual std::optional<milliseconds> Skew(Moment now) const = 0;
};

// How facts enter the table.
class AdmissionFeed {
 public:
  virtual ~AdmissionFeed() = default;
  // The sequence of a source that was applied last; 0 before the first.
  //   errors   JOURNAL_UNAVAILABLE
  virtual Result<int64_t> AppliedSequence(Source source) = 0;
  // Makes facts durable together with the sequence they bring the table to, then shows them to the lanes.
  //   errors   JOURNAL_UNAVAILABLE, OUTCOME_UNKNOWN; then no lane sees them
  //   repeats  safe
  virtual Result<void> Apply(Source source, std::span<const AdmissionChange> changes, int64_t sequence) = 0;
  // Everything the source has is in the table at this moment.
  virtual void CaughtUp(Source source, Moment now) = 0;
  // An event of the source came as soon as it had happened, at `event_time` by the source's clock.
  virtual void Dated(Source source, Instant event_time, Moment received) = 0;
};

}  // namespace bordergate::lane
