// Goal: what a service streams arrives as events, no faster than it is read, and never longer than the
// session lives. Method: a door on a free port, readers on bare sockets, a source fed by hand, time moved by
// hand.
#include "services/gateway/api/event_streams.h"

#include <future>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bordergate/lane/v1/lane_service.pb.h"

#include "services/gateway/testing/test_door.h"

namespace bordergate::gateway {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string Decision(int64_t sequence) {
  lane::v1::WatchDecisionsResponse message;
  message.set_sequence(sequence);
  message.mutable_decision()->set_decision_id("decision_" + std::to_string(sequence));
  return message.SerializeAsString();
}

class Events : public DoorTest {
 protected:
  void SetUp() override {
    server_options_.limits.stream_queue_bytes_max = 256 * 1024;
    upstream_.on_open = [this](const UpstreamCall& call, const std::shared_ptr<FakeStream>& stream) {
      opened_call_ = call;
      opened_.set_value(stream);
    };
    Start();
    SignIn("token-1");
  }

  std::unique_ptr<http::RawClient> Connect(const std::string& more = "", int receive_buffer_bytes = 0) {
    auto client = std::make_unique<http::RawClient>(server_->port(), receive_buffer_bytes);
    client->Send("GET /v1/decisions:watch HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer token-1\r\n" + more +
                 "\r\n");
    return client;
  }
  std::shared_ptr<FakeStream> Opened() {
    auto stream = opened_.get_future().get();
    opened_ = {};
    return stream;
  }

  std::promise<std::shared_ptr<FakeStream>> opened_;
  UpstreamCall opened_call_;
};

TEST_F(Events, AMessageIsAnEventWithItsSequenceAsId) {
  const auto client = Connect();
  const auto source = Opened();
  EXPECT_EQ(opened_call_.assertion, "assertion of person_1");
  ASSERT_TRUE(source->Deliver(Decision(7)));
  const std::string text = client->ReadUntil("\n\n");
  EXPECT_THAT(text, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(text, HasSubstr("Content-Type: text/event-stream\r\n"));
  EXPECT_THAT(text,
              HasSubstr("id: 7\ndata: {\"sequence\":\"7\",\"decision\":{\"decision_id\":\"decision_7\""));
  ASSERT_TRUE(source->Deliver(Decision(8)));
  EXPECT_THAT(client->ReadUntil("id: 8\n"), HasSubstr("id: 8\n"));
}

TEST_F(Events, AReaderGoesOnWhereItWas) {
  const auto client = Connect("Last-Event-ID: 41\r\n");
  Opened();
  lane::v1::WatchDecisionsRequest request;
  ASSERT_TRUE(request.ParseFromString(opened_call_.request));
  EXPECT_EQ(request.after_sequence(), 41);
}

TEST_F(Events, AnErrorBeforeTheFirstMessageIsAPlainProblem) {
  const auto client = Connect("Connection: close\r\n");
  Opened()->on_end(Error("ROLE_MISSING", Code::kPermissionDenied, "not for you"));
  const std::string answer = client->ReadToEnd();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 403 "));
  EXPECT_THAT(answer, HasSubstr("\"reason\":\"ROLE_MISSING\""));
}

TEST_F(Events, AnErrorLaterIsAnEventAndTheEnd) {
  const auto client = Connect();
  const auto source = Opened();
  source->Deliver(Decision(1));
  source->on_end(Error(kServiceUnavailable, "lane went away"));
  const std::string text = client->ReadUntil("0\r\n\r\n");
  EXPECT_THAT(text, HasSubstr("event: problem\ndata: {\"type\":\"/docs/errors#SERVICE_UNAVAILABLE\""));
  EXPECT_THAT(text, EndsWith("0\r\n\r\n"));
}

TEST_F(Events, ASilentStreamGetsItsHeadAndSignsOfLife) {
  const auto client = Connect();
  const auto source = Opened();
  clock_.Advance(milliseconds(499));
  streams_->Tick();
  EXPECT_FALSE(client->Readable(milliseconds(0)));
  clock_.Advance(milliseconds(1));
  streams_->Tick();
  EXPECT_THAT(client->ReadUntil(": open\n\n"), StartsWith("HTTP/1.1 200 "));
  clock_.Advance(seconds(15));
  streams_->Tick();
  EXPECT_THAT(client->ReadUntil(": heartbeat\n\n"), EndsWith(": heartbeat\n\n\r\n"));
}

TEST_F(Events, EndWithTheSessionAtOnce) {
  const auto client = Connect();
  const auto source = Opened();
  source->Deliver(Decision(1));
  client->ReadUntil("id: 1\n");
  streams_->EndSession("session of another");
  streams_->EndSession("session of token-1");
  const std::string text = client->ReadUntil("0\r\n\r\n");
  EXPECT_THAT(text, HasSubstr("\"reason\":\"SESSION_CHANGED\""));
  EXPECT_TRUE(source->WaitUntilCancelled());
}

TEST_F(Events, EndWhenIdentityNoLongerKnowsTheSession) {
  const auto client = Connect();
  const auto source = Opened();
  source->Deliver(Decision(1));
  client->ReadUntil("id: 1\n");
  sessions_.Remove("token-1");
  streams_->Tick();
  EXPECT_THAT(client->ReadUntil("0\r\n\r\n"), HasSubstr("\"reason\":\"SESSION_CHANGED\""));
}

TEST_F(Events, GoOnForATimeWhileIdentityIsAway) {
  const auto client = Connect();
  const auto source = Opened();
  source->Deliver(Decision(1));
  client->ReadUntil("id: 1\n");
  streams_->Tick();  // confirmed for a minute from now
  sessions_.FailWith(Error(kServiceUnavailable, "away"));
  clock_.Advance(seconds(110));
  streams_->Tick();
  ASSERT_TRUE(source->Deliver(Decision(2)));
  client->ReadUntil("id: 2\n");
  clock_.Advance(seconds(11));
  streams_->Tick();
  EXPECT_THAT(client->ReadUntil("0\r\n\r\n"), HasSubstr("\"reason\":\"SESSION_CHANGED\""));
}

TEST_F(Events, TheSourceIsCancelledWhenTheReaderLeavesAndThePlaceIsFree) {
  for (int i = 0; i < 5; ++i) {
    const auto client = Connect();
    const auto source = Opened();
    source->Deliver(Decision(1));
    client->ReadUntil("id: 1\n");
    client->Tear();
    EXPECT_TRUE(source->WaitUntilCancelled());
    EXPECT_TRUE(http::Eventually([&] { return streams_->open_count() == 0; }));
  }
}

TEST_F(Events, ACallerHoldsNoMoreStreamsThanItMay) {
  const auto first = Connect();
  Opened();
  const auto second = Connect();
  Opened();
  const auto third = Connect("Connection: close\r\n");
  const std::string refused = third->ReadToEnd();
  EXPECT_THAT(refused, StartsWith("HTTP/1.1 429 "));
  EXPECT_THAT(refused, HasSubstr("\"reason\":\"STREAMS_EXCEEDED\""));
}

TEST_F(Events, ASlowReaderSlowsItsSourceAndLosesNothing) {
  const auto client = Connect("", 4096);
  const auto source = Opened();
  lane::v1::WatchDecisionsResponse message;
  message.mutable_decision()->set_decision_id(std::string(60'000, 'x'));
  int delivered = 0;
  // Nobody reads: the source is asked until the queue is half full, then no more.
  do {
    message.set_sequence(delivered + 1);
  } while (source->Deliver(message.SerializeAsString(), milliseconds(200)) && ++delivered < 1000);
  EXPECT_LT(delivered, 1000);
  // The reader reads: the source is asked again.
  client->ReadUntil("id: 1\n");
  const std::string last = fmt::format("id: {}\n", delivered + 50);
  std::string read;
  std::thread reader([&] { read = client->ReadUntil(last); });
  for (int i = 0; i < 50; ++i) {
    message.set_sequence(++delivered);
    ASSERT_TRUE(source->Deliver(message.SerializeAsString()));
  }
  reader.join();
  EXPECT_THAT(read, HasSubstr(last));
}

}  // namespace
}  // namespace bordergate::gateway
