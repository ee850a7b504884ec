// Paints what a camera behind the lane sees at one moment: it stands on a pole beside the approach and looks
// the way the trucks drive, so a truck comes into its picture from beside it, shows its rear while it stands
// at the barrier, and drives away. One painter serves all lanes, one after the other.
//
// Not safe for use by several threads.
#pragma once

#include <string>
#include <vector>

#include <opencv2/core/mat.hpp>

#include "services/simulator/device/container_painter.h"
#include "services/simulator/device/lens.h"
#include "services/simulator/device/mounting.h"
#include "services/simulator/device/scene_painter.h"

namespace bordergate::simulator {

// A container's number that can be seen, with the corners of its characters and its check digit's box
// clockwise from its top left, in pixels.
struct SeenContainer {
  std::string truck_id;
  std::string container_number;
  std::array<cv::Point2f, 4> corners;
};

class RearPainter {
 public:
  // What it is aimed at; no lens shows both large enough.
  enum class Aim {
    kPlate,  // the plate at the rear
    kDoors,  // the upper part of a container's doors
  };

  RearPainter(Aim aim, bool night);

  // The picture, good until the next call, and what can be read in it. As ScenePainter::Paint.
  //   containers   null: not asked for
  const cv::Mat& Paint(const LaneView& view, const cv::Mat& caption, uint64_t noise_seed,
                       std::vector<SeenPlate>* plates, std::vector<SeenContainer>* containers = nullptr);

 private:
  struct Painted {
    cv::Mat rear;
    cv::Mat plate;         // empty: it has none
    ContainerDoors doors;  // without picture: it carries no container
    cv::Scalar side;
  };

  Painted Look(const Truck& truck) const;
  void PaintTruck(const LaneView::Seen& seen, std::vector<SeenPlate>* plates,
                  std::vector<SeenContainer>* containers);
  void PaintDoors(const Truck& truck, const ContainerDoors& doors, double x,
                  std::vector<SeenContainer>* containers);

  const bool night_;
  const Lens lens_;
  const cv::Mat scenery_;
  const SensorNoise noise_;
  cv::Mat picture_;
  PaintedTrucks<Painted> trucks_;
};

}  // namespace bordergate::simulator
