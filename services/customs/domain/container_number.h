// Container numbers, ISO 6346: three letters of the owner, a letter for the kind of equipment (U, J or Z),
// six digits and a check digit, for example CSQU3054383.
//
// The check digit is no proof: about one single misread in twenty-two passes it.
#pragma once

#include <string>
#include <string_view>

namespace bordergate::customs {

// Upper case, without the spaces and hyphens that people write between the groups.
std::string NormaliseContainerNumber(std::string_view text);

//   text   normalised
bool IsContainerNumber(std::string_view text);

}  // namespace bordergate::customs
