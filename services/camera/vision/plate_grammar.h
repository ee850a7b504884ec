// The forms a plate's text can have, and how common they are. The last word has ParsePlate of libs/plate.
#pragma once

#include <string_view>
#include <vector>

#include "services/camera/vision/text_forms.h"

namespace bordergate::camera {

class PlateGrammar {
 public:
  using Forms = TextForms::Forms;

  PlateGrammar();

  const TextForms& forms() const { return forms_; }

  // Logarithm of how common the commonest of these forms is beside an ordinary plate, 0 or less.
  double Prior(Forms forms) const;

  // True when one of the complete forms is a motorbike's, which libs/plate does not know.
  bool IsMotorbike(Forms complete) const { return (complete & motorbike_) != 0; }

 private:
  Forms Add(std::u32string_view pattern, double prior);

  TextForms forms_;
  Forms motorbike_ = 0;
  std::vector<double> prior_;
};

}  // namespace bordergate::camera
