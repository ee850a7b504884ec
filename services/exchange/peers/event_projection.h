// From an event of any service to the fields a partner may see, by the descriptors of the contract.
#pragma once

#include <map>
#include <string>

#include <google/protobuf/message.h>

#include "services/exchange/domain/agreement.h"

namespace bordergate::exchange {

// Every kind of event of the services that exchange follows: "lane.passage.completed" and so on.
class ProtoEventCatalogue final : public EventCatalogue {
 public:
  ProtoEventCatalogue();
  Result<void> CheckField(std::string_view event_kind, std::string_view field) const override;

 private:
  std::map<std::string, const google::protobuf::Descriptor*, std::less<>> subjects_;  // by kind with service
};

// The agreed fields of an event's subject as canonical JSON (keys sorted, no white space, proto names, values
// as the REST interface prints them) and nothing else. A field inside a list is taken from each of its
// elements; a field that is not set is left out.
//   event   an event message with a oneof `subject`
std::string Project(const google::protobuf::Message& event, const std::vector<std::string>& fields);

}  // namespace bordergate::exchange
