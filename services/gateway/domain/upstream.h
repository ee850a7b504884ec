// The services behind the door, as bytes. peers/ calls them over gRPC; tests play them.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "libs/core/clock.h"
#include "libs/core/result.h"
#include "services/gateway/domain/session.h"

namespace bordergate::gateway {

// One call. `method` is the RPC's full name, "bordergate.customs.v1.CustomsService.GetTrip".
struct UpstreamCall {
  std::string service;  // "customs"
  std::string method;
  std::string request;      // serialized
  SteadyInstant deadline;   // not for streams
  std::string traceparent;  // W3C
  std::string assertion;    // serialized SignedAssertion; empty when nobody is signed in
};

// An open stream. Any thread.
class UpstreamStream {
 public:
  virtual ~UpstreamStream() = default;
  // Asks for the next message, the first too; not before the last one was delivered.
  virtual void Next() = 0;
  virtual void Cancel() = 0;
};

// Callbacks run on any thread, also before the call returns.
class Upstream {
 public:
  virtual ~Upstream() = default;
  // errors: the service's own; SERVICE_UNAVAILABLE (cannot be reached, or is not configured here),
  // DEADLINE_EXCEEDED
  virtual void Call(UpstreamCall call, std::function<void(Result<std::string>)> done) = 0;
  // on_message once for each Next(), on_end once and last.
  virtual std::shared_ptr<UpstreamStream> Open(UpstreamCall call, std::function<void(std::string)> on_message,
                                               std::function<void(Result<void>)> on_end) = 0;
};

// identity, as far as the door needs it.
class SessionSource {
 public:
  virtual ~SessionSource() = default;
  // errors: SESSION_UNKNOWN, SESSION_EXPIRED, SERVICE_UNAVAILABLE, DEADLINE_EXCEEDED
  virtual void Resolve(const std::string& token, SteadyInstant deadline, const std::string& traceparent,
                       std::function<void(Result<Session>)> done) = 0;
};

}  // namespace bordergate::gateway
