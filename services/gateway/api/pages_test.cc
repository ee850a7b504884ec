// Goal: the console, the reference and the reasons are there for browsers, and nothing else is. Method:
// folders made here, libcurl outside.
#include "services/gateway/api/pages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/http/reasons.h"
#include "libs/testing/temporary_folder.h"
#include "services/gateway/api/embedded_files.h"
#include "services/gateway/api/front.h"
#include "services/gateway/api/problem.h"
#include "services/gateway/api/reasons_page.h"
#include "services/gateway/testing/test_door.h"

namespace bordergate::gateway {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class PagesTest : public DoorTest {
 protected:
  void SetUp() override {
    folder_.Write("index.html", "<p>console</p>");
    folder_.Write("app.js", "start();");
    folder_.Write("swagger-ui.css", "css");
    folder_.Write("swagger-ui-bundle.js", "bundle");
    Start();
    Open({.console = folder_.path(), .reference = folder_.path()});
  }
  ~PagesTest() override { server_->Stop(std::chrono::seconds(0)); }

  void Open(const PagesFolders& folders) {
    pages_.emplace(Pages::Load(TestContract(), folders).value());
    front_.emplace(*door_, *pages_, dispatcher_);
    server_options_.make_fault = [](int status, std::string_view why) { return MakeFault(status, why, 0); };
    server_ = http::StartForTest(
        [this](http::Request request, http::Reply reply) {
          front_->Handle(std::move(request), std::move(reply));
        },
        server_options_);
  }

  TemporaryFolder folder_;
  std::optional<Pages> pages_;
  std::optional<Front> front_;
};

TEST_F(PagesTest, TheConsoleIsServedAndFindsItsOwnPaths) {
  EXPECT_EQ(Send("GET", "/").body, "<p>console</p>");
  EXPECT_EQ(Send("GET", "/app.js").body, "start();");
  EXPECT_EQ(Send("GET", "/trips/trip_1").body, "<p>console</p>");
  EXPECT_EQ(ReasonOf(Send("GET", "/missing.js")), "PATH_UNKNOWN");
  EXPECT_EQ(ReasonOf(Send("GET", "/v1/missing")), "PATH_UNKNOWN");
  EXPECT_EQ(ReasonOf(Send("GET", "/v1")), "PATH_UNKNOWN");
  EXPECT_EQ(ReasonOf(Send("POST", "/")), "METHOD_NOT_ALLOWED");
}

TEST_F(PagesTest, NoPageRunsWhatIsNotOurs) {
  for (const char* path : {"/", "/app.js", "/docs", "/docs/errors", "/docs/assets/swagger-ui.css"}) {
    const auto response = Send("GET", path);
    EXPECT_EQ(response.status, 200) << path;
    EXPECT_THAT(response.headers.at("content-security-policy"), HasSubstr("default-src 'self'")) << path;
    EXPECT_THAT(response.headers.at("content-security-policy"), Not(HasSubstr("script-src"))) << path;
    EXPECT_EQ(response.headers.at("x-content-type-options"), "nosniff") << path;
    EXPECT_FALSE(response.headers.contains("strict-transport-security")) << path;
  }
}

TEST_F(PagesTest, TheDocumentIsKeptByWhoHasIt) {
  const auto first = Send("GET", "/openapi.json");
  EXPECT_EQ(first.headers.at("content-type"), "application/json");
  EXPECT_EQ(nlohmann::json::parse(first.body)["openapi"], "3.1.0");
  EXPECT_EQ(Send("GET", "/openapi.json", {"If-None-Match: " + first.headers.at("etag")}).status, 304);
}

TEST_F(PagesTest, EveryReasonHasItsPlaceOnThePage) {
  const auto response = Send("GET", "/docs/errors");
  for (const char* reason :
       {"INVALID_FIELD", "CROSS_SITE_REFUSED", "ASSERTION_EXPIRED", "VEHICLE_NOT_FOUND"}) {
    EXPECT_THAT(response.body, HasSubstr(fmt::format("<tr id=\"{}\">", reason)));
  }
  EXPECT_THAT(response.body, HasSubstr("<td><code>FIELD_UNKNOWN</code></td>"));
  EXPECT_THAT(response.body, Not(HasSubstr("<a id=")));
}

TEST_F(PagesTest, TheDocumentNamesTheStatusThatIsAnswered) {
  const std::map<std::string, Code> codes = {
      {"CANCELLED", Code::kCancelled},
      {"UNKNOWN", Code::kUnknown},
      {"INVALID_ARGUMENT", Code::kInvalidArgument},
      {"DEADLINE_EXCEEDED", Code::kDeadlineExceeded},
      {"NOT_FOUND", Code::kNotFound},
      {"ALREADY_EXISTS", Code::kAlreadyExists},
      {"PERMISSION_DENIED", Code::kPermissionDenied},
      {"RESOURCE_EXHAUSTED", Code::kResourceExhausted},
      {"FAILED_PRECONDITION", Code::kFailedPrecondition},
      {"ABORTED", Code::kAborted},
      {"UNIMPLEMENTED", Code::kUnimplemented},
      {"INTERNAL", Code::kInternal},
      {"UNAVAILABLE", Code::kUnavailable},
      {"UNAUTHENTICATED", Code::kUnauthenticated},
  };
  const std::vector<ReasonRow> rows = ReadReasons(EmbeddedErrors());
  EXPECT_GT(rows.size(), 40u);
  for (const ReasonRow& row : rows) {
    const size_t comma = row.status.find(", ");
    const Code code = codes.at(row.status.substr(0, comma));
    EXPECT_EQ(std::to_string(HttpStatusOf(Error(row.name, code, ""))), row.status.substr(comma + 2))
        << row.name;
  }
}

TEST_F(PagesTest, WhatIsNotInstalledSaysSo) {
  server_->Stop(std::chrono::seconds(0));
  Open({});
  EXPECT_EQ(ReasonOf(Send("GET", "/")), "PATH_UNKNOWN");
  EXPECT_EQ(ReasonOf(Send("GET", "/docs")), "PATH_UNKNOWN");
  EXPECT_EQ(Send("GET", "/docs/errors").status, 200);
  EXPECT_EQ(Send("GET", "/openapi.json").status, 200);
  EXPECT_TRUE(
      Pages::Load(TestContract(), {.console = "/no/such/folder"}).error().Is(http::kFolderUnreadable));
}

TEST_F(PagesTest, WhatIsNoRequestIsAProblemToo) {
  http::RawClient client(server_->port());
  client.Send("nonsense\r\n\r\n");
  const std::string answer = client.ReadToEnd();
  EXPECT_THAT(answer, HasSubstr("application/problem+json"));
  EXPECT_THAT(answer, HasSubstr("\"reason\":\"REQUEST_MALFORMED\""));
  EXPECT_THAT(answer, HasSubstr("X-Content-Type-Options: nosniff"));
}

}  // namespace
}  // namespace bordergate::gateway
