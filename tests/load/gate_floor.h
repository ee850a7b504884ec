// What the lane cannot do without: one message of a camera's stream, one write that is on the disk, one coil.
#pragma once

#include <string>
#include <vector>

namespace bordergate::load {

// Serves ReportReads with the lane's certificate until SIGTERM; prints "floor_port=N". For each read: one KiB
// on the disk (fdatasync, in a file of full size), then the raise coil of the read's lane, "lane-N" by its
// place in `ports`.
//   arguments   folder, ca file, certificate file, key file, site, then the ports of the controllers
int RunGateFloor(const std::vector<std::string>& arguments);

}  // namespace bordergate::load
