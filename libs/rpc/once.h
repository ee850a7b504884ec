// RunOnce: a change under a request id is made once, however often it is asked for. The answer is kept in the
// transaction of the change; a repeat gets it again, the same id with another request is refused.
//
//   return rpc::RunOnce<v1::ConfirmStepResponse>(trips_, call, request,
//       [&](TripStore& store) -> Result<v1::ConfirmStepResponse> { … });
//
// `work` may run more than once (see UnitOfWork::Change), so everything it does goes through the store.
#pragma once

#include <string>

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include "libs/core/check.h"
#include "libs/core/digest.h"
#include "libs/core/field_checks.h"
#include "libs/core/unit_of_work.h"
#include "libs/rpc/call_context.h"

namespace bordergate::rpc {

// The bytes of a message, the same for equal messages.
inline std::string SerializeCanonical(const google::protobuf::MessageLite& message) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream out(&stream);
  out.SetSerializationDeterministic(true);
  message.SerializeToCodedStream(&out);
  out.Trim();
  return bytes;
}

// What RunOnce keeps of requests and answers that hold secrets.
template <class Request, class Response>
struct Discretion {
  // Removes from a copy of the request what must not enter its digest (a password).
  std::function<void(Request&)> request = [](Request&) {};
  // Removes from a copy of the answer what must not be kept (a token); a repeat gets the answer without it.
  std::function<void(Response&)> response = [](Response&) {};
};

//   errors   INVALID_FIELD (request_id), REQUEST_ID_REUSED, those of `work`, those of UnitOfWork::Change
template <class Response, class StoreType, class Request, class Work>
Result<Response> RunOnce(UnitOfWork<StoreType>& unit, const CallContext& call, const Request& request,
                         Work work, const Discretion<Request, Response>& discretion = {}) {
  FieldChecks checks;
  checks.RequestId(request.request_id());
  BG_TRY(checks.Done());
  Request counted = request;
  discretion.request(counted);
  const RequestKey key{call.caller.actor(), call.method, request.request_id(),
                       Sha256(SerializeCanonical(counted))};

  Response response;
  BG_TRY(unit.Change(call.deadline, [&](StoreType& store) -> Result<void> {
    if (const auto kept = BG_TRY(store.FindAnswer(key))) {
      BG_CHECK(response.ParseFromString(*kept), "an answer that was kept can be read");
      return {};
    }
    response = BG_TRY(work(store));
    Response remembered = response;
    discretion.response(remembered);
    return store.KeepAnswer(key, remembered.SerializeAsString());
  }));
  return response;
}

}  // namespace bordergate::rpc
