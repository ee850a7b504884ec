// Goal: every call is admitted, answered, refused or cut as the house demands, over real connections. Method:
// a server and channels with certificates of a test authority on the loopback interface.
#include "libs/rpc/server.h"

#include <future>

#include <gtest/gtest.h>

#include "bordergate/lane/v1/lane_service.rpc.h"

#include "libs/core/reasons.h"
#include "libs/rpc/channel.h"
#include "libs/testing/test_pki.h"

namespace bordergate::rpc {
namespace {

namespace v1 = lane::v1;
namespace methods = lane::v1::lane_service;

constexpr Reason kLaneNotFound{"LANE_NOT_FOUND", Code::kNotFound};

// Echoes reads and counts.
class Reads final : public Conversation<v1::ReportReadsRequest> {
 public:
  explicit Reads(Sender<v1::ReportReadsResponse> sender) : sender_(std::move(sender)) {}
  void OnMessage(const v1::ReportReadsRequest& request) override {
    v1::ReportReadsResponse response;
    response.set_read_id(request.read().read_id());
    response.set_accepted(true);
    sender_.Send(response);
  }

 private:
  Sender<v1::ReportReadsResponse> sender_;
};

class ServerTest : public ::testing::Test {
 protected:
  ServerTest() {
    server_.Add<methods::ListLanes>(
        [](const CallContext& call, const v1::ListLanesRequest&) -> Result<v1::ListLanesResponse> {
          v1::ListLanesResponse response;
          response.add_lanes()->set_title(call.caller.display_name);
          return response;
        });
    server_.Add<methods::OpenBarrier>(
        [](const CallContext&, const v1::OpenBarrierRequest& request) -> Result<v1::OpenBarrierResponse> {
          return Error(kLaneNotFound, "there is no lane " + request.lane_id())
              .WithField({"lane_id", "LANE_NOT_FOUND", "names no lane"})
              .With("lane_id", request.lane_id());
        });
    server_.AddStream<methods::WatchLanes>(
        [this](const CallContext&, const v1::WatchLanesRequest&,
               StreamWriter<v1::WatchLanesResponse>& writer) -> Result<void> {
          v1::WatchLanesResponse response;
          while (writer.open()) {
            response.mutable_lane()->set_passages_today(response.lane().passages_today() + 1);
            if (!writer.Write(response)) break;
          }
          stream_ended_.set_value();
          return {};
        });
    server_.AddConversation<methods::ReportReads>(
        [](const CallContext&, Sender<v1::ReportReadsResponse> sender)
            -> Result<std::unique_ptr<Conversation<v1::ReportReadsRequest>>> {
          return std::make_unique<Reads>(std::move(sender));
        });
    Refuse<methods::RefuseVehicle, methods::SetLaneMode, methods::PutCheckpointRule,
           methods::TryCheckpointRule, methods::ListCheckpointRules, methods::GetEvidence>();
    server_.AddStream<methods::WatchDecisions>(
        [](const auto&, const v1::WatchDecisionsRequest&, auto&) -> Result<void> { return {}; });
    server_.AddStream<methods::Watch>(
        [](const auto&, const v1::WatchRequest&, auto&) -> Result<void> { return {}; });
    server_.Start();
  }

  template <class... M>
  void Refuse() {
    (server_.Add<M>([](const CallContext&, const typename M::Request&) -> Result<typename M::Response> {
      return Error(kInternal, "not part of this test");
    }),
     ...);
  }

  std::unique_ptr<Channel> Connect(const TlsConfig& tls, const std::string& expected = "lane") {
    return std::make_unique<Channel>(expected, "127.0.0.1:" + std::to_string(server_.port()), tls);
  }

  CallOptions As(std::vector<Role> roles, milliseconds at_most = seconds(5)) {
    CallOptions options = CallOptions::Own(clock_, at_most);
    options.assertion = pki_.MakeAssertion(
        {.service = {}, .subject_id = "person_1", .display_name = "Trần Thị Bình", .roles = std::move(roles)},
        clock_.Now());
    return options;
  }

  SystemClock clock_;
  TestPki pki_;
  Telemetry telemetry_{"lane", "error"};
  std::promise<void> stream_ended_;
  Server server_{pki_.MakeRpcConfig("lane"), telemetry_, clock_};
  TlsConfig gateway_tls_ = pki_.MakeCertificate("gateway");
};

TEST_F(ServerTest, AnswersSomebodyWithTheRole) {
  const auto channel = Connect(gateway_tls_);
  const auto response = channel->Call<methods::ListLanes>(As({common::v1::ROLE_CUSTOMS}), {});
  ASSERT_TRUE(response.has_value()) << response.error().message();
  EXPECT_EQ(response->lanes(0).title(), "Trần Thị Bình");
}

TEST_F(ServerTest, RefusesTheWrongRoleAndTheStranger) {
  const auto channel = Connect(gateway_tls_);
  EXPECT_TRUE(
      channel->Call<methods::ListLanes>(As({common::v1::ROLE_ENTERPRISE}), {}).error().Is(kRoleMissing));
  EXPECT_TRUE(channel->Call<methods::ListLanes>(CallOptions::Own(clock_, seconds(5)), {})
                  .error()
                  .Is(kUnauthenticated));
}

TEST_F(ServerTest, CarriesReasonFieldsAndValues) {
  v1::OpenBarrierRequest request;
  request.set_lane_id("x9");
  const Error error =
      Connect(gateway_tls_)->Call<methods::OpenBarrier>(As({common::v1::ROLE_BORDER_GUARD}), request).error();
  EXPECT_TRUE(error.Is(kLaneNotFound));
  EXPECT_EQ(error.code(), Code::kNotFound);
  ASSERT_EQ(error.fields().size(), 1u);
  EXPECT_EQ(error.fields()[0].reason, "LANE_NOT_FOUND");
  EXPECT_EQ(error.metadata().at("lane_id"), "x9");
}

TEST_F(ServerTest, RefusesACertificateOfAnotherAuthority) {
  const TestPki other;
  const auto channel = Connect(other.MakeCertificate("gateway"));
  EXPECT_TRUE(
      channel->Call<methods::ListLanes>(As({common::v1::ROLE_CUSTOMS}), {}).error().Is(kServiceUnavailable));
}

TEST_F(ServerTest, RefusesACertificateWithTwoNames) {
  const auto channel = Connect(pki_.MakeCertificateWithTwoNames("gateway", "lane"));
  EXPECT_TRUE(
      channel->Call<methods::ListLanes>(As({common::v1::ROLE_CUSTOMS}), {}).error().Is(kUnauthenticated));
}

TEST_F(ServerTest, IsRefusedByAClientThatExpectsAnotherService) {
  const auto channel = Connect(gateway_tls_, "customs");
  EXPECT_TRUE(
      channel->Call<methods::ListLanes>(As({common::v1::ROLE_CUSTOMS}), {}).error().Is(kServiceUnavailable));
}

TEST_F(ServerTest, StreamsUntilTheClientLeaves) {
  const auto channel = Connect(gateway_tls_);
  auto stream = channel->Open<methods::WatchLanes>(As({common::v1::ROLE_CUSTOMS}), {});
  v1::WatchLanesResponse response;
  for (int i = 1; i <= 100; ++i) {
    ASSERT_TRUE(stream.Read(&response));
    EXPECT_EQ(response.lane().passages_today(), i);
  }
  stream.Cancel();
  while (stream.Read(&response)) {
  }
  EXPECT_TRUE(stream.Finish().error().Is(kCancelled));
  stream_ended_.get_future().wait();
}

TEST_F(ServerTest, DrainEndsStreams) {
  const auto channel = Connect(gateway_tls_);
  auto stream = channel->Open<methods::WatchLanes>(As({common::v1::ROLE_CUSTOMS}), {});
  v1::WatchLanesResponse response;
  ASSERT_TRUE(stream.Read(&response));
  server_.Drain();
  while (stream.Read(&response)) {
  }
  EXPECT_FALSE(stream.Finish().has_value());
  stream_ended_.get_future().wait();
}

TEST_F(ServerTest, ConversesInOrder) {
  const auto channel = Connect(pki_.MakeCertificate("camera"));
  auto conversation = channel->Converse<methods::ReportReads>(CallOptions::Own(clock_, seconds(5)));
  v1::ReportReadsRequest request;
  v1::ReportReadsResponse response;
  for (int i = 0; i < 50; ++i) {
    request.mutable_read()->set_read_id("read-" + std::to_string(i));
    ASSERT_TRUE(conversation.Write(request));
  }
  for (int i = 0; i < 50; ++i) {
    ASSERT_TRUE(conversation.Read(&response));
    EXPECT_EQ(response.read_id(), "read-" + std::to_string(i));
  }
  conversation.WritesDone();
  EXPECT_FALSE(conversation.Read(&response));
  EXPECT_TRUE(conversation.Finish().has_value());
}

TEST_F(ServerTest, RefusesAConversationToAnotherProcess) {
  const auto channel = Connect(gateway_tls_);
  auto conversation = channel->Converse<methods::ReportReads>(CallOptions::Own(clock_, seconds(5)));
  v1::ReportReadsResponse response;
  EXPECT_FALSE(conversation.Read(&response));
  EXPECT_TRUE(conversation.Finish().error().Is(kUnauthenticated));
}

TEST_F(ServerTest, RelaysRawCallsAndStreams) {
  const auto channel = Connect(gateway_tls_);
  std::promise<Result<std::string>> answer;
  channel->CallRaw(methods::ListLanes::kName, As({common::v1::ROLE_CUSTOMS}), "",
                   [&](Result<std::string> result) { answer.set_value(std::move(result)); });
  v1::ListLanesResponse lanes;
  ASSERT_TRUE(lanes.ParseFromString(answer.get_future().get().value()));
  EXPECT_EQ(lanes.lanes_size(), 1);

  std::promise<void> third;
  std::promise<Result<void>> end;
  std::atomic<int> count = 0;
  std::shared_ptr<RawStream> stream = channel->OpenRaw(
      methods::WatchLanes::kName, As({common::v1::ROLE_CUSTOMS}), "",
      [&](const std::string& bytes) {
        v1::WatchLanesResponse response;
        EXPECT_TRUE(response.ParseFromString(bytes));
        if (++count == 3) return third.set_value();
        stream->Next();
      },
      [&](Result<void> result) { end.set_value(std::move(result)); });
  stream->Next();
  third.get_future().wait();
  stream->Cancel();
  EXPECT_TRUE(end.get_future().get().error().Is(kCancelled));
}

}  // namespace
}  // namespace bordergate::rpc
