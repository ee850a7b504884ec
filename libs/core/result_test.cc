// Goal: BG_TRY passes values on and returns errors. Method: two small functions.
#include "libs/core/result.h"

#include <gtest/gtest.h>

#include "libs/core/reasons.h"

namespace bordergate {
namespace {

Result<int> Half(int number) {
  if (number % 2 != 0) return Error(kInvalidField, "odd");
  return number / 2;
}

Result<void> Even(int number) {
  BG_TRY(Half(number));
  return {};
}

Result<int> Quarter(int number) {
  BG_TRY(Even(number));
  return BG_TRY(Half(BG_TRY(Half(number))));
}

TEST(Result, TryPassesValuesOn) { EXPECT_EQ(Quarter(8).value(), 2); }

TEST(Result, TryReturnsTheFirstError) {
  EXPECT_TRUE(Quarter(6).error().Is(kInvalidField));
  EXPECT_TRUE(Quarter(3).error().Is(kInvalidField));
}

TEST(Result, AnErrorKeepsItsFieldsAndValues) {
  const Error error =
      Error(kInvalidField, "m").WithField({"plate", "PLATE_INVALID", "why"}).With("plate", "42C");
  EXPECT_EQ(error.fields()[0].reason, "PLATE_INVALID");
  EXPECT_EQ(error.metadata().at("plate"), "42C");
}

}  // namespace
}  // namespace bordergate
