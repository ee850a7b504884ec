#include "services/simulator/control/convert.h"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "libs/container/container_number.h"
#include "libs/core/field_checks.h"
#include "libs/core/reasons.h"

namespace bordergate::simulator {
namespace {

constexpr std::array<const char*, kCoilCount> kCoilNames = {"raise",     "lower", "stop",
                                                            "heartbeat", "green", "red"};
constexpr std::array<const char*, kInputCount> kInputNames = {"upper_limit", "lower_limit", "arming_loop",
                                                              "safety_loop", "exit_loop",   "emergency",
                                                              "fault",       "local",       "exit_latch"};

const char* StateName(DrivenTruck::State state) {
  switch (state) {
    case DrivenTruck::State::kApproaching:
      return "approaching";
    case DrivenTruck::State::kStanding:
      return "standing";
    case DrivenTruck::State::kDriving:
      return "driving";
    case DrivenTruck::State::kReversing:
      return "reversing";
    case DrivenTruck::State::kAgainst:
      return "against";
  }
  return "unknown";
}

// Reads the members of a body and gathers what is wrong with them.
class Members {
 public:
  explicit Members(const Json& body) : body_(body) {}

  std::string Text(const char* name, const std::string& otherwise) {
    return Read<std::string>(name, otherwise, &Json::is_string, "a text");
  }
  bool Flag(const char* name, bool otherwise) {
    return Read<bool>(name, otherwise, &Json::is_boolean, "true or false");
  }
  double Number(const char* name, double otherwise, double min, double max) {
    const double value = Read<double>(name, otherwise, &Json::is_number, "a number");
    checks.Require(value >= min && value <= max, name, "NUMBER_OUT_OF_RANGE",
                   fmt::format("from {} to {}", min, max));
    return value;
  }
  bool Has(const char* name) const { return body_.contains(name); }
  void CheckNames() {
    for (const auto& [name, value] : body_.items()) {
      if (!known_.contains(name)) checks.Add({name, "FIELD_UNKNOWN", "no such field"});
    }
  }

  FieldChecks checks;

 private:
  template <class Value>
  Value Read(const char* name, const Value& otherwise, bool (Json::*is)() const noexcept, const char* what) {
    known_.insert(name);
    const auto at = body_.find(name);
    if (at == body_.end()) return otherwise;
    if (!((*at).*is)()) {
      checks.Add({name, "FIELD_TYPE", fmt::format("must be {}", what)});
      return otherwise;
    }
    return at->get<Value>();
  }

  const Json& body_;
  std::set<std::string> known_;
};

PlateFace FaceOf(Members& members, const Plate& plate) {
  FaceChoice choice;
  if (members.Has("two_line")) choice.two_line = members.Flag("two_line", false);
  if (members.Has("colour")) {
    choice.colour = FindPlateColour(members.Text("colour", ""));
    members.checks.Require(choice.colour.has_value(), "colour", "COLOUR_UNKNOWN",
                           "white, yellow, blue, red, black, green or yellow_green");
  }
  auto face = MakePlateFace(plate, choice);
  if (face) return *std::move(face);
  members.checks.Add({"two_line", "LAYOUT_IMPOSSIBLE", face.error().message()});
  return {};
}

void ReadContainer(Members& members, Truck& truck) {
  truck.container_number = NormaliseContainerNumber(members.Text("container_number", ""));
  truck.container_two_line = members.Flag("container_two_line", true);
  const std::string& number = truck.container_number;
  members.checks.Require(
      number.empty() ||
          (IsContainerNumber(number) && ContainerCheckDigit(number.substr(0, 10)) == number[10]),
      "container_number", "CONTAINER_NUMBER_INVALID", "must be a number of ISO 6346 with its check digit");
}

// What its rear and its transponder say.
void ReadWitnesses(Members& members, const std::optional<Plate>& own, Truck& truck) {
  const std::string text = members.Text("trailer_plate", "");
  const bool two_line = members.Flag("rear_two_line", true);
  truck.rear_muddy = members.Flag("rear_muddy", false);
  truck.tag_id = members.Text("tag_id", "");
  members.checks.Require(
      truck.tag_id.size() <= 48 && truck.tag_id.find_first_not_of("0123456789ABCDEF") == std::string::npos,
      "tag_id", "TAG_ID_INVALID", "must be at most 48 digits 0 to 9 and A to F");
  if (text.empty()) {
    if (own) truck.rear_face = MakeRearFace(*own, two_line);
    return;
  }
  const auto trailer = ParsePlate(text);
  members.checks.Require(trailer && IsTrailer(trailer->kind), "trailer_plate", "PLATE_NOT_A_TRAILER",
                         "must be a trailer's plate (Vietnam R or RM, China 挂)");
  if (!trailer) return;
  truck.trailer_plate = trailer->normalised;
  truck.rear_face = MakeRearFace(*trailer, two_line);
}

DriverManner MannerOf(Members& members) {
  const std::string manner = members.Text("manner", "normal");
  if (manner == "tailgating") return DriverManner::kTailgating;
  if (manner == "wrong_way") return DriverManner::kWrongWay;
  members.checks.Require(manner == "normal", "manner", "MANNER_UNKNOWN", "normal, tailgating or wrong_way");
  return DriverManner::kNormal;
}

}  // namespace

Json ToJson(const LanePlace& place, const LaneView& view) {
  Json trucks = Json::array();
  for (const LaneView::Seen& seen : view.trucks) {
    trucks.push_back({{"truck_id", seen.truck.truck_id},
                      {"plate", seen.truck.plate},
                      {"trailer_plate", seen.truck.trailer_plate},
                      {"tag_id", seen.truck.tag_id},
                      {"container_number", seen.truck.container_number},
                      {"front_m", seen.front_m},
                      {"state", StateName(seen.state)},
                      {"moving", seen.moving}});
  }
  Json coils;
  for (size_t at = 0; at < kCoilCount; ++at) coils[kCoilNames[at]] = view.coils[at];
  Json inputs;
  for (size_t at = 0; at < kInputCount; ++at) inputs[kInputNames[at]] = view.inputs[at];
  Json faults = Json::array();
  for (size_t at = 0; at < kFaultCount; ++at) {
    const auto fault = static_cast<Fault>(at);
    if (view.faults.Has(fault)) faults.push_back(FaultName(fault));
  }
  return {{"lane_id", place.lane_id},
          {"gate_id", place.gate_id},
          {"title", place.title},
          {"direction", place.is_export ? "export" : "import"},
          {"camera_id", place.camera_id},
          {"trucks", trucks},
          {"waiting_count", view.waiting_count},
          {"arm_angle", view.arm_angle},
          {"arm_moving", view.arm_moving},
          {"coils", coils},
          {"inputs", inputs},
          {"link_lost", view.link_lost},
          {"faults", faults}};
}

Json ToJson(const TruckTruth& truck) {
  Json times = Json::object();
  for (const auto& [event, time] : truck.times) times[event] = FormatInstant(time);
  return {{"truck_id", truck.truck_id},
          {"lane_id", truck.lane_id},
          {"plate", truck.plate},
          {"purpose", truck.purpose},
          {"trip_id", truck.trip_id},
          {"trailer_plate", truck.trailer_plate},
          {"tag_id", truck.tag_id},
          {"container_number", truck.container_number},
          {"last_event", truck.last_event},
          {"times", times},
          {"passed", truck.Did("truck.passed")},
          {"over", truck.over()}};
}

Json ToJson(const TruthRecord& record) {
  return {{"sequence", record.sequence}, {"time", FormatInstant(record.time)},
          {"lane_id", record.lane_id},   {"event", record.event},
          {"truck_id", record.truck_id}, {"detail", record.detail},
          {"plate", record.plate},       {"purpose", record.purpose},
          {"trip_id", record.trip_id},   {"trailer_plate", record.trailer_plate},
          {"tag_id", record.tag_id},     {"container_number", record.container_number}};
}

Result<Truck> ParseTruck(const Json& body) {
  Members members(body);
  Truck truck;
  const std::string text = members.Text("plate", "");
  truck.photo = members.Text("photo_file", "");
  members.checks.Require(truck.photo.empty() || truck.photo.starts_with('/'), "photo_file",
                         "PATH_NOT_ABSOLUTE", "must be an absolute path of a JPEG file");
  const auto plate = ParsePlate(text);
  truck.plate = plate ? plate->normalised : NormalisePlate(text);
  if (plate) {
    truck.face = FaceOf(members, *plate);
  } else {
    // A photograph shows its plate by itself.
    members.checks.Require(!truck.photo.empty() && !text.empty(), "plate", "PLATE_INVALID",
                           "must be a plate of Vietnam or China, or stand beside photo_file");
  }
  truck.length_m = members.Number("length_m", truck.length_m, 3, 30);
  truck.mass_kg = static_cast<int>(members.Number("mass_kg", truck.mass_kg, 500, 120'000));
  truck.paint = static_cast<int>(members.Number("paint", 0, 0, 1000));
  truck.gap_m = members.Number("gap_m", truck.gap_m, 0.5, 30);
  truck.patience = milliseconds(static_cast<int64_t>(members.Number("patience_s", 90, 1, 86'400) * 1000));
  truck.trip_id = members.Text("trip_id", "");
  truck.muddy = members.Flag("muddy", false);
  truck.smeared = members.Flag("smeared", false);
  ReadContainer(members, truck);
  ReadWitnesses(members, plate ? std::optional(*plate) : std::nullopt, truck);
  truck.slip = members.Text("slip", "");
  const bool fits =
      truck.slip.find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:") == std::string::npos;
  members.checks.Require(fits && truck.slip.size() <= 512, "slip", "SLIP_TEXT_INVALID",
                         "must be at most 512 characters of QR's alphanumeric set");
  truck.manner = MannerOf(members);
  members.Flag("two_line", false);
  members.Text("colour", "");
  members.Flag("painted", false);
  members.CheckNames();
  BG_TRY(members.checks.Done());
  return truck;
}

Result<Json> ParseObject(const std::string& body) {
  Json json = Json::parse(body, nullptr, false);
  if (!json.is_object()) return Error(kInvalidField, "the body must be a JSON object");
  return json;
}

}  // namespace bordergate::simulator
