#include "libs/core/child_process.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <utility>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bordergate {
namespace {

constexpr int kFirstGiven = 3;
constexpr int kDescriptorMin = 10;  // above those that a child is given

}  // namespace

OwnDescriptor::OwnDescriptor(int raw)
    : descriptor_(raw < 0 ? raw : fcntl(raw, F_DUPFD_CLOEXEC, kDescriptorMin)) {
  if (raw >= 0) close(raw);
}

OwnDescriptor::~OwnDescriptor() {
  if (descriptor_ >= 0) close(descriptor_);
}

int OwnDescriptor::Release() { return std::exchange(descriptor_, -1); }

int StartChild(const std::string& program, const std::vector<int>& descriptors, pid_t* process) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  int given = kFirstGiven;
  for (const int descriptor : descriptors) posix_spawn_file_actions_adddup2(&actions, descriptor, given++);
  posix_spawn_file_actions_addclosefrom_np(&actions, given);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  std::string name = std::filesystem::path(program).filename();
  const std::array<char*, 2> arguments = {name.data(), nullptr};
  const std::array<char*, 1> environment = {nullptr};
  const int error =
      posix_spawn(process, program.c_str(), &actions, &attributes, arguments.data(), environment.data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

void EndChild(pid_t process) {
  kill(process, SIGKILL);
  while (waitpid(process, nullptr, 0) < 0 && errno == EINTR) {
  }
}

std::string ProgramBesideThis(const std::string& name) {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path() / name;
}

}  // namespace bordergate
