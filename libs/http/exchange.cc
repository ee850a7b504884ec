#include "libs/http/exchange.h"

#include "libs/http/server.h"

namespace bordergate::http {

void Exchange::WakeOwner() {
  if (const std::shared_ptr<ExchangeOwner> owner = owner_.lock()) owner->Wake();
}

void Exchange::Answer(Response response, bool streaming) {
  {
    const std::lock_guard lock(mutex_);
    if (answered_ || closed_) return;
    answered_ = true;
    streaming_ = streaming;
    head_ = std::move(response);
  }
  WakeOwner();
}

void Exchange::EndWithoutAnswer() {
  Answer(MakeResponse(500, "text/plain; charset=utf-8", "the request was left without an answer\n"), false);
}

bool Exchange::Write(std::string bytes) {
  {
    const std::lock_guard lock(mutex_);
    if (closed_ || ended_ || overflowed_) return false;
    if (pending_.size() + in_flight_ + bytes.size() > queue_bytes_max_) {
      overflowed_ = true;
    } else if (pending_.empty()) {
      pending_ = std::move(bytes);
    } else {
      pending_ += bytes;
    }
    if (!overflowed_ && pending_.empty()) return true;
  }
  WakeOwner();
  const std::lock_guard lock(mutex_);
  return !overflowed_;
}

void Exchange::End() {
  {
    const std::lock_guard lock(mutex_);
    if (closed_ || ended_) return;
    ended_ = true;
  }
  WakeOwner();
}

size_t Exchange::queued_bytes() const {
  const std::lock_guard lock(mutex_);
  return pending_.size() + in_flight_;
}

void Exchange::WhenWritable(std::function<void()> next) {
  {
    const std::lock_guard lock(mutex_);
    if (closed_ || ended_) return;
    if (pending_.size() + in_flight_ > queue_bytes_max_ / 2) {
      when_writable_ = std::move(next);
      return;
    }
  }
  next();
}

void Exchange::OnClosed(std::function<void()> gone) {
  {
    const std::lock_guard lock(mutex_);
    if (!closed_) {
      on_closed_.push_back(std::move(gone));
      return;
    }
  }
  gone();
}

Exchange::Work Exchange::Take() {
  const std::lock_guard lock(mutex_);
  Work work;
  work.overflowed = overflowed_;
  if (head_) {
    work.head = std::move(head_);
    work.streaming = streaming_;
    head_.reset();
    return work;  // the head goes alone; bytes follow when it is out
  }
  if (!streaming_) return work;
  work.bytes = std::exchange(pending_, {});
  in_flight_ += work.bytes.size();
  work.ended = ended_ && work.bytes.empty();
  return work;
}

void Exchange::Written(size_t bytes) {
  std::function<void()> next;
  {
    const std::lock_guard lock(mutex_);
    in_flight_ -= bytes;
    if (pending_.size() + in_flight_ <= queue_bytes_max_ / 2) next = std::exchange(when_writable_, nullptr);
  }
  if (next) next();
}

std::vector<std::function<void()>> Exchange::TakeClosedCallbacks() {
  when_writable_ = nullptr;
  return std::exchange(on_closed_, {});
}

void Exchange::EndForDrain() {
  std::vector<std::function<void()>> callbacks;
  {
    const std::lock_guard lock(mutex_);
    if (!streaming_ || closed_) return;
    ended_ = true;
    callbacks = TakeClosedCallbacks();
  }
  for (const auto& gone : callbacks) gone();
}

void Exchange::Closed() {
  std::vector<std::function<void()>> callbacks;
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    closed_ = true;
    callbacks = TakeClosedCallbacks();
  }
  for (const auto& gone : callbacks) gone();
}

bool Stream::Write(std::string bytes) { return exchange_->Write(std::move(bytes)); }
size_t Stream::queued_bytes() const { return exchange_->queued_bytes(); }
void Stream::WhenWritable(std::function<void()> next) { exchange_->WhenWritable(std::move(next)); }
void Stream::OnClosed(std::function<void()> gone) { exchange_->OnClosed(std::move(gone)); }
void Stream::Close() { exchange_->End(); }

// Lives as long as one copy of the Reply does.
struct Reply::Unanswered {
  explicit Unanswered(std::shared_ptr<Exchange> of) : exchange(std::move(of)) {}
  ~Unanswered() { exchange->EndWithoutAnswer(); }
  Unanswered(const Unanswered&) = delete;
  Unanswered& operator=(const Unanswered&) = delete;
  const std::shared_ptr<Exchange> exchange;
};

Reply::Reply(std::shared_ptr<Exchange> exchange)
    : exchange_(std::move(exchange)), unanswered_(std::make_shared<Unanswered>(exchange_)) {}

void Reply::Send(Response response) const { exchange_->Answer(std::move(response), false); }

Stream Reply::StartStream(Response head) const {
  exchange_->Answer(std::move(head), true);
  return Stream(exchange_);
}

void Reply::OnClosed(std::function<void()> gone) const { exchange_->OnClosed(std::move(gone)); }

}  // namespace bordergate::http
