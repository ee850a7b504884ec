// Messages as JSON schemas (OpenAPI 3.1, that is JSON Schema 2020-12).
#pragma once

#include <map>
#include <string>
#include <vector>

#include <google/protobuf/descriptor.h>

#include "services/gateway/api/json_reader.h"

namespace bordergate::gateway {

// Collects the schemas that references point to. A message that occurs both in requests and in answers has
// two: answers print every plain field, so those are required; requests may leave any field out and name no
// others.
class SchemaBook {
 public:
  enum class Use { kRequest, kAnswer };

  // The schema of a field's value, its comment included.
  Json Field(const google::protobuf::FieldDescriptor& field, Use use);

  // {"$ref": "#/components/schemas/customs.Trip"}
  Json Reference(const google::protobuf::Descriptor& message, Use use);

  // An object with the message's fields but for some.
  Json Object(const google::protobuf::Descriptor& message, Use use,
              const std::vector<const google::protobuf::FieldDescriptor*>& without = {});

  // Everything referenced so far, by name.
  Json Take();

 private:
  Json Value(const google::protobuf::FieldDescriptor& field, Use use);
  Json EnumReference(const google::protobuf::EnumDescriptor& type);

  std::map<std::string, Json> schemas_;
};

// "bordergate.customs.v1.Trip.State" -> "customs.Trip.State"
std::string SchemaName(const std::string& full_name);

}  // namespace bordergate::gateway
