// Container numbers, ISO 6346: three letters of the owner, a letter for the kind of equipment (U, J or Z),
// six digits and a check digit, for example CSQU3054383.
//
// The check digit is no proof: about one single misread in twenty-two passes it.
#pragma once

#include <string>
#include <string_view>

namespace bordergate {

// Upper case, without the spaces and hyphens that people write between the groups.
std::string NormaliseContainerNumber(std::string_view text);

//   text   normalised
bool IsContainerNumber(std::string_view text);

// The eleventh character that makes a number of ten.
//
//   first_ten   four upper case letters and six digits; anything else is a bug
char ContainerCheckDigit(std::string_view first_ten);

}  // namespace bordergate
