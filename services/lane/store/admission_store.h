// The admission table: in memory for the lanes, and on disk with the sequence of each source that was applied
// last, so that a restart knows all that the run before knew, and how old it is.
//
// On disk it is a file of its own: a hundred thousand facts that arrive at once must not make a decision wait
// for the disk.
//
// Safe for use by several threads. The lock of the table in memory is held for one fact at a time: no lane
// waits for a batch.
#pragma once

#include <array>
#include <memory>
#include <mutex>
#include <span>
#include <string>

#include "services/lane/domain/admission_book.h"
#include "services/lane/domain/clock_skew.h"
#include "services/lane/store/database.h"

namespace bordergate::lane {

class AdmissionStore final : public AdmissionBook, public AdmissionFeed, public CentreAges {
 public:
  explicit AdmissionStore(Database& database);
  ~AdmissionStore() override;

  // Everything on disk into memory: facts, and the time each source was heard of.
  //   errors   JOURNAL_UNAVAILABLE
  Result<void> Load();
  // The trips that passed here, from the journal.
  //   errors   JOURNAL_UNAVAILABLE
  Result<void> LoadPassed(Database& journal, Instant since);

  // Forgets trips that were done before `before`, in memory and on disk.
  //   errors   JOURNAL_UNAVAILABLE, OUTCOME_UNKNOWN
  Result<void> Prune(Instant before);

  // AdmissionBook
  Known Find(const Sighting& sighting) const override;
  std::optional<TagTruck> FindTag(const TagSighting& sighting) const override;
  std::string TruckOfLoad(const Sighting& sighting) const override;
  bool Claim(const std::string& trip_id, std::string_view lane_id, SteadyInstant now,
             SteadyInstant until) override;
  void Release(const std::string& trip_id, std::string_view lane_id) override;
  void NoteTag(const TagRead& tag, SteadyInstant at) override;
  void Passed(const std::string& trip_id, Instant now) override;
  void Crossed(const std::string& key, Direction direction, Instant now) override;

  // AdmissionFeed
  Result<int64_t> AppliedSequence(Source source) override;
  Result<void> Apply(Source source, std::span<const AdmissionChange> changes, int64_t sequence) override;
  void CaughtUp(Source source, Moment now) override;
  void Dated(Source source, Instant event_time, Moment received) override;

  // CentreAges
  std::optional<milliseconds> Age(Source source, Moment now) const override;
  std::optional<milliseconds> Skew(Moment now) const override;

  size_t trip_count() const;
  size_t watch_count() const;

 private:
  struct Statements;
  // How far a source was followed, and when it was last caught up with.
  struct Heard {
    int64_t sequence = 0;                 // up to here the lanes see its facts
    std::optional<SteadyInstant> steady;  // in this run
    std::optional<Instant> wall;          // in this run or the one before
    std::optional<SteadyInstant> noted;   // when `wall` was last written to the disk
  };

  Result<void> Write(const AdmissionChange& change);
  void Show(const AdmissionChange& change);
  Result<void> LoadFacts(Connection& reader);
  Result<void> LoadTimes(Connection& reader);
  Heard& HeardOf(Source source) { return heard_[static_cast<size_t>(source)]; }
  const Heard& HeardOf(Source source) const { return heard_[static_cast<size_t>(source)]; }

  Database& database_;
  std::unique_ptr<Statements> statements_;
  mutable std::mutex mutex_;
  AdmissionTable table_;
  std::array<Heard, kSources.size()> heard_;
  ClockSkew skew_;
};

}  // namespace bordergate::lane
