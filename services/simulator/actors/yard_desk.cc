#include "services/simulator/actors/yard_desk.h"

#include <fmt/format.h>

#include "services/simulator/actors/json_access.h"

namespace bordergate::simulator {
Result<void> YardDesk::CheckIn(const std::string& gate_id, const std::string& plate,
                               const std::string& trip_id, const std::string& key) {
  const std::string yard_id = BG_TRY(YardOf(gate_id));
  Json body = plate.empty() ? Json{{"trip_id", trip_id}} : Json{{"plate", plate}};
  const std::string path = fmt::format("/v1/yards/{}:checkIn", yard_id);
  if (device_token_.empty()) {
    BG_TRY(yardman_.Post(path, key, std::move(body)));
  } else {
    BG_TRY(door_.Call(
        {.method = "POST", .path = path, .token = device_token_, .key = key, .body = std::move(body)}));
  }
  return {};
}

Result<void> YardDesk::Listen(const std::string& gate_id,
                              const std::function<void(const std::string& trip_id)>& called) {
  const Json page =
      BG_TRY(yardman_.Get(fmt::format("/v1/tickets?page_size=200&gate_id={}&state=STATE_CALLED", gate_id)));
  for (const Json& ticket : ListAt(page, "tickets")) called(TextAt(ticket, "trip_id"));
  return {};
}

Result<std::string> YardDesk::YardOf(const std::string& gate_id) {
  const Json page =
      BG_TRY(door_.Call({.method = "GET", .path = "/v1/yards?page_size=200", .key = {}, .body = {}}));
  std::string fullest;
  for (const Json& yard : ListAt(page, "yards")) {
    if (TextAt(yard, "gate_id") != gate_id) continue;
    fullest = TextAt(yard, "yard_id");
    if (NumberAt(yard, "occupied_count") < NumberAt(yard, "slot_count")) return fullest;
  }
  if (fullest.empty()) return Error(kNoYard, fmt::format("the gate {} has no yard", gate_id));
  return fullest;
}

}  // namespace bordergate::simulator
