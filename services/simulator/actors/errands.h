// What the actors do, one thing after the other: errands that are due now or later, tried again for as long
// as what stands in their way may pass.
//
// Not safe for use by several threads.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "libs/core/clock.h"
#include "libs/core/result.h"
#include "libs/telemetry/telemetry.h"

namespace bordergate::simulator {

class Errands {
 public:
  // `speed` of the simulated day: people's delays are divided by it.
  Errands(const Clock& clock, std::function<double()> speed, Telemetry& telemetry)
      : clock_(clock), speed_(std::move(speed)), telemetry_(telemetry) {}

  // After a span of our own time.
  void After(milliseconds real, std::function<void()> work);
  // After a span of the simulated day.
  void AfterDay(milliseconds day, std::function<void()> work) { After(Real(day), std::move(work)); }

  // Tries until it succeeds or fails for good: then `failed` is called and the failure is logged under
  // `name`. Pauses between tries grow from 0.5 s to 10 s; from then on it is logged once why it waits.
  //   attempt   does the same thing under the same idempotency key each time
  void Try(std::string name, std::function<Result<void>()> attempt,
           std::function<void(const Error&)> failed = {});
  // The same again and again, with this pause of our own time in between, whatever comes of it; a reason why
  // it fails is logged once until it changes or goes away.
  void Every(milliseconds real, std::string name, std::function<Result<void>()> attempt);

  // Does what is due. Returns when the next errand is due.
  SteadyInstant RunDue();
  size_t waiting_count() const { return due_.size(); }

 private:
  struct Errand {
    std::string name;
    std::function<Result<void>()> attempt;
    std::function<void(const Error&)> failed;
    milliseconds pause{500};
    std::string said = {};  // the reason it told of last
  };
  void SayOnce(Errand& errand, const Error& error);
  void Attempt(const std::shared_ptr<Errand>& errand);
  void Repeat(milliseconds real, const std::shared_ptr<Errand>& errand);
  milliseconds Real(milliseconds day) const;

  const Clock& clock_;
  const std::function<double()> speed_;
  Telemetry& telemetry_;
  std::multimap<SteadyInstant, std::function<void()>> due_;
};

}  // namespace bordergate::simulator
