// The active program's side of a pair: brings every commit of the journal to the standby before anybody acts
// upon it.
//
// While the standby is in step a commit waits for it. When it does not answer in time, the active program
// tells the controllers that the standby has not everything any more, which gives their barriers a new token,
// and goes on alone; a standby that wanted to take over at that moment comes too late, or the active program
// does, and the controllers decide which (docs/decisions/0025-hot-standby.md). A program that has just
// started has told nobody anything: its first commit waits until most controllers have its token.
//
// One thread of its own, from Start until destruction. Safe for use by several threads.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "bordergate/lane/v1/standby_service.rpc.h"

#include "libs/rpc/channel.h"
#include "libs/telemetry/telemetry.h"
#include "services/lane/config.h"
#include "services/lane/store/database.h"

namespace bordergate::lane {

class StandbyLink final : public CommitListener {
 public:
  // Tells the controllers whether the standby has everything. True when most of them have taken it.
  using TellControllers = std::function<bool(bool in_step)>;

  struct Settings {
    std::string peer;       // "host:port" of the standby
    std::string copy_file;  // where a whole journal may lie for a while
    int64_t schema_version = 0;
    milliseconds answer_within{300};
  };

  // The one of the configuration, told every commit of the journal; null when there is no standby.
  static std::unique_ptr<StandbyLink> MakeFor(const LaneConfig& config, Database& journal, Random& random,
                                              Telemetry& telemetry, const Clock& clock);
  StandbyLink(Settings settings, Database& journal, const TlsConfig& tls, Telemetry& telemetry,
              const Clock& clock);
  ~StandbyLink() override;
  StandbyLink(const StandbyLink&) = delete;
  StandbyLink& operator=(const StandbyLink&) = delete;

  void Start(TellControllers tell);

  //   errors   OUTCOME_UNKNOWN: the standby did not answer, and most controllers cannot be told so
  Result<void> Committed(const Commit& commit) override;

  bool in_step() const;

 private:
  using Stream = rpc::ClientConversation<v1::FollowRequest, v1::FollowResponse>;

  void Run();
  Result<void> Follow(Stream& stream);
  Result<void> SendWhole(Stream& stream, CommitPosition& position);
  static Result<CommitPosition> Step(Stream& stream, const v1::FollowRequest& request);
  Result<void> GoAlone(std::unique_lock<std::mutex>& lock);
  void CaughtUp();
  const Commit* After(const CommitPosition& position) const;
  bool Knows(const CommitPosition& position) const;

  const Settings settings_;
  Database& journal_;
  Telemetry& telemetry_;
  const Clock& clock_;
  rpc::Channel channel_;
  TellControllers tell_;

  std::mutex tell_mutex_;  // one statement to the controllers at a time; taken before mutex_
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Commit> kept_;  // the last ones, for a standby that was away for a moment
  size_t kept_bytes_ = 0;
  CommitPosition base_;  // the place before the first of them
  CommitPosition head_;
  int64_t acknowledged_ = -1;  // by the standby of the stream that is open; -1: none is
  enum class State { kStarted, kAlone, kInStep };
  State state_ = State::kStarted;
  bool told_ = false;  // in step, and the controllers know
  Stream* stream_ = nullptr;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace bordergate::lane
