// The forms a text may have, as a machine that takes one character after the other. It lets a search drop
// what can no longer become such a text.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace bordergate::camera {

class TextForms {
 public:
  // Forms that the text so far can still become, one bit each.
  using Forms = uint64_t;

  static constexpr size_t kPlacesMax = 11;
  static constexpr size_t kClassesMax = 75;  // of the net, its blank included

  // Takes texts with, at each place, one of these characters; at most 64 forms. Returns the form's bit.
  //   places    the characters allowed, place by place
  //   charset   of the net: character i is class i + 1
  Forms Add(const std::vector<std::u32string_view>& places, std::u32string_view charset);

  Forms Start() const { return start_; }

  // After character `class_id` (from 1) at `place` (from 0). No bit left: no such text.
  Forms Next(Forms forms, size_t place, int class_id) const {
    return place < kPlacesMax ? forms & allowed_[place][static_cast<size_t>(class_id)] : 0;
  }

  // Forms that are complete with `length` characters.
  Forms Complete(Forms forms, size_t length) const {
    return length <= kPlacesMax ? forms & complete_[length] : 0;
  }

 private:
  int count_ = 0;
  Forms start_ = 0;
  std::array<std::array<Forms, kClassesMax>, kPlacesMax> allowed_{};
  std::array<Forms, kPlacesMax + 1> complete_{};
};

}  // namespace bordergate::camera
