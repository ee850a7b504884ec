// The contract as the public door serves it: one Endpoint for each REST path of each RPC, read from the
// descriptors (with their comments) that the build makes of proto/. There is no code per endpoint anywhere
// else.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <google/protobuf/descriptor.h>
#include <google/protobuf/util/type_resolver.h>

#include "bordergate/common/v1/access.pb.h"

#include "libs/core/result.h"
#include "services/gateway/domain/route_table.h"

namespace bordergate::gateway {

struct Endpoint {
  const google::protobuf::MethodDescriptor* rpc = nullptr;
  std::string service;      // process that answers: "customs"
  std::string http_method;  // "GET"
  std::string path;         // "/v1/trips/{trip_id}"
  bool has_body = false;    // the body is the request message
  bool streaming = false;   // answered with server-sent events
  common::v1::Access access;
  common::v1::SessionEffect session = common::v1::SESSION_EFFECT_UNSPECIFIED;
  std::vector<const google::protobuf::FieldDescriptor*> path_fields;
  const google::protobuf::FieldDescriptor* request_id = nullptr;  // comes from the header Idempotency-Key
  const google::protobuf::FieldDescriptor* after_sequence =
      nullptr;                                                  // comes from the header Last-Event-ID too
  const google::protobuf::FieldDescriptor* sequence = nullptr;  // of a response; the id of its event
  const google::protobuf::FieldDescriptor* content = nullptr;   // of a response; answered raw

  bool is_public() const { return access.public_(); }
  bool changes() const { return http_method != "GET"; }
};

// All of it is read-only after Load. Safe for use by several threads.
class Contract {
 public:
  //   descriptors   a serialized FileDescriptorSet with all imports and source information
  //   errors        CONTRACT_INVALID: what cannot be served, by RPC and reason
  static Result<std::unique_ptr<Contract>> Load(std::string_view descriptors);

  // In the order of the protos' file names, then of the RPCs.
  const std::vector<Endpoint>& endpoints() const { return endpoints_; }
  const RouteTable& routes() const { return routes_; }
  const google::protobuf::DescriptorPool& pool() const { return *pool_; }
  google::protobuf::util::TypeResolver& resolver() const { return *resolver_; }

  // Every service of the platform, also those without a path of their own.
  const std::vector<const google::protobuf::ServiceDescriptor*>& services() const { return services_; }

 private:
  Contract() = default;
  Result<void> AddRpc(const google::protobuf::MethodDescriptor& rpc);

  std::unique_ptr<google::protobuf::DescriptorPool> pool_;
  std::unique_ptr<google::protobuf::util::TypeResolver> resolver_;
  std::vector<const google::protobuf::ServiceDescriptor*> services_;
  std::vector<Endpoint> endpoints_;
  RouteTable routes_;
};

// The comment above an element of a proto, as one text: lines joined, without the leading blanks.
template <class Descriptor>
std::string CommentOf(const Descriptor& element) {
  google::protobuf::SourceLocation location;
  if (!element.GetSourceLocation(&location)) return {};
  return location.leading_comments;
}

// "type.googleapis.com/bordergate.customs.v1.Trip"
std::string TypeUrl(const google::protobuf::Descriptor& message);

}  // namespace bordergate::gateway
