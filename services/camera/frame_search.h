// Which frames of a camera are worth looking at whole, for one kind of mark: plates, slips, container
// numbers.
#pragma once

#include <cstdint>
#include <optional>

#include <opencv2/core.hpp>

#include "services/camera/domain/tracker.h"

namespace bordergate::camera {

// Of one thread at a time.
struct FrameSearch {
  explicit FrameSearch(const TrackRules& rules) : tracker(rules) {}

  // Whether this frame is to be looked at; if so it is taken as looked at.
  //   small            the frame, small and gray
  //   digest           of its bytes
  //   difference_min   mean difference of gray values from which on a frame shows something new
  bool Take(const cv::Mat& small, uint64_t digest, SteadyInstant time, double difference_min);

  // Even a frame with the same bytes as the last one is to be offered: a second look is due, or something new
  // came too soon after the last look.
  bool WantsMore() const { return waits || tracker.WantsSecond(); }

  Tracker tracker;
  bool seen = false;  // something in the frame that was looked at last
  bool waits = false;
  cv::Mat reference{};  // that frame
  std::optional<uint64_t> reference_digest{};
};

}  // namespace bordergate::camera
