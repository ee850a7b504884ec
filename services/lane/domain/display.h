// What a driver reads at the lane. Chosen by one pure function from what the lane is; "go" stands there only
// while the light is green.
#pragma once

#include <string>
#include <string_view>

#include "libs/core/result.h"
#include "services/lane/domain/lane_view.h"

namespace bordergate::lane {

// The display does not answer, or does not keep what is written to it.
// Caller: nothing; the lane goes on, and its view says how old the display's last answer is.
inline constexpr Reason kDisplayUnreachable{"DISPLAY_UNREACHABLE", Code::kUnavailable};

enum class Sign {
  kClosed,   // the lane lets nobody in
  kStop,     // nobody is identified, or somebody else is under the arm
  kReading,  // the plate of who stands there is being read
  kWait,     // an officer must decide, or the hardware needs one
  kRefused,  // it may not pass
  kOpening,  // let in; the arm is not up yet
  kGo,
};
inline constexpr Sign kSigns[] = {Sign::kClosed,  Sign::kStop,    Sign::kReading, Sign::kWait,
                                  Sign::kRefused, Sign::kOpening, Sign::kGo};
enum class SignLanguage { kVi, kZh, kEn };

struct DisplayMessage {
  Sign sign = Sign::kStop;
  std::string plate;  // as it was read, of whom the sign is for; empty: nobody, or not read

  bool operator==(const DisplayMessage&) const = default;
};

DisplayMessage MessageFor(const LaneView& view);

// At most kSignLength characters: "MỜI ĐI", "请通行", "GO".
std::string_view TextOf(Sign sign, SignLanguage language);
inline constexpr int kSignLength = 16;

// A display. One call at a time.
class Display {
 public:
  virtual ~Display() = default;
  // Shows the message and reads back that it stands there. Safe to repeat.
  //   errors   DISPLAY_UNREACHABLE
  //   blocks   up to a few time-outs of the device
  virtual Result<void> Show(const DisplayMessage& message) = 0;
};

// Who is told what a lane has become; never waits.
class SignKeeper {
 public:
  virtual ~SignKeeper() = default;
  virtual void Post(DisplayMessage message) = 0;
  // How long ago the newest message was seen standing there.
  virtual InputAge Age() const = 0;
};

}  // namespace bordergate::lane
