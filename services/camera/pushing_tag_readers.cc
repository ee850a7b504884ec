#include "services/camera/pushing_tag_readers.h"

#include <bit>
#include <utility>

#include "services/camera/domain/pushed_read.h"

namespace bordergate::camera {
namespace {

constexpr milliseconds kDuePause{100};
constexpr milliseconds kIdlePause{1000};

}  // namespace

PushingTagReaders::PushingTagReaders(TagRules rules, const Site& site, Telemetry& telemetry,
                                     const Clock& clock)
    : rules_(std::move(rules)), telemetry_(telemetry), clock_(clock) {
  for (const SiteLane& lane : site.lanes) {
    const std::string& id = lane.tag_reader_id;
    if (id.empty()) continue;
    auto reader = readers_.find(id);
    if (reader == readers_.end()) {
      order_.push_back(id);
      reader =
          readers_
              .emplace(id, Reader{.ends = {},
                                  .silent = telemetry.metrics.NewGauge(
                                      "tag_reader_silent", "1 when a reader of transponders is not heard of",
                                      {{"tag_reader_id", id}}),
                                  .since = clock.SteadyNow()})
              .first;
      reader->second.silent.Set(1);
    }
    reader->second.ends.push_back({.lane_id = lane.lane_id, .antenna = lane.tag_reader_antenna, .pace = {}});
  }
}

PushingTagReaders::~PushingTagReaders() { Stop(); }

void PushingTagReaders::Start(Sink sink) {
  if (readers_.empty()) return;
  sink_ = std::move(sink);
  thread_ = std::thread([this] { Watch(); });
}

void PushingTagReaders::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void PushingTagReaders::Take(const std::string& tag_reader_id, const TagReport& report) {
  const Instant time = clock_.Now();
  const SteadyInstant now = clock_.SteadyNow();
  const std::lock_guard lock(mutex_);
  const auto found = readers_.find(tag_reader_id);
  if (found == readers_.end() || stopped_) return;
  Reader& reader = found->second;
  reader.since = now;
  reader.report_time = time;
  TellHowItIs(tag_reader_id, reader, now);
  for (const HeardTag& heard : report) Hear(tag_reader_id, reader, heard, time, now);
}

void PushingTagReaders::Hear(const std::string& tag_reader_id, Reader& reader, const HeardTag& heard,
                             Instant time, SteadyInstant now) {
  if (heard.tag_id.empty()) {
    Count(tag_reader_id, "WITHOUT_ID");
    if (!std::exchange(reader.told_without_id, true)) {
      telemetry_.log.Warning("tag_reader.without_id",
                             "a reader of transponders does not tell their TID and says nothing by that: "
                             "switch it on (README of camera)",
                             {{"tag_reader_id", tag_reader_id}});
    }
    return;
  }
  if (IsLatePush(time, heard.stated_time, rules_.late_max))
    return CountLate(tag_reader_id, reader, std::chrono::floor<milliseconds>(heard.stated_time - time));
  if (rules_.reference_tag_ids.contains(heard.tag_id)) return Count(tag_reader_id, "REFERENCE");
  bool any_lane = false;
  for (LaneEnd& end : reader.ends) {
    if (end.antenna != 0 && end.antenna != heard.antenna) continue;
    any_lane = true;
    auto tag = end.pace.Add({.tag_id = heard.tag_id, .rssi_cdbm = heard.rssi_cdbm, .time = time}, now);
    if (tag) Tell(tag_reader_id, end.lane_id, *std::move(tag));
  }
  if (any_lane) return;
  Count(tag_reader_id, "NO_LANE");
  if (std::exchange(reader.told_no_lane, true)) return;
  telemetry_.log.Warning("tag_reader.no_lane",
                         "a reader of transponders hears some at an antenna of which the site file knows no "
                         "lane, or does not tell the antenna",
                         {{"tag_reader_id", tag_reader_id}, {"antenna", std::to_string(heard.antenna)}});
}

// Told the first time, the second, the fourth, the eighth: some come late when a network heals, all when a
// clock is wrong.
void PushingTagReaders::CountLate(const std::string& tag_reader_id, Reader& reader, milliseconds ahead) {
  Count(tag_reader_id, "LATE");
  if (!std::has_single_bit(++reader.late_count)) return;
  telemetry_.log.Warning(
      "tag_reader.late",
      "what a reader of transponders heard is told to nobody: its time is too far from ours",
      {{"tag_reader_id", tag_reader_id},
       {"ahead_ms", std::to_string(ahead.count())},
       {"count", std::to_string(reader.late_count)}});
}

void PushingTagReaders::Tell(const std::string& tag_reader_id, const std::string& lane_id, LaneTag tag) {
  Count(tag_reader_id, "TOLD");
  if (sink_) sink_({.tag_reader_id = tag_reader_id, .lane_id = lane_id, .tag = std::move(tag)});
}

void PushingTagReaders::Watch() {
  std::unique_lock lock(mutex_);
  while (!stopped_) {
    const SteadyInstant now = clock_.SteadyNow();
    bool waiting = false;
    for (auto& [id, reader] : readers_) {
      TellHowItIs(id, reader, now);
      for (LaneEnd& end : reader.ends) {
        for (LaneTag& tag : end.pace.TakeDue(now)) Tell(id, end.lane_id, std::move(tag));
        Count(id, "CROWDED",
              end.pace.crowded_count() - std::exchange(end.crowded_told, end.pace.crowded_count()));
        waiting = waiting || end.pace.waiting();
      }
    }
    changed_.wait_for(lock, waiting ? kDuePause : kIdlePause, [&] { return stopped_; });
  }
}

bool PushingTagReaders::IsSilent(const Reader& reader, SteadyInstant now) const {
  return !reader.report_time || now - reader.since > rules_.silence_max;
}

void PushingTagReaders::TellHowItIs(const std::string& tag_reader_id, Reader& reader, SteadyInstant now) {
  reader.silent.Set(IsSilent(reader, now) ? 1 : 0);
  const bool long_silent = now - reader.since > rules_.silence_max;
  if (long_silent == reader.told_silent) return;
  reader.told_silent = long_silent;
  if (long_silent) {
    telemetry_.log.Warning("tag_reader.silent", "a reader of transponders is not heard of",
                           {{"tag_reader_id", tag_reader_id}});
  } else {
    telemetry_.log.Info("tag_reader.back", "a reader of transponders is heard of again",
                        {{"tag_reader_id", tag_reader_id}});
  }
}

void PushingTagReaders::Count(const std::string& tag_reader_id, const char* outcome, int64_t by) {
  if (by == 0) return;
  telemetry_.metrics
      .NewCounter("tag_reads_total", "Transponders that readers heard, by what became of them",
                  {{"tag_reader_id", tag_reader_id}, {"outcome", outcome}})
      .Increment(static_cast<double>(by));
}

std::vector<TagReaderStatus> PushingTagReaders::List() const {
  const std::lock_guard lock(mutex_);
  const SteadyInstant now = clock_.SteadyNow();
  std::vector<TagReaderStatus> list;
  for (const std::string& id : order_) {
    const Reader& reader = readers_.at(id);
    for (const LaneEnd& end : reader.ends) {
      list.push_back({.tag_reader_id = id,
                      .lane_id = end.lane_id,
                      .fault_code = IsSilent(reader, now) ? "NO_REPORTS" : "",
                      .report_time = reader.report_time});
    }
  }
  return list;
}

}  // namespace bordergate::camera
