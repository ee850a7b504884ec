// An officer of an agency at work: looks through the declared trips and confirms the agency's own step after
// a while, as people do; now and then holds one first.
//
// One thread at a time.
#pragma once

#include <functional>
#include <set>
#include <string>

#include "services/simulator/actors/errands.h"
#include "services/simulator/actors/person.h"
#include "services/simulator/domain/chance.h"

namespace bordergate::simulator {

struct AgencySettings {
  milliseconds confirm_after{30'000};  // of the simulated day, on average: half to one and a half times this
  double hold_share = 0.02;            // of the trips are held first, for three times as long
};

class AgencyDesk {
 public:
  //   role   the officer's, for example "ROLE_CUSTOMS": steps of this role are confirmed
  //   run    names this run in idempotency keys
  AgencyDesk(Person& person, std::string role, std::string run, AgencySettings settings, Errands& errands,
             Random& random);

  // Looks at the list once and takes on what is new.
  //   errors   as PublicDoor::Call
  Result<void> Look();

 private:
  void TakeOn(const std::string& trip_id, const std::string& step_id);
  // Does it until it is done, or cannot be done any more, and goes on with `then`.
  void Do(const std::string& verb, const std::string& trip_id, const std::string& step_id, Json body,
          const std::function<void()>& then);

  Person& person_;
  const std::string role_;
  const std::string run_;
  const AgencySettings settings_;
  Errands& errands_;
  Chance chance_;
  std::set<std::string> taken_;  // "trip/step"
  int64_t act_number_ = 0;
};

}  // namespace bordergate::simulator
