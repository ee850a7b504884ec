#include "services/simulator/actors/firm_desk.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "services/simulator/actors/json_access.h"

namespace bordergate::simulator {
namespace {

// An answer that says that it is done already.
Result<void> Unless(const Result<Json>& answer, std::initializer_list<std::string_view> done_already) {
  if (answer) return {};
  for (const std::string_view reason : done_already) {
    if (answer.error().reason() == reason) return {};
  }
  return answer.error();
}

}  // namespace

FirmDesk::FirmDesk(const Firm& firm, PublicDoor& door, const std::string& world, std::string run,
                   std::string password)
    : firm_(firm),
      door_(door),
      key_(fmt::format("sim-{}-firm{:02}", world, firm.number)),
      run_(std::move(run)),
      password_(std::move(password)),
      person_(door, firm.sign_in_name, password_) {}

Result<void> FirmDesk::Register() {
  if (registered_) return {};
  const Json sign_up = {
      {"sign_in_name", firm_.sign_in_name}, {"password", password_}, {"display_name", firm_.contact_name}};
  BG_TRY(Unless(
      door_.Call(
          {.method = "POST", .path = "/v1/sign-up", .token = {}, .key = key_ + "-sign-up", .body = sign_up}),
      {"SIGN_IN_NAME_TAKEN"}));
  BG_TRY(Unless(person_.Post("/v1/enterprises", key_ + "-enterprise", EnterpriseForm(firm_)),
                {"ENTERPRISE_ALREADY_REGISTERED"}));
  BG_TRY(CancelLeftovers());
  registered_ = true;
  return {};
}

Result<void> FirmDesk::CancelLeftovers() {
  for (const char* state : {"STATE_DECLARED", "STATE_HELD", "STATE_CLEARED"}) {
    const Json page = BG_TRY(person_.Get(fmt::format("/v1/trips?page_size=200&state={}", state)));
    for (const Json& trip : ListAt(page, "trips")) {
      const std::string trip_id = TextAt(trip, "trip_id");
      // Without its noun the id leaves room in a key of 64 characters.
      const std::string key = fmt::format("sim-{}-left-{:.26}", run_, trip_id.substr(trip_id.find('_') + 1));
      BG_TRY(Cancel(trip_id, key, "xe quay về, khai lại sau"));
    }
  }
  return {};
}

Result<std::string> FirmDesk::Declare(const PlannedTrip& trip, int truck, const std::string& gate_id,
                                      const std::string& key, Instant now) {
  BG_TRY(Register());
  BG_TRY(RegisterTruck(truck));
  // Whose transponder it will carry must be known, or nobody could tell.
  if (trip.purpose == Purpose::kTagSwapped) {
    if (const auto other = OtherWithTag(firm_, truck)) BG_TRY(RegisterTruck(*other));
  }
  const std::string driver_id = BG_TRY(DriverId(trip.driver));
  const Json form =
      TripForm(trip, firm_.trucks[static_cast<size_t>(truck)], gate_id, driver_id, firm_.phone, now);
  const Json answer = BG_TRY(person_.Post("/v1/trips", key, form));
  return TextAt(ObjectAt(answer, "trip"), "trip_id");
}

Result<void> FirmDesk::Cancel(const std::string& trip_id, const std::string& key, const std::string& reason) {
  return Unless(person_.Post(fmt::format("/v1/trips/{}:cancel", trip_id), key, {{"reason", reason}}),
                {"TRIP_ALREADY_CROSSED"});
}

Result<void> FirmDesk::RegisterTruck(int truck) {
  if (trucks_[truck]) return {};
  const FleetTruck& fleet = firm_.trucks[static_cast<size_t>(truck)];
  BG_TRY(Unless(person_.Post("/v1/vehicles", fmt::format("{}-truck-{:03}", key_, truck), VehicleForm(fleet)),
                {"PLATE_TAKEN"}));
  if (fleet.tractor) {
    BG_TRY(
        Unless(person_.Post("/v1/vehicles", fmt::format("{}-trailer-{:03}", key_, truck), TrailerForm(fleet)),
               {"PLATE_TAKEN"}));
  }
  trucks_[truck] = true;
  return {};
}

Result<std::string> FirmDesk::DriverId(int driver) {
  if (const auto known = driver_ids_.find(driver); known != driver_ids_.end()) return known->second;
  const Driver& person = firm_.drivers[static_cast<size_t>(driver)];
  const auto answer =
      person_.Post("/v1/drivers", fmt::format("{}-driver-{:03}", key_, driver), DriverForm(person));
  if (answer) return driver_ids_[driver] = TextAt(ObjectAt(*answer, "driver"), "driver_id");
  if (answer.error().reason() != "DOCUMENT_TAKEN") return answer.error();
  // Registered before, and the first answer is not kept any more.
  const Json page = BG_TRY(person_.Get("/v1/drivers?page_size=200"));
  for (const Json& known : ListAt(page, "drivers")) {
    if (TextAt(known, "document_number") == person.passport_number) {
      return driver_ids_[driver] = TextAt(known, "driver_id");
    }
  }
  return answer.error();
}

}  // namespace bordergate::simulator
