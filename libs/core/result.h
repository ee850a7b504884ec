// Result<T>: a value, or an Error with a stable reason.
//
// Expected failure is a value. A bug is not: that is BG_CHECK. And an outcome that nobody knows (a commit
// whose answer was lost, a barrier that did not report) is neither: it has a reason of its own, never folded
// into "failed".
//
//   Result<Trip> trip = trips.Find(id);
//   if (!trip) return trip.error();
//   const Trip trip = BG_TRY(trips.Find(id));   // the same, shorter
#pragma once

#include <expected>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bordergate {

// What a caller can do about an error. The names and numbers are gRPC's.
//   retry this call                   kUnavailable, kDeadlineExceeded, kResourceExhausted
//   redo the whole change             kAborted
//   put the world right first         kFailedPrecondition, kNotFound, kAlreadyExists
//   change the request                kInvalidArgument
//   become somebody else              kPermissionDenied, kUnauthenticated
//   ask again with the same id        kUnknown (the outcome is not known)
enum class Code {
  kCancelled = 1,
  kUnknown = 2,
  kInvalidArgument = 3,
  kDeadlineExceeded = 4,
  kNotFound = 5,
  kAlreadyExists = 6,
  kPermissionDenied = 7,
  kResourceExhausted = 8,
  kFailedPrecondition = 9,
  kAborted = 10,
  kUnimplemented = 12,
  kInternal = 13,
  kUnavailable = 14,
  kUnauthenticated = 16,
};

// A stable name for one way to fail, declared once, in a reasons.h, with what it means and what the caller
// should do.
struct Reason {
  const char* name;
  Code code;
};

// One field of a request that breaks a rule.
struct FieldViolation {
  std::string field;    // proto path, for example "goods[0].hs_code"
  std::string reason;   // stable, for example "HS_CODE_INVALID"
  std::string message;  // English: the rule and the remedy
};

// Why something did not happen.
class [[nodiscard]] Error {
 public:
  Error(Reason reason, std::string message)
      : reason_(reason.name), code_(reason.code), message_(std::move(message)) {}
  // For an error that came from another process.
  Error(std::string reason, Code code, std::string message)
      : reason_(std::move(reason)), code_(code), message_(std::move(message)) {}

  const std::string& reason() const { return reason_; }
  Code code() const { return code_; }
  // English, for developers and logs. People see the text that belongs to reason() in their own language.
  const std::string& message() const { return message_; }
  const std::vector<FieldViolation>& fields() const { return fields_; }
  const std::map<std::string, std::string>& metadata() const { return metadata_; }

  bool Is(Reason reason) const { return reason_ == reason.name; }

  Error&& WithField(FieldViolation violation) && {
    fields_.push_back(std::move(violation));
    return std::move(*this);
  }
  Error&& WithFields(std::vector<FieldViolation> violations) && {
    fields_ = std::move(violations);
    return std::move(*this);
  }
  // Values for the text that people see, for example {"step_id", "plant_quarantine"}.
  Error&& With(std::string key, std::string value) && {
    SetValue(std::move(key), std::move(value));
    return std::move(*this);
  }
  void SetFields(std::vector<FieldViolation> violations) { fields_ = std::move(violations); }
  void SetValue(std::string key, std::string value) {
    metadata_.insert_or_assign(std::move(key), std::move(value));
  }

 private:
  std::string reason_;
  Code code_;
  std::string message_;
  std::vector<FieldViolation> fields_;
  std::map<std::string, std::string> metadata_;
};

// std::expected that may not be dropped and that an Error turns into by itself.
template <class T>
class [[nodiscard]] Result : public std::expected<T, Error> {
 public:
  using std::expected<T, Error>::expected;
  Result(Error error) : std::expected<T, Error>(std::unexpect, std::move(error)) {}
};

template <>
class [[nodiscard]] Result<void> : public std::expected<void, Error> {
 public:
  using std::expected<void, Error>::expected;
  Result(Error error) : std::expected<void, Error>(std::unexpect, std::move(error)) {}
};

}  // namespace bordergate

#define BG_JOIN_INNER(a, b) a##b
#define BG_JOIN(a, b) BG_JOIN_INNER(a, b)
#define BG_TRY_IMPL(result, expression) \
  __extension__({                       \
    auto result = (expression);         \
    if (!result) [[unlikely]]           \
      return std::move(result).error(); \
    *std::move(result);                 \
  })
// The value of a Result, or return of its error from the function around it.
#define BG_TRY(expression) BG_TRY_IMPL(BG_JOIN(bg_result_, __COUNTER__), expression)
