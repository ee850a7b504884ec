// What must never happen with containers at a lane: it opens for a truck whose container is not the declared
// one, or asks about one that its cameras did not show while the truck was there. Shares no code with the
// rules it checks.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "services/lane/domain/decision.h"
#include "services/lane/domain/moment.h"

namespace bordergate::lane {

class ContainerChecker {
 public:
  // A trip of this plate declares this one; empty: none.
  void OnDeclared(const std::string& plate, const std::string& number) { declared_[plate].insert(number); }
  // A camera of this lane took a frame of it.
  void OnShown(const std::string& lane_id, const std::string& number, SteadyInstant at) {
    shown_[lane_id][number] = at;
  }
  // The lane is told of it for the vehicle of this stay. Returns what it had been told of before: number, and
  // whether surely.
  using Seen = std::map<std::string, bool>;
  Seen OnSeen(const std::string& session_id, const std::string& number, bool sure) {
    Seen& seen = seen_[session_id];
    Seen before = seen;
    seen[number] |= sure;
    return before;
  }
  // It did not take it for this stay after all.
  void Restore(const std::string& session_id, Seen before) { seen_[session_id] = std::move(before); }
  // It kept it for a vehicle that may arrive.
  void OnEarly(const std::string& lane_id, const std::string& number, SteadyInstant at) {
    early_[lane_id][number] = at;
  }
  // Another run of the program: what the one before saw is forgotten.
  void OnRun() { seen_.clear(); }
  // What was seen of this stay's vehicle is forgotten.
  void OnForgotten(const std::string& session_id) { seen_.erase(session_id); }

  // A lane opens by itself. What is wrong with it; empty: nothing.
  std::string CheckOpening(const Decision& decision, SteadyInstant now);
  // A lane has decided about a truck that has been there since `arrived`.
  std::string CheckQuestion(const Decision& decision, SteadyInstant arrived);

  // Openings for a truck whose container was seen surely, and questions about one.
  int openings() const { return openings_; }
  int questions() const { return questions_; }

 private:
  std::map<std::string, std::set<std::string>> declared_;  // by plate
  std::map<std::string, std::map<std::string, SteadyInstant>> shown_,
      early_;                         // the last frame, by lane and number
  std::map<std::string, Seen> seen_;  // by stay
  int openings_ = 0;
  int questions_ = 0;
};

}  // namespace bordergate::lane
