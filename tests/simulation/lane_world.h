// Two lanes of one gate over virtual time: the product's own rules, controller, journal and admission table;
// asphalt, trucks, cameras, officers and the centre are modelled; everything that can go wrong does, by a
// seed.
//
// Processes end at any point where they wait for the world: a Crash is thrown there and caught by the world,
// which throws the process away and starts another over the same disk and the same asphalt.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "libs/core/random.h"
#include "libs/testing/manual_clock.h"
#include "libs/testing/temporary_folder.h"
#include "services/lane/testing/lane_rig.h"
#include "tests/simulation/lane_checker.h"

namespace bordergate::lane {

// A bug planted on purpose at one of the seams, to prove that the checker has teeth.
enum class Sabotage {
  kNone,
  kJournalLies,           // says "kept" before it is
  kFrameTimeIgnored,      // a read counts for whoever stands there when it arrives
  kWatchListForgotten,    // entries reach the disk and not the lanes
  kPulseRepeated,         // a pulse without an answer is sent again
  kPowerLossHidden,       // detectors that were without power are believed
  kClaimForgotten,        // two lanes may open for one trip
  kOpeningForgotten,      // a restart does not know what was under way
  kLoopsForgotten,        // nor that its loops are not to be believed
  kExitForgotten,         // nor asks the controller who was at the exit meanwhile
  kForgerBelieved,        // the forger's key lies among the public keys of slips
  kSlipTimeIgnored,       // a slip counts for whoever stands there when it arrives
  kWitnessTimeIgnored,    // a rear plate or a transponder counts for whoever stands there when it arrives
  kAntennasNotCompared,   // a transponder counts in every lane that hears it
  kContainerTimeIgnored,  // a container counts for whoever stands there when it arrives
  kContainerForgotten,    // the table does not know which container a trip declares
  kLoadsNotCompared,      // a container counts in every lane whose camera sees it
  kWeightKept,            // the scale goes on telling what the truck before weighed
};

// What goes wrong and how often; made from the seed, printed with a failure.
struct WorldOptions {
  explicit WorldOptions(uint64_t seed);
  std::string Text() const;

  uint64_t seed;
  int trucks_per_hour;       // a lane
  int crash_permille;        // of the points where a crash may happen
  int disk_fault_permille;   // of the minutes
  int link_fault_permille;   // of the minutes
  int answer_lost_permille;  // of the pulses
  int power_loss_permille;   // of the minutes
  int centre_cut_permille;   // of the minutes
  int late_read_permille;
  int misread_permille;
  int tailgater_permille;
  int turns_back_permille;
  int clone_permille;
  int slip_permille;         // of the trucks: their drivers show a slip, good or not
  int mud_permille;          // of the trucks: no camera can read them
  int scale_fault_permille;  // of the minutes
  int dim_permille;          // of the trucks: no read of their front is sure
  int convoy_permille;       // of the trucks: undeclared, one character from one that came before
  int witness_permille;      // of the steps: a further camera sees, an antenna hears
  int container_permille;    // of the trips: a container is declared
  // Asked for by a test alone, no part of a seed.
  int clock_jump_permille = 0;   // of the minutes
  bool only_containers = false;  // further cameras see nothing else, and antennas hear nothing
};

class LaneWorld {
 public:
  LaneWorld(WorldOptions options, Sabotage sabotage);
  ~LaneWorld();
  LaneWorld(const LaneWorld&) = delete;
  LaneWorld& operator=(const LaneWorld&) = delete;

  // Runs with everything going wrong. Stops at the first violation.
  void RunFor(milliseconds span);
  // Nothing goes wrong any more: within minutes every lane is at rest, lets a good truck through, and the
  // centre has heard of everything once.
  void Heal();
  void Run(milliseconds span) {
    RunFor(span);
    Heal();
  }
  // The link to the centre is away from now on.
  void CutCentre(milliseconds span) { centre_cut_until_ = clock_.SteadyNow() + span; }

  // What was broken, in words; empty: nothing.
  const std::vector<std::string>& violations() const { return checker_.violations(); }
  int passages() const { return static_cast<int>(checker_.passages().size()); }
  int crashes() const { return crashes_; }
  // Pulses by the lanes' own decisions so far.
  int own_pulses() const { return checker_.own_pulses(); }
  int slip_pulses() const { return checker_.slip_pulses(); }
  int lent_pulses() const { return checker_.lent_pulses(); }
  int empty_pulses() const { return checker_.empty_pulses(); }
  int witness_pulses() const { return checker_.witness_pulses(); }
  int container_pulses() const { return checker_.containers().openings(); }
  int container_questions() const { return checker_.containers().questions(); }
  // The mode of a lane; nothing while the process is away.
  std::optional<Mode> mode(size_t lane) const;

 private:
  struct Process;
  struct Seams;
  struct PendingRead {
    SteadyInstant deliver_at;
    size_t lane;
    PlateRead read;
    int truck = 0;          // of which the frame was taken
    std::string slip_text;  // what the slip camera read; empty: a plate was read
    std::string tag_of;     // the truck by whose transponder it was heard; empty: it was none
    int rssi_cdbm = 0;
  };
  // What a truck's driver holds, and how the truck looks.
  struct Papers {
    bool muddy = false;
    bool dim = false;
    std::string rear_plate;  // its own, or another's
    std::string tag_of;      // whose transponder it carries; empty: none
    std::string trailer;     // what it pulls; empty: nothing
    std::string container;   // what it carries; empty: none
    bool good = false;       // the slip is customs' word, for this gate and now
    std::string slip_text;   // empty: none
    std::string slip_plate;
    int shows_left = 0;
  };
  struct Lane {
    FakeBarrier barrier;
    SteadyInstant link_down_until{};
    std::optional<SteadyInstant> silent_since;  // no answer of the controller since
    SteadyInstant next_truck{};
    SteadyInstant scale_silent_until{};
    SteadyInstant scale_asked_at{};
    double weighed_at_m = 0;  // where the truck on the scale stood at the last reading
    int shown_kg = 0;
    std::string last_plate;  // of the truck that came last
    size_t passed_known = 0;
    SteadyInstant passed_at{};  // the last one
    std::string traced;
    int arrived = 0;  // the truck that stands there, or stood there last
    SteadyInstant arrived_at{};
  };
  static constexpr milliseconds kStep{100};
  static constexpr milliseconds kStillStep{500};
  static constexpr milliseconds kScalePoll{200};  // config.toml, scale.poll_interval_ms

  bool Chance(int permille) { return static_cast<int>(random_.Below(1000)) < permille; }
  bool up() const { return process_ != nullptr; }
  void StartProcess();
  bool Still() const;
  void Step();
  void Minute();  // what changes once a minute
  void Centre();
  void Upload();
  void Traffic(size_t lane);
  void Cameras(size_t lane);
  void DeliverReads();
  void GivePapers(const LaneModel::Truck& truck);
  void Load(const LaneModel::Truck& truck);
  void Scale(size_t lane);
  void SlipCamera(size_t lane);
  void GiveWitnesses(const LaneModel::Truck& truck);
  void FurtherCameras(size_t lane);
  void SeeContainer(size_t lane, const LaneModel::Truck& truck, CameraPosition position);
  void Antenna(size_t lane);
  std::string NewContainer();
  const std::string& KnownContainer();
  void GiveContainer(const LaneModel::Truck& truck);
  std::string NeighbourOf(std::string plate);
  PendingRead NewPending(size_t lane, int truck, const char* kind);
  void DeliverPlate(const PendingRead& pending);
  void DeliverFurther(const PendingRead& pending);
  void DeliverContainer(const PendingRead& pending);
  void DeliverTag(const PendingRead& pending);
  void DeliverSlip(const PendingRead& pending);
  // Of the vehicle that the lane thinks to be before it; empty: of none.
  std::string WaitingSession(size_t lane) const;
  void Officers(size_t lane);
  void Poll(size_t lane);
  // Runs one event; a crash in it ends the process.
  template <class Work>
  void InProcess(size_t lane, Work work);
  std::string NewPlate();
  // Of a truck that may come: declared in the last hours.
  const std::string& KnownPlate();
  void Declare(const std::string& plate, bool complete, bool empty = false);
  // Facts of the last moments reach the process, each source's in one change of the table.
  void Tell(Source source, AdmissionChange change) { facts_.emplace_back(source, std::move(change)); }
  void ApplyFacts();
  void CheckPassages();
  void CheckQuestions();
  void Trace(size_t lane);

  const WorldOptions options_;
  const Sabotage sabotage_;
  SeededRandom random_;
  ManualClock clock_;
  IdMaker ids_{clock_, random_};
  TemporaryFolder folder_;
  WorldBodies bodies_;
  NoEvidence evidence_;
  CountingObserver observer_;
  LaneChecker checker_;
  std::vector<std::unique_ptr<Lane>> lanes_;
  std::unique_ptr<Process> process_;
  SteadyInstant process_down_until_{};
  SteadyInstant process_died_at_{};
  SteadyInstant disk_fault_until_{};
  SteadyInstant centre_cut_until_{};
  bool healing_ = false;
  milliseconds step_ = kStep;
  std::vector<PendingRead> reads_;
  int read_count_ = 0;
  int truck_count_ = 0;
  int request_count_ = 0;
  int trip_count_ = 0;
  int watch_count_ = 0;
  int64_t sequence_ = 0;
  std::vector<std::string> known_plates_;
  std::map<std::string, std::string> trailer_of_;          // declared with a plate
  std::map<std::string, std::string> container_of_;        // the last one declared with a plate; empty: none
  std::vector<std::string> known_containers_;              // that were declared
  std::map<std::string, std::string> trip_of_;             // the last one declared, by plate
  std::map<int, Papers> papers_;                           // by truck
  std::map<std::string, int> tare_of_;                     // by plate
  std::map<int, int> mass_of_;                             // by truck
  std::vector<std::pair<Source, AdmissionChange>> facts_;  // told by the centre, not yet applied
  SteadyInstant centre_spoke_at_{};
  SteadyInstant next_minute_{};
  SteadyInstant run_until_{};
  size_t decisions_known_ = 0;
  int crashes_ = 0;
};

}  // namespace bordergate::lane
