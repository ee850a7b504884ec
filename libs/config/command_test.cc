// Goal: the command line says what it takes, and refuses the rest. Method: command lines in a program that
// ends.
#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/config/config.h"

namespace bordergate {
namespace {

using ::testing::ElementsAre;
using ::testing::ExitedWithCode;

template <size_t N>
Command Parse(std::array<const char*, N> words) {
  std::array<char*, N> argv;
  for (size_t i = 0; i < N; ++i) argv.at(i) = const_cast<char*>(words.at(i));  // as main has them
  return ParseCommandOrExit(N, argv.data(), "camera", {{"prove", "Proves"}, {"read", "Reads plates", true}});
}

TEST(CommandLine, GivesACommandItsOwnWords) {
  const Command command = Parse(std::array{"camera", "read", "--json", "--help", "a.jpg"});
  EXPECT_EQ(command.name, "read");
  EXPECT_THAT(command.arguments, ElementsAre("--json", "--help", "a.jpg"));
}

TEST(CommandLine, TakesTheConfigurationOfEachCommand) {
  EXPECT_EQ(Parse(std::array{"camera", "serve", "--config", "a.toml"}).config_file, "a.toml");
  EXPECT_EQ(Parse(std::array{"camera", "prove", "--config", "a.toml"}).config_file, "a.toml");
  const Command command = Parse(std::array{"camera", "read", "--config", "a.toml", "b.jpg"});
  EXPECT_EQ(command.config_file, "a.toml");
  EXPECT_THAT(command.arguments, ElementsAre("b.jpg"));
}

TEST(CommandLineDeathTest, RefusesWhatMakesNoSense) {
  EXPECT_EXIT(Parse(std::array{"camera"}), ExitedWithCode(2), "subcommand is required");
  EXPECT_EXIT(Parse(std::array{"camera", "fly"}), ExitedWithCode(2), "");
  EXPECT_EXIT(Parse(std::array{"camera", "prove", "a.jpg"}), ExitedWithCode(2), "");
  EXPECT_EXIT(Parse(std::array{"camera", "prove", "--help"}), ExitedWithCode(0), "");
}

}  // namespace
}  // namespace bordergate
