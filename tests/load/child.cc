#include "tests/load/child.h"

#include <chrono>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <thread>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "libs/core/check.h"

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX asks for it

namespace bordergate::load {
namespace {

std::vector<char*> Pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

std::string ReadFile(const std::string& name) {
  std::ifstream file(name);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

Child::Child(const std::vector<std::string>& command, const std::vector<std::string>& environment,
             std::string output_file)
    : output_file_(std::move(output_file)) {
  // A measurement that is killed takes its children with it: they would hold its output open, and ./bench
  // would wait.
  std::vector<std::string> arguments = {"/usr/bin/setpriv", "--pdeathsig", "KILL", "--"};
  arguments.insert(arguments.end(), command.begin(), command.end());
  std::vector<std::string> variables = environment;
  for (char** variable = environ; *variable != nullptr; ++variable) variables.emplace_back(*variable);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output_file_.c_str(),
                                   O_WRONLY | O_CREAT | O_TRUNC, 0600);
  // The parent may block the stop signals (see Process); the child must hear them.
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  const int failed = posix_spawn(&pid_, arguments[0].c_str(), &actions, &attributes,
                                 Pointers(arguments).data(), Pointers(variables).data());
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  BG_CHECK(failed == 0, "the program to be measured starts: " + command[0]);
}

Child::~Child() {
  ::kill(pid_, SIGTERM);
  ::waitpid(pid_, nullptr, 0);
}

bool Child::WaitFor(const std::string& text) const {
  for (int tries = 0; tries < 400; ++tries) {
    if (HasWritten(text)) return true;
    if (::waitpid(pid_, nullptr, WNOHANG) != 0) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return false;
}

int Child::WaitForNumber(const std::string& before) const {
  if (!WaitFor(before)) return 0;
  const std::string output = ReadFile(output_file_);
  return std::atoi(output.c_str() + output.find(before) + before.size());
}

bool Child::HasWritten(const std::string& text) const {
  return ReadFile(output_file_).find(text) != std::string::npos;
}

std::string RunToEnd(const std::string& command) {
  FILE* pipe = ::popen(command.c_str(), "r");
  BG_CHECK(pipe != nullptr, "a shell can be started");
  std::string output;
  char buffer[4096];
  while (const size_t count = ::fread(buffer, 1, sizeof buffer, pipe)) output.append(buffer, count);
  ::pclose(pipe);
  return output;
}

}  // namespace bordergate::load
