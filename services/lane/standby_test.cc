// Goal: a second lane program takes over when the first is killed, stands still or is cut off, within three
// seconds; the first one moves nothing any more; nothing that was decided or went through is lost or told
// twice. Method: two real processes with mTLS, their journals and controllers on Modbus TCP; the other
// services and the camera are played.
#include <array>
#include <filesystem>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "bordergate/lane/v1/lane_service.rpc.h"

#include "embedded/lane_store.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/time.h"
#include "libs/testing/free_port.h"
#include "libs/testing/temporary_folder.h"
#include "services/lane/domain/reasons.h"
#include "services/lane/stand_by.h"
#include "services/lane/store/chain.h"
#include "services/lane/testing/lane_process.h"
#include "services/lane/testing/modbus_controller.h"
#include "services/lane/testing/peer_services.h"
#include "services/lane/testing/wire.h"

namespace bordergate::lane {
namespace {

namespace methods = v1::lane_service;

constexpr size_t kLaneCount = 3;
constexpr seconds kTakeoverMax{3};
// Of a machine that fell silent without closing its connections: libs/rpc/liveness.h, and a second.
constexpr seconds kHearMax{5};
constexpr milliseconds kFrameInterval{20};

// Two programs over three lanes. The first reaches the controllers through wires that can be pulled.
class Pair {
 public:
  Pair() {
    for (size_t i = 0; i < kLaneCount; ++i) {
      controllers_.push_back(std::make_unique<ModbusController>(milliseconds(100)));
      wires_.push_back(std::make_unique<Wire>(controllers_.back()->port()));
      for (int plate = 0; plate < 10; ++plate) {
        peers_.Expect(fmt::format("trip_{}_{}", i, plate), PlateOf(i, plate), "huu-nghi");
      }
    }
    for (size_t which : {0u, 1u}) {
      rpc_[which] = FreePort();
      standby_[which] = FreePort();
      to_rpc_[which] = std::make_unique<Wire>(rpc_[which]);
      to_standby_[which] = std::make_unique<Wire>(standby_[which]);
    }
  }

  // Starts the first (0) or the second (1) program.
  LaneProcess& Start(size_t which) {
    processes_[which].reset();
    const std::string store = Folder(which).string();
    std::filesystem::create_directories(store);
    std::vector<std::string> environment = {
        "BORDERGATE_SITE__FILE=" + folder_.Write(fmt::format("site-{}.toml", which), SiteFile(which)),
        "BORDERGATE_STORE__FOLDER=" + store,
        fmt::format("BORDERGATE_RPC__LISTEN=127.0.0.1:{}", rpc_[which]),
        "BORDERGATE_ADMIN__LISTEN=127.0.0.1:0",
        "BORDERGATE_TLS__CA_FILE=" + tls_.ca_file,
        "BORDERGATE_TLS__CERTIFICATE_FILE=" + tls_.certificate_file,
        "BORDERGATE_TLS__KEY_FILE=" + tls_.key_file,
        "BORDERGATE_TLS__SITE=" + tls_.site,
        "BORDERGATE_ASSERTION__PUBLIC_KEY_FOLDER=" + pki_.public_key_folder(),
        "BORDERGATE_PEERS__CUSTOMS=" + peers_.addresses().customs,
        "BORDERGATE_PEERS__FEE=" + peers_.addresses().fee,
        "BORDERGATE_PEERS__YARD=" + peers_.addresses().yard,
        "BORDERGATE_PEERS__VEHICLE=" + peers_.addresses().vehicle,
        fmt::format("BORDERGATE_STANDBY__PEER={}", to_standby_[1 - which]->address()),
        fmt::format("BORDERGATE_STANDBY__LISTEN=127.0.0.1:{}", standby_[which]),
        fmt::format("BORDERGATE_STANDBY__LEADS={}", which == 0 ? "true" : "false"),
        "BORDERGATE_LIMITS__PROMOTE_AFTER_MS=0"};  // nobody watches the lanes between two trucks
    processes_[which] = std::make_unique<LaneProcess>(BORDERGATE_LANE_PROGRAM,
                                                      std::vector<std::string>{"serve"}, environment);
    return *processes_[which];
  }
  LaneProcess& process(size_t which) { return *processes_[which]; }
  ModbusController& controller(size_t lane) { return *controllers_[lane]; }
  void Pull(bool pulled) {
    for (const auto& wire : wires_) wire->pulled = pulled;
  }

  // The first machine loses its power: nothing comes from it or goes to it, and no connection is closed.
  void SilenceFirst() {
    Pull(true);
    to_rpc_[0]->pulled = true;
    for (const auto& wire : to_standby_) wire->pulled = true;
  }

  // Both run, the first has the barriers and the second everything that was decided.
  void StartBoth() {
    Start(0);
    process(0).WaitForEvent("rpc.listening");
    Start(1);
    process(0).WaitForEvent("standby.in_step");
  }

  void Arrive(size_t lane, int plate) {
    controller(lane).With([&](LaneModel& model) {
      model.Arrive({.id = plate, .plate = PlateOf(lane, plate), .length_m = 8, .speed_m_s = 15});
    });
  }
  // A truck comes, and its plate is read to a program until its barrier rises; says when it did.
  SteadyInstant Open(size_t which, size_t lane, int plate) {
    const int before = Pulses(lane);
    Arrive(lane, plate);
    ReadUntil(which, lane, plate, [&](const LaneModel& model) { return model.raise_pulses() > before; });
    return std::chrono::steady_clock::now();
  }
  // The camera of a lane: reads this plate to a program, frame by frame, until the lane is as wanted.
  template <class Fits>
  void ReadUntil(size_t which, size_t lane, int plate, Fits fits) {
    bool done = false;
    while (!done) {
      rpc::Channel channel("lane", fmt::format("127.0.0.1:{}", rpc_[which]), pki_.MakeCertificate("camera"));
      done = ReadOver(channel, lane, plate, fits);
    }
  }
  // The same over one connection; false when it ended before.
  template <class Fits>
  bool ReadOver(rpc::Channel& channel, size_t lane, int plate, Fits fits) {
    bool done = false;
    auto stream = channel.Converse<methods::ReportReads>(rpc::CallOptions::Own(clock_, seconds(10)));
    for (int i = 0; i < 40 && !done; ++i) {
      v1::ReportReadsRequest alive, read;
      alive.mutable_health()->set_camera_id(LaneId(lane) + "-front");
      alive.mutable_health()->set_lane_id(LaneId(lane));
      *read.mutable_read() = NewRead(lane, plate);
      v1::ReportReadsResponse response;
      if (!stream.Write(alive) || !stream.Write(read) || !stream.Read(&response)) break;
      done = controller(lane).WaitFor(kFrameInterval, fits);
    }
    stream.Cancel();
    (void)stream.Finish();
    return done;
  }
  // A camera's channel to whichever of the two listens.
  std::unique_ptr<rpc::Channel> ChannelToBoth() const {
    return std::make_unique<rpc::Channel>("lane", to_rpc_[0]->address() + "," + to_rpc_[1]->address(),
                                          pki_.MakeCertificate("camera"));
  }
  // Waits until everybody on this lane has gone through and the arm is down again.
  void WaitUntilEmpty(size_t lane) {
    controller(lane).Wait([](const LaneModel& model) { return model.empty() && model.Inputs().lower_limit; });
  }
  int Pulses(size_t lane) {
    return controller(lane).With([](LaneModel& model) { return model.raise_pulses(); });
  }
  size_t Passed(size_t lane) {
    return controller(lane).With([](LaneModel& model) { return model.passed().size(); });
  }

  // Rows of the program's journal. Its process must have ended.
  int64_t Count(size_t which, const std::string& from_where) {
    const auto connection = Connection::Open((Folder(which) / "lane.sqlite").string(), false);
    Statement count(**connection, "SELECT count(*) FROM " + from_where);
    BG_CHECK(count.Step().value_or(false), "the journal can be read");
    return count.Integer(0);
  }
  Result<int64_t> Verify(size_t which) {
    const auto connection = BG_TRY(Connection::Open((Folder(which) / "lane.sqlite").string(), false));
    return VerifyChain(*connection);
  }
  bool Kept(size_t which) {
    for (const auto& entry : std::filesystem::directory_iterator(Folder(which))) {
      if (entry.path().filename().string().find(".replaced-") != std::string::npos) return true;
    }
    return false;
  }

 private:
  static std::string LaneId(size_t lane) { return fmt::format("huu-nghi-x{}", lane + 1); }
  static std::string PlateOf(size_t lane, int plate) { return fmt::format("29C{}{:04}", lane + 1, plate); }
  std::filesystem::path Folder(size_t which) const { return folder_.path() / fmt::format("store-{}", which); }
  std::string SiteFile(size_t which) const {
    std::string text = "[[gates]]\ngate_id=\"huu-nghi\"\ntitle=\"Hữu Nghị\"\nutc_offset_minutes=420\n";
    for (size_t i = 0; i < kLaneCount; ++i) {
      text += fmt::format(
          "[[lanes]]\nlane_id=\"{0}\"\ngate_id=\"huu-nghi\"\ntitle=\"{0}\"\ndirection=\"export\"\n"
          "camera_id=\"{0}-front\"\ncamera_url=\"http://127.0.0.1:1/"
          "x.mjpeg\"\nbarrier_address=\"127.0.0.1:{1}\"\n"
          "barrier_unit_id=1\nregister_map=\"simulated\"\n",
          LaneId(i), which == 0 ? wires_[i]->port() : controllers_[i]->port());
    }
    return text;
  }
  v1::PlateRead NewRead(size_t lane, int plate) {
    v1::PlateRead read;
    read.set_read_id(fmt::format("read-{:08}", ++reads_));
    read.set_camera_id(LaneId(lane) + "-front");
    read.set_lane_id(LaneId(lane));
    *read.mutable_frame_time() = rpc::ToTimestamp(clock_.Now());
    read.set_plate(PlateOf(lane, plate));
    read.set_country_code("VN");
    read.set_layout("one-line");
    read.set_confidence(0.97);
    read.set_evidence_jpeg("picture");
    return read;
  }

  const SystemClock clock_;
  const TestPki pki_;
  const TlsConfig tls_ = pki_.MakeCertificate("lane");
  PeerServices peers_{pki_};
  TemporaryFolder folder_;
  std::vector<std::unique_ptr<ModbusController>> controllers_;
  std::vector<std::unique_ptr<Wire>> wires_;
  std::array<int, 2> rpc_{}, standby_{};
  std::array<std::unique_ptr<Wire>, 2> to_rpc_, to_standby_;
  std::array<std::unique_ptr<LaneProcess>, 2> processes_;
  int reads_ = 0;
};

TEST(HotStandby, OpensForTheNextTruckAfterTheActiveOneWasKilled) {
  Pair pair;
  pair.StartBoth();
  pair.Open(0, 0, 1);
  pair.WaitUntilEmpty(0);
  const SteadyInstant killed = std::chrono::steady_clock::now();
  pair.process(0).Signal(SIGKILL);
  const SteadyInstant opened = pair.Open(1, 0, 2);
  EXPECT_LT(opened - killed, kTakeoverMax);
  RecordProperty("takeover_ms", fmt::format("{}", (opened - killed) / milliseconds(1)));
  pair.WaitUntilEmpty(0);
  EXPECT_EQ(pair.Pulses(0), 2);
  pair.process(1).Signal(SIGTERM);
  EXPECT_EQ(pair.process(1).WaitForExit(), 0);
  EXPECT_TRUE(pair.Verify(1)) << "one chain, begun by the one and continued by the other";
  EXPECT_EQ(pair.Count(1, "journal WHERE kind='decision.made'"), 2);
  EXPECT_EQ(pair.Count(1, "passages"), 2);
  EXPECT_EQ(pair.Count(1, "openings"), 0);
}

TEST(HotStandby, IsFoundByWhoKnowsTheAddressesOfBoth) {
  Pair pair;
  pair.StartBoth();
  const std::unique_ptr<rpc::Channel> camera = pair.ChannelToBoth();
  for (const int plate : {1, 2}) {
    const int before = pair.Pulses(0);
    pair.Arrive(0, plate);
    const auto raised = [&](const LaneModel& model) { return model.raise_pulses() > before; };
    while (!pair.ReadOver(*camera, 0, plate, raised)) std::this_thread::yield();
    pair.WaitUntilEmpty(0);
    if (plate == 1) pair.process(0).Signal(SIGKILL);
  }
  EXPECT_EQ(pair.Pulses(0), 2);
}

TEST(HotStandby, HearsTheCamerasSoonAfterTheOtherMachineFellSilent) {
  Pair pair;
  pair.StartBoth();
  const std::unique_ptr<rpc::Channel> camera = pair.ChannelToBoth();
  const auto open = [&](int plate) {
    const int before = pair.Pulses(0);
    pair.Arrive(0, plate);
    const auto raised = [&](const LaneModel& model) { return model.raise_pulses() > before; };
    while (!pair.ReadOver(*camera, 0, plate, raised)) std::this_thread::yield();
    return std::chrono::steady_clock::now();
  };
  open(1);
  pair.WaitUntilEmpty(0);
  const SteadyInstant silent = std::chrono::steady_clock::now();
  pair.SilenceFirst();
  const SteadyInstant opened = open(2);
  EXPECT_LT(opened - silent, kHearMax) << "without an officer";
  RecordProperty("hear_ms", fmt::format("{}", (opened - silent) / milliseconds(1)));
  pair.WaitUntilEmpty(0);
  EXPECT_EQ(pair.Pulses(0), 2);
  pair.process(1).Signal(SIGTERM);
  EXPECT_EQ(pair.process(1).WaitForExit(), 0);
  EXPECT_EQ(pair.Count(1, "passages"), 2);
  EXPECT_EQ(pair.Count(1, "openings"), 0);
}

TEST(HotStandby, TakesOverAnOpeningThatIsUnderWay) {
  Pair pair;
  pair.StartBoth();
  pair.Open(0, 0, 1);
  pair.process(0).Signal(SIGKILL);
  pair.ReadUntil(1, 0, 1, [](const LaneModel& model) { return model.passed().size() == 1; });
  pair.WaitUntilEmpty(0);
  EXPECT_EQ(pair.Pulses(0), 1) << "no second pulse for one decision";
  pair.process(1).Signal(SIGTERM);
  EXPECT_EQ(pair.process(1).WaitForExit(), 0);
  EXPECT_EQ(pair.Passed(0), 1u);
  EXPECT_EQ(pair.Count(1, "passages"), 1);
}

TEST(HotStandby, RefusesAnActiveOneThatStoodStillAndWakes) {  // A10
  Pair pair;
  pair.StartBoth();
  pair.process(0).Signal(SIGSTOP);
  const SteadyInstant stopped = std::chrono::steady_clock::now();
  const SteadyInstant opened = pair.Open(1, 1, 1);
  EXPECT_LT(opened - stopped, kTakeoverMax);
  pair.WaitUntilEmpty(1);
  pair.process(0).Signal(SIGCONT);
  EXPECT_EQ(pair.process(0).WaitForExit(), kTakenExit);
  EXPECT_GE(pair.controller(0).refused() + pair.controller(1).refused() + pair.controller(2).refused(), 1);
  EXPECT_EQ(pair.Pulses(1), 1);
  // Started again it stands by for the other, with the other's journal; its own is kept.
  pair.Start(0);
  pair.process(1).WaitForEvent("standby.in_step");
  pair.Open(1, 1, 2);
  pair.WaitUntilEmpty(1);
  const SteadyInstant killed = std::chrono::steady_clock::now();
  pair.process(1).Signal(SIGKILL);
  EXPECT_LT(pair.Open(0, 1, 3) - killed, kTakeoverMax) << "and takes over in its turn";
  pair.WaitUntilEmpty(1);
  pair.process(0).Signal(SIGTERM);
  EXPECT_EQ(pair.process(0).WaitForExit(), 0);
  EXPECT_TRUE(pair.Verify(0));
  EXPECT_EQ(pair.Count(0, "passages"), 3);
  EXPECT_EQ(pair.Passed(1), 3u);
}

TEST(HotStandby, RefusesAnActiveOneThatWasCutOffAndComesBack) {  // D2
  Pair pair;
  pair.StartBoth();
  pair.Pull(true);
  const SteadyInstant pulled = std::chrono::steady_clock::now();
  EXPECT_LT(pair.Open(1, 2, 1) - pulled, kTakeoverMax);
  pair.WaitUntilEmpty(2);
  pair.Pull(false);
  EXPECT_EQ(pair.process(0).WaitForExit(), kTakenExit);
  EXPECT_EQ(pair.Pulses(2), 1);
  EXPECT_EQ(pair.Passed(2), 1u);
}

TEST(HotStandby, DoesNotTakeOverFromAnActiveOneThatWentOnAlone) {
  Pair pair;
  pair.StartBoth();
  pair.process(1).Signal(SIGSTOP);
  pair.Open(0, 0, 1);  // waits for the standby once, then goes on
  pair.process(0).WaitForEvent("standby.lost");
  pair.WaitUntilEmpty(0);
  pair.process(0).Signal(SIGKILL);
  pair.process(0).WaitForExit();
  pair.process(1).Signal(SIGCONT);
  pair.process(1).WaitForEvent("standby.left_alone");
  EXPECT_FALSE(pair.process(1).HasLogged("standby.takes_over"));
  pair.Start(0);
  pair.process(0).WaitForEvent("standby.in_step");
  EXPECT_TRUE(pair.Kept(1)) << "it was given the whole journal, and kept what it had";
  pair.process(0).Signal(SIGKILL);
  pair.Open(1, 0, 2);
  pair.WaitUntilEmpty(0);
  pair.process(1).Signal(SIGTERM);
  EXPECT_EQ(pair.process(1).WaitForExit(), 0);
  EXPECT_TRUE(pair.Verify(1));
  EXPECT_EQ(pair.Count(1, "passages"), 2);
}

}  // namespace
}  // namespace bordergate::lane
