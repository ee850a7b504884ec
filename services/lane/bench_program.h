// `lane bench` is another program.
#pragma once

#include <string>
#include <vector>

namespace bordergate::lane {

// Becomes the program lane_bench, which lies beside this one. Comes back only when there is none: exit
// code 1.
int BecomeBench(const std::vector<std::string>& arguments);

}  // namespace bordergate::lane
