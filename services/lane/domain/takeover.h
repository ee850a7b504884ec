// When a lane program may take the barriers. Pure.
//
// The controllers are the place that all lane programs can see: each says which token is in force, whether
// its owner's heart still beats, and whether the owner's standby has everything that was decided.
//
//   alone    takes barriers that are its own from the run before, have no owner, or whose owner is silent
//   paired   its own again after a restart; another's only when in most of all lanes the owner is silent and
//   has said
//            that the standby has everything. Most of all: two programs that each see a few controllers never
//            both take over.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "libs/core/clock.h"

namespace bordergate::lane {

// What a controller with a fence says of its owner.
struct FenceView {
  uint64_t token = 0;  // its lower half 0: it has no owner
  bool standby_in_step = false;
  uint16_t heartbeat = 0;

  bool operator==(const FenceView&) const = default;
};

class Takeover {
 public:
  struct Settings {
    bool paired = false;
    bool leads = true;  // of a pair: takes barriers that never had an owner
    milliseconds silent_after{1500};
  };
  // `ours`: the tokens that this program's last run gave, by lane.
  Takeover(Settings settings, std::vector<std::string> lanes, std::map<std::string, uint64_t> ours);

  // What a look at a controller brought; nothing: it did not answer.
  void Saw(const std::string& lane, std::optional<FenceView> view, SteadyInstant now);

  //   standby_whole   paired: this program's journal is a whole one that followed another's
  bool MayTake(bool standby_whole, SteadyInstant now) const;
  // Paired: in most of all lanes the owner is another one and silent. When this program may not take over
  // then, it may hold less than was decided, and somebody must look.
  bool OwnerIsGone(SteadyInstant now) const;

  // The token in force that was seen last; 0 when none or not seen.
  uint64_t TokenOf(const std::string& lane) const;

 private:
  struct Seen {
    FenceView view;
    SteadyInstant since;  // it has said the same since then
  };
  bool Ours(const std::string& lane, const FenceView& view) const;
  bool Silent(const Seen& seen, SteadyInstant now) const {
    return now - seen.since >= settings_.silent_after;
  }

  const Settings settings_;
  const std::vector<std::string> lanes_;
  const std::map<std::string, uint64_t> ours_;
  std::map<std::string, Seen> seen_;  // those that answered last time
};

}  // namespace bordergate::lane
