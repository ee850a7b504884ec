// What a reader of transponders sends, whoever made it. The formats are those of
//
//   Impinj   IoT device interface, event webhook: a JSON array of events; of those with eventType
//            "tagInventory" the member tagInventoryEvent has tidHex, antennaPort, peakRssiCdbm
//   Zebra    IoT Connector, HTTP POST: a JSON array of events (or one alone); those of a tag have data.idHex,
//            with data.TID, data.antenna and data.peakRssi; the others tell how the reader is
//
// Everything a reader sends is taken as hostile: size, depth and number of values are bounded, and a message
// is read whole or not at all. Source: decision 0036.
#pragma once

#include <vector>

#include "libs/core/result.h"
#include "services/camera/device/pushed_event.h"
#include "services/camera/domain/heard_tag.h"

namespace bordergate::camera {

enum class TagFormat { kImpinj, kZebra };

// Empty: only a sign of life.
using TagReport = std::vector<HeardTag>;

//   errors   PUSH_UNSUPPORTED   the content type is not JSON
//            PUSH_UNREADABLE    JSON that is not well-formed, is deeper than 8 or holds more than 20,000
//                               values; what is no event; a tag without its time; a TID that is no such
//                               number; an antenna beyond 64
Result<TagReport> ReadTagReport(TagFormat format, const PushedBody& body);
Result<TagReport> ReadImpinjEvents(const PushedBody& body);
Result<TagReport> ReadZebraEvents(const PushedBody& body);

}  // namespace bordergate::camera
