// The server's end of a stream, as a handler sees it.
#pragma once

#include <memory>
#include <utility>

#include <google/protobuf/message_lite.h>

namespace bordergate::rpc {

// Sends to one client; implemented by the server.
class RawWriter {
 public:
  virtual ~RawWriter() = default;
  virtual bool Write(const google::protobuf::MessageLite& message) = 0;
  virtual bool open() const = 0;
};

// Sends the responses of a server stream. One thread.
template <class Response>
class StreamWriter {
 public:
  explicit StreamWriter(RawWriter& raw) : raw_(raw) {}
  // Waits until the client has room. False: the client has gone or the server drains; return from the
  // handler.
  bool Write(const Response& response) { return raw_.Write(response); }
  // False as above; for handlers that wait for something else.
  bool open() const { return raw_.open(); }

 private:
  RawWriter& raw_;
};

// Sends the responses of a conversation. Never waits; a client that does not read is cut off after 1024
// messages. Safe for use by several threads, also after the conversation has ended.
template <class Response>
class Sender {
 public:
  explicit Sender(std::shared_ptr<RawWriter> raw) : raw_(std::move(raw)) {}
  bool Send(const Response& response) const { return raw_->Write(response); }

 private:
  std::shared_ptr<RawWriter> raw_;
};

// The server's side of a stream in both directions. Calls come one at a time, on the thread that received the
// message: answer soon.
template <class Request>
class Conversation {
 public:
  virtual ~Conversation() = default;
  virtual void OnMessage(const Request& request) = 0;
};

}  // namespace bordergate::rpc
