// Somebody who signs in at the public door: an officer or an employee of a firm.
#pragma once

#include <set>
#include <string>

#include "services/simulator/actors/door.h"

namespace bordergate::simulator {

// One thread at a time.
class Person {
 public:
  Person(PublicDoor& door, std::string sign_in_name, std::string password)
      : door_(door), sign_in_name_(std::move(sign_in_name)), password_(std::move(password)) {}

  // Signs in when need be, and again when the session has ended.
  //   errors   as PublicDoor::Call; SIGN_IN_REFUSED
  Result<Json> Get(const std::string& path);
  Result<Json> Post(const std::string& path, const std::string& key, Json body);

  const std::string& sign_in_name() const { return sign_in_name_; }

 private:
  Result<Json> Call(DoorRequest request);

  PublicDoor& door_;
  const std::string sign_in_name_;
  const std::string password_;
  std::string token_;
};

// "ROLE_CUSTOMS", … as GET /v1/me says.
Result<std::set<std::string>> RolesOf(Person& person);

}  // namespace bordergate::simulator
