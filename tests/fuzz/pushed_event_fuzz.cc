// Whatever somebody sends in a camera's name: an event with its time, or a named refusal.
//
// Input: which maker, which type of content, then the body.
#include <array>
#include <cstdint>
#include <string_view>

#include "libs/core/check.h"
#include "services/camera/device/pushed_event.h"
#include "services/camera/domain/reasons.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace bordergate::camera;  // NOLINT(google-build-using-namespace)
  constexpr std::array<std::string_view, 4> kTypes = {"application/xml", "multipart/form-data; boundary=b",
                                                      "application/json", "text/plain"};
  if (size < 2) return 0;
  const auto format = data[0] % 2 == 0 ? PushFormat::kHikvision : PushFormat::kDahua;
  const PushedBody body{.content_type = kTypes[data[1] % kTypes.size()],
                        .bytes = {reinterpret_cast<const char*>(data) + 2, size - 2}};
  const auto event = ReadPushedEvent(format, body, 420);
  if (!event) {
    BG_CHECK(event.error().Is(kPushUnsupported) || event.error().Is(kPushUnreadable), event.error().reason());
    return 0;
  }
  BG_CHECK(!event->is_plate || event->stated_time, "every plate has its time");
  BG_CHECK(event->confidence >= 0 && event->confidence <= 1, "a share");
  return 0;
}
