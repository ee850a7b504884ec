// Goal: what identity is told at its start is right, or it does not start; who comes in is counted. Method:
// configurations and key files, each broken in one place; the metrics as text.
#include "embedded/identity_parts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/rpc/assertion.h"
#include "libs/testing/test_pki.h"
#include "services/identity/config.h"
#include "services/identity/domain/reasons.h"
#include "services/identity/signing_key.h"
#include "services/identity/telemetry_access_log.h"

namespace bordergate::identity {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

std::vector<std::string> FaultsOf(std::vector<std::string> more) {
  std::vector<std::string> environment = {
      "BORDERGATE_TLS__CA_FILE=ca",
      "BORDERGATE_TLS__CERTIFICATE_FILE=certificate",
      "BORDERGATE_TLS__KEY_FILE=key",
      "BORDERGATE_ASSERTION__PUBLIC_KEY_FOLDER=folder",
      "BORDERGATE_ASSERTION__SIGNING_KEY_ID=2026-11",
      "BORDERGATE_ASSERTION__SIGNING_KEY_FILE=seed",
      "BORDERGATE_DATABASE__URL=postgresql://identity@localhost/bordergate"};
  environment.insert(environment.end(), more.begin(), more.end());
  ConfigReader reader = ConfigReader::Make(embedded::identity_parts::config_toml(), "", environment);
  IdentityConfig::Read(reader);
  return reader.faults();
}

TEST(IdentityConfig, IsRightByDefault) { EXPECT_THAT(FaultsOf({}), IsEmpty()); }

TEST(IdentityConfig, KeepsThreadsForThoseWhoAreInAlready) {
  EXPECT_THAT(FaultsOf({"BORDERGATE_PASSWORDS__HASHES_AT_ONCE_MAX=4"}),
              Contains(StartsWith("passwords.hashes_waiting_max")));
}

TEST(IdentityConfig, LetsNoAssertionLiveForMoreThanAMinute) {
  EXPECT_THAT(FaultsOf({"BORDERGATE_ASSERTION__LIFETIME_S=61"}),
              Contains(StartsWith("assertion.lifetime_s")));
}

TEST(AccessLog, CountsWhoCameIn) {
  Telemetry telemetry("identity", "error");
  TelemetryAccessLog log(telemetry);
  log.Admitted("person_1", "session_1");
  log.Refused("person_1", kSignInRefused);
  log.Refused("", kPasswordWrong);
  log.Refused("", kTooManyTries);
  const std::string text = telemetry.metrics.Text();
  EXPECT_THAT(text, HasSubstr("bordergate_identity_sign_ins_total{outcome=\"admitted\"} 1"));
  EXPECT_THAT(text, HasSubstr("bordergate_identity_sign_ins_total{outcome=\"refused\"} 2"));
  EXPECT_THAT(text, HasSubstr("bordergate_identity_sign_ins_total{outcome=\"throttled\"} 1"));
}

TEST(SigningKey, IsReadyWhenItsPublicHalfIsWhereEveryServerLooks) {
  const SystemClock clock;
  const TestPki pki;
  const AssertionKey key{.id = "test-key", .seed = pki.assertion_seed(), .lifetime = seconds(60)};
  EXPECT_TRUE(CheckKey(key, pki.public_key_folder(), clock).has_value());
  AssertionKey unknown = key;
  unknown.id = "next-key";
  EXPECT_TRUE(CheckKey(unknown, pki.public_key_folder(), clock).error().Is(rpc::kAssertionInvalid));
  AssertionKey other = key;
  other.seed = TestPki().assertion_seed();
  EXPECT_TRUE(CheckKey(other, pki.public_key_folder(), clock).error().Is(rpc::kAssertionInvalid));
}

}  // namespace
}  // namespace bordergate::identity
