// Goal: the keys of banks come from files, and a wrong entry stops the start. Method: configuration with good
// and bad entries.
#include "services/fee/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/testing/temporary_folder.h"

namespace bordergate::fee {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::string_view kDefaults = R"(
database = {url = "", connections_max = 8, connect_timeout_ms = 3000, start_wait_ms = 60000}
peers = {customs = ""}
banks = {public_keys = []}
)";

ConfigReader ReaderWith(const std::string& public_keys) {
  return ConfigReader::Make(
      kDefaults, "",
      {"BORDERGATE_DATABASE__URL=postgresql://x", "BORDERGATE_PEERS__CUSTOMS=127.0.0.1:1",
       "BORDERGATE_TLS__CA_FILE=a", "BORDERGATE_TLS__CERTIFICATE_FILE=b", "BORDERGATE_TLS__KEY_FILE=c",
       "BORDERGATE_ASSERTION__PUBLIC_KEY_FOLDER=d", "BORDERGATE_BANKS__PUBLIC_KEYS=" + public_keys});
}

TEST(FeeConfig, ReadsTheKeysOfBanks) {
  const TemporaryFolder folder;
  // Made with: openssl genpkey -algorithm ed25519 | openssl pkey -pubout
  const std::string file = folder.Write("bank.pub",
                                        "-----BEGIN PUBLIC KEY-----\n"
                                        "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n"
                                        "-----END PUBLIC KEY-----\n");
  ConfigReader reader = ReaderWith("vietinbank=" + file + ",acb=" + file);
  const FeeConfig config = FeeConfig::Read(reader);
  EXPECT_THAT(reader.faults(), ElementsAre());
  ASSERT_EQ(config.banks.size(), 2u);
  EXPECT_EQ(config.banks.find("vietinbank")->second.size(), 32u);
}

TEST(FeeConfig, NamesEveryWrongEntry) {
  ConfigReader reader = ReaderWith("vietinbank,acb=/nowhere");
  FeeConfig::Read(reader);
  EXPECT_THAT(reader.faults(), ElementsAre(HasSubstr("must be bank_id=file"), HasSubstr("/nowhere")));
}

}  // namespace
}  // namespace bordergate::fee
