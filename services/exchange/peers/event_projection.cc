#include "services/exchange/peers/event_projection.h"

#include <fmt/format.h>
#include <google/protobuf/util/json_util.h>
#include <nlohmann/json.hpp>

#include "bordergate/common/v1/event.pb.h"
#include "bordergate/customs/v1/customs_service.pb.h"
#include "bordergate/fee/v1/fee_service.pb.h"
#include "bordergate/lane/v1/lane_service.pb.h"
#include "bordergate/vehicle/v1/vehicle_service.pb.h"
#include "bordergate/yard/v1/yard_service.pb.h"

#include "libs/core/check.h"
#include "libs/core/text.h"
#include "services/exchange/domain/reasons.h"

namespace bordergate::exchange {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using nlohmann::json;

// The subject of "trip.declared" is the field `trip`; one noun is shorter in kinds than in messages.
std::string SubjectFieldOf(std::string_view kind) {
  const std::string noun(kind.substr(0, kind.find('.')));
  return noun == "watch_list" ? "watch_list_entry" : noun;
}

const FieldDescriptor* FindField(const Descriptor& message, std::string_view path) {
  const Descriptor* at = &message;
  const FieldDescriptor* field = nullptr;
  for (const std::string_view name : Split(path, '.')) {
    if (at == nullptr) return nullptr;
    field = at->FindFieldByName(std::string(name));
    if (field == nullptr) return nullptr;
    at = field->is_map() ? nullptr : field->message_type();
  }
  return field;
}

// Copies what the path names from one JSON value into another of the same shape.
void CopyPath(const json& from, std::span<const std::string_view> path, json& to) {
  if (path.empty()) {
    to = from;
    return;
  }
  if (from.is_array()) {
    if (!to.is_array()) to = json::array();
    for (size_t i = 0; i < from.size(); ++i) CopyPath(from[i], path, to[i]);
    return;
  }
  const auto found = from.find(path.front());
  if (found != from.end()) CopyPath(*found, path.subspan(1), to[std::string(path.front())]);
}

const google::protobuf::Message& SubjectOf(const google::protobuf::Message& event) {
  const auto* subject = event.GetDescriptor()->FindOneofByName("subject");
  BG_CHECK(subject != nullptr, "events that exchange follows have a oneof subject");
  const FieldDescriptor* field = event.GetReflection()->GetOneofFieldDescriptor(event, subject);
  BG_CHECK(field != nullptr, "an event names its subject");
  return event.GetReflection()->GetMessage(event, field);
}

}  // namespace

ProtoEventCatalogue::ProtoEventCatalogue() {
  for (const Descriptor* event : {vehicle::v1::VehicleEvent::descriptor(),
                                  customs::v1::CustomsEvent::descriptor(), fee::v1::FeeEvent::descriptor(),
                                  yard::v1::YardEvent::descriptor(), lane::v1::LaneEvent::descriptor()}) {
    const std::string package = event->file()->package();  // "bordergate.lane.v1"
    const std::string service(Split(package, '.').at(1));
    const auto& options = event->options();
    for (int i = 0; i < options.ExtensionSize(common::v1::event_kinds); ++i) {
      const std::string kind = options.GetExtension(common::v1::event_kinds, i);
      const FieldDescriptor* subject = event->FindFieldByName(SubjectFieldOf(kind));
      BG_CHECK(subject != nullptr, fmt::format("{} has no subject for {}", event->full_name(), kind));
      subjects_.emplace(service + "." + kind, subject->message_type());
    }
  }
}

Result<void> ProtoEventCatalogue::CheckField(std::string_view event_kind, std::string_view field) const {
  const auto subject = subjects_.find(event_kind);
  if (subject == subjects_.end()) {
    return Error(kEventKindUnknown,
                 fmt::format("'{}' is no kind of event; one is lane.passage.completed", event_kind));
  }
  if (FindField(*subject->second, field) == nullptr) {
    return Error(kEventFieldUnknown,
                 fmt::format("'{}' is no field of {}", field, subject->second->full_name()));
  }
  return {};
}

std::string Project(const google::protobuf::Message& event, const std::vector<std::string>& fields) {
  google::protobuf::util::JsonPrintOptions options;
  options.always_print_primitive_fields = true;
  options.preserve_proto_field_names = true;
  std::string text;
  BG_CHECK(google::protobuf::util::MessageToJsonString(SubjectOf(event), &text, options).ok(),
           "messages can be printed");
  const json whole = json::parse(text);
  json chosen = json::object();
  for (const std::string& field : fields) CopyPath(whole, Split(field, '.'), chosen);
  return chosen.dump();
}

}  // namespace bordergate::exchange
