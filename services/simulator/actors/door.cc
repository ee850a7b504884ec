#include "services/simulator/actors/door.h"

namespace bordergate::simulator {

bool IsPassing(const Error& error) {
  switch (error.code()) {
    case Code::kUnavailable:
    case Code::kDeadlineExceeded:
    case Code::kResourceExhausted:
    case Code::kUnknown:
    case Code::kAborted:
    // The session has ended; the next attempt signs in again.
    case Code::kUnauthenticated:
      return true;
    default:
      return error.reason() == "CONFLICT" || error.reason() == "REQUEST_IN_PROGRESS";
  }
}

}  // namespace bordergate::simulator
