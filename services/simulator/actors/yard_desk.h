// The yard: the kiosk at its entrance checks trucks in, and its loudspeaker tells drivers that they are
// called.
//
// One thread at a time.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "services/simulator/actors/person.h"

namespace bordergate::simulator {

class YardDesk {
 public:
  //   yardman        with ROLE_YARD_OPERATOR
  //   device_token   of a registered kiosk; empty: the yard operator checks trucks in
  YardDesk(PublicDoor& door, Person& yardman, std::string device_token)
      : door_(door), yardman_(yardman), device_token_(std::move(device_token)) {}

  // Checks a truck in at a yard of the gate that has room.
  //   plate    as the kiosk reads it; empty: the driver shows the trip's code
  //   errors   as PublicDoor::Call; TRIP_NOT_EXPECTED, YARD_FULL, NO_YARD
  Result<void> CheckIn(const std::string& gate_id, const std::string& plate, const std::string& trip_id,
                       const std::string& key);

  // Calls `called` with the trip of every ticket that is called at this gate now.
  Result<void> Listen(const std::string& gate_id,
                      const std::function<void(const std::string& trip_id)>& called);

 private:
  Result<std::string> YardOf(const std::string& gate_id);

  PublicDoor& door_;
  Person& yardman_;
  const std::string device_token_;
};

}  // namespace bordergate::simulator
