#include "libs/telemetry/trace.h"

#include <fmt/format.h>

#include "libs/core/digest.h"

namespace bordergate {
namespace {

bool IsHex(std::string_view text) {
  return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}
bool IsZero(std::string_view text) { return text.find_first_not_of('0') == std::string_view::npos; }

}  // namespace

Trace Trace::New() { return {Hex(RandomBytes(16)), Hex(RandomBytes(8))}; }

Trace Trace::Child() const { return {trace_id, Hex(RandomBytes(8))}; }

std::string Trace::Header() const { return fmt::format("00-{}-{}-01", trace_id, span_id); }

Trace Trace::FromHeader(std::string_view header) {
  if (header.size() == 55 && header[2] == '-' && header[35] == '-' && header[52] == '-') {
    const std::string_view trace_id = header.substr(3, 32);
    const std::string_view span_id = header.substr(36, 16);
    if (IsHex(trace_id) && IsHex(span_id) && !IsZero(trace_id) && !IsZero(span_id)) {
      return {std::string(trace_id), std::string(span_id)};
    }
  }
  return New();
}

}  // namespace bordergate
