#include "services/identity/api/convert.h"

#include "libs/rpc/enums.h"
#include "libs/rpc/time.h"

namespace bordergate::identity {
namespace {

using rpc::ToTimestamp;

// Both ends of each list stand where the conversion takes them to.
static_assert(static_cast<int>(Role::kEnterprise) + 1 == common::v1::ROLE_ENTERPRISE);
static_assert(static_cast<int>(Role::kDevice) + 1 == common::v1::ROLE_DEVICE);
static_assert(static_cast<int>(SubjectKind::kPerson) + 1 == common::v1::CallerAssertion::KIND_PERSON);
static_assert(static_cast<int>(SubjectKind::kDevice) + 1 == common::v1::CallerAssertion::KIND_DEVICE);

common::v1::Role ToProtoRole(Role role) { return rpc::ToProtoEnum<common::v1::Role>(role); }

NewEvent MakeEvent(const rpc::CallContext& call, std::string_view kind, const v1::IdentityEvent& event) {
  return {.kind = std::string(kind),
          .actor = call.caller.actor(),
          .trace_id = call.trace.trace_id,
          .body = event.SerializeAsString()};
}

}  // namespace

v1::Person ToProto(const Person& person) {
  v1::Person proto;
  proto.set_person_id(person.id.value());
  proto.set_sign_in_name(person.sign_in_name);
  proto.set_display_name(person.display_name);
  for (const Role role : person.roles) proto.add_roles(ToProtoRole(role));
  proto.set_enterprise_id(person.enterprise_id);
  for (const std::string& gate_id : person.gate_ids) proto.add_gate_ids(gate_id);
  proto.set_state(person.active() ? v1::Person::STATE_ACTIVE : v1::Person::STATE_DISABLED);
  *proto.mutable_create_time() = ToTimestamp(person.create_time);
  return proto;
}

v1::ApiClient ToProto(const ApiClient& client) {
  v1::ApiClient proto;
  proto.set_api_client_id(client.id.value());
  proto.set_title(client.title);
  proto.set_enterprise_id(client.enterprise_id);
  proto.set_partner_id(client.partner_id);
  *proto.mutable_create_time() = ToTimestamp(client.create_time);
  if (client.revoke_time) *proto.mutable_revoke_time() = ToTimestamp(*client.revoke_time);
  if (client.last_used_time) *proto.mutable_last_used_time() = ToTimestamp(*client.last_used_time);
  return proto;
}

v1::Device ToProto(const Device& device) {
  v1::Device proto;
  proto.set_device_id(device.id.value());
  proto.set_title(device.title);
  proto.set_gate_id(device.gate_id);
  *proto.mutable_create_time() = ToTimestamp(device.create_time);
  if (device.revoke_time) *proto.mutable_revoke_time() = ToTimestamp(*device.revoke_time);
  return proto;
}

std::vector<Role> ReadRoles(const google::protobuf::RepeatedField<int>& roles, FieldChecks& checks) {
  std::vector<Role> known;
  for (const int role : roles) {
    if (const auto one = rpc::FromProtoEnum<Role>(role, common::v1::Role_MAX)) known.push_back(*one);
  }
  checks.Require(known.size() == static_cast<size_t>(roles.size()), "roles", "ROLE_UNKNOWN",
                 "must name roles of the contract only");
  return known;
}

std::vector<std::string> ReadGateIds(const google::protobuf::RepeatedPtrField<std::string>& gate_ids) {
  return {gate_ids.begin(), gate_ids.end()};
}

common::v1::CallerAssertion ToAssertion(const Bearer& bearer, Instant issue_time, Instant expire_time) {
  const Subject& subject = bearer.subject;
  common::v1::CallerAssertion assertion;
  assertion.set_kind(rpc::ToProtoEnum<common::v1::CallerAssertion::Kind>(subject.kind));
  assertion.set_subject_id(subject.id);
  assertion.set_display_name(subject.display_name);
  for (const Role role : subject.roles) assertion.add_roles(ToProtoRole(role));
  assertion.set_enterprise_id(subject.enterprise_id);
  assertion.set_partner_id(subject.partner_id);
  for (const std::string& gate_id : subject.gate_ids) assertion.add_gate_ids(gate_id);
  assertion.set_session_id(bearer.session.id.value());
  *assertion.mutable_issue_time() = ToTimestamp(issue_time);
  *assertion.mutable_expire_time() = ToTimestamp(expire_time);
  return assertion;
}

rpc::CallContext BySubject(const rpc::CallContext& call, const std::string& subject_id) {
  rpc::CallContext own = call;
  own.caller.subject_id = subject_id;
  return own;
}

NewEvent ToEvent(const rpc::CallContext& call, std::string_view kind, std::string_view subject_id,
                 std::string_view reason) {
  v1::IdentityEvent event;
  event.set_subject_id(std::string(subject_id));
  event.set_reason(std::string(reason));
  return MakeEvent(call, kind, event);
}

NewEvent ToEvent(const rpc::CallContext& call, std::string_view kind, const Person& person,
                 std::string_view reason) {
  v1::IdentityEvent event;
  event.set_subject_id(person.id.value());
  for (const Role role : person.roles) event.add_roles(ToProtoRole(role));
  for (const std::string& gate_id : person.gate_ids) event.add_gate_ids(gate_id);
  event.set_reason(std::string(reason));
  return MakeEvent(call, kind, event);
}

NewEvent SessionRevoked(const rpc::CallContext& call, std::string_view subject_id,
                        const Id<Session>& session_id) {
  v1::IdentityEvent event;
  event.set_subject_id(std::string(subject_id));
  event.set_session_id(session_id.value());
  return MakeEvent(call, "session.revoked", event);
}

Result<void> EndSessions(IdentityStore& store, const rpc::CallContext& call, const std::string& subject_id,
                         int keep_newest, const Id<Session>& except) {
  const auto ended = BG_TRY(store.EndSessionsOf(subject_id, keep_newest, except));
  for (const Id<Session>& id : ended) BG_TRY(store.Append(SessionRevoked(call, subject_id, id)));
  return {};
}

}  // namespace bordergate::identity
