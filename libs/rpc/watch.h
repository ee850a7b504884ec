// Both ends of an event stream.
//
// ServeWatch answers a service's Watch RPC from its EventSource: everything after a sequence, in order, then
// as it happens, and a sign of life every second of silence.
//
// Subscription follows another service's Watch: from the sequence that was applied last, again and again
// whatever breaks. The consumer applies events and stores the last sequence in one transaction; so each event
// takes effect exactly once and in order.
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "libs/core/event_source.h"
#include "libs/core/reasons.h"
#include "libs/rpc/call_context.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/server.h"
#include "libs/rpc/subscription_loop.h"
#include "libs/rpc/time.h"

namespace bordergate::rpc {

inline constexpr milliseconds kSignOfLifeInterval{1000};
inline constexpr int kWatchBatchMax = 200;

// For a Watch method whose response has `event` (with a `header`) and `head_sequence`.
//   errors   SEQUENCE_AHEAD, SERVICE_UNAVAILABLE
template <class M>
Result<void> ServeWatch(EventSource& source, const typename M::Request& request,
                        StreamWriter<typename M::Response>& writer) {
  int64_t sequence = std::max<int64_t>(request.after_sequence(), 0);
  if (sequence > 0 && BG_TRY(source.ReadAfter(sequence - 1, 1)).empty()) {
    return Error(kSequenceAhead, "this log has not come to sequence " + std::to_string(sequence));
  }
  while (writer.open()) {
    const int64_t head = source.WaitBeyond(sequence, kSignOfLifeInterval);
    const std::vector<StoredEvent> events = BG_TRY(source.ReadAfter(sequence, kWatchBatchMax));
    for (const StoredEvent& event : events) {
      typename M::Response response;
      if (!response.mutable_event()->ParseFromString(event.body)) {
        return Error("INTERNAL", Code::kInternal, "a stored event cannot be read");
      }
      auto* header = response.mutable_event()->mutable_header();
      header->set_sequence(event.sequence);
      header->set_kind(event.kind);
      *header->mutable_event_time() = ToTimestamp(event.time);
      header->set_actor(event.actor);
      header->set_trace_id(event.trace_id);
      response.set_head_sequence(std::max(head, events.back().sequence));
      if (!writer.Write(response)) return {};
      sequence = event.sequence;
    }
    if (!events.empty()) continue;
    typename M::Response sign_of_life;
    sign_of_life.set_head_sequence(head);
    if (!writer.Write(sign_of_life)) return {};
  }
  return {};
}

// Follows one Watch RPC on a thread of its own, from construction until destruction.
template <class M>
class Subscription {
 public:
  using Event = std::decay_t<decltype(std::declval<typename M::Response>().event())>;

  struct Consumer {
    // The sequence applied last.
    std::function<Result<int64_t>()> load;
    // Applies events and stores the last one's sequence, all or nothing. `head_sequence` tells how far behind
    // it still is.
    std::function<Result<void>(const std::vector<Event>& events, int64_t head_sequence)> apply;
    // Called at every sign that the source is alive and everything sent is applied; may be empty.
    std::function<void(int64_t head_sequence)> on_caught_up;
  };

  Subscription(Channel& source, Telemetry& telemetry, const Clock& clock, Consumer consumer)
      : source_(source),
        clock_(clock),
        consumer_(std::move(consumer)),
        loop_(source.service(), telemetry, clock) {
    loop_.Start([this] { return FollowOnce(); }, [this] { Cancel(); });
  }
  ~Subscription() { loop_.Stop(); }
  Subscription(const Subscription&) = delete;
  Subscription& operator=(const Subscription&) = delete;

  // How long ago everything the source had was known to be applied; at start the longest time there is.
  milliseconds age() const { return loop_.age(); }

 private:
  Result<void> FollowOnce() {
    int64_t applied = BG_TRY(consumer_.load());
    typename M::Request request;
    request.set_after_sequence(applied);
    {
      const std::lock_guard lock(mutex_);
      if (loop_.stopping()) return {};
      stream_.emplace(source_.Open<M>(CallOptions::Own(clock_, milliseconds(0)), request));
    }
    const Result<void> read = ReadAll(applied);
    const std::lock_guard lock(mutex_);
    if (!read) stream_->Cancel();
    const Result<void> end = stream_->Finish();
    stream_.reset();
    if (!read) return read;
    return end;
  }

  Result<void> ReadAll(int64_t applied) {
    typename M::Response response;
    std::vector<Event> batch;
    while (stream_->Read(&response)) {
      if (response.has_event()) {
        const int64_t sequence = response.event().header().sequence();
        const int64_t expected = applied + static_cast<int64_t>(batch.size()) + 1;
        if (sequence != expected) {
          return Error(
              "EVENT_SEQUENCE_BROKEN", Code::kInternal,
              "expected sequence " + std::to_string(expected) + ", received " + std::to_string(sequence));
        }
        batch.push_back(std::move(*response.mutable_event()));
        if (sequence < response.head_sequence() && batch.size() < static_cast<size_t>(kWatchBatchMax))
          continue;
        BG_TRY(consumer_.apply(batch, response.head_sequence()));
        applied = sequence;
        batch.clear();
      }
      if (applied < response.head_sequence()) continue;
      loop_.CaughtUp();
      if (consumer_.on_caught_up) consumer_.on_caught_up(response.head_sequence());
    }
    return {};
  }

  void Cancel() {
    const std::lock_guard lock(mutex_);
    if (stream_) stream_->Cancel();
  }

  Channel& source_;
  const Clock& clock_;
  Consumer consumer_;
  std::mutex mutex_;
  std::optional<ServerStream<typename M::Response>> stream_;
  SubscriptionLoop loop_;  // last: its thread uses the rest
};

}  // namespace bordergate::rpc
