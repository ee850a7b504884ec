// Turns what happened into the bytes that consumers read. Implemented where the proto is known (api/).
#pragma once

#include <string>

#include "services/lane/domain/checkpoint_rule.h"
#include "services/lane/domain/decision.h"
#include "services/lane/domain/lane_view.h"
#include "services/lane/domain/passage.h"

namespace bordergate::lane {

// Pure, so safe for use by several threads.
class EventBodies {
 public:
  virtual ~EventBodies() = default;
  virtual std::string Of(const Decision& decision) const = 0;
  virtual std::string Of(const Passage& passage) const = 0;
  virtual std::string Of(const LaneView& lane) const = 0;
  virtual std::string Of(const CheckpointRule& rule) const = 0;
};

}  // namespace bordergate::lane
