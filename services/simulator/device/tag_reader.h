// A reader of transponders with up to four antennas, one a lane: while somebody is in a beam it sends what it
// hears four times a second, else a sign of life every few seconds, as an Impinj R700 does with its IoT
// device interface (webhook):
//
//   POST <url>/push/<reader_id>   Authorization: Basic, user name = the reader's id
//   [{"timestamp", "hostname", "eventType": "tagInventory",
//     "tagInventoryEvent": {"epcHex", "tidHex", "antennaPort", "peakRssiCdbm"}}]
//
// What cannot be sent is not sent later: an old read would say nothing of who stands there now.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "libs/core/clock.h"
#include "services/simulator/domain/tag_field.h"

namespace bordergate::simulator {

struct TagAntenna {
  int port = 1;  // from 1
  std::function<LaneView()> view;
  std::vector<std::function<LaneView()>> beside;  // lanes near enough to be overheard
};

struct TagReaderSettings {
  std::string reader_id;
  std::string url;  // where the listener is, without a slash at the end
  std::string key;
  std::vector<TagAntenna> antennas;
};

class TagReader {
 public:
  // Sends from now on until destruction.
  TagReader(TagReaderSettings settings, const Clock& clock);
  ~TagReader();
  TagReader(const TagReader&) = delete;
  TagReader& operator=(const TagReader&) = delete;

  // Messages the listener took with 200 since the start, and those it did not.
  int64_t taken_count() const { return taken_; }
  int64_t lost_count() const { return lost_; }

 private:
  void Run();
  // True: somebody may be heard, look again soon.
  bool Look();
  void Send(const std::string& body);

  const TagReaderSettings settings_;
  const Clock& clock_;
  SystemRandom random_;
  Chance chance_{random_};
  void* curl_;
  SteadyInstant sent_at_{};
  std::atomic<int64_t> taken_ = 0;
  std::atomic<int64_t> lost_ = 0;
  std::mutex mutex_;
  std::condition_variable stopped_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace bordergate::simulator
