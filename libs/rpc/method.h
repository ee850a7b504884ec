// One RPC as a type: its request, its response and how it streams. Made for each RPC by
// tools/protoc_gen_bordergate.
#pragma once

namespace bordergate::rpc {

enum class Streaming {
  kNone,    // one request, one response
  kServer,  // one request, many responses
  kBoth,    // many requests, many responses
};

template <class RequestMessage, class ResponseMessage, Streaming kStreamingKind>
struct Method {
  using Request = RequestMessage;
  using Response = ResponseMessage;
  static constexpr Streaming kStreaming = kStreamingKind;
};

}  // namespace bordergate::rpc
