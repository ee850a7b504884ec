#include "services/lane/store/sqlite.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include "libs/core/check.h"
#include "services/lane/domain/reasons.h"

namespace bordergate::lane {
namespace {

// Another process may hold the file for a moment at start; nobody does in service.
constexpr int kBusyTimeout_ms = 2000;

}  // namespace

Statement::Statement(Connection& connection, std::string_view sql) : connection_(connection) {
  const int code = sqlite3_prepare_v3(connection.raw(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement_, nullptr);
  // The tables of a damaged file can be such that no statement fits them any more.
  if (code != SQLITE_OK) unusable_ = connection.LastError(sql);
}

Statement::~Statement() { sqlite3_finalize(statement_); }

Result<void> Statement::Run() {
  const bool row = BG_TRY(Step());
  BG_CHECK(!row, "a statement that is run gives no rows");
  return {};
}

Result<bool> Statement::Step() {
  if (unusable_) return *unusable_;
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) {
    sqlite3_reset(statement_);
    return false;
  }
  Error error = connection_.LastError("run a statement");
  sqlite3_reset(statement_);
  return error;
}

int64_t Statement::Integer(int column) const { return sqlite3_column_int64(statement_, column); }
double Statement::Number(int column) const { return sqlite3_column_double(statement_, column); }

bool Statement::IsNull(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

std::string Statement::Text(int column) const {
  const void* bytes = sqlite3_column_blob(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  return bytes == nullptr ? std::string()
                          : std::string(static_cast<const char*>(bytes), static_cast<size_t>(size));
}

void Statement::Reset() { sqlite3_reset(statement_); }
void Statement::BindOne(int index, int64_t value) { sqlite3_bind_int64(statement_, index, value); }
void Statement::BindOne(int index, double value) { sqlite3_bind_double(statement_, index, value); }

void Statement::BindOne(int index, const std::optional<std::string>& value) {
  if (!value) {
    sqlite3_bind_null(statement_, index);
  } else {
    BindText(index, *value);
  }
}

// An empty value is not NULL.
void Statement::BindOne(int index, Bytes value) {
  const char* bytes = value.value.empty() ? "" : value.value.data();
  sqlite3_bind_blob64(statement_, index, bytes, value.value.size(), SQLITE_TRANSIENT);
}

void Statement::BindText(int index, std::string_view value) {
  const char* text = value.empty() ? "" : value.data();
  sqlite3_bind_text64(statement_, index, text, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

Result<std::unique_ptr<Connection>> Connection::Open(const std::string& file, bool writes) {
  sqlite3* database = nullptr;
  const int flags = writes ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
  const int code = sqlite3_open_v2(file.c_str(), &database, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  std::unique_ptr<Connection> connection(new Connection(database));
  if (code != SQLITE_OK) return connection->LastError("open " + file);
  sqlite3_extended_result_codes(database, 1);
  sqlite3_busy_timeout(database, kBusyTimeout_ms);
  if (writes) {
    // Who makes checkpoints is decided by Database.
    BG_TRY(
        connection->Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0; "
                            "PRAGMA temp_store=MEMORY"));
  }
  return connection;
}

Connection::~Connection() { sqlite3_close_v2(database_); }

Result<void> Connection::Execute(std::string_view sql) {
  const std::string text(sql);
  if (sqlite3_exec(database_, text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    return LastError("execute a statement");
  }
  return {};
}

int64_t Connection::changes() const { return sqlite3_changes64(database_); }

Error Connection::LastError(std::string_view doing) const {
  return Error(kJournalUnavailable, fmt::format("cannot {}: {} ({})", doing, sqlite3_errmsg(database_),
                                                sqlite3_extended_errcode(database_)));
}

bool Connection::disk_failed() const { return (sqlite3_extended_errcode(database_) & 0xff) == SQLITE_IOERR; }

}  // namespace bordergate::lane
