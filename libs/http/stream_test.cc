// Goal: answers that go on reach the reader, wait for it, and never pile up. Method: readers that read, wait
// or leave.
#include <future>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/http/testing/curl_client.h"
#include "libs/http/testing/raw_client.h"
#include "libs/http/testing/test_server.h"

namespace bordergate::http {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kGet = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

Response EventHead() { return MakeResponse(200, "text/event-stream", ""); }

// A server whose handler gives its stream to the test.
struct Streaming {
  explicit Streaming(ServerOptions options = {}) {
    server = StartForTest([this](Request, Reply reply) { started.set_value(reply.StartStream(EventHead())); },
                          options);
  }
  Stream Started() { return started.get_future().get(); }
  std::promise<Stream> started;
  std::unique_ptr<Server> server;
};

TEST(Stream, ArrivesPieceByPieceAndEnds) {
  Streaming streaming;
  RawClient client(streaming.server->port());
  client.Send(kGet);
  Stream stream = streaming.Started();
  EXPECT_TRUE(stream.Write("one\n"));
  EXPECT_THAT(client.ReadUntil("one\n"), HasSubstr("Transfer-Encoding: chunked"));
  EXPECT_TRUE(stream.Write("two\n"));
  client.ReadUntil("two\n");
  stream.Close();
  EXPECT_THAT(client.ReadUntil("0\r\n\r\n"), EndsWith("4\r\ntwo\n\r\n0\r\n\r\n"));
  EXPECT_FALSE(stream.Write("three\n"));
}

TEST(Stream, IsWholeForAnIndependentClientAndTheConnectionGoesOn) {
  const auto server = StartForTest([](Request, Reply reply) {
    Stream stream = reply.StartStream(EventHead());
    for (int i = 0; i < 100; ++i) stream.Write(fmt::format("line {}\n", i));
    stream.Close();
  });
  const CurlResponse response = Curl(UrlOf(*server, "/"));
  EXPECT_EQ(response.error, 0) << response.error_text;
  EXPECT_THAT(response.body, EndsWith("line 99\n"));
}

TEST(Stream, AnHttp10ReaderGetsItWithoutChunks) {
  Streaming streaming;
  RawClient client(streaming.server->port());
  client.Send("GET / HTTP/1.0\r\n\r\n");
  Stream stream = streaming.Started();
  stream.Write("plain");
  stream.Close();
  const std::string answer = client.ReadToEnd();
  EXPECT_THAT(answer, EndsWith("\r\n\r\nplain"));
  EXPECT_THAT(answer, Not(HasSubstr("chunked")));
}

TEST(Stream, TellsWhenTheReaderLeaves) {
  Streaming streaming;
  RawClient client(streaming.server->port());
  client.Send(kGet);
  Stream stream = streaming.Started();
  std::promise<void> gone;
  stream.OnClosed([&] { gone.set_value(); });
  client.Tear();
  ASSERT_EQ(gone.get_future().wait_for(std::chrono::seconds(20)), std::future_status::ready);
  EXPECT_FALSE(stream.Write("to nobody"));
}

TEST(Stream, CutsASlowReaderOffInsteadOfPilingUp) {
  ServerOptions options;
  options.limits.stream_queue_bytes_max = 64 * 1024;
  Streaming streaming(options);
  RawClient client(streaming.server->port(), 4096);
  client.Send(kGet);
  Stream stream = streaming.Started();
  std::promise<void> gone;
  stream.OnClosed([&] { gone.set_value(); });
  int writes = 0;
  while (stream.Write(std::string(16 * 1024, 'x')) && writes < 100'000) ++writes;
  EXPECT_LT(writes, 100'000);
  EXPECT_EQ(gone.get_future().wait_for(std::chrono::seconds(20)), std::future_status::ready);
  EXPECT_TRUE(Eventually([&] { return streaming.server->counts().connections_open == 0; }));
  EXPECT_EQ(streaming.server->counts().cut_off_total, 1);
}

TEST(Stream, AReaderThatStopsReadingIsCutOffInTime) {
  ServerOptions options;
  options.limits.write_timeout = std::chrono::milliseconds(100);
  options.limits.stream_queue_bytes_max = 64 * 1024 * 1024;
  Streaming streaming(options);
  RawClient client(streaming.server->port(), 4096);
  client.Send(kGet);
  Stream stream = streaming.Started();
  std::promise<void> gone;
  stream.OnClosed([&] { gone.set_value(); });
  EXPECT_TRUE(stream.Write(std::string(32 * 1024 * 1024, 'x')));
  EXPECT_EQ(gone.get_future().wait_for(std::chrono::seconds(20)), std::future_status::ready);
}

TEST(Stream, ASourceThatWaitsForItsReaderLosesNothing) {
  ServerOptions options;
  options.limits.stream_queue_bytes_max = 32 * 1024;
  Streaming streaming(options);
  RawClient client(streaming.server->port(), 4096);
  client.Send("GET / HTTP/1.0\r\n\r\n");
  Stream stream = streaming.Started();
  constexpr int kBlocks = 400;
  constexpr size_t kBlockBytes = 8 * 1024;
  int written = 0;
  std::function<void()> write_next = [&] {
    if (written == kBlocks) return stream.Close();
    EXPECT_TRUE(stream.Write(std::string(kBlockBytes, static_cast<char>('a' + written % 26))));
    EXPECT_LE(stream.queued_bytes(), options.limits.stream_queue_bytes_max);
    ++written;
    stream.WhenWritable(write_next);
  };
  write_next();
  const std::string answer = client.ReadToEnd();
  const size_t body_at = answer.find("\r\n\r\n") + 4;
  EXPECT_EQ(answer.size() - body_at, kBlocks * kBlockBytes);
  EXPECT_EQ(answer.back(), 'a' + (kBlocks - 1) % 26);
}

TEST(Stream, EndsProperlyWhenTheServerStops) {
  Streaming streaming;
  RawClient client(streaming.server->port());
  client.Send(kGet);
  Stream stream = streaming.Started();
  std::promise<void> gone;
  stream.OnClosed([&] { gone.set_value(); });
  stream.Write("last\n");
  client.ReadUntil("last\n");
  streaming.server->Stop(std::chrono::seconds(20));
  EXPECT_THAT(client.ReadToEnd(), EndsWith("0\r\n\r\n"));
  EXPECT_EQ(gone.get_future().wait_for(std::chrono::seconds(0)), std::future_status::ready);
  EXPECT_FALSE(stream.Write("more"));
}

}  // namespace
}  // namespace bordergate::http
