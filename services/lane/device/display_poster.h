// Shows a lane's newest message on its display, and again every second, so that a display that was without
// power comes back by itself. A thread of its own: whoever posts never waits, and what is newer wins.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "libs/core/clock.h"
#include "services/lane/domain/display.h"

namespace bordergate::lane {

class DisplayPoster final : public SignKeeper {
 public:
  static constexpr milliseconds kAgain{1000};
  static constexpr milliseconds kAgeMax{5000};  // older: the display is not relied on

  DisplayPoster(std::unique_ptr<Display> display, const Clock& clock, milliseconds again = kAgain);
  ~DisplayPoster() override;
  DisplayPoster(const DisplayPoster&) = delete;
  DisplayPoster& operator=(const DisplayPoster&) = delete;

  void Post(DisplayMessage message) override;
  InputAge Age() const override;

 private:
  void Run();

  const std::unique_ptr<Display> display_;
  const Clock& clock_;
  const milliseconds again_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<DisplayMessage> newest_;
  bool is_new_ = false;
  bool stopping_ = false;
  std::optional<SteadyInstant> stood_at_;
  std::thread thread_;
};

}  // namespace bordergate::lane
