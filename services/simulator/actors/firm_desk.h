// The office of one simulated firm: registers it with its trucks and drivers, declares its trips.
//
// Registering is safe to repeat: the keys depend on nothing but the seed, so a firm that registered in an
// earlier run of the simulator gets its first answers again. One thread at a time.
#pragma once

#include <map>
#include <string>

#include "services/simulator/actors/person.h"
#include "services/simulator/actors/trip_form.h"

namespace bordergate::simulator {

class FirmDesk {
 public:
  //   world   names the population: firms of another seed are other firms
  //   run     names this run in idempotency keys
  FirmDesk(const Firm& firm, PublicDoor& door, const std::string& world, std::string run,
           std::string password);

  // Signs up, registers, and withdraws what an earlier run has left open, so that the trucks are free. Once:
  // later calls do nothing.
  //   errors   as PublicDoor::Call
  Result<void> Register();
  // Registers truck, trailer and driver when need be, and declares.
  //   key      idempotency key of the declaration
  //   result   the trip's id
  Result<std::string> Declare(const PlannedTrip& trip, int truck, const std::string& gate_id,
                              const std::string& key, Instant now);
  Result<void> Cancel(const std::string& trip_id, const std::string& key, const std::string& reason);

  const Firm& firm() const { return firm_; }
  Person& person() { return person_; }

 private:
  Result<void> CancelLeftovers();
  Result<void> RegisterTruck(int truck);
  Result<std::string> DriverId(int driver);

  const Firm& firm_;
  PublicDoor& door_;
  const std::string key_;  // begin of every key of registration
  const std::string run_;
  const std::string password_;
  Person person_;
  bool registered_ = false;
  std::map<int, bool> trucks_;
  std::map<int, std::string> driver_ids_;
};

}  // namespace bordergate::simulator
