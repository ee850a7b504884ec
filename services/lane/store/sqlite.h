// SQLite's C interface as values: connections, statements, errors by reason.
//
// A Connection and its statements are used by one thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "libs/core/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace bordergate::lane {

class Connection;

// One prepared statement. Bind, then Run or Step; Reset comes by itself with the next Bind after a Run.
class Statement {
 public:
  // A statement that the tables do not fit is made, too: Run and Step say so.
  Statement(Connection& connection, std::string_view sql);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  // Values in the order of the question marks.
  template <class... Values>
  Statement& Bind(const Values&... values) {
    Reset();
    int index = 0;
    (BindOne(++index, values), ...);
    return *this;
  }
  // Runs to the end.
  //   errors   JOURNAL_UNAVAILABLE
  Result<void> Run();
  // True: there is a row to read.
  //   errors   JOURNAL_UNAVAILABLE
  Result<bool> Step();

  int64_t Integer(int column) const;
  double Number(int column) const;
  std::string Text(int column) const;  // text or bytes
  bool IsNull(int column) const;

 private:
  void Reset();
  void BindOne(int index, int64_t value);
  void BindOne(int index, int value) { BindOne(index, static_cast<int64_t>(value)); }
  void BindOne(int index, bool value) { BindOne(index, static_cast<int64_t>(value)); }
  void BindOne(int index, double value);
  void BindOne(int index, const std::string& value) { BindText(index, value); }
  void BindOne(int index, std::string_view value) { BindText(index, value); }
  void BindOne(int index, const char* value) { BindText(index, value); }
  struct Bytes {
    std::string_view value;
  };
  void BindOne(int index, Bytes value);
  void BindOne(int index, const std::optional<std::string>& value);
  void BindText(int index, std::string_view value);

  Connection& connection_;
  std::optional<Error> unusable_;
  sqlite3_stmt* statement_ = nullptr;

 public:
  // Marks bytes that are no text.
  static Bytes Blob(std::string_view value) { return {value}; }
};

class Connection {
 public:
  // Opens or makes the file, for writing with full durability (WAL, synchronous=FULL) or only for reading.
  //   errors   JOURNAL_UNAVAILABLE
  static Result<std::unique_ptr<Connection>> Open(const std::string& file, bool writes);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // One or several statements without values.
  Result<void> Execute(std::string_view sql);
  // Rows changed by the last statement.
  int64_t changes() const;
  // The last error as a value. An error of the disk in the middle of a commit leaves the outcome open.
  Error LastError(std::string_view doing) const;
  // True when the last error came from the disk itself.
  bool disk_failed() const;

  sqlite3* raw() { return database_; }

 private:
  explicit Connection(sqlite3* database) : database_(database) {}
  sqlite3* database_;
};

}  // namespace bordergate::lane
