// Server streams as server-sent events: one stream each, with signs of life, a limit for each caller, and an
// end as soon as the session behind it ends.
//
//   id: 4711                     the message's sequence, when it has one
//   data: {"sequence":"4711",…}  one message as JSON
//
//   : heartbeat                  after a while of silence
//
//   event: problem               why it ended, when it was not the caller's wish
//   data: {"reason":"SERVICE_UNAVAILABLE",…}
#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "services/gateway/api/stream_quota.h"
#include "services/gateway/api/visit.h"
#include "services/gateway/domain/upstream.h"

namespace bordergate::gateway {

struct StreamRules {
  int per_caller_max = 0;
  int total_max = 0;
  milliseconds heartbeat_interval{};
  milliseconds head_delay{500};  // a stream that says nothing at first gets its head after this time
  milliseconds session_grace{};  // how long a stream may go on when identity cannot confirm its session again
};

// Safe for use by several threads. Nothing may still call it, nor a stream be open, when it is destroyed.
class EventStreams {
 public:
  EventStreams(const Contract& contract, const Dispatcher& dispatcher, Upstream& upstream,
               SessionSource& sessions, const Clock& clock, Telemetry& telemetry, StreamRules rules);

  // Opens the stream and answers the visit with it.
  //   errors (as answers)   STREAMS_EXCEEDED; those of the service before its first message
  void Open(const VisitPtr& visit, UpstreamCall call);

  // Ends the streams of a session or of all of a subject's. Clients connect again and are asked anew who they
  // are.
  void EndSession(const std::string& session_id);
  void EndSubject(const std::string& subject_id);

  // Signs of life, late heads and checks of sessions; to be called a few times a second.
  void Tick();

  int open_count() const { return quota_.total(); }

 private:
  class Live;
  template <class Matches>
  void EndThose(Matches matches);
  std::vector<std::shared_ptr<Live>> All() const;
  void Forget(int64_t number);

  const Contract& contract_;
  const Dispatcher& dispatcher_;
  Upstream& upstream_;
  SessionSource& sessions_;
  const Clock& clock_;
  const StreamRules rules_;
  StreamQuota quota_;
  Gauge open_gauge_;
  mutable std::mutex mutex_;
  int64_t next_number_ = 0;
  std::map<int64_t, std::shared_ptr<Live>> live_;
};

}  // namespace bordergate::gateway
