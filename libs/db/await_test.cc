// Goal: what runs once at start outlasts a server that comes late, its name that comes late and its own
// starting up, for a bounded time, and ends at once when waiting would not help. Method: a private PostgreSQL
// that is started in the first pause; a door that answers as a starting or a refusing server does; names that
// are known when the test says so. Pauses are the test's, so nothing here waits.
#include "libs/db/await.h"

#include <atomic>
#include <cstring>

#include <boost/asio.hpp>
#include <dlfcn.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netdb.h>

#include "libs/core/reasons.h"
#include "libs/db/migrate.h"
#include "libs/testing/manual_clock.h"
#include "libs/testing/test_postgres.h"

namespace {
std::atomic<bool> is_name_known = false;
constexpr char kLateName[] = "late.example";
}  // namespace

// In place of the C library's: one name is this machine as soon as it is known, and until then what a name
// server says that is not there yet.
extern "C" int getaddrinfo(const char* node, const char* service, const addrinfo* hints, addrinfo** found) {
  using Lookup = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
  static const auto real = reinterpret_cast<Lookup>(dlsym(RTLD_NEXT, "getaddrinfo"));
  if (node == nullptr || std::strcmp(node, kLateName) != 0) return real(node, service, hints, found);
  return is_name_known ? real("127.0.0.1", service, hints, found) : EAI_AGAIN;
}

namespace bordergate::db {
namespace {

using boost::asio::ip::tcp;
using testing::HasSubstr;

// A port where every session ends with the same word of a server (protocol 3, ErrorResponse).
class RefusingServer {
 public:
  explicit RefusingServer(std::string sql_state) : sql_state_(std::move(sql_state)) {
    thread_ = std::jthread([this] { Serve(); });
  }
  ~RefusingServer() {
    stopping_ = true;
    boost::system::error_code error;
    tcp::socket(context_).connect(acceptor_.local_endpoint(), error);  // wakes accept
  }
  RefusingServer(const RefusingServer&) = delete;
  RefusingServer& operator=(const RefusingServer&) = delete;

  int port() const { return acceptor_.local_endpoint().port(); }
  void Say(const std::string& sql_state) {
    const std::lock_guard lock(mutex_);
    sql_state_ = sql_state;
  }

 private:
  void Serve() {
    while (true) {
      tcp::socket socket = acceptor_.accept();
      if (stopping_) return;
      boost::system::error_code error;
      std::array<char, 1024> hello{};
      socket.read_some(boost::asio::buffer(hello), error);
      const std::lock_guard lock(mutex_);
      const std::string fields =
          std::string("SFATAL") + '\0' + "VFATAL" + '\0' + "C" + sql_state_ + '\0' + "Mas told" + '\0' + '\0';
      const auto size = static_cast<uint32_t>(fields.size() + 4);
      std::string answer = "E";
      for (const int shift : {24, 16, 8, 0}) answer += static_cast<char>(size >> shift);
      boost::asio::write(socket, boost::asio::buffer(answer + fields), error);
    }
  }

  std::mutex mutex_;
  std::string sql_state_;
  boost::asio::io_context context_;
  tcp::acceptor acceptor_{context_, {boost::asio::ip::address_v4::loopback(), 0}};
  std::atomic<bool> stopping_ = false;
  std::jthread thread_;
};

class AwaitTest : public testing::Test {
 protected:
  static DatabaseConfig At(const std::string& host, int port) {
    return {.url = fmt::format("postgresql://nobody@{}:{}/x?sslmode=disable&gssencmode=disable", host, port),
            .connections_max = 2,
            .connect_timeout = seconds(5),
            .start_wait = seconds(60)};
  }
  // Pings under WhenReachable; `in_pause` is what happens in the first pause.
  Result<void> Await(const DatabaseConfig& config, const std::function<void()>& in_pause) {
    Database database(config, telemetry_, system_clock_);
    return WhenReachable(
        database, clock_,
        [&](milliseconds time) {
          clock_.Advance(time);
          if (++pauses_ == 1) in_pause();
          return stopped_;
        },
        [&] {
          ++tries_;
          return database.Ping();
        });
  }

  const SystemClock system_clock_;
  ManualClock clock_;
  Telemetry telemetry_{"test", "error"};
  bool stopped_ = false;
  int pauses_ = 0;
  int tries_ = 0;
};

constexpr char kStarting[] = "57P03";
constexpr char kWrongPassword[] = "28P01";

TEST_F(AwaitTest, MigratesAsSoonAsTheServerIsThere) {
  TestPostgres& postgres = TestPostgres::Get();
  Database database(postgres.NewDatabase(), telemetry_, system_clock_);
  postgres.Crash();
  const auto start_server = [&](milliseconds) {
    postgres.Start();
    return false;
  };
  int applied = 0;
  const Result<void> done = WhenReachable(database, clock_, start_server, [&]() -> Result<void> {
    applied = BG_TRY(Migrate(database, system_clock_, {}));
    return {};
  });
  ASSERT_TRUE(done) << done.error().message();
  EXPECT_EQ(applied, 1);
}

TEST_F(AwaitTest, WaitsWhileTheServersNameIsNotKnown) {
  is_name_known = false;
  RefusingServer server(kWrongPassword);
  const Result<void> done = Await(At(kLateName, server.port()), [] { is_name_known = true; });
  ASSERT_FALSE(done);
  EXPECT_THAT(done.error().message(), HasSubstr("answers, but takes no session")) << "the name was found";
  EXPECT_EQ(pauses_, 1);
}

TEST_F(AwaitTest, WaitsWhileTheServerSaysThatItIsStarting) {
  RefusingServer server(kStarting);
  const Result<void> done = Await(At("127.0.0.1", server.port()), [&] { server.Say(kWrongPassword); });
  EXPECT_FALSE(done);
  EXPECT_EQ(pauses_, 1);
}

TEST_F(AwaitTest, EndsAtOnceForAWrongPassword) {
  const RefusingServer server(kWrongPassword);
  const Result<void> done = Await(At("127.0.0.1", server.port()), [] {});
  ASSERT_FALSE(done);
  EXPECT_TRUE(done.error().Is(kServiceUnavailable));
  EXPECT_THAT(done.error().message(), HasSubstr("compare database.url with the server's roles"));
  EXPECT_EQ(pauses_, 0);
}

TEST_F(AwaitTest, EndsAtOnceForARoleThatDoesNotExist) {
  DatabaseConfig config = TestPostgres::Get().NewDatabase();
  config.url.replace(config.url.find("postgres@"), 8, "stranger");
  const Result<void> done = Await(config, [] {});
  ASSERT_FALSE(done);
  EXPECT_THAT(done.error().message(), HasSubstr("role \"stranger\" does not exist"));
  EXPECT_EQ(pauses_, 0);
}

TEST_F(AwaitTest, EndsAtOnceForAMigrationThatFails) {
  Database database(TestPostgres::Get().NewDatabase(), telemetry_, system_clock_);
  const auto no_pause = [this](milliseconds) {
    ++pauses_;
    return true;
  };
  const std::vector<Migration> broken = {{"0001_create_a", "SELECT nonsense;"}};
  const Result<void> done = WhenReachable(database, clock_, no_pause, [&]() -> Result<void> {
    (void)BG_TRY(Migrate(database, system_clock_, broken));
    return {};
  });
  EXPECT_TRUE(done.error().Is(kInternal));
  EXPECT_EQ(pauses_, 0);
}

TEST_F(AwaitTest, GivesUpAfterItsTimeAndSaysWhatWasTriedAndWhatHelps) {
  is_name_known = false;
  const Result<void> done = Await(At(kLateName, 5432), [] {});
  ASSERT_FALSE(done);
  EXPECT_TRUE(done.error().Is(kServiceUnavailable));
  EXPECT_THAT(done.error().message(), HasSubstr("late.example"));
  EXPECT_THAT(done.error().message(), HasSubstr("tried 121 times within 60 s"));
  EXPECT_THAT(done.error().message(), HasSubstr("database.start_wait_ms"));
  EXPECT_EQ(tries_, 121);
}

TEST_F(AwaitTest, EndsWhenTheProgramIsToldTo) {
  const RefusingServer server(kStarting);
  const Result<void> done = Await(At("127.0.0.1", server.port()), [this] { stopped_ = true; });
  EXPECT_TRUE(done.error().Is(kCancelled));
  EXPECT_EQ(tries_, 1);
}

}  // namespace
}  // namespace bordergate::db
