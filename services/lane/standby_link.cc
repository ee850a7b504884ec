#include "services/lane/standby_link.h"

#include <filesystem>
#include <fstream>
#include <utility>

#include "embedded/lane_store.h"
#include "services/lane/domain/reasons.h"
#include "services/lane/memory.h"

namespace bordergate::lane {
namespace {

constexpr milliseconds kAreYouThere{200};
constexpr milliseconds kPause{500};
constexpr size_t kKeptBytesMax = 64u << 20;
constexpr size_t kPartBytes = 1u << 20;

CommitPosition FromProto(const v1::JournalPosition& position) {
  return {position.number(), position.commit_id()};
}
void ToProto(const CommitPosition& position, v1::JournalPosition& out) {
  out.set_number(position.number);
  out.set_commit_id(position.commit_id);
}

}  // namespace

std::unique_ptr<StandbyLink> StandbyLink::MakeFor(const LaneConfig& config, Database& journal, Random& random,
                                                  Telemetry& telemetry, const Clock& clock) {
  if (config.standby_peer.empty()) return nullptr;
  Settings settings{.peer = config.standby_peer,
                    .copy_file = JournalFile(config) + ".copy",
                    .schema_version = static_cast<int64_t>(embedded::lane_store::migrations().size()),
                    .answer_within = config.standby_answer_within};
  auto link = std::make_unique<StandbyLink>(std::move(settings), journal, config.rpc.tls, telemetry, clock);
  journal.OnCommit(*link, random);
  return link;
}

StandbyLink::StandbyLink(Settings settings, Database& journal, const TlsConfig& tls, Telemetry& telemetry,
                         const Clock& clock)
    : settings_(std::move(settings)),
      journal_(journal),
      telemetry_(telemetry),
      clock_(clock),
      channel_("lane", settings_.peer, tls) {
  if (auto position = journal.Position()) base_ = head_ = *std::move(position);
}

StandbyLink::~StandbyLink() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    if (stream_ != nullptr) stream_->Cancel();
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void StandbyLink::Start(TellControllers tell) {
  tell_ = std::move(tell);
  thread_ = std::thread([this] { Run(); });
}

bool StandbyLink::in_step() const {
  const std::lock_guard lock(mutex_);
  return state_ == State::kInStep && told_;
}

Result<void> StandbyLink::Committed(const Commit& commit) {
  std::unique_lock lock(mutex_);
  kept_.push_back(commit);
  kept_bytes_ += commit.changeset.size();
  head_ = commit.position;
  while (kept_bytes_ > kKeptBytesMax && kept_.size() > 1) {
    kept_bytes_ -= kept_.front().changeset.size();
    base_ = kept_.front().position;
    kept_.pop_front();
  }
  changed_.notify_all();
  if (state_ == State::kAlone || !tell_) return {};
  if (state_ == State::kInStep) {
    const auto over = [&] { return acknowledged_ < 0 || acknowledged_ >= commit.position.number; };
    changed_.wait_for(lock, settings_.answer_within, over);
    if (acknowledged_ >= commit.position.number) return {};
  }
  return GoAlone(lock);
}

Result<void> StandbyLink::GoAlone(std::unique_lock<std::mutex>& lock) {
  if (stream_ != nullptr) stream_->Cancel();
  lock.unlock();
  const std::lock_guard telling(tell_mutex_);
  if (!tell_(false))
    return Error(kOutcomeUnknown, "the standby did not answer, and the controllers cannot be told so");
  lock.lock();
  if (state_ == State::kInStep) {
    telemetry_.log.Warning("standby.lost", "the standby did not answer in time; goes on alone", {});
  }
  state_ = State::kAlone;
  told_ = false;
  return {};
}

void StandbyLink::Run() {
  std::unique_lock lock(mutex_);
  bool reported = false;
  while (!stopping_) {
    Stream stream = channel_.Converse<v1::standby_service::Follow>(rpc::CallOptions::Own(clock_, seconds(0)));
    stream_ = &stream;
    lock.unlock();
    const Result<void> end = Follow(stream);
    lock.lock();
    stream_ = nullptr;
    reported = reported && acknowledged_ < 0;
    acknowledged_ = -1;
    changed_.notify_all();
    lock.unlock();
    stream.Cancel();
    (void)stream.Finish();
    if (!end && !std::exchange(reported, true)) {
      telemetry_.log.Warning("standby.away", end.error().message(), {{"reason", end.error().reason()}});
    }
    lock.lock();
    changed_.wait_for(lock, kPause, [this] { return stopping_; });
  }
}

Result<CommitPosition> StandbyLink::Step(Stream& stream, const v1::FollowRequest& request) {
  v1::FollowResponse response;
  if (!stream.Write(request) || !stream.Read(&response))
    return Error(kJournalUnavailable, "the standby does not answer");
  if (!response.has_position())
    return Error(kJournalUnavailable, "the standby cannot follow; its log says why");
  return FromProto(response.position());
}

const Commit* StandbyLink::After(const CommitPosition& position) const {
  if (position == head_) return nullptr;
  if (position == base_) return &kept_.front();
  for (size_t i = 0; i + 1 < kept_.size(); ++i) {
    if (kept_[i].position == position) return &kept_[i + 1];
  }
  return nullptr;
}

bool StandbyLink::Knows(const CommitPosition& position) const {
  return position == head_ || After(position) != nullptr;
}

Result<void> StandbyLink::Follow(Stream& stream) {
  v1::FollowRequest greeting;
  greeting.mutable_greeting()->set_schema_version(settings_.schema_version);
  CommitPosition position = BG_TRY(Step(stream, greeting));
  std::unique_lock lock(mutex_);
  if (!Knows(position)) {
    lock.unlock();
    BG_TRY(SendWhole(stream, position));
    lock.lock();
    if (!Knows(position))
      return Error(kJournalUnavailable, "the standby has another journal than it was given");
  }
  acknowledged_ = position.number;
  while (!stopping_) {
    changed_.notify_all();
    if (position == head_) {
      state_ = State::kInStep;
      lock.unlock();
      CaughtUp();
      lock.lock();
      changed_.wait_for(lock, kAreYouThere, [&] { return stopping_ || head_ != position; });
      if (stopping_) break;
    }
    v1::FollowRequest request;
    if (const Commit* next = After(position)) {
      ToProto(next->position, *request.mutable_commit()->mutable_position());
      request.mutable_commit()->set_changeset(next->changeset);
    }
    lock.unlock();
    position = BG_TRY(Step(stream, request));
    lock.lock();
    if (!Knows(position)) return Error(kJournalUnavailable, "the standby has left the history it followed");
    acknowledged_ = position.number;
  }
  return {};
}

void StandbyLink::CaughtUp() {
  const std::lock_guard telling(tell_mutex_);
  {
    const std::lock_guard lock(mutex_);
    if (state_ != State::kInStep || told_) return;
  }
  if (!tell_(true)) return;
  const std::lock_guard lock(mutex_);
  told_ = true;
  telemetry_.log.Info("standby.in_step", "the standby has everything and may take over", {});
}

Result<void> StandbyLink::SendWhole(Stream& stream, CommitPosition& position) {
  std::error_code gone;
  std::filesystem::remove(settings_.copy_file, gone);
  BG_TRY(journal_.CopyTo(settings_.copy_file));
  std::ifstream file(settings_.copy_file, std::ios::binary);
  std::string part(kPartBytes, '\0');
  for (bool first = true, last = false; !last; first = false) {
    file.read(part.data(), static_cast<std::streamsize>(part.size()));
    v1::FollowRequest request;
    request.mutable_part()->set_first(first);
    request.mutable_part()->set_data(part.substr(0, static_cast<size_t>(file.gcount())));
    last = file.eof();
    request.mutable_part()->set_last(last);
    if (!last && !file) return Error(kJournalUnavailable, "the copy of the journal cannot be read");
    position = BG_TRY(Step(stream, request));
  }
  std::filesystem::remove(settings_.copy_file, gone);
  return {};
}

}  // namespace bordergate::lane
