// Between the rules' types and the contract's.
#pragma once

#include "bordergate/common/v1/assertion.pb.h"
#include "bordergate/identity/v1/identity_service.pb.h"

#include "libs/rpc/call_context.h"
#include "services/identity/domain/identity_store.h"

namespace bordergate::identity {

v1::Person ToProto(const Person& person);
v1::ApiClient ToProto(const ApiClient& client);
v1::Device ToProto(const Device& device);

// The roles of a request, each that the contract knows. Reason added: ROLE_UNKNOWN.
std::vector<Role> ReadRoles(const google::protobuf::RepeatedField<int>& roles, FieldChecks& checks);
std::vector<std::string> ReadGateIds(const google::protobuf::RepeatedPtrField<std::string>& gate_ids);

common::v1::CallerAssertion ToAssertion(const Bearer& bearer, Instant issue_time, Instant expire_time);

// The call as the subject's own: nobody is signed in yet who signs up or in.
rpc::CallContext BySubject(const rpc::CallContext& call, const std::string& subject_id);

// Events, ready for the outbox. `kind` is one of the list at IdentityEvent in the proto. Ids only: no names,
// no titles.
NewEvent ToEvent(const rpc::CallContext& call, std::string_view kind, std::string_view subject_id,
                 std::string_view reason = {});
// With what the person may do from now on.
NewEvent ToEvent(const rpc::CallContext& call, std::string_view kind, const Person& person,
                 std::string_view reason = {});
NewEvent SessionRevoked(const rpc::CallContext& call, std::string_view subject_id,
                        const Id<Session>& session_id);

// Ends sessions of a subject but the newest `keep_newest` and `except`, and tells everybody.
Result<void> EndSessions(IdentityStore& store, const rpc::CallContext& call, const std::string& subject_id,
                         int keep_newest, const Id<Session>& except);

}  // namespace bordergate::identity
