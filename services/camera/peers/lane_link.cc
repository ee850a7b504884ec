#include "services/camera/peers/lane_link.h"

#include <algorithm>

#include "libs/rpc/time.h"

namespace bordergate::camera {
namespace {

namespace methods = lane::v1::lane_service;

constexpr milliseconds kSignOfLifeInterval{1000};
constexpr milliseconds kReadLife{5000};
constexpr milliseconds kPauseFirst{100};
constexpr milliseconds kPauseLongest{2000};
constexpr size_t kPendingMax = 256;

const std::string& ReadId(const LaneLink::Read& read) {
  if (read.has_tag()) return read.tag().read_id();
  if (read.has_container()) return read.container().read_id();
  return read.has_slip() ? read.slip().read_id() : read.read().read_id();
}

}  // namespace

LaneLink::LaneLink(const std::string& address, const TlsConfig& tls, const Cameras& cameras,
                   const TagReaders& tag_readers, Telemetry& telemetry, const Clock& clock)
    : channel_("lane", address, tls),
      cameras_(cameras),
      tag_readers_(tag_readers),
      telemetry_(telemetry),
      clock_(clock),
      dropped_(telemetry.metrics.NewCounter("reads_dropped_total",
                                            "Reads that grew too old before the lane took them")),
      thread_([this] { Run(); }) {}

LaneLink::~LaneLink() {
  stop_.Stop();
  {
    const std::lock_guard lock(mutex_);
    if (open_ != nullptr) open_->Cancel();
  }
  changed_.notify_all();
  thread_.join();
}

void LaneLink::Send(Read read) {
  {
    const std::lock_guard lock(mutex_);
    const SteadyInstant now = clock_.SteadyNow();
    while (!pending_.empty() && now - pending_.front().time > kReadLife) {
      pending_.pop_front();
      dropped_.Increment();
    }
    if (pending_.size() >= kPendingMax) DropOne();
    pending_.push_back({.read = std::move(read), .time = now});
  }
  changed_.notify_all();
}

void LaneLink::DropOne() {
  const auto tag =
      std::find_if(pending_.begin(), pending_.end(), [](const Pending& item) { return item.read.has_tag(); });
  pending_.erase(tag == pending_.end() ? pending_.begin() : tag);
  dropped_.Increment();
}

std::optional<LaneLink::Read> LaneLink::NextRead(SteadyInstant until) {
  std::unique_lock lock(mutex_);
  const auto unsent = [&] {
    return std::find_if(pending_.begin(), pending_.end(), [](const Pending& item) { return !item.sent; });
  };
  changed_.wait_until(lock, until, [&] { return stop_.stopped() || broken_ || unsent() != pending_.end(); });
  const auto next = unsent();
  if (stop_.stopped() || broken_ || next == pending_.end()) return std::nullopt;
  next->sent = true;
  return next->read;
}

bool LaneLink::WriteHealth(Conversation& conversation) {
  for (const CameraStatus& camera : cameras_.List()) {
    if (camera.position == Position::kWindow) continue;  // it says nothing of plates
    lane::v1::ReportReadsRequest request;
    auto* health = request.mutable_health();
    health->set_camera_id(camera.camera_id);
    health->set_lane_id(camera.lane_id);
    health->set_fault_code(camera.fault_code);
    if (camera.frame_time) *health->mutable_frame_time() = rpc::ToTimestamp(*camera.frame_time);
    if (!conversation.Write(request)) return false;
  }
  return WriteTagReaderHealth(conversation);
}

bool LaneLink::WriteTagReaderHealth(Conversation& conversation) {
  for (const TagReaderStatus& reader : tag_readers_.List()) {
    lane::v1::ReportReadsRequest request;
    auto* health = request.mutable_tag_reader_health();
    health->set_tag_reader_id(reader.tag_reader_id);
    health->set_lane_id(reader.lane_id);
    health->set_fault_code(reader.fault_code);
    if (reader.report_time) *health->mutable_report_time() = rpc::ToTimestamp(*reader.report_time);
    if (!conversation.Write(request)) return false;
  }
  return true;
}

void LaneLink::Answered(const lane::v1::ReportReadsResponse& response) {
  const std::lock_guard lock(mutex_);
  std::erase_if(pending_, [&](const Pending& item) { return ReadId(item.read) == response.read_id(); });
  telemetry_.metrics
      .NewCounter("reads_answered_total", "Answers of the lane to reads, by what became of them",
                  {{"reason", response.accepted() ? "ACCEPTED" : response.reason_code()}})
      .Increment();
}

void LaneLink::ReceiveAnswers(Conversation& conversation) {
  lane::v1::ReportReadsResponse response;
  while (conversation.Read(&response)) Answered(response);
  {
    const std::lock_guard lock(mutex_);
    broken_ = true;
  }
  changed_.notify_all();
}

Result<void> LaneLink::Talk() {
  Conversation conversation =
      channel_.Converse<methods::ReportReads>(rpc::CallOptions::Own(clock_, milliseconds(0)));
  {
    const std::lock_guard lock(mutex_);
    broken_ = false;
    open_ = &conversation;
    for (Pending& item : pending_) item.sent = false;
  }
  std::thread receiver([&] { ReceiveAnswers(conversation); });
  bool good = !stop_.stopped();
  SteadyInstant next_sign_of_life = clock_.SteadyNow();
  while (good) {
    if (clock_.SteadyNow() >= next_sign_of_life) {
      good = WriteHealth(conversation);
      connected_ = good;
      next_sign_of_life = clock_.SteadyNow() + kSignOfLifeInterval;
      continue;
    }
    if (const auto read = NextRead(next_sign_of_life)) {
      good = conversation.Write(*read);
    }
    const std::lock_guard lock(mutex_);
    good = good && !broken_ && !stop_.stopped();
  }
  connected_ = false;
  conversation.Cancel();
  receiver.join();
  {
    const std::lock_guard lock(mutex_);
    open_ = nullptr;
  }
  return conversation.Finish();
}

void LaneLink::Run() {
  milliseconds pause = kPauseFirst;
  bool reported = false;
  while (!stop_.stopped()) {
    const SteadyInstant start = clock_.SteadyNow();
    const Result<void> end = Talk();
    if (clock_.SteadyNow() - start > kPauseLongest) {
      pause = kPauseFirst;
      reported = false;
    }
    if (!end && !reported && !stop_.stopped()) {
      telemetry_.log.Warning("lane_link.broken", end.error().message(), {{"reason", end.error().reason()}});
      reported = true;
    }
    if (stop_.WaitFor(pause)) return;
    pause = std::min(pause * 2, kPauseLongest);
  }
}

}  // namespace bordergate::camera
