#include "services/lane/testing/running_lane.h"

#include "bordergate/lane/v1/lane_service.rpc.h"

#include "libs/core/check.h"
#include "libs/rpc/time.h"

namespace bordergate::lane {
namespace {

namespace methods = v1::lane_service;

template <class T>
T Must(Result<T> result) {
  BG_CHECK(result.has_value(), result ? "" : result.error().message());
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

google::protobuf::Timestamp TimestampNow() {
  return rpc::ToTimestamp(
      std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now()));
}

}  // namespace

RunningLane::RunningLane(int lane_count, Wires wires) {
  MakeSite(lane_count, wires);
  config_.rpc = pki.MakeRpcConfig("lane");
  config_.rpc.drain_duration = milliseconds(100);
  config_.store_folder = folder_.path() / "store";
  config_.evidence_bytes_max = 100 << 20;
  config_.evidence_age_max = std::chrono::hours(24);
  config_.done_retention = std::chrono::hours(48);
  config_.answer_retention = std::chrono::hours(48);
  config_.peers = wires == Wires::kUsed ? OverWires(peers.addresses()) : peers.addresses();
  config_.poll_interval = milliseconds(20);
  // Short, because the trucks of the tests are fast and nothing else happens meanwhile.
  config_.times.clear_wait = milliseconds(200);
  config_.times.settle = milliseconds(150);
  config_.times.loops.gap = milliseconds(100);
  config_.promote_after = milliseconds(1000);
  config_.limits.centre = milliseconds(2000);
  Start();
}

RunningLane::~RunningLane() { Stop(); }

PeerAddresses RunningLane::OverWires(const PeerAddresses& direct) {
  const auto over = [this](const std::string& address) {
    const int port = std::stoi(address.substr(address.rfind(':') + 1));
    return centre_wires.emplace_back(std::make_unique<Wire>(port, centre_wires.size()))->address();
  };
  return {over(direct.customs), over(direct.fee), over(direct.yard), over(direct.vehicle)};
}

void RunningLane::MakeSite(int lane_count, Wires wires) {
  site_.gates = {{"huu-nghi", "Hữu Nghị", 420}, {"tan-thanh", "Tân Thanh", 420}};
  for (int i = 1; i <= lane_count + 1; ++i) {
    controllers_.push_back(std::make_unique<ModbusController>(milliseconds(100)));
    SiteLane lane;
    const bool other_gate = i > lane_count;
    lane.lane_id = other_gate ? "tan-thanh-x1" : "huu-nghi-x" + std::to_string(i);
    lane.gate_id = other_gate ? "tan-thanh" : "huu-nghi";
    lane.title = "X" + std::to_string(i);
    lane.camera_id = lane.lane_id + "-front";
    lane.barrier_host = "127.0.0.1";
    lane.barrier_port = controllers_.back()->port();
    if (wires == Wires::kUsed) {
      barrier_wires.push_back(std::make_unique<Wire>(lane.barrier_port));
      lane.barrier_port = barrier_wires.back()->port();
    }
    lane.register_map = "simulated";
    if (i == 1) {
      lane.further_cameras = {{lane.lane_id + "-rear", "", "rear", true, true},
                              {lane.lane_id + "-side", "", "trailer"}};
      lane.tag_reader_id = lane.lane_id + "-tags";
      lane.display_host = "127.0.0.1";
      lane.display_port = display_.port();
      lane.display_map = "simulated";
      lane.scale_host = "127.0.0.1";
      lane.scale_port = scale_.port();
      lane.scale_map = "simulated";
    }
    site_.lanes.push_back(lane);
  }
}

void RunningLane::Start() {
  telemetry_ = std::make_unique<Telemetry>("lane", "error");
  memory_ = Must(Memory::Open(config_, *telemetry_, clock));
  Must(memory_->OpenJournal(bodies_));
  Must(memory_->rules().Load(CheckpointsOf(site_.lanes), config_.first_rule));
  observer_ = std::make_unique<LaneTelemetry>(*telemetry_, clock);
  const LaneServices services{memory_->journal(),
                              memory_->evidence(),
                              memory_->admission(),
                              memory_->admission(),
                              memory_->rules(),
                              bodies_,
                              ids_,
                              clock,
                              *observer_};
  barriers_ = Must(SiteBarriers::Make(site_, config_, clock));
  lanes_ =
      Must(SiteLanes::Make(site_, config_, *barriers_, memory_->journal(), services, memory_->evidence()));
  api_ = std::make_unique<LaneApi>(lanes_->lanes(), lanes_->board(), memory_->rules(), memory_->evidence(),
                                   memory_->journal(), memory_->journal(),
                                   SlipKeysIn(pki.public_key_folder()), clock);
  server_ = std::make_unique<rpc::Server>(config_.rpc, *telemetry_, clock);
  Register(*server_, *api_);
  server_->Start();
  lanes_->StartPolling(config_.poll_interval, config_.scale_interval);
  feeds_ = std::make_unique<Feeds>(config_.peers, config_.rpc.tls, memory_->admission(), *telemetry_, clock);
}

void RunningLane::Stop() {
  feeds_.reset();
  server_.reset();
  api_.reset();
  lanes_.reset();
  barriers_.reset();
  memory_.reset();
}

std::unique_ptr<rpc::Channel> RunningLane::As(const std::string& service) {
  auto [it, is_new] = certificates_.try_emplace(service);
  if (is_new) it->second = pki.MakeCertificate(service);
  return std::make_unique<rpc::Channel>("lane", "127.0.0.1:" + std::to_string(port()), it->second);
}

rpc::CallOptions RunningLane::For(const std::string& subject, rpc::Role role,
                                  std::vector<std::string> gate_ids) {
  rpc::CallOptions options = rpc::CallOptions::Own(clock, seconds(10));
  rpc::Caller caller;
  caller.subject_id = subject;
  caller.display_name = "Nguyễn Văn An";
  caller.roles = {role};
  caller.gate_ids = std::move(gate_ids);
  options.assertion = pki.MakeAssertion(caller, clock.Now());
  return options;
}

v1::Lane RunningLane::WaitForLane(const std::string& lane_id,
                                  const std::function<bool(const v1::Lane&)>& fits) {
  const auto channel = As("gateway");
  auto stream = channel->Open<methods::WatchLanes>(For("person_watch", common::v1::ROLE_AUDITOR), {});
  v1::WatchLanesResponse response;
  while (stream.Read(&response)) {
    if (response.lane().lane_id() != lane_id || !fits(response.lane())) continue;
    stream.Cancel();
    (void)stream.Finish();
    return response.lane();
  }
  BG_CHECK(false, "the stream of lanes ended: " + stream.Finish().error().message());
}

v1::LaneEvent RunningLane::WaitForEvent(const std::string& kind, int64_t after_sequence) {
  const auto channel = As("report");
  v1::WatchRequest request;
  request.set_after_sequence(after_sequence);
  auto stream = channel->Open<methods::Watch>(rpc::CallOptions::Own(clock, seconds(10)), request);
  v1::WatchResponse response;
  while (stream.Read(&response)) {
    if (response.event().header().kind() != kind) continue;
    stream.Cancel();
    (void)stream.Finish();
    return response.event();
  }
  BG_CHECK(false, "the stream of events ended: " + stream.Finish().error().message());
}

CameraStream::CameraStream(RunningLane& lane)
    : channel_(lane.As("camera")),
      stream_(channel_->Converse<methods::ReportReads>(rpc::CallOptions::Own(lane.clock, seconds(60)))) {}

CameraStream::~CameraStream() {
  stream_.Cancel();
  (void)stream_.Finish();
}

void CameraStream::Alive(const std::string& lane_id, const std::string& fault_code) {
  v1::ReportReadsRequest request;
  request.mutable_health()->set_camera_id(lane_id + "-front");
  request.mutable_health()->set_lane_id(lane_id);
  request.mutable_health()->set_fault_code(fault_code);
  BG_CHECK(stream_.Write(request), "the stream of reads is open");
}

v1::PlateRead CameraStream::NewRead(const std::string& lane_id, const std::string& plate) {
  v1::PlateRead read;
  read.set_read_id("read-" + lane_id + "-" + std::to_string(++reads_));
  read.set_camera_id(lane_id + "-front");
  read.set_lane_id(lane_id);
  *read.mutable_frame_time() = TimestampNow();
  read.set_plate(plate);
  read.set_country_code("VN");
  read.set_layout("one-line");
  read.set_confidence(0.95);
  read.set_evidence_jpeg("picture of " + plate);
  for (const float corner : {10.F, 10.F, 90.F, 10.F, 90.F, 40.F, 10.F, 40.F}) read.add_corners(corner);
  return read;
}

v1::ReportReadsResponse CameraStream::Report(const v1::ReportReadsRequest& request) {
  BG_CHECK(stream_.Write(request), "the stream of reads is open");
  v1::ReportReadsResponse response;
  BG_CHECK(stream_.Read(&response), "each read is answered");
  return response;
}

v1::ReportReadsResponse CameraStream::Read(const v1::PlateRead& read) {
  v1::ReportReadsRequest request;
  *request.mutable_read() = read;
  return Report(request);
}

v1::ReportReadsResponse CameraStream::Show(const std::string& lane_id, const std::string& text) {
  v1::ReportReadsRequest request;
  v1::SlipRead& slip = *request.mutable_slip();
  slip.set_read_id("slip-" + lane_id + "-" + std::to_string(++reads_));
  slip.set_camera_id(lane_id + "-slip");
  slip.set_lane_id(lane_id);
  *slip.mutable_frame_time() = TimestampNow();
  slip.set_text(text);
  slip.set_evidence_jpeg("picture of a slip");
  return Report(request);
}

v1::ContainerRead CameraStream::NewContainer(const std::string& lane_id,
                                             const std::string& container_number) {
  v1::ContainerRead read;
  read.set_read_id("container-" + lane_id + "-" + std::to_string(++reads_));
  read.set_camera_id(lane_id + "-rear");
  read.set_lane_id(lane_id);
  *read.mutable_frame_time() = TimestampNow();
  read.set_container_number(container_number);
  read.set_confidence(0.95);
  read.set_evidence_jpeg("picture of " + container_number);
  for (const float corner : {10.F, 10.F, 90.F, 10.F, 90.F, 40.F, 10.F, 40.F}) read.add_corners(corner);
  return read;
}

v1::ReportReadsResponse CameraStream::See(const v1::ContainerRead& read) {
  v1::ReportReadsRequest request;
  *request.mutable_container() = read;
  return Report(request);
}

v1::TagRead CameraStream::NewTag(const std::string& lane_id, const std::string& tag_id) {
  v1::TagRead tag;
  tag.set_read_id("tag-" + lane_id + "-" + std::to_string(++reads_));
  tag.set_tag_reader_id(lane_id + "-tags");
  tag.set_lane_id(lane_id);
  *tag.mutable_read_time() = TimestampNow();
  tag.set_tag_id(tag_id);
  tag.set_rssi_cdbm(-4500);
  return tag;
}

v1::ReportReadsResponse CameraStream::Hear(const v1::TagRead& tag) {
  v1::ReportReadsRequest request;
  *request.mutable_tag() = tag;
  return Report(request);
}

void CameraStream::WitnessAlive(const std::string& lane_id, const std::string& camera_id,
                                const std::string& fault_code) {
  v1::ReportReadsRequest request;
  request.mutable_health()->set_camera_id(camera_id);
  request.mutable_health()->set_lane_id(lane_id);
  request.mutable_health()->set_fault_code(fault_code);
  BG_CHECK(stream_.Write(request), "the stream of reads is open");
}

void CameraStream::TagReaderAlive(const std::string& lane_id) {
  v1::ReportReadsRequest request;
  request.mutable_tag_reader_health()->set_tag_reader_id(lane_id + "-tags");
  request.mutable_tag_reader_health()->set_lane_id(lane_id);
  BG_CHECK(stream_.Write(request), "the stream of reads is open");
}

}  // namespace bordergate::lane
