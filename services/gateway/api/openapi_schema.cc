#include "services/gateway/api/openapi_schema.h"

#include "libs/core/text.h"
#include "services/gateway/api/comment_text.h"
#include "services/gateway/api/contract.h"

namespace bordergate::gateway {
namespace {

namespace pb = google::protobuf;

template <class Descriptor>
void Describe(Json& schema, const Descriptor& element) {
  const std::string text = ReadComment(CommentOf(element)).description;
  if (!text.empty()) schema["description"] = text;
}

Json Plain(const char* type, const char* format = nullptr) {
  Json schema;
  schema["type"] = type;
  if (format != nullptr) schema["format"] = format;
  return schema;
}

// What JSON prints even when it has the value zero.
bool IsAlwaysPrinted(const pb::FieldDescriptor& field) {
  return field.is_repeated() || (field.message_type() == nullptr && !field.has_presence());
}

}  // namespace

std::string SchemaName(const std::string& full_name) {
  std::string name;
  for (const std::string_view part : Split(full_name, '.')) {
    if (part == "bordergate" || part == "v1") continue;
    name += (name.empty() ? "" : ".") + std::string(part);
  }
  return name;
}

Json SchemaBook::EnumReference(const pb::EnumDescriptor& type) {
  const std::string name = SchemaName(type.full_name());
  if (!schemas_.contains(name)) {
    Json schema = Plain("string");
    std::string text = ReadComment(CommentOf(type)).description;
    schema["enum"] = Json::array();
    for (int i = 0; i < type.value_count(); ++i) {
      schema["enum"].push_back(type.value(i)->name());
      const std::string meaning = ReadComment(CommentOf(*type.value(i))).description;
      if (!meaning.empty()) text += "\n- `" + type.value(i)->name() + "`: " + meaning;
    }
    if (!text.empty()) schema["description"] = text;
    schemas_.emplace(name, std::move(schema));
  }
  Json reference;
  reference["$ref"] = "#/components/schemas/" + name;
  return reference;
}

Json SchemaBook::Value(const pb::FieldDescriptor& field, Use use) {
  switch (field.cpp_type()) {
    case pb::FieldDescriptor::CPPTYPE_MESSAGE:
      if (field.message_type()->full_name() == "google.protobuf.Timestamp")
        return Plain("string", "date-time");
      if (field.message_type()->full_name() == "google.protobuf.Struct") return Plain("object");
      return Reference(*field.message_type(), use);
    case pb::FieldDescriptor::CPPTYPE_ENUM:
      return EnumReference(*field.enum_type());
    case pb::FieldDescriptor::CPPTYPE_BOOL:
      return Plain("boolean");
    case pb::FieldDescriptor::CPPTYPE_INT32:
      return Plain("integer", "int32");
    case pb::FieldDescriptor::CPPTYPE_UINT32:
      return Plain("integer");
    case pb::FieldDescriptor::CPPTYPE_INT64:
    case pb::FieldDescriptor::CPPTYPE_UINT64:
      return Plain("string", "int64");  // numbers beyond 2^53 do not survive JavaScript
    case pb::FieldDescriptor::CPPTYPE_DOUBLE:
      return Plain("number", "double");
    case pb::FieldDescriptor::CPPTYPE_FLOAT:
      return Plain("number", "float");
    case pb::FieldDescriptor::CPPTYPE_STRING:
      break;
  }
  Json schema = Plain("string");
  if (field.type() == pb::FieldDescriptor::TYPE_BYTES) schema["contentEncoding"] = "base64";
  return schema;
}

Json SchemaBook::Field(const pb::FieldDescriptor& field, Use use) {
  Json schema;
  if (field.is_map()) {
    schema = Plain("object");
    schema["additionalProperties"] = Value(*field.message_type()->map_value(), use);
  } else if (field.is_repeated()) {
    schema = Plain("array");
    schema["items"] = Value(field, use);
  } else {
    schema = Value(field, use);
  }
  Describe(schema, field);
  return schema;
}

Json SchemaBook::Object(const pb::Descriptor& message, Use use,
                        const std::vector<const pb::FieldDescriptor*>& without) {
  Json schema = Plain("object");
  Describe(schema, message);
  Json properties = Json::object();
  Json required = Json::array();
  for (int i = 0; i < message.field_count(); ++i) {
    const pb::FieldDescriptor& field = *message.field(i);
    if (std::find(without.begin(), without.end(), &field) != without.end()) continue;
    properties[field.name()] = Field(field, use);
    if (use == Use::kAnswer && IsAlwaysPrinted(field)) required.push_back(field.name());
  }
  schema["properties"] = std::move(properties);
  if (!required.empty()) schema["required"] = std::move(required);
  if (use == Use::kRequest) schema["additionalProperties"] = false;
  return schema;
}

Json SchemaBook::Reference(const pb::Descriptor& message, Use use) {
  const std::string name = SchemaName(message.full_name()) + (use == Use::kRequest ? ".Input" : "");
  if (schemas_.emplace(name, Json()).second)
    schemas_[name] = Object(message, use);  // the place first: messages recur
  Json reference;
  reference["$ref"] = "#/components/schemas/" + name;
  return reference;
}

Json SchemaBook::Take() {
  Json all = Json::object();
  for (auto& [name, schema] : schemas_) all[name] = std::move(schema);
  schemas_.clear();
  return all;
}

}  // namespace bordergate::gateway
