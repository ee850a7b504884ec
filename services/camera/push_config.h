// Who may send events, from the site file, the keys' folder and the section [push].
#pragma once

#include "libs/config/config.h"
#include "libs/config/site.h"
#include "services/camera/device/push_listener.h"

namespace bordergate::camera {

// A camera of the site with a push_address and no key, or with a key that is none, is a fault of the
// configuration.
PushOptions ReadPushOptions(ConfigReader& reader, const Site& site);

}  // namespace bordergate::camera
