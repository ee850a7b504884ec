// Who may send events, from the site file, the keys' folder and the sections [push] and [tags].
#pragma once

#include "libs/config/config.h"
#include "libs/config/site.h"
#include "services/camera/device/push_listener.h"
#include "services/camera/pushing_tag_readers.h"

namespace bordergate::camera {

// A camera of the site with a push_address, or a reader of transponders, without a key or with one that is
// none is a fault of the configuration.
PushOptions ReadPushOptions(ConfigReader& reader, const Site& site);

// The section [tags].
TagRules ReadTagRules(ConfigReader& reader, milliseconds late_max);

}  // namespace bordergate::camera
