#include "services/camera/domain/vehicle_answers.h"

#include <algorithm>

namespace bordergate::camera {

void VehicleAnswers::Add(size_t frame, const Sighting& sighting, const Tracker::Verdict& verdict) {
  auto vehicle = std::find_if(vehicles_.begin(), vehicles_.end(),
                              [&](const Vehicle& one) { return one.track == verdict.track; });
  if (vehicle == vehicles_.end())
    vehicle = vehicles_.insert(vehicle, {.track = verdict.track, .candidates = {}});
  ++vehicle->seen;
  vehicle->course = verdict.course;
  auto& candidates = vehicle->candidates;
  auto candidate = std::find_if(candidates.begin(), candidates.end(),
                                [&](const Candidate& one) { return one.answer.text == sighting.text; });
  if (candidate == candidates.end()) {
    candidate = candidates.insert(candidate,
                                  {.answer = {.track = verdict.track, .text = sighting.text, .frames = {}}});
  }
  VehicleAnswer& answer = candidate->answer;
  candidate->weight += sighting.confidence * sighting.confidence;
  answer.sure = answer.sure || verdict.sure;
  if (answer.frames.empty() || sighting.confidence > answer.confidence) {
    answer.confidence = sighting.confidence;
    answer.best_frame = frame;
  }
  answer.frames.push_back(frame);
}

std::vector<VehicleAnswer> VehicleAnswers::All() const {
  std::vector<VehicleAnswer> answers;
  for (const Vehicle& vehicle : vehicles_) {
    // What was said surely before what was said often.
    const auto best = std::max_element(
        vehicle.candidates.begin(), vehicle.candidates.end(), [](const Candidate& a, const Candidate& b) {
          return std::pair(a.answer.sure, a.weight) < std::pair(b.answer.sure, b.weight);
        });
    answers.push_back(best->answer);
    answers.back().seen = vehicle.seen;
    answers.back().course = vehicle.course;
  }
  return answers;
}

}  // namespace bordergate::camera
