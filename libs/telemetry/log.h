// One JSON object a line on standard output.
//
//   log.Info("trip.declared", "trip declared", {{"trip_id", id}, {"goods_count", 3}});
//   {"time":"2026-11-22T07:05:09.250Z","level":"info","service":"customs","event":"trip.declared","message":"…","trip_id":"…"}
//
// `event` is stable and searchable. Plates, names, documents, tokens and passwords never appear; ids do.
// `error` means a person must act. Safe for use by several threads.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace bordergate {

class Log {
 public:
  using Value = std::variant<std::string_view, int64_t, double, bool>;
  struct Field {
    Field(std::string_view name_, const char* value_) : name(name_), value(std::string_view(value_)) {}
    Field(std::string_view name_, std::string_view value_) : name(name_), value(value_) {}
    Field(std::string_view name_, const std::string& value_) : name(name_), value(std::string_view(value_)) {}
    Field(std::string_view name_, bool value_) : name(name_), value(value_) {}
    Field(std::string_view name_, double value_) : name(name_), value(value_) {}
    template <class Number>
      requires std::is_integral_v<Number>
    Field(std::string_view name_, Number value_) : name(name_), value(static_cast<int64_t>(value_)) {}

    std::string_view name;
    Value value;
  };
  using Fields = std::initializer_list<Field>;

  //   level   "debug", "info", "warning" or "error"
  Log(std::string service, std::string_view level);
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  void Debug(std::string_view event, std::string_view message, Fields fields = {}) const;
  void Info(std::string_view event, std::string_view message, Fields fields = {}) const;
  void Warning(std::string_view event, std::string_view message, Fields fields = {}) const;
  void Error(std::string_view event, std::string_view message, Fields fields = {}) const;

 private:
  enum class Level { kDebug, kInfo, kWarning, kError };
  void Write(Level level, std::string_view event, std::string_view message, Fields fields) const;

  struct Sink;
  std::string service_;
  Level least_;
  std::unique_ptr<Sink> sink_;
};

// The line itself, for tests.
std::string FormatLogLine(std::string_view time, std::string_view level, std::string_view service,
                          std::string_view event, std::string_view message, Log::Fields fields);

}  // namespace bordergate
