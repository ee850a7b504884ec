#include "libs/db/connection.h"

#include <fmt/format.h>
#include <libpq-fe.h>

#include "libs/core/reasons.h"
#include "libs/db/database.h"

namespace bordergate::db {
namespace {

Error ErrorOfSqlState(const std::string& state, const std::string& message) {
  if (state == "55P03") return Error(kConflict, message);  // lock not available in time
  if (state == "57014") return Error(kDeadlineExceeded, "the statement took longer than the call may");
  if (state.starts_with("08") || state.starts_with("53") || state.starts_with("57") ||
      state.starts_with("25006")) {
    return Error(kServiceUnavailable,
                 message);  // connection, out of resources, read-only standby
  }
  return Error(kInternal, fmt::format("SQLSTATE {}: {}", state, message));
}

// libpq ends what it says with a line break.
std::string_view LineOf(const std::exception& error) {
  const std::string_view text = error.what();
  return text.substr(0, text.find_last_not_of('\n') + 1);
}

// "… violates unique constraint "name"": the server puts the name in quotes after the words.
std::string ConstraintOf(const std::string& message) {
  const size_t from = message.find("constraint \"");
  if (from == std::string::npos) return {};
  const size_t start = from + std::string_view("constraint \"").size();
  return message.substr(start, message.find('"', start) - start);
}

}  // namespace

std::string ConnectionString(const DatabaseConfig& config, const std::string& name) {
  const char separator = config.url.find('?') == std::string::npos ? '?' : '&';
  const auto connect_timeout_s = std::max<int64_t>(1, config.connect_timeout.count() / 1000);
  return fmt::format(
      "{}{}application_name=bordergate-{}&connect_timeout={}&tcp_user_timeout=5000&keepalives_idle=5&"
      "keepalives_interval=2"
      "&keepalives_count=3&client_encoding=UTF8&options=-ctimezone%3DUTC%20-cidle_in_transaction_session_"
      "timeout%3D30000"
      "%20-clock_timeout%3D5000",
      config.url, separator, name, connect_timeout_s);
}

bool IsServerAccepting(const DatabaseConfig& config, const std::string& name) {
  return PQping(ConnectionString(config, name).c_str()) == PQPING_OK;
}

Connection::Connection(const DatabaseConfig& config, const std::string& name)
    : session(ConnectionString(config, name)) {
  work = std::make_unique<pqxx::nontransaction>(session);
}

Error ErrorOfCurrentException(bool committing) {
  try {
    throw;
  } catch (const pqxx::broken_connection& broken) {
    if (committing)
      return Error(kOutcomeUnknown, "the connection broke while the change was being committed");
    return Error(kServiceUnavailable, fmt::format("the database cannot be reached: {}", LineOf(broken)));
  } catch (const pqxx::statement_completion_unknown& unknown) {
    return Error(kOutcomeUnknown, unknown.what());
  } catch (const pqxx::transaction_rollback& rollback) {
    return Error(kConflict,
                 rollback.what());  // serialization failure, deadlock: libpqxx gives no SQLSTATE for these
  } catch (const pqxx::unique_violation& violation) {
    return Error(kUniqueViolation, violation.what()).With("constraint", ConstraintOf(violation.what()));
  } catch (const pqxx::sql_error& error) {
    // No SQLSTATE: the connection ended in mid-sentence. Class 57P: the server is going away. What was being
    // committed then may or may not be.
    const bool ended = error.sqlstate().empty() || error.sqlstate().starts_with("57P");
    if (ended && committing) return Error(kOutcomeUnknown, error.what());
    if (ended) return Error(kServiceUnavailable, error.what());
    return ErrorOfSqlState(error.sqlstate(), error.what());
  } catch (const std::exception& other) {
    return Error(kInternal, other.what());
  }
}

}  // namespace bordergate::db
