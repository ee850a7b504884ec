// How much a lane does by itself, from the health of what it relies on.
//
// AssessMode is pure and total; README.md shows it as a table. ModeKeeper adds time: a lane degrades at once
// and is promoted only after its inputs have been healthy for a while, so that a flapping link does not make
// a flapping lane.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/lane/domain/cause.h"
#include "services/lane/domain/moment.h"

namespace bordergate::lane {

// In the order of strictness: of two that apply, the later one holds.
enum class Mode {
  kAuto,     // opens by its own decision
  kLocal,    // cut off from the centre: opens only for vehicles whose call it knew before
  kConfirm,  // an officer confirms each opening
  kManual,   // an officer identifies and decides
  kClosed,   // opens for nobody
};

std::string_view ModeName(Mode mode);

// How fresh one input is. No age: never heard of.
struct InputAge {
  std::string_view name;  // as in proto/bordergate/lane/v1/lane.proto, Input; lives for ever
  std::optional<milliseconds> age;
  milliseconds limit{};

  bool fresh() const { return age && *age <= limit; }
};

// From which age on the lane stops relying on an input.
struct AgeLimits {
  milliseconds barrier{3000};                             // then MANUAL
  milliseconds camera{3000};                              // then CONFIRM
  milliseconds centre{3000};                              // customs, fee, yard, vehicle: then LOCAL
  milliseconds centre_confirm{std::chrono::minutes(15)};  // then CONFIRM
  milliseconds centre_manual{std::chrono::hours(24)};     // then MANUAL
  milliseconds clock_skew{2000};                          // of the clock from the centre's: then CONFIRM
};

struct ModeInputs {
  Mode requested = Mode::kAuto;  // set by hand: kAuto, kConfirm, kManual or kClosed
  std::string requested_by;      // empty when nobody has set it
  std::string requested_reason;
  InputAge barrier, camera;
  std::vector<InputAge> centre;  // customs, fee, yard, vehicle
  std::string camera_fault;      // empty when healthy
  bool hand_operation = false;
  std::optional<milliseconds> clock_skew;  // see clock_skew.h; nothing: not known
  std::vector<std::string> faults;         // codes of the lane's faults
};

struct ModeVerdict {
  Mode mode = Mode::kManual;
  std::vector<Cause> causes;  // why it is not AUTO; empty for AUTO

  bool operator==(const ModeVerdict&) const = default;
};

ModeVerdict AssessMode(const ModeInputs& inputs, const AgeLimits& limits);

class ModeKeeper {
 public:
  explicit ModeKeeper(milliseconds promote_after) : promote_after_(promote_after) {}

  // The mode that holds now. Before the first healthy moment of its life a lane needs no waiting time.
  const ModeVerdict& Update(const ModeVerdict& assessed, Moment now);

  const ModeVerdict& current() const { return current_; }
  Instant since() const { return since_; }

 private:
  void Set(const ModeVerdict& verdict, Moment now);

  milliseconds promote_after_;
  ModeVerdict current_;
  Instant since_;
  bool started_ = false;
  bool promoted_once_ = false;
  std::optional<SteadyInstant> better_since_;
  Mode better_ = Mode::kManual;
};

}  // namespace bordergate::lane
