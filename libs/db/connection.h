// One connection and its prepared statements. Only files of libs/db include this.
#pragma once

#include <map>
#include <memory>
#include <string>

#include <pqxx/pqxx>

#include "libs/config/common_config.h"
#include "libs/core/result.h"

namespace bordergate::db {

struct Connection {
  explicit Connection(const DatabaseConfig& config, const std::string& name);

  pqxx::connection session;
  std::unique_ptr<pqxx::nontransaction> work;
  std::map<std::string, std::string, std::less<>> statements;  // name by SQL text
};

// The Error of the exception being handled, one of libpqxx. `committing`: a broken connection leaves the
// outcome unknown.
Error ErrorOfCurrentException(bool committing);

// Whether the server says that it takes sessions, whoever asks. libpqxx has lost by then why a connection
// failed, and the words of libpq depend on the language.
bool IsServerAccepting(const DatabaseConfig& config, const std::string& name);

// The whole connection string: time-outs, UTC, name.
std::string ConnectionString(const DatabaseConfig& config, const std::string& name);

}  // namespace bordergate::db
