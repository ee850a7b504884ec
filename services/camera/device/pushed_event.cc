#include "services/camera/device/pushed_event.h"

#include "libs/core/check.h"
#include "libs/core/text.h"

namespace bordergate::camera {
namespace {

// A clock that was never set says 1970. What lies far outside is no time, and could not be subtracted from
// one.
std::optional<Instant> ParseWithin(const std::string& text) {
  constexpr Instant kFirst = std::chrono::sys_days(std::chrono::year(1969) / 12 / 31);
  constexpr Instant kLast = std::chrono::sys_days(std::chrono::year(9999) / 12 / 31);
  const auto instant = ParseInstant(text);
  return instant && *instant >= kFirst && *instant <= kLast ? std::optional(*instant) : std::nullopt;
}

}  // namespace

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
  if (const auto exact = ParseWithin(time)) return *exact;
  const auto local = ParseWithin(time + "Z");
  if (!local) return std::nullopt;
  return *local - std::chrono::minutes(utc_offset_minutes);
}

}  // namespace bordergate::camera
