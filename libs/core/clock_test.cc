// Goal: times are written and read the same everywhere. Method: known instants, odd offsets, refused texts.
#include "libs/core/clock.h"

#include <gtest/gtest.h>

#include "libs/core/reasons.h"

namespace bordergate {
namespace {

using std::chrono::sys_days;
using namespace std::chrono_literals;

TEST(Clock, WritesUtcWithMilliseconds) {
  EXPECT_EQ(FormatInstant(sys_days(2026y / 11 / 22) + 7h + 5min + 9s + 250ms), "2026-11-22T07:05:09.250Z");
}

TEST(Clock, ReadsWhatItWrites) {
  const Instant instant = sys_days(2026y / 2 / 28) + 23h + 59min + 59s + 999ms;
  EXPECT_EQ(ParseInstant(FormatInstant(instant)).value(), instant);
}

TEST(Clock, ReadsTheOffsetOfVietnam) {
  EXPECT_EQ(ParseInstant("2026-11-22T07:00:00+07:00").value(), Instant(sys_days(2026y / 11 / 22)));
}

TEST(Clock, RefusesATimeWithoutAnOffset) {
  EXPECT_TRUE(ParseInstant("2026-11-22T07:00:00").error().Is(kInvalidField));
}

TEST(Clock, RefusesADayThatTheCalendarDoesNotHave) {
  EXPECT_EQ(ParseDay("2028-02-29").value(), sys_days(2028y / 2 / 29));
  EXPECT_TRUE(ParseDay("2026-02-29").error().Is(kInvalidField));
  EXPECT_TRUE(ParseDay("2026-2-2").error().Is(kInvalidField));
  EXPECT_TRUE(ParseDay("2026-11-22x").error().Is(kInvalidField));
}

}  // namespace
}  // namespace bordergate
