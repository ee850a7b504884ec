// The shapes a plate's text can have, as a machine that takes one character after the other. It lets the
// search drop what can no longer become a plate. The last word has ParsePlate of libs/plate.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "services/camera/vision/charset.h"

namespace bordergate::camera {

class PlateGrammar {
 public:
  // Forms that the text so far can still become, one bit each.
  using Forms = uint64_t;

  PlateGrammar();

  Forms Start() const { return start_; }

  // After character `class_id` (1 .. kClasses - 1) at `place` (from 0). No bit left: not a plate.
  Forms Next(Forms forms, size_t place, int class_id) const {
    return place < kPlacesMax ? forms & allowed_[place][static_cast<size_t>(class_id)] : 0;
  }

  // Forms that are complete with `length` characters.
  Forms Complete(Forms forms, size_t length) const {
    return length <= kPlacesMax ? forms & complete_[length] : 0;
  }

  // Logarithm of how common the commonest of these forms is beside an ordinary plate, 0 or less.
  double Prior(Forms forms) const;

  // True when one of the complete forms is a motorbike's, which libs/plate does not know.
  bool IsMotorbike(Forms complete) const { return (complete & motorbike_) != 0; }

  static constexpr size_t kPlacesMax = 10;

 private:
  Forms Add(std::u32string_view pattern, double prior);

  Forms start_ = 0;
  Forms motorbike_ = 0;
  std::array<std::array<Forms, kClasses>, kPlacesMax> allowed_{};
  std::array<Forms, kPlacesMax + 1> complete_{};
  std::vector<double> prior_;
};

}  // namespace bordergate::camera
