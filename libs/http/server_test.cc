// Goal: the server speaks HTTP as others understand it, answers from any thread and stops with grace. Method:
// libcurl as an independent peer, a bare socket where curl is too polite.
#include "libs/http/server.h"

#include <future>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/http/reasons.h"
#include "libs/http/testing/curl_client.h"
#include "libs/http/testing/raw_client.h"
#include "libs/http/testing/test_server.h"

namespace bordergate::http {
namespace {

void Echo(Request request, Reply reply) {
  Response response = MakeResponse(200, "text/plain; charset=utf-8",
                                   request.method + " " + request.path + " " + request.body);
  response.headers.Add("X-Seen-Address", request.remote_address);
  reply.Send(std::move(response));
}

TEST(Server, AnswersAGet) {
  const auto server = StartForTest(Echo);
  const CurlResponse response = Curl(UrlOf(*server, "/a/b?c=d"));
  EXPECT_EQ(response.error, 0) << response.error_text;
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "GET /a/b ");
  EXPECT_EQ(response.headers.at("x-seen-address"), "127.0.0.1");
  EXPECT_EQ(response.headers.at("content-length"), "9");
  EXPECT_TRUE(response.headers.contains("date"));
}

TEST(Server, TakesABodyWithAndWithoutExpectContinue) {
  const auto server = StartForTest(Echo);
  CurlRequest request{
      .method = "POST", .url = UrlOf(*server, "/"), .headers = {}, .body = std::string(300'000, 'x')};
  for (const char* expect : {"Expect: 100-continue", "Expect:"}) {
    request.headers = {expect};
    const CurlResponse response = Curl(request);
    EXPECT_EQ(response.error, 0) << response.error_text;
    EXPECT_EQ(response.body, "POST / " + request.body);
  }
}

TEST(Server, TakesAChunkedBody) {
  const auto server = StartForTest(Echo);
  RawClient client(server->port());
  client.Send(
      "POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
      "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
  EXPECT_THAT(client.ReadToEnd(), ::testing::EndsWith("POST /c abcde"));
}

TEST(Server, AnswersHeadWithTheLengthAndNoBody) {
  const auto server = StartForTest(Echo);
  const CurlResponse response = Curl({.method = "HEAD", .url = UrlOf(*server, "/abc")});
  EXPECT_EQ(response.error, 0) << response.error_text;
  EXPECT_EQ(response.headers.at("content-length"), "10");
  EXPECT_EQ(response.body, "");
}

TEST(Server, KeepsAConnectionForTheNextRequestAndAnswersInOrder) {
  const auto server = StartForTest(Echo);
  RawClient client(server->port());
  client.Send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
  client.ReadUntil("GET /2 ");
  client.Send("GET /3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  const std::string all = client.ReadToEnd();
  EXPECT_LT(all.find("GET /1 "), all.find("GET /2 "));
  EXPECT_LT(all.find("GET /2 "), all.find("GET /3 "));
  EXPECT_EQ(server->counts().requests_total, 3);
  EXPECT_EQ(server->counts().connections_total, 1);
}

TEST(Server, NeverHandlesTwoRequestsOfAConnectionAtOnce) {
  std::promise<Reply> first;
  std::atomic<int> seen = 0;
  const auto server = StartForTest([&](Request, Reply reply) {
    if (++seen == 1) return first.set_value(std::move(reply));
    reply.Send(MakeResponse(200, "text/plain", "second"));
  });
  RawClient client(server->port());
  client.Send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
  const Reply reply = first.get_future().get();
  EXPECT_FALSE(client.Readable(std::chrono::milliseconds(50)));
  EXPECT_EQ(seen, 1);
  reply.Send(MakeResponse(200, "text/plain", "first"));
  const std::string all = client.ReadUntil("second");
  EXPECT_LT(all.find("first"), all.find("second"));
}

TEST(Server, TakesAnAnswerFromAnotherThread) {
  std::thread other;
  const auto server = StartForTest([&](Request, Reply reply) {
    other = std::thread([reply] { reply.Send(MakeResponse(201, "text/plain", "later")); });
  });
  const CurlResponse response = Curl(UrlOf(*server, "/"));
  other.join();
  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(response.body, "later");
}

TEST(Server, OnlyTheFirstAnswerCounts) {
  const auto server = StartForTest([](Request, Reply reply) {
    reply.Send(MakeResponse(200, "text/plain", "one"));
    reply.Send(MakeResponse(200, "text/plain", "two"));
  });
  EXPECT_EQ(Curl(UrlOf(*server, "/")).body, "one");
}

TEST(Server, ARequestWithoutAnAnswerIsOurFault) {
  const auto server = StartForTest([](Request, Reply) {});
  EXPECT_EQ(Curl(UrlOf(*server, "/")).status, 500);
}

TEST(Server, ALineBreakInAHeaderValueIsNotSent) {
  const auto server = StartForTest([](Request, Reply reply) {
    Response response = MakeResponse(200, "text/plain", "");
    response.headers.Add("X-Bad", "a\r\nSet-Cookie: stolen=1");
    reply.Send(std::move(response));
  });
  const CurlResponse response = Curl(UrlOf(*server, "/"));
  EXPECT_FALSE(response.headers.contains("set-cookie"));
  EXPECT_FALSE(response.headers.contains("x-bad"));
}

TEST(Server, TellsWhenTheClientLeavesBeforeTheAnswer) {
  std::promise<Reply> handled;
  std::promise<void> gone;
  const auto server = StartForTest([&](Request, Reply reply) {
    reply.OnClosed([&] { gone.set_value(); });
    handled.set_value(std::move(reply));
  });
  RawClient client(server->port());
  client.Send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  const Reply reply = handled.get_future().get();
  client.Close();
  EXPECT_EQ(gone.get_future().wait_for(std::chrono::seconds(20)), std::future_status::ready);
  reply.Send(MakeResponse(200, "text/plain", "too late"));  // harmless
}

TEST(Server, StopLetsAnOpenRequestFinishAndTakesNoNewOne) {
  std::promise<Reply> handled;
  auto server = StartForTest([&](Request, Reply reply) { handled.set_value(std::move(reply)); });
  RawClient idle(server->port());
  RawClient client(server->port());
  client.Send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  const Reply reply = handled.get_future().get();
  std::thread stopper([&] { server->Stop(std::chrono::seconds(20)); });
  EXPECT_EQ(idle.ReadToEnd(), "");  // an idle connection ends at once
  EXPECT_FALSE(RawClient(server->port()).Readable(std::chrono::milliseconds(0)) &&
               RawClient(server->port()).connected());
  reply.Send(MakeResponse(200, "text/plain", "finished"));
  const std::string answer = client.ReadToEnd();
  EXPECT_THAT(answer, ::testing::HasSubstr("finished"));
  EXPECT_THAT(answer, ::testing::HasSubstr("Connection: close"));
  stopper.join();
}

TEST(Server, StopCutsOffWhatDoesNotFinishInTime) {
  std::promise<Reply> handled;
  auto server = StartForTest([&](Request, Reply reply) { handled.set_value(std::move(reply)); });
  RawClient client(server->port());
  client.Send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  const Reply reply = handled.get_future().get();
  server->Stop(std::chrono::milliseconds(20));
  EXPECT_EQ(client.ReadToEnd(), "");
  server.reset();
  reply.Send(MakeResponse(200, "text/plain", "nobody listens"));  // harmless
}

TEST(Server, SaysWhyItCannotListen) {
  const auto first = StartForTest(Echo);
  ServerOptions options;
  for (const std::string& listen :
       {std::string("127.0.0.1"), std::string("nowhere:80"), std::string("127.0.0.1:70000"),
        fmt::format("127.0.0.1:{}", first->port())}) {
    options.listen = listen;
    const auto server = Server::Start(options, Echo);
    ASSERT_FALSE(server.has_value()) << listen;
    EXPECT_TRUE(server.error().Is(kListenRefused));
    EXPECT_THAT(server.error().message(), ::testing::HasSubstr(listen));
  }
}

}  // namespace
}  // namespace bordergate::http
