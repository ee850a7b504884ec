#include "libs/testing/test_postgres.h"

#include <atomic>
#include <cstdlib>

#include <fmt/format.h>
#include <unistd.h>

#include "libs/core/check.h"
#include "libs/testing/temporary_folder.h"

namespace bordergate {
namespace {

constexpr char kPrograms[] = "/usr/lib/postgresql/15/bin";

void Run(const std::string& command) {
  BG_CHECK(std::system(command.c_str()) == 0, "a private PostgreSQL can be run: " + command);
}

}  // namespace

struct TestPostgres::State {
  TemporaryFolder folder;
  std::atomic<int> databases = 0;

  std::string path() const { return folder.path().string(); }
  // PostgreSQL refuses to run as root.
  std::string As(const std::string& command) const {
    const std::string user = geteuid() == 0 ? "setpriv --reuid=postgres --regid=postgres --init-groups " : "";
    return fmt::format("cd '{}' && {}{} >>'{}/log' 2>&1", path(), user, command, path());
  }
};

TestPostgres& TestPostgres::Get() {
  static TestPostgres postgres;
  return postgres;
}

TestPostgres::TestPostgres() : state_(std::make_unique<State>()) {
  if (geteuid() == 0) Run(fmt::format("chown postgres:postgres '{}'", state_->path()));
  Run(state_->As(fmt::format("{}/initdb -D '{}/data' -U postgres -A trust -E UTF8 --locale=C.UTF-8 -N",
                             kPrograms, state_->path())));
  Start();
}

TestPostgres::~TestPostgres() {
  // A server that is gone already is no fault here.
  [[maybe_unused]] const int ignored = std::system(
      state_->As(fmt::format("{}/pg_ctl -D '{}/data' -m immediate stop", kPrograms, state_->path())).c_str());
}

void TestPostgres::Start() {
  Run(state_->As(
      fmt::format("{0}/pg_ctl -D '{1}/data' -w -t 60 -l '{1}/server.log' -o \"-c listen_addresses='' -c "
                  "unix_socket_directories='{1}' -c max_connections=80 -c shared_buffers=16MB\" start",
                  kPrograms, state_->path())));
}

void TestPostgres::Crash() {
  Run(state_->As(fmt::format("{}/pg_ctl -D '{}/data' -m immediate -w stop", kPrograms, state_->path())));
}

DatabaseConfig TestPostgres::NewDatabase() {
  const std::string name = fmt::format("test{}", ++state_->databases);
  Run(state_->As(fmt::format("{}/createdb -h '{}' -U postgres {}", kPrograms, state_->path(), name)));
  std::string host;
  for (const char c : state_->path()) host += c == '/' ? std::string("%2F") : std::string(1, c);
  return {.url = fmt::format("postgresql://postgres@{}/{}", host, name),
          .connections_max = 8,
          .connect_timeout = seconds(5),
          .start_wait = seconds(60)};
}

}  // namespace bordergate
