#include "services/camera/device/pushed_event.h"

#include "libs/core/check.h"
#include "libs/core/text.h"

namespace bordergate::camera {

Result<PushedEvent> ReadPushedEvent(PushFormat format, const PushedBody& body, int utc_offset_minutes) {
  switch (format) {
    case PushFormat::kHikvision:
      return ReadHikvisionEvent(body, utc_offset_minutes);
    case PushFormat::kDahua:
      return ReadDahuaEvent(body, utc_offset_minutes);
  }
  BG_CHECK(false, "every format is named above");
}

std::optional<Instant> ReadPushedTime(std::string_view text, int utc_offset_minutes) {
  std::string time(Trim(text));
  constexpr size_t kLengthMin = std::string_view("2026-11-22 14:05:09").size();
  constexpr size_t kLengthMax = 40;
  if (time.size() < kLengthMin || time.size() > kLengthMax) return std::nullopt;
  if (time[10] == ' ') time[10] = 'T';
  if (const auto exact = ParseInstant(time)) return *exact;
  const auto local = ParseInstant(time + "Z");
  if (!local) return std::nullopt;
  return *local - std::chrono::minutes(utc_offset_minutes);
}

}  // namespace bordergate::camera
