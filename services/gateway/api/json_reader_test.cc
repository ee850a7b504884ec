// Goal: no body from outside can be more than the limits allow. Method: bodies at and over each limit.
#include "services/gateway/api/json_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/gateway/domain/reasons.h"

namespace bordergate::gateway {
namespace {

using ::testing::HasSubstr;

std::string Nested(int depth) { return std::string(depth, '[') + std::string(depth, ']'); }

TEST(JsonReader, ReadsWhatIsJson) {
  const auto json = ReadJson(R"({"b": [1, 2.5, null, "ễ"], "a": {}})", {});
  ASSERT_TRUE(json.has_value());
  EXPECT_EQ(json->dump(), R"({"b":[1,2.5,null,"ễ"],"a":{}})");
}

TEST(JsonReader, ADepthOf64IsTheLast) {
  EXPECT_TRUE(ReadJson(Nested(64), {}).has_value());
  EXPECT_TRUE(ReadJson(Nested(65), {}).error().Is(kBodyTooComplex));
}

TEST(JsonReader, AMegabyteOfNestingIsRefusedBeforeItIsBuilt) {
  EXPECT_TRUE(ReadJson(std::string(1'000'000, '['), {}).error().Is(kBodyTooComplex));
  std::string objects;
  for (int i = 0; i < 200'000; ++i) objects += "{\"a\":";
  EXPECT_TRUE(ReadJson(objects, {}).error().Is(kBodyTooComplex));
}

TEST(JsonReader, ManyValuesAreRefused) {
  std::string many = "[0";
  for (int i = 0; i < 20'000; ++i) many += ",0";
  EXPECT_TRUE(ReadJson(many + "]", {}).error().Is(kBodyTooComplex));
}

TEST(JsonReader, SaysWhereTheBodyIsNotJson) {
  const auto error = ReadJson("{\"a\": 1,}", {}).error();
  EXPECT_TRUE(error.Is(kBodyMalformed));
  EXPECT_THAT(error.message(), HasSubstr("byte 9"));
  for (const char* text : {"", "{", "nul", "{} {}", "{'a':1}", "[1,]", "\"\xff\"", "\"\\ud800\"", "NaN",
                           "[1e999]", "\xef\xbb\xbf{"}) {
    EXPECT_TRUE(ReadJson(text, {}).error().Is(kBodyMalformed)) << text;
  }
}

TEST(JsonReader, AKeyTwiceInOneObjectIsRefused) {
  EXPECT_TRUE(ReadJson(R"({"a": 1, "a": 2})", {}).error().Is(kBodyMalformed));
  EXPECT_TRUE(ReadJson(R"({"a": {"b": 1}, "b": {"b": 1}})", {}).has_value());
}

}  // namespace
}  // namespace bordergate::gateway
