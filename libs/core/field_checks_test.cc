// Goal: every fault of a form comes back at once, with the field, the rule and the remedy. Method: forms with
// several faults.
#include "libs/core/field_checks.h"

#include <gtest/gtest.h>

#include "libs/core/reasons.h"

namespace bordergate {
namespace {

TEST(FieldChecks, NamesEveryFaultInOrder) {
  FieldChecks checks;
  checks.Text("name", "", {.length_min = 1});
  checks.Number("axle_count", 13, 1, 12);
  checks.Require(false, "goods[0].hs_code", "HS_CODE_INVALID", "must have 6 or 8 digits");
  const Error error = checks.Done().error();
  EXPECT_TRUE(error.Is(kInvalidField));
  ASSERT_EQ(error.fields().size(), 3u);
  EXPECT_EQ(error.fields()[0].reason, "FIELD_REQUIRED");
  EXPECT_EQ(error.fields()[1].message, "must be from 1 to 12; it is 13");
  EXPECT_EQ(error.fields()[2].field, "goods[0].hs_code");
}

TEST(FieldChecks, CountsCharactersNotBytes) {
  FieldChecks checks;
  checks.Text("name", "Nguyễn Văn An", {.length_min = 1, .length_max = 13});
  EXPECT_TRUE(checks.Done().has_value());
}

TEST(FieldChecks, RefusesLineBreaksAndBrokenUtf8) {
  FieldChecks checks;
  checks.Text("a", "one\ntwo", {});
  checks.Text("b", "\xc3", {});
  ASSERT_EQ(checks.Done().error().fields().size(), 2u);
  EXPECT_EQ(checks.Done().error().fields()[0].reason, "TEXT_INVALID");
  EXPECT_EQ(checks.Done().error().fields()[1].reason, "TEXT_INVALID");
}

TEST(FieldChecks, ARequestIdIsPrintableAndLongEnough) {
  FieldChecks good;
  good.RequestId("2f1c6e0a-7b1d");
  EXPECT_TRUE(good.ok());
  for (const char* bad : {"", "short", "has space in it", "tab\tinside-it"}) {
    FieldChecks checks;
    checks.RequestId(bad);
    EXPECT_FALSE(checks.ok()) << bad;
  }
}

}  // namespace
}  // namespace bordergate
