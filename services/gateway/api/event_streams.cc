#include "services/gateway/api/event_streams.h"

#include <fmt/format.h>

#include "services/gateway/api/answer.h"
#include "services/gateway/api/problem.h"
#include "services/gateway/domain/reasons.h"

namespace bordergate::gateway {
namespace {

// Before an assertion ends, so that a good session never ends a stream.
constexpr seconds kRecheckBefore{10};
constexpr seconds kRecheckPause{5};

}  // namespace

// One open stream. Callbacks come from the service, the reader and the ticker; the mutex orders them, and no
// callback is made while it is held.
class EventStreams::Live : public std::enable_shared_from_this<Live> {
 public:
  Live(EventStreams& owner, VisitPtr visit, int64_t number)
      : owner_(owner),
        visit_(std::move(visit)),
        number_(number),
        written_at_(owner.clock_.SteadyNow()),
        // The first tick asks again: the session may have ended while the stream was being opened.
        confirmed_until_(owner.clock_.Now()) {}

  const Visit& visit() const { return *visit_; }

  void Start(UpstreamCall call) {
    visit_->reply.OnClosed([weak = weak_from_this()] {
      if (const auto self = weak.lock()) self->OnReaderGone();
    });
    auto source = owner_.upstream_.Open(
        std::move(call),
        [weak = weak_from_this()](std::string bytes) {
          if (const auto self = weak.lock()) self->OnMessage(bytes);
        },
        [weak = weak_from_this()](Result<void> end) {
          if (const auto self = weak.lock()) self->OnSourceEnd(end);
        });
    bool over = false;
    {
      const std::lock_guard lock(mutex_);
      source_ = source;
      over = over_;
    }
    if (over) return source->Cancel();
    source->Next();
  }

  void End(const Error& error) {
    Finish(error);
    std::shared_ptr<UpstreamStream> source;
    {
      const std::lock_guard lock(mutex_);
      source = source_;
    }
    if (source != nullptr) source->Cancel();
  }

  void Tick(SteadyInstant now, Instant wall_now) {
    SteadyInstant written_at;
    bool has_head = false;
    {
      const std::lock_guard lock(mutex_);
      written_at = written_at_;
      has_head = out_.has_value();
    }
    if (!has_head && now - visit_->began >= owner_.rules_.head_delay) Write(": open\n\n");
    if (has_head && now - written_at >= owner_.rules_.heartbeat_interval) Write(": heartbeat\n\n");
    if (visit_->session) Recheck(now, wall_now);
  }

 private:
  void OnMessage(const std::string& bytes) {
    const Endpoint& endpoint = *visit_->endpoint;
    const Result<std::string> json = ToJson(owner_.contract_, *endpoint.rpc->output_type(), bytes);
    if (!json) return End(json.error());
    std::string event;
    const int64_t sequence = endpoint.sequence == nullptr ? 0 : ReadInt64(bytes, endpoint.sequence->number());
    if (sequence > 0) event = fmt::format("id: {}\n", sequence);
    event += fmt::format("data: {}\n\n", *json);
    if (!Write(std::move(event))) return;
    std::optional<http::Stream> out;
    {
      const std::lock_guard lock(mutex_);
      out = out_;
    }
    // The next message is read when the reader has room: a slow reader slows its source and holds nothing
    // else up.
    out->WhenWritable([weak = weak_from_this()] {
      const auto self = weak.lock();
      if (self == nullptr) return;
      std::shared_ptr<UpstreamStream> source;
      {
        const std::lock_guard lock(self->mutex_);
        if (!self->over_) source = self->source_;
      }
      if (source != nullptr) source->Next();
    });
  }

  void OnSourceEnd(const Result<void>& end) {
    Finish(end ? std::nullopt : std::optional<Error>(end.error()));
  }

  void OnReaderGone() {
    std::shared_ptr<UpstreamStream> source;
    {
      const std::lock_guard lock(mutex_);
      over_ = true;
      source = source_;
    }
    if (source != nullptr) source->Cancel();
    owner_.Forget(number_);
  }

  // Writes to the reader, the head first when it is not out yet. False when the stream is over.
  bool Write(std::string text) {
    const std::lock_guard lock(mutex_);
    if (over_) return false;
    if (!out_) {
      http::Response head = http::MakeResponse(200, "text/event-stream", "");
      head.headers.Add("X-Accel-Buffering", "no");  // a proxy in front must pass each event on at once
      out_ = owner_.dispatcher_.StartStream(*visit_, std::move(head));
    }
    written_at_ = owner_.clock_.SteadyNow();
    return out_->Write(std::move(text));
  }

  void Finish(const std::optional<Error>& error) {
    std::optional<http::Stream> out;
    {
      const std::lock_guard lock(mutex_);
      if (over_) return;
      over_ = true;
      out = out_;
    }
    if (out) {
      if (error)
        out->Write(fmt::format("event: problem\ndata: {}\n\n", ProblemJson(*error, visit_->request_id)));
      out->Close();
    } else if (error) {
      owner_.dispatcher_.SendProblem(*visit_, *error);
    } else {
      owner_.dispatcher_.StartStream(*visit_, http::MakeResponse(200, "text/event-stream", "")).Close();
    }
  }

  void Recheck(SteadyInstant now, Instant wall_now) {
    {
      const std::lock_guard lock(mutex_);
      if (over_ || wall_now < confirmed_until_ - kRecheckBefore || now < next_check_) return;
      next_check_ = now + kRecheckPause;
    }
    if (wall_now > confirmed_until_ + owner_.rules_.session_grace) {
      return End(Error(kSessionChanged, "the session could not be confirmed for too long"));
    }
    owner_.sessions_.Resolve(visit_->token, now + kRecheckPause, visit_->trace.Header(),
                             [weak = weak_from_this()](Result<Session> session) {
                               if (const auto self = weak.lock()) self->OnRechecked(session);
                             });
  }

  void OnRechecked(const Result<Session>& session) {
    if (session) {
      const std::lock_guard lock(mutex_);
      confirmed_until_ = session->expire_time;
    } else if (session.error().code() == Code::kUnauthenticated) {
      End(Error(kSessionChanged, "the session has ended"));
    }
  }

  EventStreams& owner_;
  const VisitPtr visit_;
  const int64_t number_;
  std::mutex mutex_;
  std::shared_ptr<UpstreamStream> source_;
  std::optional<http::Stream> out_;
  SteadyInstant written_at_;
  Instant confirmed_until_;
  SteadyInstant next_check_{};
  bool over_ = false;
};

EventStreams::EventStreams(const Contract& contract, const Dispatcher& dispatcher, Upstream& upstream,
                           SessionSource& sessions, const Clock& clock, Telemetry& telemetry,
                           StreamRules rules)
    : contract_(contract),
      dispatcher_(dispatcher),
      upstream_(upstream),
      sessions_(sessions),
      clock_(clock),
      rules_(rules),
      quota_(rules.per_caller_max, rules.total_max),
      open_gauge_(telemetry.metrics.NewGauge("streams_open", "Live streams that are open")) {}

void EventStreams::Open(const VisitPtr& visit, UpstreamCall call) {
  if (!quota_.Enter(visit->caller())) {
    return dispatcher_.SendProblem(
        *visit, Error(kStreamsExceeded, "close a live stream before opening a further one"));
  }
  std::shared_ptr<Live> live;
  {
    const std::lock_guard lock(mutex_);
    const int64_t number = next_number_++;
    live = std::make_shared<Live>(*this, visit, number);
    live_.emplace(number, live);
  }
  open_gauge_.Set(quota_.total());
  live->Start(std::move(call));
}

void EventStreams::Forget(int64_t number) {
  std::shared_ptr<Live> live;
  {
    const std::lock_guard lock(mutex_);
    const auto found = live_.find(number);
    if (found == live_.end()) return;
    live = std::move(found->second);
    live_.erase(found);
  }
  quota_.Leave(live->visit().caller());
  open_gauge_.Set(quota_.total());
}

std::vector<std::shared_ptr<EventStreams::Live>> EventStreams::All() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<Live>> all;
  all.reserve(live_.size());
  for (const auto& [number, live] : live_) all.push_back(live);
  return all;
}

template <class Matches>
void EventStreams::EndThose(Matches matches) {
  for (const auto& live : All()) {
    const std::optional<Session>& session = live->visit().session;
    if (session && matches(*session))
      live->End(Error(kSessionChanged, "the session has ended or has changed"));
  }
}

void EventStreams::EndSession(const std::string& session_id) {
  EndThose([&](const Session& session) { return session.session_id == session_id; });
}

void EventStreams::EndSubject(const std::string& subject_id) {
  EndThose([&](const Session& session) { return session.subject_id == subject_id; });
}

void EventStreams::Tick() {
  for (const auto& live : All()) live->Tick(clock_.SteadyNow(), clock_.Now());
}

}  // namespace bordergate::gateway
