// Calls to one other service. Connects by itself, again and again, over mTLS; a call fails at once with
// SERVICE_UNAVAILABLE while the service is away, within 5 s when no name server answers. Errors of the
// service come back as they were, by reason. A peer that falls silent without a word is noticed within 4 s;
// one that comes back is found within 2 s, within 3 s of the name server's knowing it when its name could not
// be resolved meanwhile and somebody goes on asking (liveness.h).
//
//   Channel customs("customs", config.peers.customs, config.tls);
//   const auto trip = BG_TRY(customs.Call<customs_service::GetTrip>(CallOptions::Within(call), request));
//
// An address may be that of several programs ("10.0.0.1:7000,10.0.0.2:7000", ConfigReader::PeerAddress) of
// which one at a time listens: calls go to that one, and when it is gone, to who listens then. While a silent
// one is not noticed yet and the other listens already, calls go to both in turn.
//
// Safe for use by several threads.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include <google/protobuf/message.h>

#include "libs/config/common_config.h"
#include "libs/core/result.h"
#include "libs/rpc/call_options.h"
#include "libs/rpc/method.h"

namespace bordergate::rpc {

// The raw ends of streams; see ServerStream and ClientConversation.
class RawReader {
 public:
  virtual ~RawReader() = default;
  // False at the end; then Finish tells why.
  virtual bool Read(google::protobuf::MessageLite* message) = 0;
  virtual Result<void> Finish() = 0;
  // Ends the stream from any thread.
  virtual void Cancel() = 0;
};
class RawReaderWriter : public RawReader {
 public:
  virtual bool Write(const google::protobuf::MessageLite& message) = 0;
  virtual void WritesDone() = 0;
};

// The responses of one server stream. Read waits; one reading thread.
template <class Response>
class ServerStream {
 public:
  explicit ServerStream(std::unique_ptr<RawReader> raw) : raw_(std::move(raw)) {}
  bool Read(Response* response) { return raw_->Read(response); }
  // Why the stream ended. Call once, after Read said false.
  Result<void> Finish() { return raw_->Finish(); }
  void Cancel() { raw_->Cancel(); }

 private:
  std::unique_ptr<RawReader> raw_;
};

// A stream in both directions. One writing and one reading thread at a time.
template <class Request, class Response>
class ClientConversation {
 public:
  explicit ClientConversation(std::unique_ptr<RawReaderWriter> raw) : raw_(std::move(raw)) {}
  bool Write(const Request& request) { return raw_->Write(request); }
  void WritesDone() { raw_->WritesDone(); }
  bool Read(Response* response) { return raw_->Read(response); }
  Result<void> Finish() { return raw_->Finish(); }
  void Cancel() { raw_->Cancel(); }

 private:
  std::unique_ptr<RawReaderWriter> raw_;
};

// A server stream as raw bytes, delivered one by one. For the gateway.
class RawStream {
 public:
  virtual ~RawStream() = default;
  // Asks for the next message; `on_message` or `on_end` follows. Not before the last one was delivered.
  virtual void Next() = 0;
  virtual void Cancel() = 0;
};

class Channel {
 public:
  //   service    name in the peer's certificate, for example "customs"
  //   address    "host:port"
  Channel(std::string service, const std::string& address, const TlsConfig& tls);
  // Waits for raw calls that are under way, until their deadline; raw streams must have ended or been
  // cancelled.
  ~Channel();
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;

  const std::string& service() const { return service_; }
  // True while connected; tries to connect when idle.
  bool connected() const;

  template <class M>
  Result<typename M::Response> Call(const CallOptions& options, const typename M::Request& request) {
    static_assert(M::kStreaming == Streaming::kNone);
    typename M::Response response;
    BG_TRY(CallMessage(M::kName, options, request, &response));
    return response;
  }

  // The options' deadline does not apply: a stream lives until one side ends it.
  template <class M>
  ServerStream<typename M::Response> Open(const CallOptions& options, const typename M::Request& request) {
    static_assert(M::kStreaming == Streaming::kServer);
    return ServerStream<typename M::Response>(OpenReader(M::kName, options, request));
  }

  template <class M>
  ClientConversation<typename M::Request, typename M::Response> Converse(const CallOptions& options) {
    static_assert(M::kStreaming == Streaming::kBoth);
    return ClientConversation<typename M::Request, typename M::Response>(OpenReaderWriter(M::kName, options));
  }

  // For the gateway, which knows messages only as bytes: answers on a thread of gRPC's.
  void CallRaw(const std::string& method, const CallOptions& options, std::string request,
               std::function<void(Result<std::string>)> on_done);
  //   on_message   a message; ask for the next with Next()
  //   on_end       the last call; the stream may be released in it or after
  std::shared_ptr<RawStream> OpenRaw(const std::string& method, const CallOptions& options,
                                     std::string request, std::function<void(std::string)> on_message,
                                     std::function<void(Result<void>)> on_end);

 private:
  Result<void> CallMessage(const char* method, const CallOptions& options,
                           const google::protobuf::MessageLite& request,
                           google::protobuf::MessageLite* response);
  std::unique_ptr<RawReader> OpenReader(const char* method, const CallOptions& options,
                                        const google::protobuf::MessageLite& request);
  std::unique_ptr<RawReaderWriter> OpenReaderWriter(const char* method, const CallOptions& options);

  class State;
  std::string service_;
  std::unique_ptr<State> state_;
};

}  // namespace bordergate::rpc
