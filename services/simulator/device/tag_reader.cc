#include "services/simulator/device/tag_reader.h"

#include <algorithm>

#include <curl/curl.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "libs/core/check.h"

namespace bordergate::simulator {
namespace {

using nlohmann::json;

constexpr milliseconds kBusyLook{250};
constexpr milliseconds kQuietLook{500};
constexpr seconds kSignOfLife{5};
constexpr long kTimeoutMs = 1000;

size_t Ignore(const char*, size_t size, size_t count, void*) { return size * count; }

json InventoryEvent(const HeardTag& tag, int port, const std::string& reader_id, const std::string& now) {
  // Tolls write an EPC of their own into the chip; nobody here uses it.
  const std::string epc = "3034" + tag.tag_id.substr(0, 20);
  return {
      {"timestamp", now},
      {"hostname", reader_id},
      {"eventType", "tagInventory"},
      {"tagInventoryEvent",
       {{"epcHex", epc}, {"tidHex", tag.tag_id}, {"antennaPort", port}, {"peakRssiCdbm", tag.rssi_cdbm}}}};
}

json SignOfLife(const std::string& reader_id, const std::string& now) {
  return {{"timestamp", now},
          {"hostname", reader_id},
          {"eventType", "inventoryStatus"},
          {"inventoryStatusEvent", {{"inventoryStatus", "running"}}}};
}

}  // namespace

TagReader::TagReader(TagReaderSettings settings, const Clock& clock)
    : settings_(std::move(settings)), clock_(clock), curl_(curl_easy_init()) {
  BG_CHECK(curl_ != nullptr, "libcurl has memory for a handle");
  thread_ = std::thread([this] { Run(); });
}

TagReader::~TagReader() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stopped_.notify_all();
  thread_.join();
  curl_easy_cleanup(curl_);
}

void TagReader::Run() {
  for (;;) {
    const bool busy = Look();
    std::unique_lock lock(mutex_);
    if (stopped_.wait_for(lock, busy ? kBusyLook : kQuietLook, [this] { return stopping_; })) return;
  }
}

bool TagReader::Look() {
  const std::string now = FormatInstant(clock_.Now());
  json events = json::array();
  bool busy = false;
  for (const TagAntenna& antenna : settings_.antennas) {
    const LaneView own = antenna.view();
    // The reader has one plug.
    if (own.faults.Has(Fault::kTagReaderSilent)) return false;
    std::vector<LaneView> beside;
    std::ranges::transform(antenna.beside, std::back_inserter(beside),
                           [](const auto& view) { return view(); });
    busy = busy || MayHearTags(own, beside);
    for (const HeardTag& tag : HearTags(own, beside, chance_))
      events.push_back(InventoryEvent(tag, antenna.port, settings_.reader_id, now));
  }
  if (events.empty() && clock_.SteadyNow() - sent_at_ < kSignOfLife) return busy;
  if (events.empty()) events.push_back(SignOfLife(settings_.reader_id, now));
  Send(events.dump());
  return busy;
}

void TagReader::Send(const std::string& body) {
  sent_at_ = clock_.SteadyNow();
  const std::string url = fmt::format("{}/push/{}", settings_.url, settings_.reader_id);
  curl_slist* headers = curl_slist_append(nullptr, "Content-Type: application/json");
  curl_easy_reset(curl_);
  curl_easy_setopt(curl_, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl_, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(curl_, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
  curl_easy_setopt(curl_, CURLOPT_USERNAME, settings_.reader_id.c_str());
  curl_easy_setopt(curl_, CURLOPT_PASSWORD, settings_.key.c_str());
  curl_easy_setopt(curl_, CURLOPT_POSTFIELDS, body.c_str());
  curl_easy_setopt(curl_, CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
  curl_easy_setopt(curl_, CURLOPT_TIMEOUT_MS, kTimeoutMs);
  curl_easy_setopt(curl_, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl_, CURLOPT_WRITEFUNCTION, &Ignore);
  const CURLcode done = curl_easy_perform(curl_);
  long status = 0;
  curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &status);
  curl_slist_free_all(headers);
  ++(done == CURLE_OK && status == 200 ? taken_ : lost_);
}

}  // namespace bordergate::simulator
