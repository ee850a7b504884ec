// identity over a private PostgreSQL, with a clock that the test moves and passwords hashed at the least
// cost.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "embedded/identity_store.h"
#include "libs/core/digest.h"
#include "libs/db/migrate.h"
#include "libs/testing/manual_clock.h"
#include "libs/testing/test_postgres.h"
#include "services/identity/api/register.h"
#include "services/identity/bootstrap.h"
#include "services/identity/secrets/argon2_password_hasher.h"
#include "services/identity/secrets/zxcvbn_password_judge.h"
#include "services/identity/store/postgres_identity_store.h"

namespace bordergate::identity {

// Remembers what was written down, one line an entry.
class FakeAccessLog final : public AccessLog {
 public:
  void Admitted(std::string_view subject_id, std::string_view) override { Add("admitted", subject_id, ""); }
  void Refused(std::string_view subject_id, Reason reason) override {
    Add("refused", subject_id, reason.name);
  }
  void UseNotWritten(std::string_view, const Error& error) override {
    Add("use not written", "", error.reason());
  }

  std::vector<std::string> lines() {
    const std::lock_guard lock(mutex_);
    return lines_;
  }

 private:
  void Add(const std::string& what, std::string_view subject_id, const std::string& reason) {
    const std::lock_guard lock(mutex_);
    lines_.push_back(what + " " + std::string(subject_id) + " " + reason);
  }
  std::mutex mutex_;
  std::vector<std::string> lines_;
};

// Somebody who signed in.
struct SignedIn {
  std::string person_id;
  std::string token;
  rpc::CallContext call;
};

class IdentityTestBench : public ::testing::Test {
 protected:
  IdentityTestBench() {
    EXPECT_TRUE(db::Migrate(database_, system_clock_, embedded::identity_store::migrations()).has_value());
  }

  // A call through the gateway by somebody who has not signed in.
  rpc::CallContext Nobody(const std::string& method = "test") const {
    return {.caller = {.service = "gateway"},
            .deadline = system_clock_.SteadyNow() + seconds(10),
            .trace = Trace::New(),
            .assertion = {},
            .method = method};
  }
  // A call by the holder of a token, as a server takes it from the assertion.
  Result<rpc::CallContext> Holding(const std::string& token) {
    v1::ResolveTokenRequest request;
    request.set_token(token);
    const auto resolved = BG_TRY(api_.tokens.ResolveToken(Nobody(), request));
    common::v1::CallerAssertion assertion;
    EXPECT_TRUE(assertion.ParseFromString(resolved.signed_assertion().assertion()));
    EXPECT_EQ(resolved.session_id(), assertion.session_id());
    EXPECT_EQ(resolved.subject_id(), assertion.subject_id());
    rpc::CallContext call = Nobody();
    call.caller.subject_id = assertion.subject_id();
    call.caller.display_name = assertion.display_name();
    for (const int role : assertion.roles()) call.caller.roles.push_back(static_cast<rpc::Role>(role));
    call.caller.enterprise_id = assertion.enterprise_id();
    call.caller.partner_id = assertion.partner_id();
    call.caller.gate_ids.assign(assertion.gate_ids().begin(), assertion.gate_ids().end());
    call.caller.session_id = assertion.session_id();
    return call;
  }

  Result<v1::SignInResponse> TrySignIn(const std::string& name, const std::string& password) {
    v1::SignInRequest request;
    request.set_sign_in_name(name);
    request.set_password(password);
    return api_.sign_in.SignIn(Nobody(), request);
  }
  SignedIn SignIn(const std::string& name, const std::string& password) {
    const auto response = TrySignIn(name, password).value();
    return {.person_id = response.person().person_id(),
            .token = response.session_token(),
            .call = Holding(response.session_token()).value()};
  }
  SignedIn SignUp(const std::string& name) {
    v1::SignUpRequest request;
    request.set_request_id("sign-up-" + name);
    request.set_sign_in_name(name);
    request.set_password(kPassword);
    request.set_display_name("Nông Thị Xuất");
    EXPECT_TRUE(api_.sign_in.SignUp(Nobody(), request).has_value());
    return SignIn(name, kPassword);
  }
  // The first administrator, as the command bootstrap makes it.
  SignedIn Administrator() {
    const auto made = MakeFirstAdministrator(unit_, hasher_, ids_, system_clock_, "quantri@demo").value();
    return SignIn("quantri@demo", made.one_time_password);
  }
  v1::CreatePersonRequest PersonForm(const std::string& name, const std::vector<rpc::Role>& roles) {
    v1::CreatePersonRequest request;
    request.set_request_id("person-" + name);
    request.set_sign_in_name(name);
    request.set_display_name("Nguyễn Văn An");
    for (const rpc::Role role : roles) request.add_roles(role);
    return request;
  }
  // An officer who signs in with the one-time password.
  SignedIn Officer(const SignedIn& admin, const std::string& name, const std::vector<rpc::Role>& roles) {
    const auto made = api_.persons.CreatePerson(admin.call, PersonForm(name, roles)).value();
    return SignIn(name, made.one_time_password());
  }

  // All so far, with kind and actor. Read from the table: an EventLog would keep a thread for every test.
  std::vector<v1::IdentityEvent> Events() {
    std::vector<v1::IdentityEvent> events;
    const auto read = [&](db::Transaction& transaction) -> Result<void> {
      const db::Rows rows =
          BG_TRY(transaction.Execute("SELECT kind, actor, body FROM events ORDER BY sequence"));
      for (const db::Row row : rows) {
        EXPECT_TRUE(events.emplace_back().ParseFromString(row.Bytes("body")));
        events.back().mutable_header()->set_kind(row.Text("kind"));
        events.back().mutable_header()->set_actor(row.Text("actor"));
      }
      return {};
    };
    EXPECT_TRUE(database_.Read(system_clock_.SteadyNow() + seconds(10), read).has_value());
    return events;
  }
  // "kind" of each, in order.
  std::vector<std::string> EventKinds() {
    std::vector<std::string> kinds;
    for (const auto& event : Events()) kinds.push_back(event.header().kind());
    return kinds;
  }
  int64_t CountRows(const std::string& table) {
    int64_t count = -1;
    EXPECT_TRUE(database_
                    .Read(system_clock_.SteadyNow() + seconds(10),
                          [&](db::Transaction& transaction) -> Result<void> {
                            count = BG_TRY(transaction.Execute("SELECT count(*) AS count FROM " + table))
                                        .front()
                                        .Integer("count");
                            return {};
                          })
                    .has_value());
    return count;
  }

  static constexpr char kPassword[] = "xe tai qua cua khau";

  SystemClock system_clock_;  // of the database and of deadlines
  ManualClock clock_;         // of the rules
  SystemRandom random_;
  IdMaker ids_{clock_, random_};
  Telemetry telemetry_{"identity", "error"};
  db::Database database_{TestPostgres::Get().NewDatabase(), telemetry_, system_clock_};
  db::PostgresUnitOfWork<IdentityStore, PostgresIdentityStore> unit_{database_, system_clock_};
  Argon2PasswordHasher hasher_{{.passes = 1, .memory_kib = 8, .at_once_max = 4, .waiting_max = 4}};
  ZxcvbnPasswordJudge judge_;
  FakeAccessLog access_log_;
  SessionRule session_rule_{.idle = seconds(3'600), .absolute = seconds(43'200), .per_subject_max = 3};
  AssertionKey key_{.id = "test-key", .seed = RandomBytes(32), .lifetime = seconds(60)};
  IdentityApi api_{{.store = unit_,
                    .hasher = hasher_,
                    .judge = judge_,
                    .log = access_log_,
                    .ids = ids_,
                    .clock = clock_,
                    .sessions = session_rule_},
                   key_};
};

}  // namespace bordergate::identity
