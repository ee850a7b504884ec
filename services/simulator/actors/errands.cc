#include "services/simulator/actors/errands.h"

#include <algorithm>
#include <utility>

#include "services/simulator/actors/door.h"

namespace bordergate::simulator {
namespace {

constexpr milliseconds kLongestPause{10'000};
constexpr std::chrono::hours kNever{1};

}  // namespace

void Errands::After(milliseconds real, std::function<void()> work) {
  due_.emplace(clock_.SteadyNow() + real, std::move(work));
}

void Errands::Try(std::string name, std::function<Result<void>()> attempt,
                  std::function<void(const Error&)> failed) {
  Attempt(std::make_shared<Errand>(Errand{std::move(name), std::move(attempt), std::move(failed)}));
}

void Errands::Attempt(const std::shared_ptr<Errand>& errand) {
  const Result<void> done = errand->attempt();
  if (done) return;
  if (IsPassing(done.error())) {
    SayOnce(*errand, done.error());
    After(errand->pause, [this, errand] { Attempt(errand); });
    errand->pause = std::min(errand->pause * 2, kLongestPause);
    return;
  }
  telemetry_.log.Warning("errand.failed", done.error().message(),
                         {{"errand", errand->name}, {"reason", done.error().reason()}});
  if (errand->failed) errand->failed(done.error());
}

void Errands::Every(milliseconds real, std::string name, std::function<Result<void>()> attempt) {
  Repeat(real, std::make_shared<Errand>(Errand{std::move(name), std::move(attempt), {}}));
}

void Errands::Repeat(milliseconds real, const std::shared_ptr<Errand>& errand) {
  milliseconds pause = real;
  if (const Result<void> done = errand->attempt(); done) {
    errand->pause = milliseconds(500);
    errand->said.clear();
  } else {
    SayOnce(*errand, done.error());
    errand->pause = std::min(errand->pause * 2, kLongestPause);
    pause = std::max(real, errand->pause);
  }
  After(pause, [this, real, errand] { Repeat(real, errand); });
}

void Errands::SayOnce(Errand& errand, const Error& error) {
  // What is not there yet, or away for a moment, is no news: an errand tells of it when it had to wait for
  // long.
  if (IsPassing(error) && errand.pause < kLongestPause) return;
  if (errand.said == error.reason()) return;
  errand.said = error.reason();
  telemetry_.log.Warning("errand.waits", error.message(),
                         {{"errand", errand.name}, {"reason", error.reason()}});
}

SteadyInstant Errands::RunDue() {
  // What is added meanwhile waits for the next round, so that an errand that adds itself does not hold up the
  // rest.
  const SteadyInstant now = clock_.SteadyNow();
  while (!due_.empty() && due_.begin()->first <= now) {
    const auto work = std::move(due_.begin()->second);
    due_.erase(due_.begin());
    work();
  }
  return due_.empty() ? now + kNever : due_.begin()->first;
}

milliseconds Errands::Real(milliseconds day) const {
  return milliseconds(static_cast<int64_t>(static_cast<double>(day.count()) / std::max(0.01, speed_())));
}

}  // namespace bordergate::simulator
