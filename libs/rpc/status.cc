#include "libs/rpc/status.h"

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "libs/core/reasons.h"
#include "libs/rpc/error_details.h"

namespace bordergate::rpc {
namespace {

constexpr char kDomain[] = "bordergate";
// gRPC puts details into a header; peers accept 8 KiB of headers, so a long list of faults is cut.
constexpr int kFieldsMax = 25;

Reason ReasonOf(int grpc_code) {
  switch (grpc_code) {
    case grpc::StatusCode::CANCELLED:
      return kCancelled;
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      return kDeadlineExceeded;
    case grpc::StatusCode::UNAVAILABLE:
      return kServiceUnavailable;
    case grpc::StatusCode::RESOURCE_EXHAUSTED:
      return kOverloaded;
    case grpc::StatusCode::UNIMPLEMENTED:
      return kMethodUnknown;
    case grpc::StatusCode::UNAUTHENTICATED:
      return kUnauthenticated;
    case grpc::StatusCode::PERMISSION_DENIED:
      return kRoleMissing;
    case grpc::StatusCode::UNKNOWN:
      return kOutcomeUnknown;
    default:
      return kInternal;
  }
}

}  // namespace

std::string EncodeErrorDetails(const Error& error) {
  google::rpc::Status status;
  status.set_code(static_cast<int>(error.code()));
  status.set_message(error.message());
  google::rpc::ErrorInfo info;
  info.set_reason(error.reason());
  info.set_domain(kDomain);
  for (const auto& [key, value] : error.metadata()) (*info.mutable_metadata())[key] = value;
  status.add_details()->PackFrom(info);
  if (!error.fields().empty()) {
    google::rpc::BadRequest bad_request;
    for (const FieldViolation& violation : error.fields()) {
      if (bad_request.field_violations_size() == kFieldsMax) break;
      auto* field = bad_request.add_field_violations();
      field->set_field(violation.field);
      // The standard message has no place for a reason; it stands before the text, parted by a colon.
      field->set_description(violation.reason + ": " + violation.message);
    }
    status.add_details()->PackFrom(bad_request);
  }
  return status.SerializeAsString();
}

Error DecodeError(int grpc_code, const std::string& message, const std::string& details) {
  google::rpc::Status status;
  google::rpc::ErrorInfo info;
  google::rpc::BadRequest bad_request;
  bool ours = false;
  if (!details.empty() && status.ParseFromString(details)) {
    for (const auto& detail : status.details()) {
      if (detail.Is<google::rpc::ErrorInfo>() && detail.UnpackTo(&info)) ours = info.domain() == kDomain;
      if (detail.Is<google::rpc::BadRequest>()) detail.UnpackTo(&bad_request);
    }
  }
  if (!ours) return Error(ReasonOf(grpc_code), message);
  Error error(info.reason(), static_cast<Code>(grpc_code), message);
  std::vector<FieldViolation> fields;
  for (const auto& violation : bad_request.field_violations()) {
    const size_t colon = violation.description().find(": ");
    if (colon == std::string::npos) continue;
    fields.push_back({violation.field(), violation.description().substr(0, colon),
                      violation.description().substr(colon + 2)});
  }
  error.SetFields(std::move(fields));
  for (const auto& [key, value] : info.metadata()) error.SetValue(key, value);
  return error;
}

grpc::Status ToStatus(const Error& error) {
  return grpc::Status(static_cast<grpc::StatusCode>(error.code()), error.message(),
                      EncodeErrorDetails(error));
}

Error ToError(const grpc::Status& status) {
  return DecodeError(status.error_code(), status.error_message(), status.error_details());
}

}  // namespace bordergate::rpc
