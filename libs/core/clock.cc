#include "libs/core/clock.h"

#include <cstdio>

#include <absl/time/time.h>
#include <fmt/format.h>

#include "libs/core/reasons.h"

namespace bordergate {

std::string FormatInstant(Instant instant) {
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::hh_mm_ss time{std::chrono::floor<milliseconds>(instant - day)};
  return fmt::format("{}T{:02}:{:02}:{:02}.{:03}Z", FormatDay(day), time.hours().count(),
                     time.minutes().count(), time.seconds().count(), time.subseconds().count());
}

Result<Instant> ParseInstant(std::string_view text) {
  absl::Time time;
  std::string why;
  if (!absl::ParseTime(absl::RFC3339_full, {text.data(), text.size()}, &time, &why)) {
    return Error(kInvalidField,
                 fmt::format("'{}' is not an RFC 3339 time such as 2026-11-22T07:05:09Z", text));
  }
  return Instant(std::chrono::microseconds(absl::ToUnixMicros(time)));
}

std::string FormatDay(std::chrono::sys_days day) {
  const std::chrono::year_month_day date(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

Result<std::chrono::sys_days> ParseDay(std::string_view text) {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  char rest = 0;
  const bool shape = text.size() == 10 &&
                     std::sscanf(std::string(text).c_str(), "%4d-%2u-%2u%c", &year, &month, &day, &rest) == 3;
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                         std::chrono::day(day)};
  if (!shape || !date.ok()) {
    return Error(kInvalidField, fmt::format("'{}' is not a day such as 2026-11-22", text));
  }
  return std::chrono::sys_days(date);
}

}  // namespace bordergate
