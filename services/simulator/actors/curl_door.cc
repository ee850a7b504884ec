#include "services/simulator/actors/curl_door.h"

#include <algorithm>
#include <memory>
#include <thread>

#include <curl/curl.h>
#include <fmt/format.h>

#include "libs/core/check.h"

namespace bordergate::simulator {
namespace {

constexpr size_t kAnswerBytesMax = 16 * 1024 * 1024;
constexpr milliseconds kLook{100};

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Headers = std::unique_ptr<curl_slist, FreeList>;

void Add(Headers& headers, const std::string& line) {
  curl_slist* longer = curl_slist_append(headers.get(), line.c_str());
  BG_CHECK(longer != nullptr, "there is memory for a header");
  (void)headers.release();
  headers.reset(longer);
}

size_t Receive(const char* bytes, size_t size, size_t count, void* to) {
  auto* text = static_cast<std::string*>(to);
  if (text->size() + size * count > kAnswerBytesMax) return 0;
  text->append(bytes, size * count);
  return size * count;
}

int Progress(void* stopping, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<std::atomic<bool>*>(stopping)->load() ? 1 : 0;
}

Code CodeOf(long status) {
  switch (status) {
    case 401:
      return Code::kUnauthenticated;
    case 403:
      return Code::kPermissionDenied;
    case 404:
      return Code::kNotFound;
    case 408:
    case 504:
      return Code::kDeadlineExceeded;
    case 409:
      return Code::kFailedPrecondition;
    case 429:
      return Code::kResourceExhausted;
    case 501:
      return Code::kUnimplemented;
    case 502:
    case 503:
      return Code::kUnavailable;
    default:
      return status >= 500 ? Code::kInternal : Code::kInvalidArgument;
  }
}

Error ToError(long status, const std::string& body) {
  const Json problem = Json::parse(body, nullptr, false);
  if (!problem.is_object()) {
    return Error(kDoorAway, fmt::format("status {} without a reason", status));
  }
  const std::string reason = problem.value("reason", "");
  std::string detail = problem.value("detail", "");
  if (const auto errors = problem.find("errors"); errors != problem.end() && errors->is_array()) {
    for (const Json& one : *errors) {
      if (one.is_object())
        detail += fmt::format("; {} {}", one.value("pointer", ""), one.value("reason", ""));
    }
  }
  return Error(reason.empty() ? "UNKNOWN" : reason, CodeOf(status), detail);
}

}  // namespace

CurlDoor::CurlDoor(CurlDoorSettings settings, const Clock& clock, Metrics& metrics)
    : settings_(std::move(settings)),
      clock_(clock),
      requests_(metrics.NewCounter("requests_total", "Requests of the actors at the public door")),
      failures_(metrics.NewCounter("request_failures_total",
                                   "Requests of the actors that were not answered with success")),
      curl_(curl_easy_init()) {
  BG_CHECK(curl_ != nullptr, "there is memory for a connection");
}

CurlDoor::~CurlDoor() { curl_easy_cleanup(curl_); }

Result<Json> CurlDoor::Call(const DoorRequest& request) {
  WaitForTurn();
  if (stopping_) return Error(kDoorAway, "the simulator is ending");
  requests_.Increment();
  auto answer = Send(request);
  if (!answer) failures_.Increment();
  return answer;
}

void CurlDoor::WaitForTurn() {
  const auto apart = std::chrono::duration_cast<std::chrono::steady_clock::duration>(
      std::chrono::duration<double>(1 / settings_.requests_per_second_max));
  while (!stopping_ && clock_.SteadyNow() < next_turn_) {
    std::this_thread::sleep_for(std::min<std::chrono::nanoseconds>(kLook, next_turn_ - clock_.SteadyNow()));
  }
  next_turn_ = std::max(next_turn_, clock_.SteadyNow()) + apart;
}

Result<Json> CurlDoor::Send(const DoorRequest& request) {
  curl_easy_reset(curl_);
  std::string answer;
  Headers headers;
  Add(headers, "Accept: application/json");
  if (!request.token.empty()) Add(headers, "Authorization: Bearer " + request.token);
  if (!request.key.empty()) Add(headers, "Idempotency-Key: " + request.key);
  const std::string url = settings_.url + request.path;
  const std::string body = request.body.is_null() ? "{}" : request.body.dump();
  if (request.method == "POST") {
    Add(headers, "Content-Type: application/json");
    curl_easy_setopt(curl_, CURLOPT_POSTFIELDS, body.c_str());
    curl_easy_setopt(curl_, CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
  }
  curl_easy_setopt(curl_, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl_, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl_, CURLOPT_TIMEOUT_MS, static_cast<long>(settings_.timeout.count()));
  curl_easy_setopt(curl_, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl_, CURLOPT_WRITEFUNCTION, &Receive);
  curl_easy_setopt(curl_, CURLOPT_WRITEDATA, &answer);
  curl_easy_setopt(curl_, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl_, CURLOPT_XFERINFOFUNCTION, &Progress);
  curl_easy_setopt(curl_, CURLOPT_XFERINFODATA, &stopping_);
  const CURLcode done = curl_easy_perform(curl_);
  if (done != CURLE_OK) return Error(kDoorAway, curl_easy_strerror(done));
  long status = 0;
  curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &status);
  if (status < 200 || status > 299) return ToError(status, answer);
  Json json = Json::parse(answer, nullptr, false);
  if (json.is_discarded()) return Error(kDoorAway, "the answer is no JSON");
  return json;
}

}  // namespace bordergate::simulator
