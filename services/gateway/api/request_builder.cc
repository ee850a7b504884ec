#include "services/gateway/api/request_builder.h"

#include <fmt/format.h>
#include <google/protobuf/util/json_util.h>

#include "libs/core/field_checks.h"
#include "libs/core/reasons.h"
#include "libs/core/text.h"
#include "services/gateway/api/request_check.h"
#include "services/gateway/domain/reasons.h"

namespace bordergate::gateway {
namespace {

namespace pb = google::protobuf;

constexpr int kFaultsMax = 100;

bool IsJson(std::string_view content_type) {
  return LowerAscii(Trim(Split(content_type, ';').front())) == "application/json";
}

Result<Json> ReadBody(const Endpoint& endpoint, const http::Request& request, const JsonLimits& limits) {
  if (!endpoint.has_body || Trim(request.body).empty()) return Json::object();
  if (!IsJson(request.Header("Content-Type"))) {
    return Error(kContentTypeUnsupported, "send JSON with \"Content-Type: application/json\"");
  }
  Json body = BG_TRY(ReadJson(request.body, limits));
  if (!body.is_object()) return Error(kBodyMalformed, "the body must be a JSON object");
  return body;
}

// A query parameter's text as the JSON value that its field takes; text that fits no value stays for the
// check to name.
Json ToJson(const std::string& text, const pb::FieldDescriptor& field) {
  if (field.cpp_type() == pb::FieldDescriptor::CPPTYPE_BOOL && (text == "true" || text == "false"))
    return text == "true";
  const bool is_real = field.cpp_type() == pb::FieldDescriptor::CPPTYPE_DOUBLE ||
                       field.cpp_type() == pb::FieldDescriptor::CPPTYPE_FLOAT;
  if (is_real) {
    Json number = Json::parse(text, nullptr, false);
    if (number.is_number()) return number;
  }
  return text;
}

// Puts "vehicle.plate" below "vehicle" of `object`.
void AddParameter(Json& object, const pb::Descriptor& message, const std::string& name,
                  const std::string& text, std::vector<FieldViolation>& faults) {
  const pb::Descriptor* at = &message;
  Json* place = &object;
  const std::vector<std::string_view> parts = Split(name, '.');
  for (size_t i = 0; i < parts.size(); ++i) {
    const pb::FieldDescriptor* field = at == nullptr ? nullptr : at->FindFieldByName(std::string(parts[i]));
    const bool last = i + 1 == parts.size();
    const bool plain =
        field != nullptr && (field->message_type() == nullptr ||
                             field->message_type()->full_name() == "google.protobuf.Timestamp");
    if (field == nullptr || field->is_map() || last != plain || (!last && field->is_repeated())) {
      faults.push_back({name.substr(0, 60), "PARAMETER_UNKNOWN",
                        "there is no such parameter; compare the spelling with the reference at /docs"});
      return;
    }
    Json& slot = (*place)[field->name()];
    if (!last) {
      if (!slot.is_object()) slot = Json::object();
      place = &slot;
      at = field->message_type();
    } else if (field->is_repeated()) {
      slot.push_back(ToJson(text, *field));
    } else if (!slot.is_null()) {
      faults.push_back({name, "PARAMETER_REPEATED", "may be given once"});
    } else {
      slot = ToJson(text, *field);
    }
  }
}

void AddQuery(Json& object, const Endpoint& endpoint, const http::Request& request,
              std::vector<FieldViolation>& faults) {
  for (const auto& [name, text] : request.query) {
    if (static_cast<int>(faults.size()) >= kFaultsMax) return;
    if (endpoint.has_body) {
      faults.push_back(
          {name.substr(0, 60), "PARAMETER_UNKNOWN", "belongs into the body; this path takes no query"});
    } else {
      AddParameter(object, *endpoint.rpc->input_type(), name, text, faults);
    }
  }
}

// Sets a field that comes from the path or a header. The body may repeat it, but not contradict it.
void SetElsewhere(Json& object, const std::string& field, const std::string& value, std::string_view where,
                  std::vector<FieldViolation>& faults) {
  Json& slot = object[field];
  if (!slot.is_null() && slot != value) {
    faults.push_back(
        {field, "FIELD_ELSEWHERE", fmt::format("comes from the {}; leave it out of the body", where)});
  }
  slot = value;
}

// The key as it is, or as a quoted string (the form of the Idempotency-Key draft).
std::string_view IdempotencyKey(const http::Request& request) {
  std::string_view key = Trim(request.Header("Idempotency-Key"));
  if (key.size() >= 2 && key.front() == '"' && key.back() == '"') key = key.substr(1, key.size() - 2);
  return key;
}

}  // namespace

Result<std::string> BuildRequest(const Contract& contract, const Endpoint& endpoint,
                                 const http::Request& request, const RouteTable::Variables& variables,
                                 const JsonLimits& limits) {
  Json object = BG_TRY(ReadBody(endpoint, request, limits));
  const std::string_view key = IdempotencyKey(request);
  if (endpoint.request_id != nullptr && key.empty()) {
    return Error(
        kIdempotencyKeyMissing,
        "a change needs the header Idempotency-Key: a new key of 8 to 64 characters for each new change, for "
        "example a UUID; repeat a lost request under the same key");
  }
  std::vector<FieldViolation> faults;
  AddQuery(object, endpoint, request, faults);
  for (const auto& [field, value] : variables) SetElsewhere(object, field, value, "path", faults);
  if (endpoint.request_id != nullptr) {
    SetElsewhere(object, endpoint.request_id->name(), std::string(key), "header Idempotency-Key", faults);
  }
  const std::string_view last_event_id = request.Header("Last-Event-ID");
  if (endpoint.after_sequence != nullptr && !last_event_id.empty()) {
    // A browser that connects again sends the query of the first time and this header; the header is newer.
    object[endpoint.after_sequence->name()] = std::string(last_event_id);
  }
  CheckObject(object, *endpoint.rpc->input_type(), kFaultsMax, faults);
  if (!faults.empty()) {
    FieldChecks checks;
    for (FieldViolation& fault : faults) checks.Add(std::move(fault));
    return checks.Done().error();
  }
  std::string bytes;
  const auto status =
      pb::util::JsonToBinaryString(&contract.resolver(), TypeUrl(*endpoint.rpc->input_type()),
                                   object.dump(-1, ' ', false, Json::error_handler_t::replace), &bytes);
  if (!status.ok()) {
    return Error(kInvalidField,
                 fmt::format("the body does not fit the message: {}",
                             std::string_view(status.message().data(), status.message().size())));
  }
  return bytes;
}

}  // namespace bordergate::gateway
