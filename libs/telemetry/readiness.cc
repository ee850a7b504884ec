#include "libs/telemetry/readiness.h"

namespace bordergate {
namespace {

constexpr milliseconds kGoodFor{2000};
constexpr milliseconds kBadFor{1000};

}  // namespace

void Readiness::Add(std::string name, std::function<Result<void>()> check) {
  const std::lock_guard lock(mutex_);
  items_.push_back({.name = std::move(name), .check = std::move(check), .failure = {}});
}

void Readiness::StartDraining() {
  const std::lock_guard lock(mutex_);
  draining_ = true;
}

Readiness::Answer Readiness::Check() {
  const std::lock_guard lock(mutex_);
  Answer answer;
  if (draining_) answer.failures.emplace_back("process", "ending");
  for (Item& item : items_) {
    if (!item.asked || clock_.SteadyNow() >= item.next) {
      const Result<void> result = item.check();
      item.asked = true;
      item.failure = result ? "" : result.error().message();
      item.next = clock_.SteadyNow() + (result ? kGoodFor : kBadFor);
    }
    if (!item.failure.empty()) answer.failures.emplace_back(item.name, item.failure);
  }
  answer.ready = answer.failures.empty();
  return answer;
}

}  // namespace bordergate
