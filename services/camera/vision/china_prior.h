// How common Chinese plates are by what stands first: the province's character and the letter of its office.
#pragma once

#include <string_view>

namespace bordergate::camera {

// Logarithm, at most 0, of how common plates that begin so are beside the commonest. `text` is a whole plate;
// 0 for a text that does not begin with a province and a letter. Letters that a province has not given out
// are rare, not impossible: new offices are opened. Source: the national table of plate codes; vehicles by
// province of the statistical yearbook of 2023, of which the root is taken, for a gate does not see the whole
// country.
double ChinaPrior(std::u32string_view text);

}  // namespace bordergate::camera
