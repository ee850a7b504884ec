#include "services/gateway/api/answer.h"

#include <fmt/format.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/wire_format_lite.h>

#include "bordergate/common/v1/value.pb.h"

#include "libs/core/reasons.h"
#include "services/gateway/api/json_reader.h"

namespace bordergate::gateway {
namespace {

namespace pb = google::protobuf;
using pb::internal::WireFormatLite;

// What a service may show in the browser under our origin; none of it can run a script.
constexpr std::string_view kShownTypes[] = {"image/jpeg", "image/png", "image/webp",
                                            "text/csv; charset=utf-8", "text/plain; charset=utf-8"};

pb::util::JsonPrintOptions PrintOptions() {
  pb::util::JsonPrintOptions options;
  options.always_print_primitive_fields = true;
  options.preserve_proto_field_names = true;
  return options;
}

// Calls `found` with the reader placed at each field of that number and wire type at the top level.
template <class Found>
void ForEachField(std::string_view bytes, int number, WireFormatLite::WireType type, Found found) {
  pb::io::CodedInputStream input(reinterpret_cast<const uint8_t*>(bytes.data()),
                                 static_cast<int>(bytes.size()));
  while (const uint32_t tag = input.ReadTag()) {
    const bool wanted =
        WireFormatLite::GetTagFieldNumber(tag) == number && WireFormatLite::GetTagWireType(tag) == type;
    if (wanted ? !found(input) : !WireFormatLite::SkipField(&input, tag)) return;
  }
}

std::string ReadMessageField(std::string_view bytes, int number) {
  std::string value;
  ForEachField(bytes, number, WireFormatLite::WIRETYPE_LENGTH_DELIMITED,
               [&](pb::io::CodedInputStream& input) {
                 std::string part;
                 if (!WireFormatLite::ReadBytes(&input, &part)) return false;
                 value += part;  // parts of a message that are concatenated are the message merged
                 return true;
               });
  return value;
}

Result<http::Response> MakeContent(const Endpoint& endpoint, const std::string& bytes) {
  common::v1::Content content;
  if (!content.ParseFromString(ReadMessageField(bytes, endpoint.content->number()))) {
    return Error(kInternal, fmt::format("{} answered no content", endpoint.rpc->full_name()));
  }
  const bool shown = std::find(std::begin(kShownTypes), std::end(kShownTypes), content.content_type()) !=
                     std::end(kShownTypes);
  return http::MakeResponse(200, shown ? content.content_type() : "application/octet-stream",
                            std::move(*content.mutable_data()));
}

}  // namespace

Result<std::string> ToJson(const Contract& contract, const pb::Descriptor& message,
                           const std::string& bytes) {
  static const pb::util::JsonPrintOptions kOptions = PrintOptions();
  std::string json;
  const auto status =
      pb::util::BinaryToJsonString(&contract.resolver(), TypeUrl(message), bytes, &json, kOptions);
  if (status.ok()) return json;
  return Error(kInternal, fmt::format("the answer is no {}", message.full_name()));
}

Result<http::Response> MakeAnswer(const Contract& contract, const Endpoint& endpoint,
                                  const std::string& bytes) {
  if (endpoint.content != nullptr) return MakeContent(endpoint, bytes);
  return http::MakeResponse(200, "application/json",
                            BG_TRY(ToJson(contract, *endpoint.rpc->output_type(), bytes)));
}

Result<std::string> TakeSessionToken(http::Response& response) {
  Json body = Json::parse(response.body, nullptr, false);
  if (!body.is_object() || !body.contains("session_token") || !body["session_token"].is_string()) {
    return Error(kInternal, "the answer holds no session_token");
  }
  std::string token = body["session_token"].get<std::string>();
  body.erase("session_token");
  response.body = body.dump();
  return token;
}

int64_t ReadInt64(std::string_view bytes, int field_number) {
  uint64_t value = 0;
  ForEachField(bytes, field_number, WireFormatLite::WIRETYPE_VARINT,
               [&](pb::io::CodedInputStream& input) { return input.ReadVarint64(&value); });
  return static_cast<int64_t>(value);
}

}  // namespace bordergate::gateway
