// Goal: no client can make the server hold more than its limits. Method: a bare socket that breaks each rule.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/http/testing/curl_client.h"
#include "libs/http/testing/raw_client.h"
#include "libs/http/testing/test_server.h"

namespace bordergate::http {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::StartsWith;

void AnswerOk(Request request, Reply reply) {
  reply.Send(MakeResponse(200, "text/plain", fmt::format("{} bytes", request.body.size())));
}

std::string AnswerTo(const Server& server, std::string_view bytes) {
  RawClient client(server.port());
  client.Send(bytes);
  return client.ReadToEnd();
}

TEST(ServerLimits, ASlowHeaderIsAnswered408HoweverItTrickles) {
  ServerOptions options;
  options.limits.header_timeout = milliseconds(200);
  const auto server = StartForTest(AnswerOk, options);
  RawClient client(server->port());
  client.Send("GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ");
  int sent = 0;
  while (!client.Readable(milliseconds(10)) && sent < 2000) {
    client.Send("x");
    ++sent;
  }
  EXPECT_GT(sent, 2);
  EXPECT_LT(sent, 2000);
  EXPECT_THAT(client.ReadToEnd(), StartsWith("HTTP/1.1 408 "));
}

TEST(ServerLimits, ASlowBodyIsAnswered408) {
  ServerOptions options;
  options.limits.body_timeout = milliseconds(100);
  const auto server = StartForTest(AnswerOk, options);
  EXPECT_THAT(AnswerTo(*server, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc"),
              StartsWith("HTTP/1.1 408 "));
}

TEST(ServerLimits, ASilentConnectionIsClosed) {
  ServerOptions options;
  options.limits.idle_timeout = milliseconds(100);
  const auto server = StartForTest(AnswerOk, options);
  EXPECT_EQ(AnswerTo(*server, ""), "");
}

TEST(ServerLimits, ALargeHeaderIsAnswered431) {
  ServerOptions options;
  options.limits.header_bytes_max = 1024;
  const auto server = StartForTest(AnswerOk, options);
  EXPECT_THAT(AnswerTo(*server, "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(2000, 'x') + "\r\n\r\n"),
              StartsWith("HTTP/1.1 431 "));
  EXPECT_THAT(AnswerTo(*server, "GET /" + std::string(200'000, 'x')), StartsWith("HTTP/1.1 431 "));
}

TEST(ServerLimits, ALargeBodyIsAnswered413BeforeItIsSent) {
  ServerOptions options;
  options.limits.body_bytes_max = 1000;
  const auto server = StartForTest(AnswerOk, options);
  EXPECT_THAT(AnswerTo(*server, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n"),
              StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(
      AnswerTo(*server, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\nConnection: close\r\n\r\n" +
                            std::string(1000, 'x')),
      HasSubstr("1000 bytes"));
}

TEST(ServerLimits, AClientThatSendsOnAnywayStillReadsThe413) {
  ServerOptions options;
  options.limits.body_bytes_max = 1000;
  const auto server = StartForTest(AnswerOk, options);
  const CurlResponse response = Curl({.method = "POST",
                                      .url = UrlOf(*server, "/"),
                                      .headers = {"Expect:"},
                                      .body = std::string(3'000'000, 'x')});
  EXPECT_EQ(response.status, 413);
}

TEST(ServerLimits, AChunkedBodyIsMeasuredToo) {
  ServerOptions options;
  options.limits.body_bytes_max = 1000;
  const auto server = StartForTest(AnswerOk, options);
  const std::string chunk = "200\r\n" + std::string(0x200, 'x') + "\r\n";
  EXPECT_THAT(AnswerTo(*server, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk +
                                    chunk + chunk),
              StartsWith("HTTP/1.1 413 "));
}

TEST(ServerLimits, RequestsThatTwoServersCouldReadDifferentlyAreAnswered400) {
  const auto server = StartForTest(AnswerOk);
  for (const char* request : {
           "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
           "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -3\r\n\r\nabc",
           "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +3\r\n\r\nabc",
           "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3, 3\r\n\r\nabc",
           "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\nabc",
           "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
           "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: a\r\nContent-Length : 3\r\n\r\nabc",
           "GET / HTTP/1.1\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
           "GET / HTTP/2.0\r\nHost: a\r\n\r\n",
           "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
           "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: a\r\nX: a\x01z\r\n\r\n",
           "\x16\x03\x01\x02",
       }) {
    EXPECT_THAT(AnswerTo(*server, request), StartsWith("HTTP/1.1 400 ")) << request;
  }
  EXPECT_EQ(server->counts().requests_total, 0);
}

TEST(ServerLimits, TornConnectionsLeaveNothingBehind) {
  const auto server = StartForTest(AnswerOk);
  for (const char* part :
       {"", "G", "GET / HTTP/1.1\r\nHo", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nab"}) {
    RawClient ended(server->port());
    ended.Send(part);
    ended.Close();
    RawClient torn(server->port());
    torn.Send(part);
    torn.Tear();
  }
  EXPECT_TRUE(Eventually([&] { return server->counts().connections_open == 0; }));
  EXPECT_EQ(server->counts().requests_total, 0);
  EXPECT_EQ(Curl(UrlOf(*server, "/")).status, 200);
}

TEST(ServerLimits, OneConnectionTooManyIsAnswered503AndTheOthersGoOn) {
  ServerOptions options;
  options.limits.connections_max = 2;
  const auto server = StartForTest(AnswerOk, options);
  RawClient first(server->port());
  RawClient second(server->port());
  ASSERT_TRUE(Eventually([&] { return server->counts().connections_open == 2; }));
  const std::string refused = AnswerTo(*server, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_THAT(refused, StartsWith("HTTP/1.1 503 "));
  EXPECT_THAT(refused, HasSubstr("Retry-After: 1"));
  second.Send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_THAT(second.ReadUntil("0 bytes"), StartsWith("HTTP/1.1 200 "));
}

TEST(ServerLimits, OneAddressCannotTakeEveryConnection) {
  ServerOptions options;
  options.limits.connections_per_address_max = 1;
  const auto server = StartForTest(AnswerOk, options);
  RawClient first(server->port());
  ASSERT_TRUE(Eventually([&] { return server->counts().connections_open == 1; }));
  EXPECT_THAT(AnswerTo(*server, ""), StartsWith("HTTP/1.1 503 "));
}

TEST(ServerLimits, FaultsCanHaveTheShapeOfTheService) {
  ServerOptions options;
  options.make_fault = [](int status, std::string_view why) {
    return MakeResponse(status, "application/problem+json", fmt::format("{{\"detail\":\"{}\"}}", why));
  };
  const auto server = StartForTest(AnswerOk, options);
  const std::string answer = AnswerTo(*server, "nonsense\r\n\r\n");
  EXPECT_THAT(answer, HasSubstr("application/problem+json"));
  EXPECT_THAT(answer, HasSubstr("{\"detail\":\"the request is not well-formed HTTP/1.1\"}"));
}

}  // namespace
}  // namespace bordergate::http
