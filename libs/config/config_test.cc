// Goal: a wrong configuration never starts, and says everything that is wrong at once. Method: small
// configurations with faults in the file and in the environment.
#include "libs/config/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/testing/temporary_folder.h"

namespace bordergate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view kDefaults = R"(
[calls]
# How often the order is looked at, in milliseconds, 10 to 60000.
interval_ms = 500
share = 0.5
enabled = true
gates = ["huu-nghi"]
)";

TEST(Config, TakesDefaultsThenFileThenEnvironment) {
  const TemporaryFolder folder;
  const std::string file = folder.Write("site.toml", "[calls]\ninterval_ms = 700\nshare = 1\n");
  ConfigReader reader =
      ConfigReader::Make(kDefaults, file,
                         {"BORDERGATE_CALLS__SHARE=0.25", "BORDERGATE_CALLS__GATES=tan-thanh, kim-thanh",
                          "BORDERGATE_CALLS__ENABLED=false", "HOME=/root", "BORDERGATE_HOME=/x"});
  EXPECT_EQ(reader.Duration("calls.interval_ms", milliseconds(10), seconds(60)), milliseconds(700));
  EXPECT_EQ(reader.Number("calls.share", 0, 1), 0.25);
  EXPECT_FALSE(reader.Flag("calls.enabled"));
  EXPECT_THAT(reader.TextList("calls.gates"), ElementsAre("tan-thanh", "kim-thanh"));
  EXPECT_THAT(reader.faults(), IsEmpty());
  EXPECT_THAT(reader.Print(), HasSubstr("calls.interval_ms = 700    # " + file));
}

TEST(Config, ListsEveryFaultAtOnce) {
  const TemporaryFolder folder;
  const std::string file = folder.Write("site.toml", "[calls]\ninterval = 700\nenabled = 3\n[cals]\nx = 1\n");
  ConfigReader reader = ConfigReader::Make(
      kDefaults, file,
      {"BORDERGATE_CALLS__INTERVAL_MS=5", "BORDERGATE_CALL__X=1", "BORDERGATE_CALLS__SHARE=much"});
  reader.Duration("calls.interval_ms", milliseconds(10), seconds(60));
  EXPECT_THAT(reader.faults(),
              ElementsAre(HasSubstr("calls.enabled: must be of the same type"),
                          HasSubstr("calls.interval: unknown key"), HasSubstr("cals: unknown key"),
                          HasSubstr("call.x: unknown key"), HasSubstr("calls.share: 'much' is not"),
                          HasSubstr("calls.interval_ms: must be from 10 to 60000; it is 5")));
}

TEST(Config, NamesTheFileThatIsMissing) {
  const ConfigReader reader = ConfigReader::Make(kDefaults, "/nowhere/site.toml", {});
  EXPECT_THAT(reader.faults(), ElementsAre(HasSubstr("/nowhere/site.toml")));
}

TEST(Config, RefusesAnAddressWithoutAPort) {
  ConfigReader reader =
      ConfigReader::Make("[a]\nb = \"localhost\"\nc = \"127.0.0.1:70000\"\nd = \"\"\n", "", {});
  reader.Address("a.b");
  reader.Address("a.c");
  reader.Address("a.d");
  EXPECT_EQ(reader.faults().size(), 3u);
}

TEST(Config, TakesSeveralNumericAddressesOfAPeer) {
  ConfigReader reader = ConfigReader::Make(
      "[a]\nb = \"10.0.0.1:7000,10.0.0.2:7000\"\nc = \"lane:7000\"\nd = \"lane:7000,10.0.0.2:7000\"\ne = "
      "\"10.0.0.1:7000,\"\n",
      "", {});
  EXPECT_EQ(reader.PeerAddress("a.b"), "10.0.0.1:7000,10.0.0.2:7000");
  EXPECT_EQ(reader.PeerAddress("a.c"), "lane:7000");
  EXPECT_THAT(reader.faults(), IsEmpty());
  reader.PeerAddress("a.d");
  reader.PeerAddress("a.e");
  EXPECT_THAT(reader.faults(), ElementsAre(HasSubstr("a.d"), HasSubstr("a.e")));
}

TEST(Config, NeverPrintsASecret) {
  const ConfigReader reader =
      ConfigReader::Make("[database]\nurl = \"postgresql://u:hunter2@h/d\"\n", "", {});
  EXPECT_THAT(reader.Print(), ::testing::Not(HasSubstr("hunter2")));
}

}  // namespace
}  // namespace bordergate
