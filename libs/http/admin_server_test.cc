// Goal: those who run a service see whether it lives, whether it is ready, and why not. Method: libcurl.
#include "libs/http/admin_server.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "libs/http/testing/curl_client.h"

namespace bordergate::http {
namespace {

struct Admin {
  std::vector<AdminServer::Callbacks::NotReady> reasons;
  std::unique_ptr<AdminServer> server =
      AdminServer::Start("127.0.0.1:0", {.not_ready = [this] { return reasons; },
                                         .metrics_text = [] { return std::string("bordergate_up 1\n"); }})
          .value();
  CurlResponse Get(const std::string& path, const std::string& method = "GET") const {
    return Curl(
        {.method = method, .url = fmt::format("http://127.0.0.1:{}{}", server->port(), path), .body = ""});
  }
};

TEST(AdminServer, IsReadyWhenNothingSpeaksAgainstIt) {
  const Admin admin;
  EXPECT_EQ(admin.Get("/live").status, 200);
  const CurlResponse ready = admin.Get("/ready");
  EXPECT_EQ(ready.status, 200);
  EXPECT_EQ(ready.body, "{\"ready\":true,\"reasons\":[]}\n");
  EXPECT_EQ(ready.headers.at("cache-control"), "no-store");
}

TEST(AdminServer, NamesEveryReasonWhyItIsNotReady) {
  Admin admin;
  admin.reasons = {{"DATABASE_AWAY", "cannot connect"}, {"BAD_TEXT", "\xff"}};
  const CurlResponse ready = admin.Get("/ready");
  EXPECT_EQ(ready.status, 503);
  const auto body = nlohmann::json::parse(ready.body);
  EXPECT_EQ(body["reasons"][0]["reason"], "DATABASE_AWAY");
  EXPECT_EQ(body["reasons"].size(), 2u);
  EXPECT_EQ(admin.Get("/live").status, 200);
}

TEST(AdminServer, GivesTheMetricsAndNothingElse) {
  const Admin admin;
  const CurlResponse metrics = admin.Get("/metrics");
  EXPECT_EQ(metrics.body, "bordergate_up 1\n");
  EXPECT_EQ(metrics.headers.at("content-type"), "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_EQ(admin.Get("/other").status, 404);
  EXPECT_EQ(admin.Get("/ready", "POST").status, 405);
}

}  // namespace
}  // namespace bordergate::http
