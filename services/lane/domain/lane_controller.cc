#include "services/lane/domain/lane_controller.h"

#include <algorithm>
#include <utility>

#include "libs/core/check.h"
#include "services/lane/domain/reasons.h"

namespace bordergate::lane {
namespace {

constexpr size_t kReadIdsKept = 512;

std::chrono::sys_days DayOf(Instant now, std::chrono::minutes utc_offset) {
  return std::chrono::floor<std::chrono::days>(now + utc_offset);
}

// What an officer would notice; not the ages, which change all the time.
bool LooksTheSame(const LaneView& a, const LaneView& b) {
  return a.mode == b.mode && a.mode_causes == b.mode_causes && a.state == b.state &&
         a.state_since == b.state_since && a.command == b.command && a.position == b.position &&
         a.green == b.green && a.inputs == b.inputs && a.session_id == b.session_id &&
         a.weight_kg == b.weight_kg && a.decision == b.decision && a.passages_today == b.passages_today &&
         a.faults == b.faults;
}

}  // namespace

LaneController::LaneController(LaneSettings settings, LaneStart start, Barrier& barrier,
                               LaneServices services)
    : settings_(std::move(settings)),
      info_(std::make_shared<const LaneInfo>(settings_.info)),
      barrier_(barrier),
      services_(services),
      checkpoint_id_(CheckpointId(settings_.info.gate_id, settings_.info.direction)),
      machine_(
          settings_.info, settings_.times, services.ids,
          [&evidence = services.evidence](std::string_view picture) { return evidence.NameOf(picture); }),
      mode_(settings_.promote_after),
      requested_(std::move(start.requested)),
      passages_today_(start.passages_today) {
  const Moment now = NowOf(services_.clock);
  today_ = DayOf(now.wall, settings_.info.utc_offset);
  if (const auto& opening = start.memory.opening; opening && !opening->decision.trip_id.empty()) {
    services_.admission.Claim(opening->decision.trip_id, settings_.info.lane_id, now.steady,
                              now.steady + kClaimFor);
  }
  machine_.Resume(start.memory, now);
  mode_.Update(AssessMode(InputsOfMode(now), settings_.limits), now);
  published_ = std::make_shared<LaneView>(ViewAt(now));
}

ReadUse LaneController::SeeRead(const PlateRead& read) {
  Begin();
  if (read_ids_.Seen(read.read_id)) return ReadUse::kRepeated;
  if (read.position == CameraPosition::kFront) camera_heard_ = event_start_;
  if (read.receive_at) event_start_ = *read.receive_at;
  const Moment now = NowOf(services_.clock);
  if (read.of != ReadOf::kTruck && IsBelievable(read.frame_time, now))
    services_.admission.NoteLoad(read, now.steady - (now.wall - read.frame_time));
  ReadUse use = ReadUse::kTooOld;
  Do(machine_.SeeRead(read, Around(), use));
  return use;
}

// Not a sign of life of the camera that reads plates.
ReadUse LaneController::SeeSlip(const SlipRead& slip) {
  Begin();
  if (read_ids_.Seen(slip.read_id)) return ReadUse::kRepeated;
  ReadUse use = ReadUse::kTooOld;
  Do(machine_.SeeSlip(slip, Around(), use));
  return use;
}

ReadUse LaneController::SeeTag(const TagRead& tag) {
  Begin();
  if (tag_read_ids_.Seen(tag.read_id)) return ReadUse::kRepeated;
  const Moment now = NowOf(services_.clock);
  if (!services_.admission.FindTag({tag.tag_id, settings_.info.lane_id, tag.rssi_cdbm, now.steady})) {
    services_.observer.OnUnknownTag(settings_.info.lane_id);
    return ReadUse::kUnknownTag;
  }
  ReadUse use = ReadUse::kTooOld;
  if (IsBelievable(tag.read_time, now))
    services_.admission.NoteTag(tag, now.steady - (now.wall - tag.read_time));
  Do(machine_.SeeTag(tag, Around(), use));
  return use;
}

bool LaneController::IsBelievable(Instant taken, Moment now) const {
  const auto age = now.wall - taken;
  return age <= settings_.times.read_age_max && age >= -settings_.times.read_ahead_max;
}

void LaneController::CameraAlive(const std::string& fault_code, std::optional<SteadyInstant> at) {
  Begin();
  camera_heard_ = std::max(camera_heard_.value_or(SteadyInstant{}), at.value_or(event_start_));
  camera_fault_ = fault_code;
}

void LaneController::WitnessAlive(const std::string& device_id, SteadyInstant at) {
  const LaneInfo& info = settings_.info;
  if (!info.further_cameras.contains(device_id) && device_id != info.tag_reader_id) return;
  SteadyInstant& heard = witnesses_heard_.try_emplace(device_id, at).first->second;
  heard = std::max(heard, at);
}

void LaneController::SeeWeight(const Weight& weight) {
  Begin();
  scale_heard_ = event_start_;
  Do(machine_.SeeWeight(weight, Around()));
}

void LaneController::SeeInputs(const BarrierInputs& inputs) {
  Begin();
  barrier_heard_ = event_start_;
  Do(machine_.SeeInputs(inputs, Around()));
}

void LaneController::LinkLost() {
  Begin();
  Do(machine_.LinkLost(Around()));
}

template <class OrderWork>
Result<std::string> LaneController::CarryOut(const RequestKey& key, const DecisionAnswer& answer,
                                             OrderWork work) {
  Begin();
  if (auto kept = BG_TRY(services_.journal.FindAnswer(key))) return *std::move(kept);
  Order order{key, answer, {}, {}};
  order_ = &order;
  if (Result<Effects> effects = work()) {
    Do(*std::move(effects));
  } else {
    order.error = effects.error();
  }
  order_ = nullptr;
  if (order.error) return *std::move(order.error);
  return std::move(order.result);
}

Result<std::string> LaneController::Open(const RequestKey& key, const OfficerOpening& command,
                                         const DecisionAnswer& answer) {
  return CarryOut(key, answer, [&] { return machine_.OfficerOpens(command, Around()); });
}

Result<std::string> LaneController::Refuse(const RequestKey& key, const OfficerRefusal& command,
                                           const DecisionAnswer& answer) {
  return CarryOut(key, answer, [&] { return machine_.OfficerRefuses(command, Around()); });
}

Result<std::string> LaneController::SetMode(const RequestKey& key, const RequestedMode& mode,
                                            const ViewAnswer& answer) {
  Begin();
  if (auto kept = BG_TRY(services_.journal.FindAnswer(key))) return *std::move(kept);
  if (mode.mode != Mode::kClosed) Do(machine_.OfficersWord(Around()));
  const RequestedMode before = std::exchange(requested_, mode);
  const ModeKeeper mode_before = mode_;
  const Moment now = NowOf(services_.clock);
  mode_.Update(AssessMode(InputsOfMode(now), settings_.limits), now);
  const LaneView view = ViewAt(now);
  std::string bytes = answer(view);
  Record record;
  record.events.push_back(NewEvent("lane.mode_changed", services_.bodies.Of(view), now.wall));
  record.events.back().actor = mode.by;
  record.events.back().trace_id = mode.trace_id;
  record.mode = mode;
  record.answer = KeptAnswer{key, bytes, now.wall};
  const Result<void> kept = services_.journal.Append(record);
  if (!kept) {
    requested_ = before;
    mode_ = mode_before;
    services_.observer.OnJournalError(settings_.info.lane_id, kept.error());
    return kept.error();
  }
  aftermath_.announce = true;
  services_.observer.OnMode(settings_.info.lane_id, view.mode);
  return bytes;
}

LaneView LaneController::View() const { return ViewAt(NowOf(services_.clock)); }

Aftermath LaneController::TakeAftermath() {
  KeepPending();
  auto view = std::make_shared<LaneView>(View());
  if (!LooksTheSame(*view, *published_)) published_ = aftermath_.view = std::move(view);
  return std::exchange(aftermath_, {});
}

bool RecentIds::Seen(const std::string& id) {
  if (!known_.insert(id).second) return true;
  ids_.push_back(id);
  if (ids_.size() > kReadIdsKept) {
    known_.erase(ids_.front());
    ids_.pop_front();
  }
  return false;
}

Surroundings LaneController::Around() {
  const Moment now = NowOf(services_.clock);
  UpdateMode(now);
  rule_ = services_.rules.Find(checkpoint_id_);
  BG_CHECK(rule_ != nullptr, "every checkpoint of the site has a rule from the start");
  Surroundings around{now, mode_.current().mode, *rule_, services_.admission};
  for (const auto& [camera_id, camera] : settings_.info.further_cameras) {
    const auto heard = witnesses_heard_.find(camera_id);
    if (heard == witnesses_heard_.end() || now.steady - heard->second > settings_.limits.camera) continue;
    around.plates_are_read |= camera.reads_plates;
    around.containers_are_read |= camera.reads_containers;
  }
  return around;
}

ModeInputs LaneController::InputsOfMode(Moment now) const {
  const auto age = [&](const std::optional<SteadyInstant>& heard) -> std::optional<milliseconds> {
    if (!heard) return std::nullopt;
    return std::chrono::duration_cast<milliseconds>(now.steady - *heard);
  };
  ModeInputs inputs;
  inputs.requested = requested_.mode;
  inputs.requested_by = requested_.by;
  inputs.requested_reason = requested_.reason;
  inputs.barrier = {"barrier", age(barrier_heard_), settings_.limits.barrier};
  inputs.camera = {"camera", age(camera_heard_), settings_.limits.camera};
  for (const Source source : kSources) {
    inputs.centre.push_back({SourceName(source), services_.centre.Age(source, now), settings_.limits.centre});
  }
  inputs.clock_skew = services_.centre.Skew(now);
  inputs.camera_fault = camera_fault_;
  inputs.hand_operation = machine_.inputs().hand_operation;
  for (const auto& [key, fault] : machine_.faults()) inputs.faults.push_back(fault.code);
  return inputs;
}

void LaneController::UpdateMode(Moment now) {
  const Mode before = mode_.current().mode;
  const Mode mode = mode_.Update(AssessMode(InputsOfMode(now), settings_.limits), now).mode;
  if (mode == before) return;
  services_.observer.OnMode(settings_.info.lane_id, mode);
  Record record;
  record.events.push_back(NewEvent("lane.mode_changed", services_.bodies.Of(ViewAt(now)), now.wall));
  KeepLater(std::move(record));
}

LaneView LaneController::ViewAt(Moment now) const {
  LaneView view;
  view.info = info_;
  view.mode = mode_.current().mode;
  view.mode_causes = mode_.current().causes;
  view.mode_since = mode_.since();
  view.state = machine_.state();
  view.state_since = machine_.state_since();
  view.command = machine_.last_command();
  view.position = machine_.arm_position();
  view.green = green_;
  view.inputs = machine_.inputs();
  view.session_id = machine_.waiting_session();
  view.weight_kg = machine_.waiting_weight_kg();
  view.decision = machine_.last_decision();
  const ModeInputs inputs = InputsOfMode(now);
  view.input_ages = {inputs.barrier, inputs.camera};
  view.input_ages.insert(view.input_ages.end(), inputs.centre.begin(), inputs.centre.end());
  if (settings_.has_scale) {
    InputAge scale{"scale", std::nullopt, settings_.times.scale_age_max};
    if (scale_heard_) scale.age = std::chrono::duration_cast<milliseconds>(now.steady - *scale_heard_);
    view.input_ages.push_back(scale);
  }
  AddWitnessAges(now, view.input_ages);
  view.passages_today = DayOf(now.wall, settings_.info.utc_offset) == today_ ? passages_today_ : 0;
  for (const auto& [key, fault] : machine_.faults()) view.faults.push_back(fault);
  view.report_time = now.wall;
  return view;
}

// One of each kind; of several cameras in one position, that which was healthy longest ago.
void LaneController::AddWitnessAges(Moment now, std::vector<InputAge>& ages) const {
  const auto input_of = [&](std::string_view name, const std::string& device_id) {
    InputAge input{name, std::nullopt, settings_.limits.camera};
    const auto heard = witnesses_heard_.find(device_id);
    if (heard != witnesses_heard_.end())
      input.age = std::chrono::duration_cast<milliseconds>(now.steady - heard->second);
    return input;
  };
  for (const auto& [position, name] :
       {std::pair(CameraPosition::kRear, "rear_camera"), {CameraPosition::kTrailer, "trailer_camera"}}) {
    std::optional<InputAge> worst;
    for (const auto& [camera_id, camera] : settings_.info.further_cameras) {
      if (camera.position != position) continue;
      const InputAge input = input_of(name, camera_id);
      const bool worse = worst && worst->age && (!input.age || *input.age > *worst->age);
      if (!worst || worse) worst = input;
    }
    if (worst) ages.push_back(*worst);
  }
  if (!settings_.info.tag_reader_id.empty())
    ages.push_back(input_of("tag_reader", settings_.info.tag_reader_id));
}

}  // namespace bordergate::lane
