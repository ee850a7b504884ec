#include "services/simulator/world.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "libs/core/check.h"
#include "services/simulator/domain/reasons.h"

namespace bordergate::simulator {
namespace {

// While something moves, and while nothing does: nobody waits for these, who looks moves the lane himself.
constexpr milliseconds kBusyRhythm{50};
constexpr milliseconds kQuietRhythm{500};

constexpr int64_t kHourMs = 3'600'000;

}  // namespace

// One lane with its lock.
class World::Cell final : public BarrierPort {
 public:
  Cell(World& world, LanePlace place)
      : place_(std::move(place)), world_(world), lane_({}, world.settings_.barrier) {}

  const LanePlace& place() const { return place_; }

  // Moves the lane to this moment, does `work`, and writes down what happened.
  template <class Work>
  auto With(const Work& work) {
    std::unique_lock lock(mutex_);
    const WorldTime now = world_.Now();
    lane_.AdvanceTo(now);
    const auto finish = [&] {
      const std::vector<LaneEvent> events = lane_.TakeEvents();
      lock.unlock();
      if (!events.empty()) world_.Record(place_.lane_id, events, now);
    };
    if constexpr (std::is_void_v<decltype(work(lane_))>) {
      work(lane_);
      finish();
    } else {
      auto result = work(lane_);
      finish();
      return result;
    }
  }

  Registers Read() override {
    return With(
        [](LaneWorld& lane) { return Registers{lane.coils(), lane.inputs(), lane.block(), lane.faults()}; });
  }
  bool WriteCoil(Coil coil, bool on) override {
    const bool taken = With([&](LaneWorld& lane) { return lane.WriteCoil(coil, on); });
    world_.Wake();
    return taken;
  }
  bool WriteBlock(const CommandBlock& block) override {
    const bool taken = With([&](LaneWorld& lane) { return lane.WriteBlock(block); });
    world_.Wake();
    return taken;
  }

 private:
  const LanePlace place_;
  World& world_;
  std::mutex mutex_;
  LaneWorld lane_;
};

World::World(std::vector<LanePlace> places, WorldSettings settings, TruthFile truth, const Clock& clock,
             IdMaker& ids, Telemetry& telemetry)
    : places_(std::move(places)),
      settings_(settings),
      clock_(clock),
      ids_(ids),
      telemetry_(telemetry),
      start_(clock.SteadyNow()),
      file_(std::move(truth)),
      speed_(settings.speed),
      day_base_(settings.start_hour * kHourMs) {
  for (const LanePlace& place : places_) cells_.push_back(std::make_unique<Cell>(*this, place));
  SetSpeed(settings.speed);
  for (const TruthRecord& record : file_.earlier()) truth_.Restore(record);
  for (const TruthRecord& record : truth_.CloseEarlierRun(clock.Now())) Keep(record);
  thread_ = std::thread([this] { Run(); });
}

World::~World() {
  {
    const std::lock_guard lock(wake_mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
  WriteDown();
}

BarrierPort& World::Barrier(const std::string& lane_id) {
  Cell* cell = Find(lane_id);
  BG_CHECK(cell != nullptr, "controllers are made for the lanes of this world");
  return *cell;
}

std::optional<LaneView> World::View(const std::string& lane_id) {
  Cell* cell = Find(lane_id);
  if (cell == nullptr) return std::nullopt;
  return cell->With([](const LaneWorld& lane) { return lane.View(); });
}

Result<std::string> World::Place(const std::string& lane_id, Truck truck) {
  Cell* cell = Find(lane_id);
  if (cell == nullptr) return Error(kLaneUnknown, fmt::format("there is no simulated lane {}", lane_id));
  if (truck.truck_id.empty()) truck.truck_id = ids_.New("truck");
  std::string truck_id = truck.truck_id;
  {
    const std::lock_guard lock(truth_mutex_);
    truth_.Place(truck, lane_id, clock_.Now());
  }
  cell->With([&](LaneWorld& lane) { lane.Place(std::move(truck)); });
  Wake();
  return truck_id;
}

Result<void> World::SetFault(const std::string& lane_id, Fault fault, bool on) {
  Cell* cell = Find(lane_id);
  if (cell == nullptr) return Error(kLaneUnknown, fmt::format("there is no simulated lane {}", lane_id));
  cell->With([&](LaneWorld& lane) { lane.SetFault(fault, on); });
  Wake();
  return {};
}

Result<void> World::Play(const std::string& lane_id, Scene scene) {
  Cell* cell = Find(lane_id);
  if (cell == nullptr) return Error(kLaneUnknown, fmt::format("there is no simulated lane {}", lane_id));
  auto played = cell->With([&](LaneWorld& lane) { return lane.Play(scene); });
  Wake();
  return played;
}

std::optional<TruckTruth> World::FindTruck(const std::string& truck_id) {
  const std::lock_guard lock(truth_mutex_);
  const TruckTruth* truck = truth_.Find(truck_id);
  return truck == nullptr ? std::nullopt : std::optional(*truck);
}

std::vector<TruthRecord> World::RecordsAfter(int64_t sequence, size_t count_max) {
  const std::lock_guard lock(truth_mutex_);
  return truth_.RecordsAfter(sequence, count_max);
}

std::vector<TruckTruth> World::Passages(const std::string& lane_id) {
  const std::lock_guard lock(truth_mutex_);
  return truth_.Passages(lane_id);
}

std::map<std::string, int64_t> World::Counts() {
  const std::lock_guard lock(truth_mutex_);
  return truth_.counts();
}

void World::OnRecord(std::function<void()> changed) {
  const std::lock_guard lock(truth_mutex_);
  observers_.push_back(std::move(changed));
}

WorldTime World::DayTime() {
  const std::lock_guard lock(clock_mutex_);
  const auto passed = static_cast<double>((Now() - day_since_).count());
  return day_base_ + milliseconds(static_cast<int64_t>(passed * speed_));
}

double World::speed() {
  const std::lock_guard lock(clock_mutex_);
  return speed_;
}

void World::SetSpeed(double speed) {
  const WorldTime day = DayTime();
  {
    const std::lock_guard lock(clock_mutex_);
    day_base_ = day;
    day_since_ = Now();
    speed_ = speed;
  }
  const double driving = std::clamp(speed, 1.0, settings_.driving_speed_max);
  for (const auto& cell : cells_) cell->With([&](LaneWorld& lane) { lane.SetDrivingSpeed(driving); });
}

bool World::IsNight() {
  if (settings_.light != Light::kByClock) return settings_.light == Light::kNight;
  const auto hour = DayTime().count() / kHourMs % 24;
  return hour < 6 || hour >= 18;
}

World::Cell* World::Find(const std::string& lane_id) const {
  const auto at =
      std::ranges::find_if(cells_, [&](const auto& cell) { return cell->place().lane_id == lane_id; });
  return at == cells_.end() ? nullptr : at->get();
}

WorldTime World::Now() const { return std::chrono::duration_cast<milliseconds>(clock_.SteadyNow() - start_); }

void World::Record(const std::string& lane_id, const std::vector<LaneEvent>& events, WorldTime now) {
  const Instant utc_now = clock_.Now();
  std::vector<std::function<void()>> observers;
  {
    const std::lock_guard lock(truth_mutex_);
    for (const LaneEvent& event : events) Keep(truth_.Add(lane_id, event, utc_now - (now - event.at)));
    observers = observers_;
  }
  for (const auto& changed : observers) changed();
}

void World::Keep(const TruthRecord& record) {
  unwritten_.push_back(record);
  auto at = counters_.find(record.event);
  if (at == counters_.end()) {
    at = counters_
             .emplace(record.event,
                      telemetry_.metrics.NewCounter("events_total", "What happened at the lanes, by event",
                                                    {{"event", record.event}}))
             .first;
  }
  at->second.Increment();
}

void World::WriteDown() {
  std::vector<TruthRecord> records;
  {
    const std::lock_guard lock(truth_mutex_);
    records.swap(unwritten_);
  }
  for (const TruthRecord& record : records) {
    if (auto written = file_.Append(record); !written) {
      telemetry_.log.Error("truth.not_written", written.error().message(), {{"lane_id", record.lane_id}});
    }
  }
}

void World::Wake() {
  {
    const std::lock_guard lock(wake_mutex_);
    woken_ = true;
  }
  wake_.notify_one();
}

void World::Run() {
  for (;;) {
    bool quiet = true;
    for (const auto& cell : cells_)
      quiet = cell->With([](const LaneWorld& lane) { return lane.quiet(); }) && quiet;
    WriteDown();
    std::unique_lock lock(wake_mutex_);
    wake_.wait_for(lock, quiet ? kQuietRhythm : kBusyRhythm, [&] { return stopping_ || (woken_ && quiet); });
    woken_ = false;
    if (stopping_) return;
  }
}

}  // namespace bordergate::simulator
