// What a Reply or Stream (any thread) and the session of the connection (its strand) share: a mailbox for one
// answer. Private to libs/http.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "libs/http/message.h"

namespace bordergate::http {

// The session, as the mailbox sees it.
class ExchangeOwner {
 public:
  virtual ~ExchangeOwner() = default;
  // Something waits in the mailbox. Any thread; must not call back at once.
  virtual void Wake() = 0;
};

class Exchange {
 public:
  Exchange(std::weak_ptr<ExchangeOwner> owner, size_t queue_bytes_max)
      : owner_(std::move(owner)), queue_bytes_max_(queue_bytes_max) {}

  // What the session shall do next. Each thing is handed out once.
  struct Work {
    std::optional<Response> head;
    bool streaming = false;  // belongs to head
    std::string bytes;
    bool ended = false;
    bool overflowed = false;
  };

  // Any thread.
  void Answer(Response response, bool streaming);
  void EndWithoutAnswer();
  bool Write(std::string bytes);
  void End();
  size_t queued_bytes() const;
  void WhenWritable(std::function<void()> next);
  void OnClosed(std::function<void()> gone);

  // The session's strand.
  Work Take();
  void Written(size_t bytes);
  // The answer ends now whatever the producer does: what is queued still goes out, further bytes are refused.
  void EndForDrain();
  // Nothing goes out any more.
  void Closed();

 private:
  void WakeOwner();
  std::vector<std::function<void()>> TakeClosedCallbacks();

  const std::weak_ptr<ExchangeOwner> owner_;
  const size_t queue_bytes_max_;
  mutable std::mutex mutex_;
  std::optional<Response> head_;
  bool answered_ = false;
  bool streaming_ = false;
  std::string pending_;
  size_t in_flight_ = 0;
  bool ended_ = false;
  bool overflowed_ = false;
  bool closed_ = false;
  std::function<void()> when_writable_;
  std::vector<std::function<void()>> on_closed_;
};

}  // namespace bordergate::http
