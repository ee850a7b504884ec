#include "services/report/domain/facts.h"

namespace bordergate::report {

std::chrono::sys_days LocalDay(Instant now, std::chrono::minutes utc_offset) {
  return std::chrono::floor<std::chrono::days>(now + utc_offset);
}

DaySpan SpanOf(std::chrono::sys_days day, std::chrono::minutes utc_offset) {
  const Instant from = Instant(day) - utc_offset;
  return {.from = from, .until = from + std::chrono::days(1)};
}

DaySpan DayOf(Instant now, std::chrono::minutes utc_offset) {
  return SpanOf(LocalDay(now, utc_offset), utc_offset);
}

}  // namespace bordergate::report
