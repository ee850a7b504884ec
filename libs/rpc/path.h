// gRPC's path of a method: "bordergate.lane.v1.LaneService.GetLane" ->
// "/bordergate.lane.v1.LaneService/GetLane".
#pragma once

#include <string>

namespace bordergate::rpc {

inline std::string PathOf(const std::string& full_name) {
  std::string path = "/" + full_name;
  path[path.rfind('.')] = '/';
  return path;
}

}  // namespace bordergate::rpc
