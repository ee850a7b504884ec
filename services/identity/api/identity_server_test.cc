// Goal: over real connections only those with the role get through, what identity signs is believed by every
// server, and the gateway hears of every revocation. Method: the server with certificates of a test
// authority; an administrator, an enterprise, a stranger, and another process than the gateway.
#include <gmock/gmock.h>

#include "bordergate/identity/v1/identity_service.rpc.h"

#include "libs/core/reasons.h"
#include "libs/db/event_log.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/server.h"
#include "libs/testing/test_pki.h"
#include "services/identity/domain/reasons.h"
#include "services/identity/testing/identity_test_bench.h"

namespace bordergate::identity {
namespace {

namespace methods = v1::identity_service;

class IdentityServerTest : public IdentityTestBench {
 protected:
  IdentityServerTest() {
    Register(server_, served_, events_);
    server_.Start();
    gateway_ = Connect("gateway");
  }

  std::unique_ptr<rpc::Channel> Connect(const std::string& service) {
    return std::make_unique<rpc::Channel>("identity", "127.0.0.1:" + std::to_string(server_.port()),
                                          pki_.MakeCertificate(service));
  }
  rpc::CallOptions AsNobody() { return rpc::CallOptions::Own(system_clock_, seconds(10)); }
  // As the gateway passes a call on: the token resolved, the assertion attached.
  rpc::CallOptions With(const std::string& token) {
    v1::ResolveTokenRequest request;
    request.set_token(token);
    rpc::CallOptions options = AsNobody();
    options.assertion =
        gateway_->Call<methods::ResolveToken>(AsNobody(), request)->signed_assertion().SerializeAsString();
    return options;
  }
  std::string TokenOf(const std::string& name, const std::string& password) {
    v1::SignInRequest request;
    request.set_sign_in_name(name);
    request.set_password(password);
    return gateway_->Call<methods::SignIn>(AsNobody(), request)->session_token();
  }
  std::string AdministratorToken() {
    const auto made = MakeFirstAdministrator(unit_, hasher_, ids_, system_clock_, "quantri@demo").value();
    return TokenOf("quantri@demo", made.one_time_password);
  }
  std::string EnterpriseToken(const std::string& name) {
    v1::SignUpRequest request;
    request.set_request_id("sign-up-" + name);
    request.set_sign_in_name(name);
    request.set_password(kPassword);
    request.set_display_name("Nông Thị Xuất");
    EXPECT_TRUE(gateway_->Call<methods::SignUp>(AsNobody(), request).has_value());
    return TokenOf(name, kPassword);
  }

  // What the caller gets for each method that changes or shows what only some may see.
  template <class... M>
  std::map<std::string, std::string> Answers(const rpc::CallOptions& options) {
    std::map<std::string, std::string> reasons;
    const auto ask = [&]<class One>() {
      const auto answer = gateway_->Call<One>(options, {});
      const std::string name = One::kName;
      reasons[name.substr(name.rfind('.') + 1)] = answer ? "OK" : answer.error().reason();
    };
    (ask.template operator()<M>(), ...);
    return reasons;
  }
  std::map<std::string, std::string> AllAnswers(const rpc::CallOptions& options) {
    return Answers<methods::CreatePerson, methods::ListPersons, methods::SetPersonRoles,
                   methods::DisablePerson, methods::ResetPassword, methods::CreateApiClient,
                   methods::ListApiClients, methods::RevokeApiClient, methods::RegisterDevice,
                   methods::ListDevices, methods::RevokeDevice, methods::ResolveToken>(options);
  }

  TestPki pki_;
  // Real time, as the verifier of every server uses it.
  IdentityApi served_{{.store = unit_,
                       .hasher = hasher_,
                       .judge = judge_,
                       .log = access_log_,
                       .ids = ids_,
                       .clock = system_clock_,
                       .sessions = session_rule_},
                      {.id = "test-key", .seed = pki_.assertion_seed(), .lifetime = seconds(60)}};
  db::EventLog events_{database_, telemetry_, system_clock_};
  rpc::Server server_{pki_.MakeRpcConfig("identity"), telemetry_, system_clock_};
  std::unique_ptr<rpc::Channel> gateway_;
};

TEST_F(IdentityServerTest, IsBelievedByEveryServer) {
  const std::string token = EnterpriseToken("lan@demo");
  const auto me = gateway_->Call<methods::GetMe>(With(token), {});
  ASSERT_TRUE(me.has_value()) << me.error().message();
  EXPECT_EQ(me->display_name(), "Nông Thị Xuất");
}

TEST_F(IdentityServerTest, LetsNoStrangerIn) {
  for (const auto& [method, reason] : AllAnswers(AsNobody())) {
    EXPECT_EQ(reason, method == "ResolveToken" ? "SESSION_UNKNOWN" : "UNAUTHENTICATED") << method;
  }
  EXPECT_TRUE(gateway_->Call<methods::GetMe>(AsNobody(), {}).error().Is(kUnauthenticated));
  EXPECT_TRUE(gateway_->Call<methods::ChangePassword>(AsNobody(), {}).error().Is(kUnauthenticated));
}

TEST_F(IdentityServerTest, LetsAnEnterpriseKeepItsClientsAndNothingElse) {
  const auto answers = AllAnswers(With(EnterpriseToken("lan@demo")));
  const std::map<std::string, std::string> expected = {
      {"CreatePerson", "ROLE_MISSING"},   {"ListPersons", "ROLE_MISSING"},
      {"SetPersonRoles", "ROLE_MISSING"}, {"DisablePerson", "ROLE_MISSING"},
      {"ResetPassword", "ROLE_MISSING"},  {"CreateApiClient", "INVALID_FIELD"},
      {"ListApiClients", "OK"},           {"RevokeApiClient", "INVALID_FIELD"},
      {"RegisterDevice", "ROLE_MISSING"}, {"ListDevices", "ROLE_MISSING"},
      {"RevokeDevice", "ROLE_MISSING"},   {"ResolveToken", "ROLE_MISSING"}};
  EXPECT_EQ(answers, expected);
}

TEST_F(IdentityServerTest, LetsAnAdministratorKeepTheAccounts) {
  const auto answers = AllAnswers(With(AdministratorToken()));
  const std::map<std::string, std::string> expected = {{"CreatePerson", "INVALID_FIELD"},
                                                       {"ListPersons", "OK"},
                                                       {"SetPersonRoles", "INVALID_FIELD"},
                                                       {"DisablePerson", "INVALID_FIELD"},
                                                       {"ResetPassword", "INVALID_FIELD"},
                                                       {"CreateApiClient", "INVALID_FIELD"},
                                                       {"ListApiClients", "OK"},
                                                       {"RevokeApiClient", "INVALID_FIELD"},
                                                       {"RegisterDevice", "INVALID_FIELD"},
                                                       {"ListDevices", "OK"},
                                                       {"RevokeDevice", "INVALID_FIELD"},
                                                       {"ResolveToken", "ROLE_MISSING"}};
  EXPECT_EQ(answers, expected);
}

TEST_F(IdentityServerTest, LetsAnAuditorReadAndChangeNothing) {
  const SignedIn admin{.person_id = {}, .token = AdministratorToken(), .call = {}};
  v1::CreatePersonRequest form = PersonForm("kiem.toan@demo", {common::v1::ROLE_AUDITOR});
  const auto made = gateway_->Call<methods::CreatePerson>(With(admin.token), form).value();
  for (const auto& [method, reason] : AllAnswers(With(TokenOf("kiem.toan@demo", made.one_time_password())))) {
    EXPECT_EQ(reason, method.starts_with("List") ? "OK" : "ROLE_MISSING") << method;
  }
}

TEST_F(IdentityServerTest, ResolvesTokensForTheGatewayOnly) {
  const std::string token = EnterpriseToken("lan@demo");
  v1::ResolveTokenRequest request;
  request.set_token(token);
  EXPECT_TRUE(gateway_->Call<methods::ResolveToken>(AsNobody(), request).has_value());
  const auto camera = Connect("camera");
  EXPECT_TRUE(camera->Call<methods::ResolveToken>(AsNobody(), request).error().Is(kUnauthenticated));
  auto stream = camera->Open<methods::Watch>(AsNobody(), {});
  v1::WatchResponse response;
  EXPECT_FALSE(stream.Read(&response));
  EXPECT_TRUE(stream.Finish().error().Is(kUnauthenticated));
}

TEST_F(IdentityServerTest, TellsTheGatewayAtOnceThatASessionHasEnded) {
  const std::string token = EnterpriseToken("lan@demo");
  auto stream = gateway_->Open<methods::Watch>(AsNobody(), {});
  v1::WatchResponse response;
  ASSERT_TRUE(stream.Read(&response));
  EXPECT_EQ(response.event().header().kind(), "person.created");
  const rpc::CallOptions lan = With(token);
  ASSERT_TRUE(gateway_->Call<methods::SignOut>(lan, {}).has_value());
  do {
    ASSERT_TRUE(stream.Read(&response));
  } while (!response.has_event());
  EXPECT_EQ(response.event().header().kind(), "session.revoked");
  EXPECT_EQ(response.event().header().sequence(), 2);
  EXPECT_FALSE(response.event().session_id().empty());
  EXPECT_TRUE(gateway_->Call<methods::SignOut>(lan, {}).error().Is(kUnauthenticated));
  stream.Cancel();
  while (stream.Read(&response)) {
  }
  EXPECT_TRUE(stream.Finish().error().Is(kCancelled));
}

}  // namespace
}  // namespace bordergate::identity
