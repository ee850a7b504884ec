// From what readers of transponders send to what the lanes are told: who is heard at which lane, how often it
// is worth telling, and whether a reader is silent.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "libs/config/site.h"
#include "libs/telemetry/telemetry.h"
#include "services/camera/device/tag_report.h"
#include "services/camera/domain/tag_pace.h"
#include "services/camera/domain/tag_readers.h"

namespace bordergate::camera {

struct TagRules {
  // An event whose own time is further from ours says nothing of who stands there.
  milliseconds late_max{3000};
  milliseconds silence_max{30'000};         // a reader that is silent for so long has NO_REPORTS
  std::set<std::string> reference_tag_ids;  // fixed beside an antenna: a sign of life and no vehicle
};

// A transponder heard at a lane.
struct SeenTag {
  std::string tag_reader_id;
  std::string lane_id;
  LaneTag tag;
};

class PushingTagReaders final : public TagReaders {
 public:
  // Called on any thread, one at a time; must not wait.
  using Sink = std::function<void(SeenTag)>;

  PushingTagReaders(TagRules rules, const Site& site, Telemetry& telemetry, const Clock& clock);
  ~PushingTagReaders() override;

  void Start(Sink sink);
  // Nobody is told any more. Also done by the destructor.
  void Stop();

  // What a reader that has proved who it is has sent; one that is not of this site is dropped. Any thread;
  // does not wait.
  void Take(const std::string& tag_reader_id, const TagReport& report);

  std::vector<TagReaderStatus> List() const override;

 private:
  struct LaneEnd {
    std::string lane_id;
    int antenna = 0;  // 0: all
    TagPace pace;
    int64_t crowded_told = 0;  // of pace.crowded_count(), how many are in the metric
  };
  struct Reader {
    std::vector<LaneEnd> ends;
    Gauge silent;
    SteadyInstant since;  // of the last report, or the start
    std::optional<Instant> report_time{};
    bool told_silent = false;
    bool told_without_id = false;
    bool told_no_lane = false;
    uint64_t late_count = 0;
  };

  bool IsSilent(const Reader& reader, SteadyInstant now) const;
  void Hear(const std::string& tag_reader_id, Reader& reader, const HeardTag& heard, Instant time,
            SteadyInstant now);
  void CountLate(const std::string& tag_reader_id, Reader& reader, milliseconds ahead);
  // Tells what has become due and who is silent, until the end.
  void Watch();
  void Tell(const std::string& tag_reader_id, const std::string& lane_id, LaneTag tag);
  void TellHowItIs(const std::string& tag_reader_id, Reader& reader, SteadyInstant now);
  void Count(const std::string& tag_reader_id, const char* outcome, int64_t by = 1);

  const TagRules rules_;
  Telemetry& telemetry_;
  const Clock& clock_;
  Sink sink_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool stopped_ = false;
  std::vector<std::string> order_;  // of the site file
  std::map<std::string, Reader> readers_;
  std::thread thread_;
};

}  // namespace bordergate::camera
