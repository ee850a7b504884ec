// The frames of the simulated cameras, as JPEG: painted while something moves, taken again from a few that
// differ only in their noise while nothing does (a real sensor never sends the same picture twice; a frozen
// camera does).
//
// Not safe for use by several threads.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "services/simulator/device/jpeg.h"
#include "services/simulator/device/rear_painter.h"
#include "services/simulator/device/scene_painter.h"

namespace bordergate::simulator {

using Frame = std::shared_ptr<const std::string>;

// What all cameras of a process share.
class FramePainters {
 public:
  ScenePainter& Front(bool night);
  RearPainter& Rear(RearPainter::Aim aim, bool night);
  JpegEncoder& encoder() { return encoder_; }
  // A photograph in the size of a frame; black when it cannot be read any more.
  const cv::Mat& Photo(const std::string& file);

 private:
  // By day and by night.
  std::array<std::unique_ptr<ScenePainter>, 2> fronts_;
  std::array<std::unique_ptr<RearPainter>, 2> rears_;
  std::array<std::unique_ptr<RearPainter>, 2> doors_;
  JpegEncoder encoder_{82};
  std::string photo_file_;  // the last one
  cv::Mat photo_;
};

struct FrameRates {
  milliseconds idle{500};      // nobody there
  milliseconds standing{200};  // somebody stands there
  milliseconds moving{100};
};

// What a camera looks at.
enum class CameraSight {
  kFront,
  kRear,    // the plate at the rear
  kDoors,   // the doors of a container, from behind
  kWindow,  // the driver's, where slips are shown
};

class FrameSource {
 public:
  FrameSource(FramePainters& painters, const std::string& caption, FrameRates rates,
              CameraSight sight = CameraSight::kFront);

  // Whether its connections are cut.
  bool IsAway(const LaneView& view) const { return Has(view, Fault::kCameraAway); }
  // The frame of this moment; nothing from a camera that is away or silent.
  Frame Next(const LaneView& view, bool night);
  // How long after this one the next frame is due; a camera behind sends half as many while nobody is there.
  milliseconds Interval(const LaneView& view) const;
  // Plates in the last painted frame.
  const std::vector<SeenPlate>& plates() const { return plates_; }
  // Frames painted and encoded so far, to tell what the camera costs.
  int64_t painted_count() const { return painted_count_; }

 private:
  // So many different frames of a scene at rest.
  static constexpr size_t kVariants = 6;

  Frame Paint(const LaneView& view, bool night);
  Frame EncodePhoto(const std::string& file);
  // Whether this camera has the fault, given as the front camera's: those behind have their own.
  bool Has(const LaneView& view, Fault fault) const;
  std::string StillKey(const LaneView& view, bool night) const;

  FramePainters& painters_;
  const cv::Mat caption_;
  const FrameRates rates_;
  const CameraSight sight_;
  uint64_t frame_number_ = 0;
  int64_t painted_count_ = 0;
  Frame last_;
  std::string still_key_;  // of the scene the variants show
  std::vector<Frame> variants_;
  std::vector<SeenPlate> plates_;
};

}  // namespace bordergate::simulator
