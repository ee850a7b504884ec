#include "services/lane/device/display_poster.h"

#include <utility>

namespace bordergate::lane {

DisplayPoster::DisplayPoster(std::unique_ptr<Display> display, const Clock& clock, milliseconds again)
    : display_(std::move(display)), clock_(clock), again_(again), thread_([this] { Run(); }) {}

DisplayPoster::~DisplayPoster() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void DisplayPoster::Post(DisplayMessage message) {
  {
    const std::lock_guard lock(mutex_);
    if (newest_ == message) return;
    newest_ = std::move(message);
    is_new_ = true;
  }
  changed_.notify_all();
}

InputAge DisplayPoster::Age() const {
  const std::lock_guard lock(mutex_);
  InputAge age{"display", std::nullopt, kAgeMax};
  if (stood_at_) age.age = std::chrono::duration_cast<milliseconds>(clock_.SteadyNow() - *stood_at_);
  return age;
}

void DisplayPoster::Run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    changed_.wait_for(lock, again_, [this] { return stopping_ || is_new_; });
    if (stopping_ || !newest_) continue;
    is_new_ = false;
    const DisplayMessage message = *newest_;
    lock.unlock();
    const Result<void> shown = display_->Show(message);
    lock.lock();
    if (shown) stood_at_ = clock_.SteadyNow();
  }
}

}  // namespace bordergate::lane
