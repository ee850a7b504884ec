// One lane as an officer sees it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "services/lane/domain/barrier.h"
#include "services/lane/domain/lane_machine.h"

namespace bordergate::lane {

struct LaneView {
  std::shared_ptr<const LaneInfo> info;  // one for all views of a lane: a view is made with every event
  Mode mode = Mode::kManual;
  std::vector<Cause> mode_causes;
  Instant mode_since;
  LaneState state = LaneState::kFault;
  Instant state_since;
  BarrierCommand command = BarrierCommand::kNone;
  ArmPosition position = ArmPosition::kUnknown;
  bool green = false;  // the light that was asked for
  BarrierInputs inputs;
  std::string session_id;                    // of the vehicle that waits; empty: nobody
  int weight_kg = 0;                         // of it; 0: not weighed
  std::shared_ptr<const Decision> decision;  // null: none yet
  std::vector<InputAge> input_ages;
  int passages_today = 0;
  std::vector<Cause> faults;
  Instant report_time;
};

}  // namespace bordergate::lane
