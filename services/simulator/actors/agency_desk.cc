#include "services/simulator/actors/agency_desk.h"

#include <utility>

#include <fmt/format.h>

#include "services/simulator/actors/json_access.h"

namespace bordergate::simulator {
namespace {

// Enough to know what was taken on among the trips that are still open.
constexpr size_t kTakenMax = 20'000;

}  // namespace

AgencyDesk::AgencyDesk(Person& person, std::string role, std::string run, AgencySettings settings,
                       Errands& errands, Random& random)
    : person_(person),
      role_(std::move(role)),
      run_(std::move(run)),
      settings_(settings),
      errands_(errands),
      chance_(random) {}

Result<void> AgencyDesk::Look() {
  const Json page = BG_TRY(person_.Get("/v1/trips?page_size=100&state=STATE_DECLARED"));
  if (taken_.size() > kTakenMax) taken_.clear();
  for (const Json& trip : ListAt(page, "trips")) {
    const std::string trip_id = TextAt(trip, "trip_id");
    for (const Json& step : ListAt(trip, "steps")) {
      const std::string step_id = TextAt(step, "step_id");
      if (TextAt(step, "role") != role_ || TextAt(step, "state") != "STATE_OPEN") continue;
      if (taken_.insert(trip_id + "/" + step_id).second) TakeOn(trip_id, step_id);
    }
  }
  return {};
}

void AgencyDesk::TakeOn(const std::string& trip_id, const std::string& step_id) {
  const auto delay = milliseconds(
      static_cast<int64_t>(static_cast<double>(settings_.confirm_after.count()) * (0.5 + chance_.Share())));
  if (!chance_.Happens(settings_.hold_share)) {
    errands_.AfterDay(delay, [this, trip_id, step_id] { Do("confirm", trip_id, step_id, {{"remark", ""}}); });
    return;
  }
  errands_.AfterDay(delay, [this, trip_id, step_id] {
    Do("hold", trip_id, step_id, {{"reason", "kiểm tra thực tế hàng hóa"}});
  });
  errands_.AfterDay(delay * 3, [this, trip_id, step_id] {
    Do("release", trip_id, step_id, {{"reason", "đã kiểm tra, đúng khai báo"}});
    // It is open again and will be confirmed.
    taken_.erase(trip_id + "/" + step_id);
  });
}

void AgencyDesk::Do(const std::string& verb, const std::string& trip_id, const std::string& step_id,
                    Json body) {
  const std::string path = fmt::format("/v1/trips/{}/steps/{}:{}", trip_id, step_id, verb);
  // A key is at most 64 characters long.
  const std::string key =
      fmt::format("{:.7}-{:.26}-{:.18}", verb, trip_id.substr(trip_id.find('_') + 1), step_id);
  errands_.Try("step." + verb,
               [this, path, key, body = std::move(body), taken = trip_id + "/" + step_id]() -> Result<void> {
                 const auto answer = person_.Post(path, key, body);
                 if (answer) return {};
                 const std::string reason = answer.error().reason();
                 // Withdrawn, or released by a person meanwhile.
                 if (reason == "TRIP_CLOSED" || reason == "STEP_NOT_HELD") return {};
                 // A person holds it: it is taken on again when it is open again.
                 if (reason == "STEP_HELD" || reason == "STEP_BLOCKED") {
                   taken_.erase(taken);
                   return {};
                 }
                 return answer.error();
               });
}

}  // namespace bordergate::simulator
