// What a camera sees when nothing is in the way, learned from its own frames, and how a frame differs from
// it.
//
// The scene is kept as a small picture of edges: light comes and goes, edges stay. Of its places those with
// corners are looked for again, each around where it was, so a vehicle before some of them hides only those.
// A place's sharpness is the energy of its finest detail against the contrast of its edges, less what plain
// noise has: light changes both alike, a lens out of focus only the first.
#pragma once

#include <optional>
#include <vector>

#include <opencv2/core.hpp>

#include "services/camera/domain/scene_watch.h"

namespace bordergate::camera {

// One camera, one thread.
class SceneModel {
 public:
  // Learns from the first samples; nothing until then, and nothing where the scene never holds still or has
  // too few corners. Afterwards the scene follows slow changes of light.
  //   gray   a whole picture, 8 bit, one channel; another size than before begins anew
  std::optional<SceneMeasure> Add(const cv::Mat& gray);

 private:
  struct Place {
    cv::Rect where;  // in the small picture
    double contrast = 0;
    double detail = 0;
  };
  struct Look {
    cv::Mat edges;
    cv::Mat fine;  // energy of fine detail at each point of the small picture
  };

  static Look LookAt(const cv::Mat& gray);
  static double DetailOf(const Look& look, const cv::Rect& where);
  void Learn();
  SceneMeasure Compare(const Look& look);
  // Displacement of a place, or nothing when it is hidden.
  std::optional<cv::Point> Find(const Place& place, const cv::Mat& edges) const;
  void Follow(Place& place, const Look& look, double sharpness);

  cv::Size size_;
  std::vector<Look> samples_;
  cv::Mat edges_;  // of the scene
  std::vector<Place> places_;
};

}  // namespace bordergate::camera
