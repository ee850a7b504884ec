#include "services/gateway/testing/fake_identity.h"

#include "bordergate/identity/v1/identity_service.rpc.h"

#include "libs/core/reasons.h"
#include "libs/rpc/time.h"

namespace bordergate::gateway {
namespace {

namespace v1 = identity::v1;
namespace methods = identity::v1::identity_service;

template <class... M>
void Refuse(rpc::Server& server) {
  (server.Add<M>([](const rpc::CallContext&, const typename M::Request&) -> Result<typename M::Response> {
    return Error(kMethodUnknown, "this identity only knows who is asking");
  }),
   ...);
}

}  // namespace

FakeIdentity::FakeIdentity(const TestPki& pki, const RpcConfig& rpc, const Clock& clock)
    : pki_(pki), clock_(clock), server_(std::make_unique<rpc::Server>(rpc, telemetry_, clock)) {
  AddHandlers();
  server_->Start();
}

FakeIdentity::~FakeIdentity() = default;

int FakeIdentity::port() const { return server_->port(); }

void FakeIdentity::AddHandlers() {
  server_->Add<methods::ResolveToken>(
      [this](const rpc::CallContext&, const v1::ResolveTokenRequest& request) {
        return Resolve(request.token());
      });
  server_->Add<methods::GetMe>(
      [](const rpc::CallContext& call, const v1::GetMeRequest&) -> Result<v1::GetMeResponse> {
        v1::GetMeResponse response;
        response.set_subject_id(call.caller.subject_id);
        response.set_display_name(call.caller.display_name);
        return response;
      });
  server_->AddStream<methods::Watch>(
      [this](const rpc::CallContext&, const v1::WatchRequest& request, auto& writer) {
        return Watch(request.after_sequence(), writer);
      });
  Refuse<methods::SignUp, methods::SignIn, methods::SignOut, methods::ChangePassword, methods::ResetPassword,
         methods::CreatePerson, methods::ListPersons, methods::SetPersonRoles, methods::DisablePerson,
         methods::CreateApiClient, methods::ListApiClients, methods::RevokeApiClient, methods::IssueToken,
         methods::RegisterDevice, methods::ListDevices, methods::RevokeDevice>(*server_);
}

void FakeIdentity::SignIn(const std::string& token, const std::string& subject_id) {
  const std::lock_guard lock(mutex_);
  known_[token] = {subject_id, "session_" + token};
}

void FakeIdentity::Revoke(const std::string& token) {
  const std::lock_guard lock(mutex_);
  v1::IdentityEvent event;
  event.mutable_header()->set_kind("session.revoked");
  event.mutable_header()->set_sequence(static_cast<int64_t>(events_.size()) + 1);
  event.set_subject_id(known_[token].subject_id);
  event.set_session_id(known_[token].session_id);
  known_.erase(token);
  events_.push_back(event);
  happened_.notify_all();
}

Result<v1::ResolveTokenResponse> FakeIdentity::Resolve(const std::string& token) {
  ++resolved_;
  const std::lock_guard lock(mutex_);
  const auto found = known_.find(token);
  if (found == known_.end()) return Error("SESSION_UNKNOWN", Code::kUnauthenticated, "sign in");
  rpc::Caller caller;
  caller.subject_id = found->second.subject_id;
  caller.display_name = "Nguyễn Văn An";
  v1::ResolveTokenResponse response;
  response.mutable_signed_assertion()->ParseFromString(pki_.MakeAssertion(caller, clock_.Now()));
  response.set_session_id(found->second.session_id);
  response.set_subject_id(found->second.subject_id);
  *response.mutable_expire_time() = rpc::ToTimestamp(clock_.Now() + seconds(60));
  return response;
}

Result<void> FakeIdentity::Watch(int64_t after_sequence, rpc::StreamWriter<v1::WatchResponse>& writer) {
  while (writer.open()) {
    v1::WatchResponse response;
    {
      std::unique_lock lock(mutex_);
      happened_.wait_for(lock, milliseconds(100),
                         [&] { return static_cast<int64_t>(events_.size()) > after_sequence; });
      response.set_head_sequence(static_cast<int64_t>(events_.size()));
      if (response.head_sequence() > after_sequence) *response.mutable_event() = events_[after_sequence++];
    }
    if (!writer.Write(response)) return {};
  }
  return {};
}

}  // namespace bordergate::gateway
