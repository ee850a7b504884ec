#include "services/simulator/control/control_door.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "libs/core/digest.h"
#include "libs/core/reasons.h"
#include "services/simulator/domain/reasons.h"

namespace bordergate::simulator {
namespace {

constexpr int64_t kWaitMaxMs = 600'000;
constexpr int64_t kFaultMaxMs = 3'600'000;

int StatusOf(const Error& error) {
  switch (error.code()) {
    case Code::kNotFound:
      return 404;
    case Code::kInvalidArgument:
      return 400;
    case Code::kFailedPrecondition:
      return 409;
    case Code::kDeadlineExceeded:
      return 504;
    case Code::kUnauthenticated:
      return 401;
    default:
      return 500;
  }
}

void Send(const http::Reply& reply, int status, const Json& body) {
  reply.Send(http::MakeResponse(status, "application/json", body.dump() + "\n"));
}

Json ToJson(const Error& error) {
  Json fields = Json::array();
  for (const FieldViolation& field : error.fields()) {
    fields.push_back({{"field", field.field}, {"reason", field.reason}, {"message", field.message}});
  }
  return {{"reason", error.reason()}, {"message", error.message()}, {"fields", fields}};
}

Error PathUnknown(const http::Request& request) {
  return {kMethodUnknown.name, Code::kNotFound,
          fmt::format("no {} {}: see services/simulator/README.md", request.method, request.path)};
}

// A number of the query.
Result<int64_t> QueryNumber(const http::Request& request, std::string_view name, int64_t otherwise,
                            int64_t max) {
  const auto text = request.QueryValue(name);
  if (!text) return otherwise;
  int64_t value = 0;
  const auto [end, fault] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (fault != std::errc() || end != text->data() + text->size() || value < 0 || value > max) {
    return Error(kInvalidField, fmt::format("{} must be a number from 0 to {}", name, max));
  }
  return value;
}

}  // namespace

ControlDoor::ControlDoor(std::string token, Road& road, ControlHooks hooks, const Clock& clock)
    : token_("Bearer " + std::move(token)), road_(road), hooks_(std::move(hooks)), room_(road, clock) {}

Result<std::unique_ptr<ControlDoor>> ControlDoor::Start(const std::string& listen, std::string token,
                                                        Road& road, ControlHooks hooks, const Clock& clock) {
  std::unique_ptr<ControlDoor> door(new ControlDoor(std::move(token), road, std::move(hooks), clock));
  http::ServerOptions options;
  options.listen = listen;
  options.limits.connections_max = 200;
  door->server_ = BG_TRY(http::Server::Start(
      options, [raw = door.get()](const http::Request& request, const http::Reply& reply) {
        raw->Handle(request, reply);
      }));
  return door;
}

void ControlDoor::Handle(const http::Request& request, const http::Reply& reply) {
  if (!EqualSecrets(request.Header("Authorization"), token_)) {
    return Send(reply, 401, ToJson(Error(kUnauthenticated, "send the token: Authorization: Bearer <token>")));
  }
  const bool waits =
      request.segments.size() == 2 && request.segments[0] == "trucks" && request.QueryValue("wait_for");
  if (request.method == "GET" && waits) return WaitForTruck(request, reply);
  const Result<Json> answer = Answer(request);
  if (answer) return Send(reply, 200, *answer);
  Send(reply, StatusOf(answer.error()), ToJson(answer.error()));
}

Result<Json> ControlDoor::Answer(const http::Request& request) {
  if (request.method == "GET") return Get(request);
  if (request.method == "POST") return Post(request);
  return PathUnknown(request);
}

Result<Json> ControlDoor::Get(const http::Request& request) {
  const auto& at = request.segments;
  const auto is = [&at](std::initializer_list<std::string_view> path) {
    return std::ranges::equal(at, path);
  };
  if (is({"lanes"})) return GetLanes();
  if (is({"clock"})) return GetClock();
  if (is({"actors"})) return hooks_.actors();
  if (at.size() == 2 && at[0] == "lanes") return GetLane(at[1]);
  if (at.size() == 3 && at[0] == "cameras" && at[2] == "plates")
    return Json{{"plates", hooks_.plates(at[1])}};
  if (at.size() == 2 && at[0] == "trucks") {
    const auto truck = road_.FindTruck(at[1]);
    if (!truck) return Error(kTruckUnknown, fmt::format("no truck {} was ever placed", at[1]));
    return simulator::ToJson(*truck);
  }
  if (is({"truth", "passages"})) {
    Json passages = Json::array();
    const std::string lane_id(request.QueryValue("lane_id").value_or(""));
    for (const TruckTruth& truck : road_.Passages(lane_id)) passages.push_back(simulator::ToJson(truck));
    return Json{{"passages", passages}};
  }
  if (is({"truth", "records"})) {
    const int64_t after = BG_TRY(QueryNumber(request, "after_sequence", 0, INT64_MAX));
    const int64_t count = BG_TRY(QueryNumber(request, "count", 1000, 10'000));
    Json records = Json::array();
    for (const TruthRecord& record : road_.RecordsAfter(after, static_cast<size_t>(count))) {
      records.push_back(simulator::ToJson(record));
    }
    return Json{{"records", records}};
  }
  if (is({"truth", "counts"})) return Json{{"counts", road_.Counts()}};
  return PathUnknown(request);
}

Result<Json> ControlDoor::Post(const http::Request& request) {
  const Json body = BG_TRY(ParseObject(request.body.empty() ? "{}" : request.body));
  const auto& at = request.segments;
  if (at.size() == 3 && at[0] == "lanes") {
    Result<Json> answer = PostToLane(at[1], at[2], body);
    if (answer || !answer.error().Is(kMethodUnknown)) return answer;
  }
  if (at.size() == 1 && at[0] == "clock") return SetClock(body);
  if (at.size() == 1 && at[0] == "traffic") return RunTraffic(body);
  return PathUnknown(request);
}

Result<Json> ControlDoor::PostToLane(const std::string& lane_id, const std::string& what, const Json& body) {
  if (what == "trucks") return PlaceTruck(lane_id, body);
  if (what == "faults") return SetFault(lane_id, body);
  if (what == "scenes") return PlayScene(lane_id, body);
  return Error(kMethodUnknown, "no such path");
}

Result<Json> ControlDoor::GetLane(const std::string& lane_id) {
  for (const LanePlace& place : road_.places()) {
    if (place.lane_id == lane_id) return LaneJson(place);
  }
  return Error(kLaneUnknown, fmt::format("there is no simulated lane {}", lane_id));
}

Json ControlDoor::LaneJson(const LanePlace& place) {
  Json lane = simulator::ToJson(place, *road_.View(place.lane_id));
  lane["display"] = hooks_.display_of(place.lane_id);
  lane["scale"] = hooks_.scale_of(place.lane_id);
  return lane;
}

Json ControlDoor::GetLanes() {
  Json lanes = Json::array();
  for (const LanePlace& place : road_.places()) {
    lanes.push_back(LaneJson(place));
  }
  return {{"lanes", lanes}};
}

Json ControlDoor::GetClock() {
  const auto minute = road_.DayTime().count() / 60'000;
  return {{"time_of_day", fmt::format("{:02}:{:02}", minute / 60 % 24, minute % 60)},
          {"day", minute / 1440 + 1},
          {"speed", road_.speed()},
          {"night", road_.IsNight()},
          {"traffic_running", hooks_.traffic_runs()}};
}

Result<Json> ControlDoor::PlaceTruck(const std::string& lane_id, const Json& body) {
  Truck truck = BG_TRY(ParseTruck(body));
  if (truck.photo.empty() && !body.value("painted", false)) {
    if (const auto plate = ParsePlate(truck.plate)) truck.photo = hooks_.photo_of(*plate);
  }
  return Json{{"truck_id", BG_TRY(road_.Place(lane_id, std::move(truck)))}};
}

Result<Json> ControlDoor::SetFault(const std::string& lane_id, const Json& body) {
  const auto name = body.find("fault");
  const auto fault =
      name != body.end() && name->is_string() ? FindFault(name->get<std::string>()) : std::nullopt;
  if (!fault)
    return Error(kInvalidField, "fault must be one of the names in README.md, for example “arm_stuck”");
  const auto on = body.find("on");
  if (on == body.end() || !on->is_boolean()) return Error(kInvalidField, "on must be true or false");
  const auto for_ms = body.find("for_ms");
  if (for_ms != body.end() &&
      (!for_ms->is_number_integer() || for_ms->get<int64_t>() < 1 || for_ms->get<int64_t>() > kFaultMaxMs)) {
    return Error(kInvalidField, fmt::format("for_ms must be a number from 1 to {}", kFaultMaxMs));
  }
  BG_TRY(road_.SetFault(lane_id, *fault, on->get<bool>()));
  if (for_ms != body.end()) {
    room_.Later(milliseconds(for_ms->get<int64_t>()),
                [this, lane_id, fault = *fault, back = !on->get<bool>()] {
                  (void)road_.SetFault(lane_id, fault, back);
                });
  }
  return GetLane(lane_id);
}

Result<Json> ControlDoor::PlayScene(const std::string& lane_id, const Json& body) {
  const auto name = body.find("scene");
  const auto scene =
      name != body.end() && name->is_string() ? FindScene(name->get<std::string>()) : std::nullopt;
  if (!scene)
    return Error(kInvalidField, "scene must be one of the names in README.md, for example “reverse”");
  BG_TRY(road_.Play(lane_id, *scene));
  return GetLane(lane_id);
}

Result<Json> ControlDoor::SetClock(const Json& body) {
  const auto speed = body.find("speed");
  if (speed == body.end() || !speed->is_number() || speed->get<double>() < 0.1 || speed->get<double>() > 50) {
    return Error(kInvalidField, "speed must be a number from 0.1 to 50");
  }
  road_.SetSpeed(speed->get<double>());
  return GetClock();
}

Result<Json> ControlDoor::RunTraffic(const Json& body) {
  const auto running = body.find("running");
  if (running == body.end() || !running->is_boolean())
    return Error(kInvalidField, "running must be true or false");
  hooks_.run_traffic(running->get<bool>());
  return GetClock();
}

void ControlDoor::WaitForTruck(const http::Request& request, const http::Reply& reply) {
  const std::string& truck_id = request.segments[1];
  const auto timeout = QueryNumber(request, "timeout_ms", 30'000, kWaitMaxMs);
  if (!timeout) return Send(reply, 400, ToJson(timeout.error()));
  if (!road_.FindTruck(truck_id)) {
    return Send(reply, 404,
                ToJson(Error(kTruckUnknown, fmt::format("no truck {} was ever placed", truck_id))));
  }
  const std::string event(*request.QueryValue("wait_for"));
  if (event != "over" && !IsTruckEvent(event)) {
    return Send(reply, 400,
                ToJson(Error(kInvalidField, "wait_for must be “over” or an event such as “truck.passed”")));
  }
  room_.Wait(truck_id, event, milliseconds(*timeout), [reply, event](const TruckTruth& truck, bool happened) {
    if (happened) return Send(reply, 200, simulator::ToJson(truck));
    Json body =
        ToJson(Error(kWaitTimeout, fmt::format("the truck did not do “{}” in the time given", event)));
    body["truck"] = simulator::ToJson(truck);
    Send(reply, 504, body);
  });
}

}  // namespace bordergate::simulator
