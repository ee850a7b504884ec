#include "services/simulator/actors/agency_desk.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "services/simulator/actors/json_access.h"

namespace bordergate::simulator {
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
  // A step that a person opens again is found again by the next look.
  const auto done = [this, step = trip_id + "/" + step_id] { taken_.erase(step); };
  if (!chance_.Happens(settings_.hold_share)) {
    errands_.AfterDay(delay, [=, this] { Do("confirm", trip_id, step_id, {{"remark", ""}}, done); });
    return;
  }
  const auto release = [=, this] {
    errands_.AfterDay(delay * 2, [=, this] {
      Do("release", trip_id, step_id, {{"reason", "đã kiểm tra, đúng khai báo"}}, done);
    });
  };
  errands_.AfterDay(
      delay, [=, this] { Do("hold", trip_id, step_id, {{"reason", "kiểm tra thực tế hàng hóa"}}, release); });
}

void AgencyDesk::Do(const std::string& verb, const std::string& trip_id, const std::string& step_id,
                    Json body, const std::function<void()>& then) {
  const std::string path = fmt::format("/v1/trips/{}/steps/{}:{}", trip_id, step_id, verb);
  const std::string key = fmt::format("sim-{}-{}-{}-{}", run_, role_, verb, ++act_number_);
  errands_.Try("step." + verb, [this, path, key, body = std::move(body), then]() -> Result<void> {
    const auto answer = person_.Post(path, key, body);
    // Withdrawn, or held or released by a person meanwhile.
    constexpr std::array<std::string_view, 4> kOver = {"TRIP_CLOSED", "STEP_NOT_HELD", "STEP_HELD",
                                                       "STEP_BLOCKED"};
    if (!answer && std::ranges::find(kOver, answer.error().reason()) == kOver.end()) return answer.error();
    then();
    return {};
  });
}

}  // namespace bordergate::simulator
