// Goal: targets are split by the standard and nothing odd gets through. Method: table of targets.
#include "libs/http/message.h"

#include <gtest/gtest.h>

namespace bordergate::http {
namespace {

TEST(Message, SplitsAndDecodesATarget) {
  Request request;
  ASSERT_TRUE(SplitTarget("/v1/trips/a%20b:cancel?page_size=10&plate=12C+345&x=%E1%BB%85&flag", request));
  EXPECT_EQ(request.path, "/v1/trips/a%20b:cancel");
  EXPECT_EQ(request.segments, (std::vector<std::string>{"v1", "trips", "a b:cancel"}));
  EXPECT_EQ(request.QueryValue("page_size"), "10");
  EXPECT_EQ(request.QueryValue("plate"), "12C 345");
  EXPECT_EQ(request.QueryValue("x"), "ễ");
  EXPECT_EQ(request.QueryValue("flag"), "");
  EXPECT_EQ(request.QueryValue("absent"), std::nullopt);
}

TEST(Message, AnEscapedSlashStaysInsideItsSegment) {
  Request request;
  ASSERT_TRUE(SplitTarget("/files/..%2f..%2fetc", request));
  EXPECT_EQ(request.segments, (std::vector<std::string>{"files", "../../etc"}));
}

TEST(Message, UnderstandsAProxysAbsoluteForm) {
  Request request;
  ASSERT_TRUE(SplitTarget("http://gate.example/v1/board?a=b", request));
  EXPECT_EQ(request.path, "/v1/board");
  EXPECT_EQ(request.QueryValue("a"), "b");
}

TEST(Message, RefusesWhatIsNoTarget) {
  for (const char* target :
       {"", "*", "v1/trips", "/a b", "/%", "/%zz", "/%00", "/a%0d%0ab", "/?x=%ff", "/%c3", "/a#b"}) {
    Request request;
    EXPECT_FALSE(SplitTarget(target, request)) << target;
  }
}

TEST(Message, HeaderNamesCompareWithoutCase) {
  Headers headers;
  headers.Add("X-One", "1");
  headers.Add("x-one", "2");
  EXPECT_EQ(headers.Find("X-ONE"), "1");
  EXPECT_EQ(headers.Count("x-One"), 2);
  headers.Set("X-oNe", "3");
  EXPECT_EQ(headers.Count("x-one"), 1);
  EXPECT_EQ(headers.Find("x-two"), std::nullopt);
}

TEST(Message, ReadsAcceptEncoding) {
  EXPECT_TRUE(AcceptsGzip("gzip"));
  EXPECT_TRUE(AcceptsGzip("br, GZIP;q=0.5"));
  EXPECT_TRUE(AcceptsGzip("*"));
  EXPECT_FALSE(AcceptsGzip(""));
  EXPECT_FALSE(AcceptsGzip("br"));
  EXPECT_FALSE(AcceptsGzip("gzip;q=0"));
  EXPECT_FALSE(AcceptsGzip("gzip;q=0.000, br"));
}

TEST(Message, FormatsTheDateOfHttp) {
  EXPECT_EQ(FormatHttpDate(1'795'331'109), "Sun, 22 Nov 2026 07:05:09 GMT");
}

}  // namespace
}  // namespace bordergate::http
