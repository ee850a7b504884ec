// Which chain of calls a piece of work belongs to: W3C trace context, carried in gRPC metadata, HTTP headers
// and events. Debian 12 has no OpenTelemetry for C++; ids in logs and events are what a later exporter needs.
#pragma once

#include <string>
#include <string_view>

namespace bordergate {

struct Trace {
  std::string trace_id;  // 32 lower-case hexadecimal characters
  std::string span_id;   // 16

  // A new trace.
  static Trace New();
  // A new span of the same trace.
  Trace Child() const;
  // The header `traceparent`: version 00, sampled.
  std::string Header() const;
  // A new trace when the header is missing or broken: a caller cannot make us refuse work by it.
  static Trace FromHeader(std::string_view header);
};

}  // namespace bordergate
