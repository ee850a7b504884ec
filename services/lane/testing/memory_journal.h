// A Journal in memory that fails on demand.
#pragma once

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "libs/core/reasons.h"
#include "services/lane/domain/journal.h"
#include "services/lane/domain/reasons.h"

namespace bordergate::lane {

// Safe for use by several threads.
class MemoryJournal final : public Journal {
 public:
  enum class Fault { kNone, kRefuses, kKeepsAndForgetsToSaySo };

  Result<void> Append(const Record& record) override {
    const std::lock_guard lock(mutex_);
    ++tries;
    if (fault == Fault::kRefuses) return Error(kJournalUnavailable, "the test's disk is full");
    const bool again = record.passage && !passages_.insert(record.passage->id.value()).second;
    if (!again) records.push_back(record);
    if (fault == Fault::kKeepsAndForgetsToSaySo) return Error(kOutcomeUnknown, "the test's disk failed");
    return {};
  }
  void Announce() override { ++announced; }
  Result<std::optional<std::string>> FindAnswer(const RequestKey& key) override {
    const std::lock_guard lock(mutex_);
    for (const Record& record : records) {
      if (!record.answer || record.answer->key.request_id != key.request_id) continue;
      if (record.answer->key.digest != key.digest) return Error(kRequestIdReused, "used before");
      return record.answer->answer;
    }
    return std::optional<std::string>();
  }

  std::vector<std::string> Kinds() const {
    std::vector<std::string> kinds;
    for (const Record& record : records) {
      for (const JournalEvent& event : record.events) kinds.push_back(event.kind);
    }
    return kinds;
  }
  std::vector<Passage> Passages() const {
    std::vector<Passage> passages;
    for (const Record& record : records) {
      if (record.passage) passages.push_back(*record.passage);
    }
    return passages;
  }

  Fault fault = Fault::kNone;
  std::vector<Record> records;
  int tries = 0;
  int announced = 0;

 private:
  std::mutex mutex_;
  std::set<std::string> passages_;
};

}  // namespace bordergate::lane
