#include "libs/telemetry/log.h"

#include <nlohmann/json.hpp>
#include <spdlog/sinks/stdout_sinks.h>

#include "libs/core/clock.h"

namespace bordergate {
namespace {

constexpr std::string_view kLevelNames[] = {"debug", "info", "warning", "error"};

}  // namespace

struct Log::Sink {
  spdlog::sinks::stdout_sink_mt out;
};

Log::Log(std::string service, std::string_view level)
    : service_(std::move(service)), least_(Level::kInfo), sink_(std::make_unique<Sink>()) {
  for (size_t i = 0; i < std::size(kLevelNames); ++i) {
    if (kLevelNames[i] == level) least_ = static_cast<Level>(i);
  }
  sink_->out.set_pattern("%v");
}

Log::~Log() = default;

void Log::Debug(std::string_view event, std::string_view message, Fields fields) const {
  Write(Level::kDebug, event, message, fields);
}
void Log::Info(std::string_view event, std::string_view message, Fields fields) const {
  Write(Level::kInfo, event, message, fields);
}
void Log::Warning(std::string_view event, std::string_view message, Fields fields) const {
  Write(Level::kWarning, event, message, fields);
}
void Log::Error(std::string_view event, std::string_view message, Fields fields) const {
  Write(Level::kError, event, message, fields);
}

void Log::Write(Level level, std::string_view event, std::string_view message, Fields fields) const {
  if (level < least_) return;
  const std::string line =
      FormatLogLine(FormatInstant(SystemClock().Now()), kLevelNames[static_cast<size_t>(level)], service_,
                    event, message, fields);
  sink_->out.log(spdlog::details::log_msg("", spdlog::level::info, line));
  sink_->out.flush();
}

std::string FormatLogLine(std::string_view time, std::string_view level, std::string_view service,
                          std::string_view event, std::string_view message, Log::Fields fields) {
  nlohmann::ordered_json line = {
      {"time", time}, {"level", level}, {"service", service}, {"event", event}, {"message", message}};
  for (const Log::Field& field : fields) {
    std::visit([&](const auto& value) { line[std::string(field.name)] = value; }, field.value);
  }
  // Broken UTF-8 from outside must not end a program that only wants to log it.
  return line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace bordergate
