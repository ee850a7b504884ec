// The services, played by a test: answers to calls, streams that the test feeds, identity.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>

#include "libs/core/reasons.h"
#include "services/gateway/domain/upstream.h"

namespace bordergate::gateway {

// A stream that a test feeds. Safe for use by several threads.
class FakeStream final : public UpstreamStream {
 public:
  void Next() override {
    const std::lock_guard lock(mutex);
    ++asked;
    changed.notify_all();
  }
  void Cancel() override {
    const std::lock_guard lock(mutex);
    cancelled = true;
    changed.notify_all();
  }

  // Waits until a message is asked for, then delivers this one. False when nobody asks in that time.
  bool Deliver(std::string bytes, milliseconds patience = seconds(20)) {
    {
      std::unique_lock lock(mutex);
      if (!changed.wait_for(lock, patience, [&] { return asked > 0; })) return false;
      --asked;
    }
    on_message(std::move(bytes));
    return true;
  }
  bool WaitUntilCancelled() {
    std::unique_lock lock(mutex);
    return changed.wait_for(lock, std::chrono::seconds(20), [&] { return cancelled; });
  }

  std::mutex mutex;
  std::condition_variable changed;
  int asked = 0;
  bool cancelled = false;
  std::function<void(std::string)> on_message;
  std::function<void(Result<void>)> on_end;
};

class FakeUpstream final : public Upstream {
 public:
  using Answer = std::function<Result<std::string>(const UpstreamCall&)>;

  // By the RPC's name without its service: "GetTrip".
  std::map<std::string, Answer> answers;
  // Runs when a stream is opened, before anybody can be told anything.
  std::function<void(const UpstreamCall&, const std::shared_ptr<FakeStream>&)> on_open;
  // Calls that are kept, in order.
  std::vector<UpstreamCall> calls;

  void Call(UpstreamCall call, std::function<void(Result<std::string>)> done) override {
    const std::string name = call.method.substr(call.method.rfind('.') + 1);
    Answer answer;
    {
      const std::lock_guard lock(mutex_);
      calls.push_back(call);
      const auto found = answers.find(name);
      if (found != answers.end()) answer = found->second;
    }
    done(answer ? answer(call) : Error(kServiceUnavailable, "nobody plays " + call.method));
  }

  std::shared_ptr<UpstreamStream> Open(UpstreamCall call, std::function<void(std::string)> on_message,
                                       std::function<void(Result<void>)> on_end) override {
    auto stream = std::make_shared<FakeStream>();
    stream->on_message = std::move(on_message);
    stream->on_end = std::move(on_end);
    on_open(call, stream);
    return stream;
  }

 private:
  std::mutex mutex_;
};

// identity with a table of tokens.
class FakeSessions final : public SessionSource {
 public:
  void Resolve(const std::string& token, SteadyInstant, const std::string&,
               std::function<void(Result<Session>)> done) override {
    std::optional<Session> session;
    std::optional<Error> error;
    {
      const std::lock_guard lock(mutex_);
      ++asked_;
      error = error_;
      const auto found = sessions_.find(token);
      if (found != sessions_.end()) session = found->second;
    }
    if (error) return done(*error);
    if (session) return done(*session);
    done(Error("SESSION_UNKNOWN", Code::kUnauthenticated, "sign in"));
  }

  void Put(const std::string& token, Session session) {
    const std::lock_guard lock(mutex_);
    sessions_[token] = std::move(session);
  }
  void Remove(const std::string& token) {
    const std::lock_guard lock(mutex_);
    sessions_.erase(token);
  }
  void FailWith(std::optional<Error> error) {
    const std::lock_guard lock(mutex_);
    error_ = std::move(error);
  }
  int asked() const {
    const std::lock_guard lock(mutex_);
    return asked_;
  }

 private:
  mutable std::mutex mutex_;
  int asked_ = 0;
  std::optional<Error> error_;
  std::map<std::string, Session> sessions_;
};

}  // namespace bordergate::gateway
