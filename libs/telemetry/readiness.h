// Whether a service can do its work now, asked by its supervisor and its load balancer.
//
//   Readiness readiness(clock);
//   readiness.Add("database", [&] { return database.Ping(); });
//
// Each check is asked at most once in 2 s while it is good and once a second while it is bad. Safe for use by
// several threads.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "libs/core/clock.h"
#include "libs/core/result.h"

namespace bordergate {

class Readiness {
 public:
  struct Answer {
    bool ready = true;
    // One for each check that fails: its name and why.
    std::vector<std::pair<std::string, std::string>> failures;
  };

  explicit Readiness(const Clock& clock) : clock_(clock) {}

  // Before the first Check.
  void Add(std::string name, std::function<Result<void>()> check);
  // From now on not ready: the process is ending.
  void StartDraining();
  Answer Check();

 private:
  struct Item {
    std::string name;
    std::function<Result<void>()> check;
    std::string failure;
    bool asked = false;
    SteadyInstant next{};
  };

  const Clock& clock_;
  std::mutex mutex_;
  std::vector<Item> items_;
  bool draining_ = false;
};

}  // namespace bordergate
