// Goal: another site cannot act with a visitor's session. Method: the headers that browsers send.
#include "services/gateway/domain/browser_rules.h"

#include <gtest/gtest.h>

#include "services/gateway/domain/reasons.h"

namespace bordergate::gateway {
namespace {

const std::vector<std::string> kNoOrigins;

TEST(BrowserRules, OurOwnPageMayChangeThings) {
  const BrowserHeaders headers{.x_session = "cookie",
                               .origin = "https://Gate.example",
                               .sec_fetch_site = "same-origin",
                               .host = "gate.example"};
  EXPECT_TRUE(CheckSameOrigin(headers, true, kNoOrigins).has_value());
}

TEST(BrowserRules, AProgramThatSendsNoOriginMayToo) {
  EXPECT_TRUE(
      CheckSameOrigin({.x_session = "cookie", .host = "127.0.0.1:8080"}, false, kNoOrigins).has_value());
}

TEST(BrowserRules, AnotherSiteMayNot) {
  const BrowserHeaders cases[] = {
      {.origin = "https://gate.example",
       .sec_fetch_site = "same-origin",
       .host = "gate.example"},  // no X-Session
      {.x_session = "yes", .host = "gate.example"},
      {.x_session = "cookie", .origin = "https://evil.example", .host = "gate.example"},
      {.x_session = "cookie", .origin = "null", .host = "gate.example"},
      {.x_session = "cookie", .origin = "http://gate.example", .host = "gate.example"},  // not over TLS
      {.x_session = "cookie", .origin = "https://gate.example:444", .host = "gate.example"},
      {.x_session = "cookie", .sec_fetch_site = "cross-site", .host = "gate.example"},
      {.x_session = "cookie", .sec_fetch_site = "same-site", .host = "gate.example"},
      {.x_session = "cookie", .sec_fetch_site = "none", .host = "gate.example"},
  };
  for (const BrowserHeaders& headers : cases) {
    const auto checked = CheckSameOrigin(headers, true, kNoOrigins);
    ASSERT_FALSE(checked.has_value()) << headers.origin << " " << headers.sec_fetch_site;
    EXPECT_TRUE(checked.error().Is(kCrossSiteRefused));
  }
}

TEST(BrowserRules, BehindAProxyTheOuterOriginIsOurs) {
  const BrowserHeaders headers{
      .x_session = "cookie", .origin = "https://gate.example", .host = "10.0.0.7:8080"};
  EXPECT_FALSE(CheckSameOrigin(headers, false, kNoOrigins).has_value());
  EXPECT_TRUE(CheckSameOrigin(headers, false, {"https://gate.example"}).has_value());
}

TEST(BrowserRules, AForwardedAddressCountsOnlyFromAKnownProxy) {
  EXPECT_EQ(ClientAddress("203.0.113.9", "198.51.100.1", {}), "203.0.113.9");
  EXPECT_EQ(ClientAddress("10.0.0.7", "1.1.1.1, 198.51.100.1", {"10.0.0.7"}), "198.51.100.1");
  EXPECT_EQ(ClientAddress("10.0.0.7", "", {"10.0.0.7"}), "10.0.0.7");
}

TEST(BrowserRules, FindsACookieByItsWholeName) {
  EXPECT_EQ(CookieValue("a=1; __Host-bordergate=tok=en; b=2", "__Host-bordergate"), "tok=en");
  EXPECT_EQ(CookieValue("x__Host-bordergate=1", "__Host-bordergate"), "");
  EXPECT_EQ(CookieValue("", "__Host-bordergate"), "");
}

}  // namespace
}  // namespace bordergate::gateway
