// Goal: programs and machines get exactly what belongs to their owner, for as long as they may. Method: the
// handlers over a private PostgreSQL; two enterprises, an administrator, and the machines themselves.
#include <gmock/gmock.h>

#include "libs/core/reasons.h"
#include "services/identity/domain/reasons.h"
#include "services/identity/testing/identity_test_bench.h"

namespace bordergate::identity {
namespace {

using ::testing::ElementsAre;
using ::testing::StartsWith;
using namespace std::chrono_literals;

class MachineApiTest : public IdentityTestBench {
 protected:
  v1::CreateApiClientRequest ClientForm(const std::string& partner_id = "") {
    v1::CreateApiClientRequest request;
    request.set_request_id("client-" + std::to_string(++forms_));
    request.set_title("ERP của Công ty Rau quả");
    request.set_partner_id(partner_id);
    return request;
  }
  Result<v1::IssueTokenResponse> TryIssue(const std::string& id, const std::string& secret,
                                          int lifetime_s = 0) {
    v1::IssueTokenRequest request;
    request.set_api_client_id(id);
    request.set_client_secret(secret);
    request.set_lifetime_s(lifetime_s);
    return api_.tokens.IssueToken(Nobody(), request);
  }
  std::string Issue(const v1::CreateApiClientResponse& client, int lifetime_s = 0) {
    return TryIssue(client.api_client().api_client_id(), client.client_secret(), lifetime_s)->access_token();
  }
  v1::RevokeApiClientRequest RevokeForm(const v1::CreateApiClientResponse& client) {
    v1::RevokeApiClientRequest request;
    request.set_request_id("revoke-" + std::to_string(++forms_));
    request.set_api_client_id(client.api_client().api_client_id());
    return request;
  }
  int forms_ = 0;
};

TEST_F(MachineApiTest, ActsForTheEnterpriseThatMadeIt) {
  const SignedIn lan = SignUp("lan@demo");
  const auto client = api_.machines.CreateApiClient(lan.call, ClientForm()).value();
  EXPECT_THAT(client.client_secret(), StartsWith("bg_secret_"));
  const auto call = Holding(Issue(client)).value();
  EXPECT_EQ(call.caller.enterprise_id, lan.call.caller.enterprise_id);
  EXPECT_THAT(call.caller.roles, ElementsAre(common::v1::ROLE_ENTERPRISE));
  EXPECT_EQ(call.caller.display_name, "ERP của Công ty Rau quả");
  EXPECT_EQ(api_.sign_in.GetMe(call, {})->subject_id(), client.api_client().api_client_id());
}

TEST_F(MachineApiTest, IsBoundToAPartnerByAnAdministratorOnly) {
  const SignedIn admin = Administrator();
  const SignedIn lan = SignUp("lan@demo");
  const auto client = api_.machines.CreateApiClient(admin.call, ClientForm("pingxiang-customs")).value();
  const auto call = Holding(Issue(client)).value();
  EXPECT_EQ(call.caller.partner_id, "pingxiang-customs");
  EXPECT_EQ(call.caller.enterprise_id, "");
  EXPECT_THAT(call.caller.roles, ElementsAre(common::v1::ROLE_PARTNER));
  EXPECT_TRUE(
      api_.machines.CreateApiClient(lan.call, ClientForm("pingxiang-customs")).error().Is(kInvalidField));
  EXPECT_TRUE(api_.machines.CreateApiClient(admin.call, ClientForm()).error().Is(kInvalidField));
}

TEST_F(MachineApiTest, ShowsItsSecretOnce) {
  const SignedIn lan = SignUp("lan@demo");
  const auto form = ClientForm();
  const auto client = api_.machines.CreateApiClient(lan.call, form).value();
  const auto repeat = api_.machines.CreateApiClient(lan.call, form).value();
  EXPECT_EQ(repeat.api_client().api_client_id(), client.api_client().api_client_id());
  EXPECT_EQ(repeat.client_secret(), "");
  EXPECT_EQ(CountRows("api_clients"), 1);
}

TEST_F(MachineApiTest, CannotMakeOrRevokeClients) {
  const SignedIn lan = SignUp("lan@demo");
  const auto client = api_.machines.CreateApiClient(lan.call, ClientForm()).value();
  const auto call = Holding(Issue(client)).value();
  EXPECT_TRUE(api_.machines.CreateApiClient(call, ClientForm()).error().Is(kRoleMissing));
  EXPECT_TRUE(api_.machines.RevokeApiClient(call, RevokeForm(client)).error().Is(kRoleMissing));
  v1::ChangePasswordRequest change;
  change.set_request_id("change-client");
  EXPECT_TRUE(api_.sign_in.ChangePassword(call, change).error().Is(kPersonNotFound));
}

TEST_F(MachineApiTest, IsSeenAndRevokedByItsOwnEnterpriseAndTheAdministrator) {
  const SignedIn admin = Administrator();
  const SignedIn lan = SignUp("lan@demo");
  const SignedIn minh = SignUp("minh@demo");
  const auto client = api_.machines.CreateApiClient(lan.call, ClientForm()).value();
  const auto partner = api_.machines.CreateApiClient(admin.call, ClientForm("pingxiang-customs")).value();
  EXPECT_EQ(api_.machines.ListApiClients(lan.call, {})->api_clients_size(), 1);
  EXPECT_EQ(api_.machines.ListApiClients(minh.call, {})->api_clients_size(), 0);
  EXPECT_EQ(api_.machines.ListApiClients(admin.call, {})->api_clients_size(), 2);
  EXPECT_TRUE(api_.machines.RevokeApiClient(minh.call, RevokeForm(client)).error().Is(kApiClientNotFound));
  EXPECT_TRUE(api_.machines.RevokeApiClient(lan.call, RevokeForm(partner)).error().Is(kApiClientNotFound));
  EXPECT_TRUE(api_.machines.RevokeApiClient(lan.call, RevokeForm(client))->api_client().has_revoke_time());
  EXPECT_TRUE(api_.machines.RevokeApiClient(admin.call, RevokeForm(partner)).has_value());
}

TEST_F(MachineApiTest, LosesEveryTokenWhenItIsRevoked) {
  const SignedIn lan = SignUp("lan@demo");
  const auto client = api_.machines.CreateApiClient(lan.call, ClientForm()).value();
  const std::string token = Issue(client);
  ASSERT_TRUE(api_.machines.RevokeApiClient(lan.call, RevokeForm(client)).has_value());
  EXPECT_TRUE(Holding(token).error().Is(kSessionUnknown));
  EXPECT_TRUE(
      TryIssue(client.api_client().api_client_id(), client.client_secret()).error().Is(kSignInRefused));
  EXPECT_TRUE(api_.machines.RevokeApiClient(lan.call, RevokeForm(client)).has_value());
  EXPECT_THAT(EventKinds(), ElementsAre("person.created", "api_client.created", "api_client.revoked"));
  EXPECT_EQ(Events().back().subject_id(), client.api_client().api_client_id());
}

TEST_F(MachineApiTest, GetsTokensOfTheLifetimeItAsksFor) {
  const SignedIn lan = SignUp("lan@demo");
  const auto client = api_.machines.CreateApiClient(lan.call, ClientForm()).value();
  const std::string hour = Issue(client);
  const std::string second = Issue(client, 1);
  EXPECT_TRUE(Holding(second).has_value());
  clock_.Advance(1s);
  EXPECT_TRUE(Holding(second).error().Is(kSessionExpired));
  clock_.Advance(59min);
  EXPECT_TRUE(Holding(hour).has_value());
  clock_.Advance(1min);
  EXPECT_TRUE(Holding(hour).error().Is(kSessionExpired));
  for (const int lifetime_s : {-1, 86'401}) {
    EXPECT_TRUE(TryIssue("client_1", "secret", lifetime_s).error().Is(kInvalidField));
  }
}

TEST_F(MachineApiTest, GetsNoTokenForAWrongSecretAndIsSlowedDown) {
  const SignedIn lan = SignUp("lan@demo");
  const auto client = api_.machines.CreateApiClient(lan.call, ClientForm()).value();
  const std::string id = client.api_client().api_client_id();
  EXPECT_EQ(TryIssue(id, "bg_secret_wrong").error().message(),
            TryIssue("client_none", "x").error().message());
  for (int i = 0; i < 9; ++i) EXPECT_TRUE(TryIssue(id, "bg_secret_wrong").error().Is(kSignInRefused));
  EXPECT_TRUE(TryIssue(id, client.client_secret()).error().Is(kTooManyTries));
  EXPECT_TRUE(TrySignIn("lan@demo", kPassword).has_value());
  clock_.Advance(60s);
  EXPECT_TRUE(TryIssue(id, client.client_secret()).has_value());
}

TEST_F(MachineApiTest, IsWrittenAsUsedAtMostOnceAMinute) {
  const SignedIn lan = SignUp("lan@demo");
  const auto client = api_.machines.CreateApiClient(lan.call, ClientForm()).value();
  const auto last_used = [&] {
    return api_.machines.ListApiClients(lan.call, {})->api_clients(0).last_used_time().seconds();
  };
  Issue(client);
  const int64_t first = last_used();
  clock_.Advance(59s);
  Issue(client);
  EXPECT_EQ(last_used(), first);
  clock_.Advance(1s);
  Issue(client);
  EXPECT_EQ(last_used(), first + 60);
}

TEST_F(MachineApiTest, StandsAtItsGateUntilItIsRevoked) {
  const SignedIn admin = Administrator();
  v1::RegisterDeviceRequest form;
  form.set_request_id("device-kiosk");
  form.set_title("Kiosk 2, bãi Xuân Cương");
  form.set_gate_id("huu-nghi");
  const auto device = api_.machines.RegisterDevice(admin.call, form).value();
  EXPECT_THAT(device.device_token(), StartsWith("bg_device_"));
  EXPECT_EQ(api_.machines.RegisterDevice(admin.call, form)->device_token(), "");
  clock_.Advance(24h * 400);
  const auto call = Holding(device.device_token()).value();
  EXPECT_THAT(call.caller.roles, ElementsAre(common::v1::ROLE_DEVICE));
  EXPECT_THAT(call.caller.gate_ids, ElementsAre("huu-nghi"));
  EXPECT_TRUE(api_.sign_in.SignOut(call, {}).error().Is(kRoleMissing));
  EXPECT_EQ(api_.machines.ListDevices(admin.call, {})->devices_size(), 1);

  v1::RevokeDeviceRequest revoke;
  revoke.set_request_id("revoke-kiosk");
  revoke.set_device_id(device.device().device_id());
  EXPECT_TRUE(api_.machines.RevokeDevice(admin.call, revoke)->device().has_revoke_time());
  EXPECT_TRUE(Holding(device.device_token()).error().Is(kSessionUnknown));
  EXPECT_THAT(EventKinds(), ElementsAre("person.created", "device.registered", "device.revoked"));
  revoke.set_request_id("revoke-none");
  revoke.set_device_id("device_none");
  EXPECT_TRUE(api_.machines.RevokeDevice(admin.call, revoke).error().Is(kDeviceNotFound));
  form.set_request_id("device-wrong");
  form.set_gate_id("Hữu Nghị");
  EXPECT_TRUE(api_.machines.RegisterDevice(admin.call, form).error().Is(kInvalidField));
}

TEST_F(MachineApiTest, ListsTheNewestFirstInPages) {
  const SignedIn lan = SignUp("lan@demo");
  std::vector<std::string> made;
  for (int i = 0; i < 5; ++i) {
    clock_.Advance(1s);
    made.insert(made.begin(),
                api_.machines.CreateApiClient(lan.call, ClientForm())->api_client().api_client_id());
  }
  v1::ListApiClientsRequest request;
  request.set_page_size(2);
  std::vector<std::string> listed;
  do {
    const auto page = api_.machines.ListApiClients(lan.call, request).value();
    for (const auto& client : page.api_clients()) listed.push_back(client.api_client_id());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(listed, made);
}

TEST_F(MachineApiTest, KnowsNoTokenThatItDidNotIssue) {
  const SignedIn lan = SignUp("lan@demo");
  std::string other = lan.token;
  other.back() = other.back() == 'A' ? 'B' : 'A';
  for (const std::string& token : {std::string(), std::string("bg_session_"), other, lan.token + "A",
                                   "bg_token_" + lan.token.substr(11), std::string(100'000, 'x')}) {
    EXPECT_TRUE(Holding(token).error().Is(kSessionUnknown));
  }
}

}  // namespace
}  // namespace bordergate::identity
