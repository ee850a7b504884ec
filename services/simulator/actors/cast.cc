#include "services/simulator/actors/cast.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "services/simulator/actors/json_access.h"

namespace bordergate::simulator {
namespace {

constexpr std::array<const char*, 4> kAgencies = {"ROLE_HEALTH", "ROLE_QUARANTINE", "ROLE_BORDER_GUARD",
                                                  "ROLE_CUSTOMS"};
constexpr const char* kGuard = "ROLE_BORDER_GUARD";
constexpr const char* kYardman = "ROLE_YARD_OPERATOR";
constexpr const char* kAdministrator = "ROLE_ADMINISTRATOR";
constexpr milliseconds kSendEvery{250};
constexpr milliseconds kLaneLookEvery{1000};
constexpr milliseconds kRegisterApart{1500};
constexpr milliseconds kStopLook{200};

}  // namespace

Cast::Cast(CastSettings settings, Accounts accounts, Bank bank, std::vector<Firm> firms,
           std::unique_ptr<CurlDoor> door, Road& road, const Clock& clock, Telemetry& telemetry)
    : settings_(std::move(settings)),
      accounts_(std::move(accounts)),
      bank_(std::move(bank)),
      firms_(std::move(firms)),
      door_(std::move(door)),
      road_(road),
      clock_(clock),
      telemetry_(telemetry),
      random_(settings_.seed),
      traffic_(settings_.seed, settings_.traffic, firms_),
      errands_(
          clock, [&road] { return road.speed(); }, telemetry),
      traffic_runs_(settings_.traffic_runs) {
  thread_ = std::thread([this] { Run(); });
}

Cast::~Cast() {
  door_->Stop();
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Cast::RunTraffic(bool running) { traffic_runs_ = running; }

Json Cast::Report() const {
  const std::lock_guard lock(mutex_);
  return report_;
}

void Cast::Run() {
  errands_.Try("cast.sign_in", [this]() -> Result<void> {
    BG_TRY(SignIn());
    StartWork();
    return {};
  });
  for (;;) {
    const SteadyInstant next = errands_.RunDue();
    WriteReport();
    std::unique_lock lock(mutex_);
    changed_.wait_until(lock, std::min(next, clock_.SteadyNow() + kStopLook), [this] { return stopping_; });
    if (stopping_) return;
  }
}

Result<void> Cast::SignIn() {
  for (const Account& account : accounts_.people) {
    auto person = std::make_unique<Person>(*door_, account.sign_in_name, account.password);
    const auto roles = RolesOf(*person);
    if (!roles && roles.error().reason() == "SIGN_IN_REFUSED") {
      telemetry_.log.Warning("cast.account_refused",
                             "disabled, or its password was changed: nobody acts under it",
                             {{"account", account.word}});
      continue;
    }
    if (!roles) return roles.error();
    if (roles->size() == 1) Employ(*roles->begin(), std::move(person));
  }
  for (const char* role : {kGuard, kYardman}) {
    if (!people_.contains(role)) {
      telemetry_.log.Warning("cast.role_missing", "no account with this role: its part is not played",
                             {{"role", role}});
    }
  }
  return {};
}

void Cast::Employ(const std::string& role, std::unique_ptr<Person> person) {
  people_.try_emplace(role, std::move(person));
}

Result<std::string> Cast::RegisterKiosk(Person& administrator) {
  const Json answer =
      BG_TRY(administrator.Post("/v1/devices", fmt::format("sim-{}-kiosk", settings_.run),
                                {{"title", "Kiosk mô phỏng"}, {"gate_id", road_.places().front().gate_id}}));
  return TextAt(answer, "device_token");
}

void Cast::StartWork() {
  const std::string world = fmt::format("{:x}", settings_.seed);
  for (const Firm& firm : firms_) {
    desks_.push_back(std::make_unique<FirmDesk>(firm, *door_, world, settings_.run,
                                                FirmPassword(accounts_, firm.sign_in_name)));
  }
  for (const char* role : kAgencies) {
    if (!people_.contains(role)) continue;
    agencies_.push_back(std::make_unique<AgencyDesk>(*people_[role], role, settings_.run, settings_.agency,
                                                     errands_, random_));
    errands_.Every(settings_.look_every, fmt::format("agency.{}", role),
                   [desk = agencies_.back().get()] { return desk->Look(); });
  }
  if (people_.contains(kGuard)) {
    lane_desk_ = std::make_unique<LaneDesk>(*people_[kGuard], road_, settings_.lane_desk, clock_);
    errands_.Every(kLaneLookEvery, "lanes.look", [this] { return lane_desk_->Look(); });
  }
  if (people_.contains(kGuard)) {
    errands_.Try("watch_list.clear", [this, now = clock_.Now()] { return ClearWatchList(now); });
  }
  if (!people_.contains(kYardman)) return;
  std::string device_token;
  if (settings_.kiosk && people_.contains(kAdministrator)) {
    if (auto token = RegisterKiosk(*people_[kAdministrator])) device_token = *std::move(token);
  }
  yard_ = std::make_unique<YardDesk>(*door_, *people_[kYardman], device_token);
  journeys_ = std::make_unique<Journeys>(
      JourneyParts{settings_.run, *door_, desks_, *yard_, bank_,
                   people_.contains(kGuard) ? people_[kGuard].get() : nullptr, road_, errands_, clock_},
      settings_.journey);
  milliseconds later{0};
  for (const auto& desk : desks_) {
    // Firms with a truck on its way register by themselves before these.
    errands_.After(later += kRegisterApart, [this, desk = desk.get()] {
      errands_.Try("firm.register", [desk] { return desk->Register(); });
    });
  }
  std::set<std::string> gates;
  for (const LanePlace& place : road_.places()) gates.insert(place.gate_id);
  for (const std::string& gate_id : gates) {
    errands_.Every(settings_.look_every, "yard.listen", [this, gate_id] {
      return yard_->Listen(gate_id, [this](const std::string& trip_id) { journeys_->Called(trip_id); });
    });
  }
  day_seen_ = road_.DayTime();
  errands_.Every(kSendEvery, "trucks.send", [this]() -> Result<void> {
    journeys_->LookAtLanes();
    SendTrucks();
    return {};
  });
  telemetry_.log.Info("cast.started", "the actors are at work",
                      {{"people_count", people_.size()}, {"firm_count", desks_.size()}});
}

Result<void> Cast::ClearWatchList(Instant before) {
  Person& guard = *people_[kGuard];
  const Json page = BG_TRY(guard.Get("/v1/watch-list?page_size=200"));
  for (const Json& entry : ListAt(page, "watch_list_entries")) {
    const auto added = ParseInstant(TextAt(entry, "add_time"));
    if (TextAt(entry, "note") != kWatchNote || !added || *added >= before) continue;
    const std::string id = TextAt(entry, "watch_list_entry_id");
    // Without its noun the id leaves room in a key of 64 characters.
    const std::string key = fmt::format("sim-{}-clear-{:.26}", settings_.run, id.substr(id.find('_') + 1));
    BG_TRY(guard.Post(fmt::format("/v1/watch-list/{}:remove", id), key, {{"reason", kUnwatchReason}}));
  }
  return {};
}

void Cast::SendTrucks() {
  const WorldTime day = road_.DayTime();
  const bool runs =
      traffic_runs_ && journeys_->underway_count() < static_cast<size_t>(settings_.underway_max);
  if (runs) traffic_time_ += day - day_seen_;
  day_seen_ = day;
  while (traffic_runs_ && journeys_->underway_count() < static_cast<size_t>(settings_.underway_max)) {
    if (!next_) next_ = traffic_.Next();
    if (next_->at > traffic_time_) return;
    journeys_->Begin(*next_);
    next_.reset();
  }
}

void Cast::WriteReport() {
  Json roles = Json::array();
  for (const auto& [role, person] : people_) roles.push_back(role);
  Json report = {
      {"roles", roles}, {"errands_waiting", errands_.waiting_count()}, {"traffic_running", traffic_runs()}};
  if (journeys_) {
    report["underway_count"] = journeys_->underway_count();
    report["endings"] = journeys_->endings();
  }
  const std::lock_guard lock(mutex_);
  report_ = std::move(report);
}

}  // namespace bordergate::simulator
