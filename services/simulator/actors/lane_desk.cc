#include "services/simulator/actors/lane_desk.h"

#include <algorithm>

#include <fmt/format.h>

#include "services/simulator/actors/json_access.h"

namespace bordergate::simulator {
namespace {

// What the officer says of a truck that should not be here.
const char* RefusalOf(Purpose purpose) {
  switch (purpose) {
    case Purpose::kUndeclared:
      return "OFFICER_PAPERS_MISSING";
    case Purpose::kMismatched:
    case Purpose::kTrailerSwapped:
    case Purpose::kTagSwapped:
      return "OFFICER_MISMATCH";
    default:
      return "OFFICER_SUSPICION";
  }
}

// True: the lane asks because of the watch list.
bool ConcernsWatchList(const Json& decision) {
  return std::ranges::any_of(ListAt(decision, "reasons"), [](const Json& reason) {
    return reason.is_object() && TextAt(reason, "code").starts_with("WATCH_LIST");
  });
}

// Who stands at the barrier.
std::optional<LaneView::Seen> Standing(Road& road, const std::string& lane_id) {
  const auto view = road.View(lane_id);
  if (!view) return std::nullopt;
  const auto at = std::ranges::find_if(
      view->trucks, [](const LaneView::Seen& seen) { return seen.state == DrivenTruck::State::kStanding; });
  return at == view->trucks.end() ? std::nullopt : std::optional(*at);
}

}  // namespace

LaneDesk::LaneDesk(Person& person, Road& road, LaneDeskSettings settings, const Clock& clock)
    : person_(person), road_(road), settings_(settings), clock_(clock) {}

Result<void> LaneDesk::Look() {
  const Json page = BG_TRY(person_.Get("/v1/lanes?page_size=200"));
  Result<void> all;
  // What goes wrong at one lane keeps nobody from the next.
  for (const Json& lane : ListAt(page, "lanes")) {
    if (auto done = Attend(lane); !done) all = std::move(done);
  }
  return all;
}

Result<void> LaneDesk::Attend(const Json& lane) {
  const std::string lane_id = TextAt(lane, "lane_id");
  const std::string state = TextAt(lane, "state");
  const std::string session_id = TextAt(lane, "session_id");
  Attention& attention = attention_[lane_id];
  if (attention.state != state || attention.session_id != session_id) {
    attention = {session_id, state, clock_.SteadyNow(), false};
  }
  const bool asks = state == "LANE_STATE_ASKING";
  const bool refused = state == "LANE_STATE_REFUSED";
  if ((!asks && !refused) || attention.acted) return {};
  const milliseconds patience = asks ? settings_.answer_after : settings_.wave_back_after;
  if (clock_.SteadyNow() - attention.since < patience) return {};
  const auto truck = Standing(road_, lane_id);
  if (!truck || truck->truck.purpose == Purpose::kPlaced) return {};
  if (asks) {
    const auto answered = Answer(lane_id, session_id, ObjectAt(lane, "decision"), *truck);
    attention.acted = answered || !IsPassing(answered.error());
    return answered;
  }
  if (!road_.Play(lane_id, Scene::kReverse)) {
    return {};  // it has gone already
  }
  attention.acted = true;
  return {};
}

Result<bool> LaneDesk::MayPass(const Json& decision, const Truck& truck) {
  if (truck.purpose != Purpose::kDeclared || ConcernsWatchList(decision)) return false;
  const Json answer = BG_TRY(person_.Get("/v1/trips/" + truck.trip_id));
  return TextAt(ObjectAt(answer, "trip"), "state") == "STATE_CLEARED";
}

Result<void> LaneDesk::Answer(const std::string& lane_id, const std::string& session_id, const Json& decision,
                              const LaneView::Seen& seen) {
  const bool open = BG_TRY(MayPass(decision, seen.truck));
  const std::string verb = open ? "open" : "refuse";
  Json body = {{"session_id", session_id}};
  if (open) {
    body["reason_code"] = "OFFICER_IDENTIFIED";
    body["plate"] = seen.truck.plate;
  } else {
    body["reason_code"] = RefusalOf(seen.truck.purpose);
  }
  const std::string key = fmt::format("sim-{}-{:.48}", verb, session_id);
  const auto answer = person_.Post(fmt::format("/v1/lanes/{}:{}", lane_id, verb), key, std::move(body));
  // The truck has left, the lane decided meanwhile, or a person was quicker.
  for (const char* over : {"SESSION_OVER", "LANE_BUSY", "LANE_CLOSED"}) {
    if (!answer && answer.error().reason() == over) return {};
  }
  if (!answer) return answer.error();
  return {};
}

}  // namespace bordergate::simulator
