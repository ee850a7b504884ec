#include "services/gateway/api/contract.h"

#include <fmt/format.h>
#include <google/api/annotations.pb.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/util/type_resolver_util.h>

#include "libs/core/text.h"
#include "services/gateway/domain/reasons.h"

namespace bordergate::gateway {
namespace {

namespace pb = google::protobuf;

constexpr std::string_view kOurPackage = "bordergate.";
constexpr char kTypeUrlPrefix[] = "type.googleapis.com";

struct Binding {
  std::string method;
  std::string path;
  std::string body;
  std::string response_body;
};

Binding BindingOf(const google::api::HttpRule& rule) {
  Binding binding{.method = {}, .path = {}, .body = rule.body(), .response_body = rule.response_body()};
  switch (rule.pattern_case()) {
    case google::api::HttpRule::kGet:
      binding.method = "GET";
      binding.path = rule.get();
      break;
    case google::api::HttpRule::kPost:
      binding.method = "POST";
      binding.path = rule.post();
      break;
    case google::api::HttpRule::kPut:
      binding.method = "PUT";
      binding.path = rule.put();
      break;
    case google::api::HttpRule::kPatch:
      binding.method = "PATCH";
      binding.path = rule.patch();
      break;
    case google::api::HttpRule::kDelete:
      binding.method = "DELETE";
      binding.path = rule.delete_();
      break;
    default:
      break;
  }
  return binding;
}

// Well-known types whose JSON form is not that of their fields; these are served in requests.
bool IsServedWellKnownType(const std::string& name) {
  return name == "google.protobuf.Timestamp" || name == "google.protobuf.Struct";
}

// The first message below `message` that a request may not hold; null when there is none.
const pb::Descriptor* FindUnserved(const pb::Descriptor& message, std::set<const pb::Descriptor*>& seen) {
  if (!seen.insert(&message).second || IsServedWellKnownType(message.full_name())) return nullptr;
  if (message.file()->package() == "google.protobuf") return &message;
  for (int i = 0; i < message.field_count(); ++i) {
    const pb::Descriptor* below = message.field(i)->message_type();
    if (below == nullptr) continue;
    if (const pb::Descriptor* unserved = FindUnserved(*below, seen)) return unserved;
  }
  return nullptr;
}

const pb::FieldDescriptor* FindField(const pb::Descriptor& message, const char* name,
                                     pb::FieldDescriptor::Type type) {
  const pb::FieldDescriptor* field = message.FindFieldByName(name);
  return field != nullptr && field->type() == type && !field->is_repeated() ? field : nullptr;
}

Result<void> FillPathFields(Endpoint& endpoint) {
  for (const std::string_view part : Split(std::string_view(endpoint.path).substr(1), '/')) {
    if (!part.starts_with('{')) continue;
    const std::string name(part.substr(1, part.find('}') - 1));
    const pb::FieldDescriptor* field =
        FindField(*endpoint.rpc->input_type(), name.c_str(), pb::FieldDescriptor::TYPE_STRING);
    if (field == nullptr) {
      return Error(kContractInvalid, fmt::format("{}: {{{}}} is no string field of the request",
                                                 endpoint.rpc->full_name(), name));
    }
    endpoint.path_fields.push_back(field);
  }
  return {};
}

Result<void> FillResponse(Endpoint& endpoint, const std::string& response_body) {
  const pb::Descriptor& response = *endpoint.rpc->output_type();
  endpoint.sequence = FindField(response, "sequence", pb::FieldDescriptor::TYPE_INT64);
  if (response_body.empty()) return {};
  const pb::FieldDescriptor* field = response.FindFieldByName(response_body);
  if (field == nullptr || field->message_type() == nullptr || field->is_repeated() || endpoint.streaming ||
      field->message_type()->full_name() != "bordergate.common.v1.Content") {
    return Error(kContractInvalid, fmt::format("{}: response_body must name a bordergate.common.v1.Content",
                                               endpoint.rpc->full_name()));
  }
  endpoint.content = field;
  return {};
}

}  // namespace

std::string TypeUrl(const pb::Descriptor& message) {
  return fmt::format("{}/{}", kTypeUrlPrefix, message.full_name());
}

Result<void> Contract::AddRpc(const pb::MethodDescriptor& rpc) {
  const auto refused = [&](std::string_view why) {
    return Error(kContractInvalid, fmt::format("{}: {}", rpc.full_name(), why));
  };
  const pb::MethodOptions& options = rpc.options();
  if (!options.HasExtension(common::v1::access)) return refused("has no access option");
  if (!options.HasExtension(google::api::http)) return {};  // for the platform's own processes
  if (rpc.client_streaming()) return refused("a stream of requests has no REST form");
  std::set<const pb::Descriptor*> seen;
  if (const pb::Descriptor* unserved = FindUnserved(*rpc.input_type(), seen)) {
    return refused(fmt::format("{} is not served in requests", unserved->full_name()));
  }
  const google::api::HttpRule& rule = options.GetExtension(google::api::http);
  std::vector<Binding> bindings = {BindingOf(rule)};
  for (const google::api::HttpRule& more : rule.additional_bindings()) bindings.push_back(BindingOf(more));
  for (const Binding& binding : bindings) {
    if (binding.method.empty()) return refused("its http rule names no method");
    if (!binding.body.empty() && binding.body != "*")
      return refused("a body is the whole request or nothing");
    Endpoint endpoint;
    endpoint.rpc = &rpc;
    endpoint.service = Split(rpc.file()->package(), '.').at(1);
    endpoint.http_method = binding.method;
    endpoint.path = binding.path;
    endpoint.has_body = binding.body == "*";
    endpoint.streaming = rpc.server_streaming();
    if (endpoint.streaming && endpoint.http_method != "GET") return refused("a stream is read with GET");
    endpoint.access = options.GetExtension(common::v1::access);
    endpoint.session = options.GetExtension(common::v1::session);
    endpoint.request_id = FindField(*rpc.input_type(), "request_id", pb::FieldDescriptor::TYPE_STRING);
    endpoint.after_sequence = FindField(*rpc.input_type(), "after_sequence", pb::FieldDescriptor::TYPE_INT64);
    BG_TRY(routes_.Add(endpoint.http_method, endpoint.path, static_cast<int>(endpoints_.size())));
    BG_TRY(FillPathFields(endpoint));
    BG_TRY(FillResponse(endpoint, binding.response_body));
    endpoints_.push_back(std::move(endpoint));
  }
  return {};
}

Result<std::unique_ptr<Contract>> Contract::Load(std::string_view descriptors) {
  pb::FileDescriptorSet files;
  if (!files.ParseFromArray(descriptors.data(), static_cast<int>(descriptors.size()))) {
    return Error(kContractInvalid, "the descriptors are not a FileDescriptorSet");
  }
  auto contract = std::unique_ptr<Contract>(new Contract());
  contract->pool_ = std::make_unique<pb::DescriptorPool>();
  std::vector<const pb::FileDescriptor*> ours;
  for (const pb::FileDescriptorProto& file : files.file()) {
    const pb::FileDescriptor* built = contract->pool_->BuildFile(file);
    if (built == nullptr) return Error(kContractInvalid, fmt::format("{} cannot be read", file.name()));
    if (built->package().starts_with(kOurPackage)) ours.push_back(built);
  }
  std::sort(ours.begin(), ours.end(), [](const auto* a, const auto* b) { return a->name() < b->name(); });
  contract->resolver_.reset(
      pb::util::NewTypeResolverForDescriptorPool(kTypeUrlPrefix, contract->pool_.get()));
  for (const pb::FileDescriptor* file : ours) {
    for (int i = 0; i < file->service_count(); ++i) {
      contract->services_.push_back(file->service(i));
      for (int j = 0; j < file->service(i)->method_count(); ++j)
        BG_TRY(contract->AddRpc(*file->service(i)->method(j)));
    }
  }
  return contract;
}

}  // namespace bordergate::gateway
