// What must never happen at a lane (design.md section 7, items 1 to 4 and 6), told from outside: the truth of
// the asphalt against what the process wrote down. Shares no code with the rules it checks.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "services/lane/domain/event_bodies.h"
#include "services/lane/domain/journal.h"
#include "services/lane/store/sqlite_journal.h"
#include "services/lane/testing/lane_model.h"
#include "tests/simulation/container_checker.h"

namespace bordergate::lane {

// Bodies that the checker can read again.
class WorldBodies final : public EventBodies {
 public:
  std::string Of(const Decision& decision) const override { return decision.id.value(); }
  std::string Of(const Passage& passage) const override;
  std::string Of(const LaneView& lane) const override { return std::string(ModeName(lane.mode)); }
  std::string Of(const CheckpointRule& rule) const override { return rule.checkpoint_id; }
  static Passage ToPassage(const std::string& body);
};

class LaneChecker {
 public:
  static constexpr int kTolerance_kg = 300;

  // A pulse reaches the barrier while this truck stands before it. `durable` reads the disk as a restart
  // would.
  //   mass_kg   what that truck weighs
  void OnPulse(const std::string& lane_id, const LaneModel& model, SqliteJournal& durable, Moment now,
               int mass_kg);
  // Reads what the journal has got since the last time.
  void Follow(SqliteJournal& durable);
  // The centre has applied this event.
  void OnUploaded(const StoredEvent& event);
  int64_t uploaded() const { return static_cast<int64_t>(uploaded_.size()); }
  // The centre has heard of everything that is in the journal, once, and as it stands there.
  void CompareUpload();
  // All passages of the journal, in order.
  const std::vector<Passage>& passages() const { return passages_; }
  // A trip of this plate was declared that demands nothing more.
  void OnComplete(const std::string& plate) { complete_.insert(plate); }
  // A trip of this plate was declared, empty or not, and what it weighs empty.
  void OnDeclared(const std::string& plate, bool empty, int tare_kg) {
    tare_[plate] = tare_kg;
    if (!empty) laden_.insert(plate);
  }
  // What somebody, rightly or not, says of this truck: a camera that is sure, or customs by a slip.
  void OnNamed(int truck, const std::string& plate) { named_[truck].insert(plate); }
  // What the front of this truck looked like, though not surely; and what is on it, or behind it, says of it.
  void OnShown(int truck, const std::string& plate) { shown_[truck].insert(plate); }
  void OnWitness(int truck, const std::string& plate) { witnesses_[truck].insert(plate); }
  // The lane took a rear plate, or a trailer's, that was seen surely for the vehicle of this stay.
  void OnRear(const std::string& session_id, const std::string& plate) { rears_[session_id].insert(plate); }
  void OnTrailer(const std::string& session_id, const std::string& plate) {
    trailers_[session_id].insert(plate);
  }
  ContainerChecker& containers() { return containers_; }
  const ContainerChecker& containers() const { return containers_; }
  // A trip of this plate declares a trailer, or none.
  void OnTrailerDeclared(const std::string& plate, const std::string& trailer) {
    declared_trailers_[plate].insert(trailer);
  }
  // The lane is told of a plate that a frame saw of the vehicle of this stay, or of a slip that was forged.
  // True: it had not been told of that one before.
  bool OnSeen(const std::string& session_id, const std::string& plate) {
    return seen_[session_id].insert(plate).second;
  }
  void OnForged(const std::string& session_id) { forged_.insert(session_id); }
  // It did not take it for this stay after all.
  void NotForged(const std::string& session_id) { forged_.erase(session_id); }
  void NotSeen(const std::string& session_id, const std::string& plate) { seen_[session_id].erase(plate); }
  // Another run of the program: what the one before saw of a vehicle is forgotten.
  void OnRun() {
    seen_.clear();
    rears_.clear();
    trailers_.clear();
    containers_.OnRun();
    forged_.clear();
  }
  // What was seen of this stay's vehicle is forgotten: the controller was silent for long.
  void OnForgotten(const std::string& session_id) {
    rears_.erase(session_id);
    trailers_.erase(session_id);
    containers_.OnForgotten(session_id);
  }
  // A plate is on the watch list that the process knows.
  void OnWatched(const std::string& key) { watched_.insert(key); }
  // Facts are older than the lane may rely on at all.
  void OnCentreAge(bool too_old) { centre_too_old_ = too_old; }
  // The process or its link was away while these trucks were in the lane or before it: what they did was not
  // seen.
  void OnUnwatched(const std::string& lane_id, const LaneModel& model);

  // It left, or backed out, at the moment the process ended: nothing of it was written yet. Nobody tells of a
  // vehicle that no decision had let in. Any other is found in the journal.
  void OnLeftUnwritten(int truck) { unwatched_trucks_.insert(truck); }
  // The controller was without power with trucks on its loops, and they do not see anybody until all of these
  // have left: not those either who drive on to them now.
  void OnBlind(const LaneModel& model);

  // The controller has forgotten who was at the exit: whoever is in the lane may be presumed to have passed.
  void OnPowerLost(const LaneModel& model);

  // Everything the journal holds against everything that went through.
  void Compare(const std::string& lane_id, const LaneModel& model);
  void CompareTickets();
  void CheckLowering(const std::string& lane_id, const LaneModel& model);
  void Fail(const std::string& what) { violations_.push_back(what); }
  // Empty: nothing is wrong.
  void FailWith(const std::string& what) {
    if (!what.empty()) Fail(what);
  }

  // Pulses by the lanes' own decisions.
  int own_pulses() const { return own_pulses_; }
  // Those of them for a truck that a slip alone named, and for one that another truck's slip named.
  int slip_pulses() const { return slip_pulses_; }
  int lent_pulses() const { return lent_pulses_; }
  int empty_pulses() const { return empty_pulses_; }
  // For a truck that neither a sure front nor a slip named.
  int witness_pulses() const { return witness_pulses_; }
  const std::vector<std::string>& violations() const { return violations_; }

 private:
  // The lane opens by itself for this truck: somebody it may believe must have named it.
  void CheckWeight(const std::string& lane_id, const Decision& decision, int mass_kg);
  bool IsConfirmed(int truck, const std::string& plate);
  void CheckWitnesses(const std::string& lane_id, const Decision& decision);
  void CheckIdentity(const std::string& lane_id, const LaneModel::Truck& truck, const Decision& decision);

  struct Pulse {
    std::string decision_id;
    int truck = 0;
    std::string plate;
    bool by_lane = false;
  };

  std::vector<std::string> followed_;  // rows of the journal, in order of their sequence
  std::vector<std::string> uploaded_;  // as the centre was told
  std::set<std::string> journalled_decisions_;
  std::vector<Passage> passages_;
  std::set<std::string> watched_;
  std::set<std::string> complete_, laden_;  // plates
  std::map<std::string, int> tare_;         // by plate
  std::map<int, std::set<std::string>> named_;
  std::map<int, std::set<std::string>> shown_, witnesses_;
  std::map<std::string, std::set<std::string>> declared_trailers_;  // by plate
  std::map<std::string, std::set<std::string>> seen_;               // by stay
  std::map<std::string, std::set<std::string>> rears_, trailers_;   // by stay
  std::set<std::string> forged_;                                    // stays
  std::set<std::string> pulsed_decisions_;
  std::map<std::string, std::vector<Pulse>> pulses_;  // by lane
  std::set<int> unwatched_trucks_;
  std::set<int> unseen_trucks_;
  std::set<int> presumable_trucks_;
  ContainerChecker containers_;
  bool centre_too_old_ = false;
  int own_pulses_ = 0;
  int slip_pulses_ = 0;
  int lent_pulses_ = 0;
  int empty_pulses_ = 0;
  int witness_pulses_ = 0;
  std::vector<std::string> violations_;
};

}  // namespace bordergate::lane
