// Evidence pictures as files named by their digest, in a folder of bounded size: the oldest go first,
// decisions never.
//
// Safe for use by several threads.
#pragma once

#include <deque>
#include <filesystem>
#include <mutex>

#include "libs/core/result.h"
#include "libs/telemetry/log.h"
#include "services/lane/domain/journal.h"

namespace bordergate::lane {

class EvidenceFolder final : public EvidenceKeeper {
 public:
  // Makes the folder and counts what is in it.
  //   bytes_max   total size of the pictures
  //   errors      JOURNAL_UNAVAILABLE (the folder cannot be made or read)
  static Result<std::unique_ptr<EvidenceFolder>> Open(const std::filesystem::path& folder, uint64_t bytes_max,
                                                      const Log& log);

  // "evidence_" and the SHA-256 of the picture in hexadecimal.
  std::string NameOf(std::string_view picture) const override;
  // Not flushed to the disk one by one: after a power cut the last pictures may be missing, never a decision.
  void Keep(const std::string& evidence_id, std::string_view picture) override;

  Result<std::string> Read(const std::string& evidence_id) const override;

 private:
  struct Picture {
    std::filesystem::path path;
    uint64_t size = 0;
  };
  EvidenceFolder(std::filesystem::path folder, uint64_t bytes_max, const Log& log)
      : folder_(std::move(folder)), bytes_max_(bytes_max), log_(log) {}
  std::filesystem::path PathOf(const std::string& evidence_id) const;
  void MakeRoom();

  const std::filesystem::path folder_;
  const uint64_t bytes_max_;
  const Log& log_;
  std::mutex mutex_;
  std::deque<Picture> pictures_;  // oldest first
  uint64_t bytes_ = 0;
};

}  // namespace bordergate::lane
