// Values on their way to and from PostgreSQL.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "libs/core/clock.h"
#include "libs/core/id.h"

namespace pqxx {
class result;
}

namespace bordergate::db {

// Marks bytes that are not text.
struct Bytes {
  std::string_view value;
};

// A parameter of a statement. Always bound, never part of the SQL.
class Param {
 public:
  Param(std::nullopt_t) : null_(true) {}
  Param(const char* value) : text_(value) {}
  Param(std::string_view value) : text_(value) {}
  Param(const std::string& value) : text_(value) {}
  Param(bool value) : text_(value ? "true" : "false") {}
  Param(int value) : text_(std::to_string(value)) {}
  Param(int64_t value) : text_(std::to_string(value)) {}
  Param(double value);
  Param(Instant value) : text_(FormatMicroseconds(value)) {}
  Param(Bytes value);
  template <class Noun>
  Param(const Id<Noun>& value) : text_(value.value()) {}
  template <class T>
  Param(const std::optional<T>& value) : Param(value ? Param(*value) : Param(std::nullopt)) {}

  // Null, or the text that PostgreSQL reads.
  const char* text() const { return null_ ? nullptr : text_.c_str(); }

 private:
  static std::string FormatMicroseconds(Instant instant);
  std::string text_;
  bool null_ = false;
};

// One row of a result. A column that does not exist, is null where a value is asked for, or is of another
// type is a bug and ends the process: SQL and code are written together.
class Row {
 public:
  Row(std::shared_ptr<const pqxx::result> result, size_t index) : result_(std::move(result)), index_(index) {}

  std::string Text(const char* column) const;
  int64_t Integer(const char* column) const;
  double Number(const char* column) const;
  bool Flag(const char* column) const;
  Instant Time(const char* column) const;
  std::string Bytes(const char* column) const;
  bool IsNull(const char* column) const;
  std::optional<std::string> OptionalText(const char* column) const;
  std::optional<Instant> OptionalTime(const char* column) const;

 private:
  std::string_view Raw(const char* column) const;
  std::shared_ptr<const pqxx::result> result_;
  size_t index_;
};

// The rows of a result, in its order.
class Rows {
 public:
  class Iterator {
   public:
    Iterator(const Rows& rows, size_t index) : rows_(rows), index_(index) {}
    Row operator*() const { return rows_[index_]; }
    Iterator& operator++() {
      ++index_;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return index_ != other.index_; }

   private:
    const Rows& rows_;
    size_t index_;
  };

  explicit Rows(std::shared_ptr<const pqxx::result> result) : result_(std::move(result)) {}
  size_t size() const;
  bool empty() const { return size() == 0; }
  // Rows changed by INSERT, UPDATE or DELETE.
  int64_t affected() const;
  Row operator[](size_t index) const { return Row(result_, index); }
  Row front() const { return Row(result_, 0); }
  Iterator begin() const { return {*this, 0}; }
  Iterator end() const { return {*this, size()}; }

 private:
  std::shared_ptr<const pqxx::result> result_;
};

}  // namespace bordergate::db
