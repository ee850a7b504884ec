// Messages of readers of transponders as their makers document them, written by hand.
#pragma once

#include <string>
#include <vector>

#include <fmt/format.h>

#include "libs/core/clock.h"

namespace bordergate::camera {

inline constexpr char kTagOne[] = "E2801190200050A1B2C3D4E5";
inline constexpr char kTagTwo[] = "E280119020006F0011223344";

inline std::string ImpinjTag(const std::string& tid, Instant time, int antenna = 1, int rssi_cdbm = -5234) {
  return fmt::format(
      R"({{"timestamp":"{0}","hostname":"impinj-14-46-36","eventType":"tagInventory","tagInventoryEvent":{{
"epc":"MDQ1RkEwMDAwMDAx","epcHex":"303435464130303030303031","tidHex":"{1}","antennaPort":{2},
"peakRssiCdbm":{3},"frequency":920625,"transmitPowerCdbm":3000,"lastSeenTime":"{0}","phaseAngle":33.75}}}})",
      FormatInstant(time), tid, antenna, rssi_cdbm);
}

inline std::string ImpinjStatus(Instant time) {
  return fmt::format(
      R"({{"timestamp":"{}","hostname":"impinj-14-46-36","eventType":"inventoryStatus",
"inventoryStatusEvent":{{"inventoryStatus":"running"}}}})",
      FormatInstant(time));
}

// Its zone stands without a colon.
inline std::string ZebraTag(const std::string& tid, Instant time, int antenna = 1, int rssi_dbm = -52) {
  return fmt::format(
      R"({{"data":{{"eventNum":7,"format":"epc","idHex":"303435464130303030303031","TID":"{}","antenna":{},
"peakRssi":{},"reads":3,"MAC":"C4:7D:CC:FF:FF:FF","hostName":"FX9600FFFFFF"}},
"timestamp":"{}+0000","type":"CUSTOM"}})",
      tid, antenna, rssi_dbm, FormatInstant(time).substr(0, 23));
}

inline std::string ZebraHeartbeat(Instant time) {
  return fmt::format(
      R"({{"component":"RC","data":{{"radio_control":{{"status":"running","cpu":4,"ram":12}},
"reader_gateway":{{"interface_connection_status":{{"data":[{{"connectionStatus":"connected"}}]}}}}}},
"eventNum":12,"timestamp":"{}+0000","type":"heartbeat"}})",
      FormatInstant(time).substr(0, 23));
}

// An array of these events.
inline std::string TagBody(const std::vector<std::string>& events) {
  return fmt::format("[{}]", fmt::join(events, ","));
}

}  // namespace bordergate::camera
