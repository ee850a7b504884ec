// Whether a description of goods says what the goods are.
//
// A description made up only of words that fit any load ("general cargo", "hàng hóa các loại", "货物", "other
// goods 2026") tells an officer nothing and is refused; the same words beside one that names the goods are
// fine ("machine parts" is not, "hydraulic pump parts" is). Case, accents, digits and punctuation do not
// matter.
//
// source   the European Union's published list of words refused in entry declarations (ICS2, data element
//          18 05), in the wording of this gate and with Vietnamese and Chinese equals
#pragma once

#include <string_view>

namespace bordergate::customs {

bool IsVagueDescription(std::string_view description);

}  // namespace bordergate::customs
