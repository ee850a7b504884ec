// Everybody who acts in the simulated day, through the public door only: firms, agencies, bank, yard, the
// guard at the lanes, and the trucks they send.
//
// Runs on a thread of its own. A door that is away is tried again under the same idempotency keys, so nothing
// is done twice and nothing is forgotten.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "libs/core/random.h"
#include "services/simulator/actors/accounts.h"
#include "services/simulator/actors/agency_desk.h"
#include "services/simulator/actors/curl_door.h"
#include "services/simulator/actors/journeys.h"
#include "services/simulator/actors/lane_desk.h"
#include "services/simulator/domain/traffic.h"

namespace bordergate::simulator {

struct CastSettings {
  uint64_t seed = 1;
  std::string run;  // unique to this run of the program, at most 12 letters and digits
  TrafficSettings traffic;
  int underway_max = 60;  // trucks; more wait at home
  bool traffic_runs = true;
  bool kiosk = true;              // a registered device checks trucks in; false: the yard operator does
  milliseconds look_every{2000};  // officers look at their lists
  AgencySettings agency;
  JourneySettings journey;
  LaneDeskSettings lane_desk;
};

class Cast {
 public:
  //   firms   the population, of the same seed
  Cast(CastSettings settings, Accounts accounts, Bank bank, std::vector<Firm> firms,
       std::unique_ptr<CurlDoor> door, Road& road, const Clock& clock, Telemetry& telemetry);
  ~Cast();
  Cast(const Cast&) = delete;
  Cast& operator=(const Cast&) = delete;

  // Safe for use by several threads.
  void RunTraffic(bool running);
  bool traffic_runs() const { return traffic_runs_; }
  // For people: who acts, how many trucks are underway, how journeys ended.
  Json Report() const;

 private:
  void Run();
  Result<void> SignIn();
  void Employ(const std::string& role, std::unique_ptr<Person> person);
  Result<std::string> RegisterKiosk(Person& administrator);
  void StartWork();
  // Takes off the watch list what an earlier run of the simulator put on it.
  Result<void> ClearWatchList(Instant before);
  void SendTrucks();
  void WriteReport();

  const CastSettings settings_;
  const Accounts accounts_;
  const Bank bank_;
  const std::vector<Firm> firms_;
  const std::unique_ptr<CurlDoor> door_;
  Road& road_;
  const Clock& clock_;
  Telemetry& telemetry_;
  SeededRandom random_;
  Traffic traffic_;
  Errands errands_;

  std::map<std::string, std::unique_ptr<Person>> people_;  // by role
  std::vector<std::unique_ptr<FirmDesk>> desks_;
  std::vector<std::unique_ptr<AgencyDesk>> agencies_;
  std::unique_ptr<YardDesk> yard_;
  std::unique_ptr<LaneDesk> lane_desk_;
  std::unique_ptr<Journeys> journeys_;
  std::optional<PlannedTrip> next_;
  WorldTime traffic_time_{0};  // of the simulated day, while traffic runs
  WorldTime day_seen_{0};

  std::atomic<bool> traffic_runs_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  Json report_ = Json::object();
  std::thread thread_;
};

}  // namespace bordergate::simulator
