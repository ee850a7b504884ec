#include "services/lane/domain/checkpoint_rule.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "libs/core/text.h"

namespace bordergate::lane {
namespace {

constexpr int kMinutesOfDay = 1440;

struct WallClock {
  std::chrono::sys_days day;
  int minute = 0;
  int weekday = 1;  // 1 Monday to 7 Sunday
};

WallClock WallClockAt(Instant now, std::chrono::minutes utc_offset) {
  const auto local = now + utc_offset;
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const auto minute = std::chrono::floor<std::chrono::minutes>(local - day).count();
  return {day, static_cast<int>(minute), static_cast<int>(std::chrono::weekday(day).iso_encoding())};
}

bool IsOn(const OpeningHours& span, int weekday) {
  return span.weekdays.empty() ||
         std::find(span.weekdays.begin(), span.weekdays.end(), weekday) != span.weekdays.end();
}

std::optional<int> ToNumber(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<OpeningHours> ParseSpan(std::string_view text) {
  OpeningHours span;
  const size_t slash = text.find('/');
  const std::string_view minutes = text.substr(0, slash);
  const size_t dash = minutes.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto open = ToNumber(minutes.substr(0, dash)), close = ToNumber(minutes.substr(dash + 1));
  if (!open || !close) return std::nullopt;
  span.open_minute = *open;
  span.close_minute = *close;
  if (slash == std::string_view::npos) return span;
  for (const char day : text.substr(slash + 1)) {
    if (day < '1' || day > '7') return std::nullopt;
    span.weekdays.push_back(day - '0');
  }
  return span;
}

}  // namespace

bool IsOpenAt(const std::vector<OpeningHours>& hours, Instant now, std::chrono::minutes utc_offset) {
  if (hours.empty()) return true;
  const WallClock clock = WallClockAt(now, utc_offset);
  return std::any_of(hours.begin(), hours.end(), [&](const OpeningHours& span) {
    return IsOn(span, clock.weekday) && clock.minute >= span.open_minute && clock.minute < span.close_minute;
  });
}

std::string NextOpening(const std::vector<OpeningHours>& hours, Instant now,
                        std::chrono::minutes utc_offset) {
  const WallClock clock = WallClockAt(now, utc_offset);
  for (int ahead = 0; ahead <= 7; ++ahead) {
    const int weekday = (clock.weekday - 1 + ahead) % 7 + 1;
    int first = kMinutesOfDay;
    for (const OpeningHours& span : hours) {
      const bool later = ahead > 0 || span.open_minute > clock.minute;
      if (IsOn(span, weekday) && later) first = std::min(first, span.open_minute);
    }
    if (first == kMinutesOfDay) continue;
    return fmt::format("{} {:02}:{:02}", FormatDay(clock.day + std::chrono::days(ahead)), first / 60,
                       first % 60);
  }
  return "";
}

std::string HoursText(const std::vector<OpeningHours>& hours) {
  std::string text;
  for (const OpeningHours& span : hours) {
    if (!text.empty()) text += ';';
    text += fmt::format("{}-{}", span.open_minute, span.close_minute);
    if (span.weekdays.empty()) continue;
    text += '/';
    for (const int day : span.weekdays) text += static_cast<char>('0' + day);
  }
  return text;
}

std::optional<std::vector<OpeningHours>> ParseHours(std::string_view text) {
  std::vector<OpeningHours> hours;
  if (text.empty()) return hours;
  for (const std::string_view part : Split(text, ';')) {
    const auto span = ParseSpan(part);
    if (!span) return std::nullopt;
    hours.push_back(*span);
  }
  return hours;
}

}  // namespace bordergate::lane
