// Goal: a network that loses, delays, narrows, resets, forgets or knows no names never opens a barrier twice
// or wrongly, and no lane waits for it (faults D3 to D8). Method: the whole service in this process; its ways
// to the other services, to the barrier's controller and to its callers are wires that misbehave. No name is
// looked up successfully in this program.
#include <future>

#include <dlfcn.h>
#include <gtest/gtest.h>
#include <netdb.h>

#include "bordergate/lane/v1/lane_service.rpc.h"

#include "libs/core/reasons.h"
#include "services/lane/domain/reasons.h"
#include "services/lane/testing/running_lane.h"

namespace {
std::atomic<int> names_looked_up = 0;
}

// In place of the C library's: addresses are understood, names are not known.
extern "C" int getaddrinfo(const char* node, const char* service, const addrinfo* hints, addrinfo** found) {
  using Lookup = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
  static const auto real = reinterpret_cast<Lookup>(dlsym(RTLD_NEXT, "getaddrinfo"));
  addrinfo numeric{};
  if (hints != nullptr) numeric = *hints;
  numeric.ai_flags |= AI_NUMERICHOST;
  const int result = real(node, service, &numeric, found);
  if (result != EAI_NONAME) return result;
  ++names_looked_up;
  return EAI_AGAIN;
}

namespace bordergate::lane {
namespace {

namespace methods = v1::lane_service;

constexpr char kLane[] = "huu-nghi-x1";
constexpr char kPlate[] = "29C-123.45";

// A lane on wires, whose camera lives.
class NetworkFaults : public testing::Test {
 protected:
  NetworkFaults() {
    gate_.peers.Expect("trip_1", kPlate, "huu-nghi");
    alive_ = std::thread([this] {
      std::unique_lock lock(mutex_);
      do {
        camera_.Alive(kLane);
      } while (!changed_.wait_for(lock, milliseconds(500), [this] { return stopping_; }));
    });
  }
  ~NetworkFaults() override {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_all();
    alive_.join();
  }

  void WaitForMode(v1::Mode mode) {
    gate_.WaitForLane(kLane, [mode](const v1::Lane& lane) { return lane.mode() == mode; });
  }
  void DriveUp() {
    gate_.controller().With(
        [&](LaneModel& model) { model.Arrive({.id = 1, .plate = kPlate, .speed_m_s = 15}); });
    gate_.WaitForLane(kLane, [](const v1::Lane& lane) { return lane.arming_loop(); });
  }
  void Read(const std::string& plate, const std::string& picture = "picture") {
    const std::lock_guard lock(mutex_);
    v1::PlateRead read = camera_.NewRead(kLane, plate);
    read.set_evidence_jpeg(picture);
    camera_.Read(read);
  }
  // The truck goes through once, by the lane's own decision.
  void ExpectPassage() {
    Read(kPlate);
    WaitForPassage();
  }
  void WaitForPassage() {
    EXPECT_EQ(gate_.WaitForEvent("passage.completed").passage().kind(), v1::Passage::KIND_AUTOMATIC);
    EXPECT_EQ(pulses(), 1);
  }
  int pulses() {
    return gate_.controller().With([](LaneModel& model) { return model.raise_pulses(); });
  }
  void TroubleTheCentre(const Wire::Trouble& trouble) {
    for (const auto& wire : gate_.centre_wires) wire->Set(trouble);
  }
  std::unique_ptr<rpc::Channel> Over(const Wire& wire, const std::string& service) {
    return std::make_unique<rpc::Channel>("lane", wire.address(), gate_.pki.MakeCertificate(service));
  }
  rpc::CallOptions Officer() { return gate_.For("person_4", common::v1::ROLE_BORDER_GUARD, {"huu-nghi"}); }
  static v1::OpenBarrierRequest OpenRequest() {
    v1::OpenBarrierRequest request;
    request.set_request_id("request-1");
    request.set_lane_id(kLane);
    request.set_reason_code("OFFICER_IDENTIFIED");
    request.set_plate(kPlate);
    return request;
  }

  RunningLane gate_{1, RunningLane::Wires::kUsed};
  CameraStream camera_{gate_};
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::thread alive_;
};

TEST_F(NetworkFaults, D3LossOfFivePercentIsNotNoticed) {
  TroubleTheCentre({.loss_permille = 50});
  gate_.barrier_wires[0]->Set({.loss_permille = 50});
  WaitForMode(v1::MODE_AUTO);
  DriveUp();
  ExpectPassage();
}

TEST_F(NetworkFaults, D3LossOfThirtyPercentIsLocalAndStillLetsTheCalledTruckThrough) {
  WaitForMode(v1::MODE_AUTO);
  DriveUp();
  TroubleTheCentre({.loss_permille = 300});
  WaitForMode(v1::MODE_LOCAL);
  ExpectPassage();
}

TEST_F(NetworkFaults, D4DelayAndJitterOfTheCentreDelayNoDecision) {
  TroubleTheCentre({.delay = milliseconds(300), .jitter = milliseconds(200)});
  WaitForMode(v1::MODE_AUTO);
  DriveUp();
  ExpectPassage();
}

// Every answer comes when it is not waited for any more.
TEST_F(NetworkFaults, D4ABarrierWhoseAnswersComeTooLateIsNotCommanded) {
  WaitForMode(v1::MODE_AUTO);
  DriveUp();
  gate_.barrier_wires[0]->Set({.delay = milliseconds(300), .jitter = milliseconds(200)});
  WaitForMode(v1::MODE_MANUAL);
  Read(kPlate);
  const auto channel = gate_.As("gateway");
  EXPECT_TRUE(channel->Call<methods::OpenBarrier>(Officer(), OpenRequest()).error().Is(kBarrierUnreachable));
  EXPECT_EQ(pulses(), 0);
  gate_.barrier_wires[0]->Set({});
  WaitForPassage();  // the lane decides by itself again
}

TEST_F(NetworkFaults, D5EventsComeThroughANarrowWireBesideAPicture) {
  WaitForMode(v1::MODE_AUTO);
  DriveUp();
  const std::string picture(900'000, 'p');
  Read("29C-999.99", picture);
  const v1::LaneEvent refused = gate_.WaitForEvent("decision.made");
  Wire wire(gate_.port());
  wire.Set({.bytes_per_second = 256'000 / 8});

  const auto report = Over(wire, "report");
  v1::WatchRequest watch;
  watch.set_after_sequence(refused.header().sequence());
  auto events = report->Open<methods::Watch>(rpc::CallOptions::Own(gate_.clock, seconds(60)), watch);
  v1::WatchResponse response;
  ASSERT_TRUE(events.Read(&response)) << "the stream is open";

  const auto gateway = Over(wire, "gateway");
  v1::GetEvidenceRequest request;
  request.set_evidence_id(refused.decision().evidence_id());
  const size_t carried_before = wire.carried();
  auto fetched = std::async(std::launch::async, [&] {
    return gateway->Call<methods::GetEvidence>(gate_.For("person_1", common::v1::ROLE_AUDITOR), request);
  });
  wire.WaitUntilCarried(carried_before + 20'000);  // the picture is on its way; it would take half a minute
  Read(kPlate);                                    // two plates in one stay: somebody must look
  do {
    ASSERT_TRUE(events.Read(&response));
  } while (response.event().header().kind() != "decision.made");
  EXPECT_EQ(fetched.wait_for(seconds(0)), std::future_status::timeout)
      << "the event has overtaken the picture";
  wire.Set({});
  const auto content = fetched.get();
  ASSERT_TRUE(content) << content.error().message();
  EXPECT_EQ(content->content().data().size(), picture.size());
  events.Cancel();
  (void)events.Finish();
}

TEST_F(NetworkFaults, D6AnOrderWhoseAnswerWasResetIsRepeatedWithoutASecondPulse) {
  WaitForMode(v1::MODE_AUTO);
  DriveUp();
  Wire wire(gate_.port());
  const auto gateway = Over(wire, "gateway");
  ASSERT_TRUE(gateway->Call<methods::ListLanes>(Officer(), {})) << "connected";
  wire.Set({.delay = milliseconds(200)});
  auto lost = std::async(std::launch::async,
                         [&] { return gateway->Call<methods::OpenBarrier>(Officer(), OpenRequest()); });
  gate_.controller().Wait([](const LaneModel& model) { return model.raise_pulses() == 1; });
  wire.Reset();
  const auto first = lost.get();
  wire.Set({});
  const auto again = gateway->Call<methods::OpenBarrier>(Officer(), OpenRequest());
  ASSERT_TRUE(again) << again.error().message();
  EXPECT_TRUE(first || first.error().code() == Code::kUnavailable || first.error().code() == Code::kUnknown);
  EXPECT_EQ(gate_.WaitForEvent("decision.made").decision().decision_id(), again->decision().decision_id());
  gate_.WaitForEvent("passage.completed");
  EXPECT_EQ(pulses(), 1);
}

TEST_F(NetworkFaults, D6AResetBetweenPulseAndAnswerIsNoSecondPulse) {
  WaitForMode(v1::MODE_AUTO);
  DriveUp();
  gate_.barrier_wires[0]->Set({.delay = milliseconds(50)});
  gate_.controller().OnRaise([this] { gate_.barrier_wires[0]->Reset(); });
  ExpectPassage();
}

// D7: nothing arrives on the connections there are, and nobody says so; new ones would work.
TEST_F(NetworkFaults, D7AHalfOpenControllerIsConnectedToAgain) {
  WaitForMode(v1::MODE_AUTO);
  DriveUp();
  const int connections = gate_.controller().connections();
  gate_.barrier_wires[0]->Forget();
  gate_.WaitForLane(kLane, [](const v1::Lane& lane) { return lane.mode() == v1::MODE_MANUAL; });
  gate_.WaitForLane(kLane, [](const v1::Lane& lane) { return lane.mode() == v1::MODE_AUTO; });
  EXPECT_GT(gate_.controller().connections(), connections);
  ExpectPassage();
}

TEST_F(NetworkFaults, D7AHalfOpenCentreIsLocalAndIsConnectedToAgain) {
  WaitForMode(v1::MODE_AUTO);
  DriveUp();
  for (const auto& wire : gate_.centre_wires) wire->Forget();
  WaitForMode(v1::MODE_LOCAL);
  ExpectPassage();
  WaitForMode(v1::MODE_AUTO);
}

TEST_F(NetworkFaults, D8NoNameIsLookedUp) {
  addrinfo* found = nullptr;
  EXPECT_EQ(getaddrinfo("customs.gate.invalid", nullptr, nullptr, &found), EAI_AGAIN);
  EXPECT_EQ(names_looked_up.exchange(0), 1) << "the name service is dead, and a question to it is counted";
  WaitForMode(v1::MODE_AUTO);
  DriveUp();
  ExpectPassage();
  gate_.peers.Stop();
  WaitForMode(v1::MODE_LOCAL);
  gate_.peers.Start();
  WaitForMode(v1::MODE_AUTO);
  EXPECT_EQ(names_looked_up, 0);
}

}  // namespace
}  // namespace bordergate::lane
