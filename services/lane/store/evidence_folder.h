// Evidence pictures as files named by their digest, each as old as its file says, in a folder of bounded size
// and age: the oldest go first, decisions never. Which decision a picture belongs to, and when it was made,
// stands in the journal, whose chain of digests holds the picture's name too.
//
// Safe for use by several threads.
#pragma once

#include <deque>
#include <filesystem>
#include <mutex>
#include <optional>

#include "libs/core/clock.h"
#include "libs/core/result.h"
#include "libs/telemetry/log.h"
#include "services/lane/domain/journal.h"

namespace bordergate::lane {

// How long pictures stay: whichever comes first.
struct EvidenceRules {
  uint64_t bytes_max = 0;                              // of all together
  milliseconds age_max = std::chrono::hours(90 * 24);  // a picture of people is not kept for ever
};

struct EvidenceState {
  uint64_t bytes = 0;
  size_t count = 0;
  std::optional<Instant> oldest_time{};
  int64_t dropped_for_age = 0;   // since the start
  int64_t dropped_for_room = 0;  // of these the folder was too small to keep them for age_max
};

class EvidenceFolder final : public EvidenceKeeper {
 public:
  // Makes the folder and counts what is in it.
  //   errors   JOURNAL_UNAVAILABLE (the folder cannot be made or read)
  static Result<std::unique_ptr<EvidenceFolder>> Open(const std::filesystem::path& folder,
                                                      const EvidenceRules& rules, const Log& log);

  // "evidence_" and the SHA-256 of the picture in hexadecimal.
  std::string NameOf(std::string_view picture) const override;
  // Not flushed to the disk one by one: after a power cut the last pictures may be missing, never a decision.
  void Keep(const std::string& evidence_id, std::string_view picture) override;

  Result<std::string> Read(const std::string& evidence_id) const override;

  // Drops what is older than it may be.
  void DropOld(Instant now);
  EvidenceState state() const;

 private:
  struct Picture {
    std::filesystem::path path;
    uint64_t size = 0;
    Instant time;  // of the file
  };
  EvidenceFolder(std::filesystem::path folder, const EvidenceRules& rules, const Log& log)
      : folder_(std::move(folder)), rules_(rules), log_(log) {}
  void DropOldest();
  std::filesystem::path PathOf(const std::string& evidence_id) const;
  void MakeRoom();

  const std::filesystem::path folder_;
  const EvidenceRules rules_;
  const Log& log_;
  mutable std::mutex mutex_;
  std::deque<Picture> pictures_;  // oldest first
  uint64_t bytes_ = 0;
  int64_t dropped_for_age_ = 0;
  int64_t dropped_for_room_ = 0;
};

}  // namespace bordergate::lane
