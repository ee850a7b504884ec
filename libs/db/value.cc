#include "libs/db/value.h"

#include <fmt/format.h>
#include <pqxx/pqxx>

#include "libs/core/check.h"
#include "libs/core/digest.h"

namespace bordergate::db {
namespace {

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  BG_CHECK(false, "bytea_output is hex");
}

}  // namespace

Param::Param(double value) : text_(fmt::format("{}", value)) {}

Param::Param(db::Bytes value) : text_("\\x" + Hex(value.value)) {}

std::string Param::FormatMicroseconds(Instant instant) {
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::hh_mm_ss time{instant - day};
  return fmt::format("{}T{:02}:{:02}:{:02}.{:06}Z", FormatDay(day), time.hours().count(),
                     time.minutes().count(), time.seconds().count(), time.subseconds().count());
}

std::string_view Row::Raw(const char* column) const {
  const pqxx::field field = result_->at(static_cast<pqxx::result::size_type>(index_)).at(column);
  BG_CHECK(!field.is_null(), fmt::format("column {} is null", column));
  return {field.c_str(), field.size()};
}

std::string Row::Text(const char* column) const { return std::string(Raw(column)); }

int64_t Row::Integer(const char* column) const { return std::stoll(Text(column)); }

double Row::Number(const char* column) const { return std::stod(Text(column)); }

bool Row::Flag(const char* column) const { return Raw(column) == "t"; }

Instant Row::Time(const char* column) const {
  // "2026-11-22 07:05:09.25+00": sessions run in UTC.
  std::string text = Text(column);
  BG_CHECK(text.size() > 19 && text[10] == ' ' && text.ends_with("+00"),
           fmt::format("column {} is no UTC time", column));
  text[10] = 'T';
  const Result<Instant> instant = ParseInstant(text + ":00");
  BG_CHECK(instant.has_value(), fmt::format("column {} is no time", column));
  return *instant;
}

std::string Row::Bytes(const char* column) const {
  const std::string_view hex = Raw(column);
  BG_CHECK(hex.starts_with("\\x") && hex.size() % 2 == 0, fmt::format("column {} is no bytea", column));
  std::string bytes;
  bytes.reserve(hex.size() / 2 - 1);
  for (size_t i = 2; i < hex.size(); i += 2) {
    bytes += static_cast<char>(HexDigit(hex[i]) * 16 + HexDigit(hex[i + 1]));
  }
  return bytes;
}

bool Row::IsNull(const char* column) const {
  return result_->at(static_cast<pqxx::result::size_type>(index_)).at(column).is_null();
}

std::optional<std::string> Row::OptionalText(const char* column) const {
  if (IsNull(column)) return std::nullopt;
  return Text(column);
}

std::optional<Instant> Row::OptionalTime(const char* column) const {
  if (IsNull(column)) return std::nullopt;
  return Time(column);
}

size_t Rows::size() const { return static_cast<size_t>(result_->size()); }

int64_t Rows::affected() const { return static_cast<int64_t>(result_->affected_rows()); }

}  // namespace bordergate::db
