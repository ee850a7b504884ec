#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/chunk_encode.hpp>
#include <boost/beast/http/write.hpp>

#include "libs/core/text.h"
#include "libs/http/session.h"

namespace bordergate::http {
namespace {

constexpr std::chrono::milliseconds kEndTimeout{1'000};

bool MayHaveBody(int status) { return status >= 200 && status != 204 && status != 304; }

int64_t UnixSeconds() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace

template <class Message>
void Session::FillHead(Message& message, const Response& response) {
  message.version(11);
  message.result(static_cast<unsigned>(response.status));
  for (const Headers::Field& field : response.headers.fields()) {
    // A line break in a value would let its author write further fields.
    if (HasControlCharacters(field.value) || HasControlCharacters(field.name)) continue;
    message.insert(field.name, field.value);
  }
  message.set(beast::http::field::date, FormatHttpDate(UnixSeconds()));
  message.keep_alive(keep_alive_);
}

void Session::Refuse() {
  phase_ = Phase::kHandling;
  AnswerFault(503, "too many connections; try again soon");
}

void Session::OnWake() {
  if (closed_ || writing_ || exchange_ == nullptr) return;
  Exchange::Work work = exchange_->Take();
  if (work.overflowed) {
    ++hub_->cut_off_total;
    return Close();
  }
  if (work.head) {
    if (draining_ || hub_->draining) keep_alive_ = false;
    if (work.streaming || head_request_ || !MayHaveBody(work.head->status)) {
      return WriteHeadOnly(std::move(*work.head), work.streaming && !head_request_);
    }
    return WriteWhole(std::move(*work.head));
  }
  if (!work.bytes.empty()) return WriteChunk(std::move(work.bytes));
  if (work.ended) WriteLastChunk();
}

void Session::WriteWhole(Response response) {
  writing_ = true;
  response_ = std::move(response);
  const std::string_view bytes = response_.bytes();
  whole_.emplace();
  FillHead(*whole_, response_);
  whole_->body() = {bytes.data(), bytes.size()};
  whole_->content_length(bytes.size());
  whole_serializer_.emplace(*whole_);
  WriteSome();
}

void Session::WriteSome() {
  ArmWrite();  // again before each piece: what counts is progress
  beast::http::async_write_some(transport_, *whole_serializer_,
                                [self = shared_from_this()](error_code error, size_t) {
                                  if (error) return self->Close();
                                  if (!self->whole_serializer_->is_done()) return self->WriteSome();
                                  self->FinishAnswer();
                                });
}

void Session::WriteHeadOnly(Response response, bool streaming) {
  writing_ = true;
  streaming_ = streaming;
  response_ = std::move(response);
  head_.emplace();
  FillHead(*head_, response_);
  if (streaming && chunked_) {
    head_->chunked(true);
  } else if (streaming) {
    keep_alive_ = false;  // HTTP/1.0: the end of the connection ends the answer
    head_->keep_alive(false);
  } else if (MayHaveBody(response_.status)) {
    head_->content_length(response_.bytes().size());
  }
  head_serializer_.emplace(*head_);
  ArmWrite();
  beast::http::async_write_header(transport_, *head_serializer_,
                                  [self = shared_from_this(), streaming](error_code error, size_t) {
                                    if (error) return self->Close();
                                    if (!streaming) return self->FinishAnswer();
                                    self->Disarm(self->write_timer_);
                                    self->writing_ = false;
                                    if (self->draining_) self->exchange_->EndForDrain();
                                    self->OnWake();
                                  });
}

void Session::WriteChunk(std::string bytes) {
  writing_ = true;
  chunk_ = std::move(bytes);
  ArmWrite();
  const auto progress = [self = shared_from_this()](error_code error, size_t) -> size_t {
    if (error) return 0;
    self->ArmWrite();
    return 64 * 1024;
  };
  const auto done = [self = shared_from_this()](error_code error, size_t) {
    if (error) return self->Close();
    self->Disarm(self->write_timer_);
    self->writing_ = false;
    if (self->exchange_ != nullptr) self->exchange_->Written(self->chunk_.size());
    self->OnWake();
  };
  const asio::const_buffer data = asio::buffer(chunk_);
  if (chunked_) {
    asio::async_write(transport_, beast::http::make_chunk(data), progress, done);
  } else {
    asio::async_write(transport_, data, progress, done);
  }
}

void Session::WriteLastChunk() {
  writing_ = true;
  if (!chunked_) return FinishAnswer();
  ArmWrite();
  asio::async_write(transport_, beast::http::make_chunk_last(),
                    [self = shared_from_this()](error_code error, size_t) {
                      if (error) return self->Close();
                      self->FinishAnswer();
                    });
}

void Session::AnswerFault(int status, std::string_view why) {
  Disarm(read_timer_);
  ++hub_->faults_total;
  phase_ = Phase::kHandling;
  keep_alive_ = false;
  Response response = hub_->options.make_fault
                          ? hub_->options.make_fault(status, why)
                          : MakeResponse(status, "text/plain; charset=utf-8", std::string(why) + "\n");
  if (status == 503) response.headers.Set("Retry-After", "1");
  WriteWhole(std::move(response));
}

void Session::FinishAnswer() {
  Disarm(write_timer_);
  writing_ = false;
  streaming_ = false;
  if (exchange_ != nullptr) std::exchange(exchange_, nullptr)->Closed();
  if (closed_) return;
  if (!keep_alive_ || draining_) return End();
  WaitForRequest();
}

// The server's side ends first: says so, then reads what is still on its way. A close with unread bytes would
// make the kernel throw away the answer that the client has not read yet.
void Session::End() {
  phase_ = Phase::kEnding;
  ArmRead(kEndTimeout);
  if (!transport_.is_secure()) return EndQuietly();
  transport_.ShutDownTls([self = shared_from_this()](error_code) { self->EndQuietly(); });
}

void Session::EndQuietly() {
  if (closed_) return;
  error_code error;
  transport_.socket().shutdown(Socket::shutdown_send, error);
  if (error) return Close();
  chunk_.resize(16 * 1024);
  if (watching_) {
    transport_.socket().cancel(error);
    watching_ = false;
  }
  DiscardRest();
}

void Session::DiscardRest() {
  transport_.socket().async_read_some(asio::buffer(chunk_),
                                      [self = shared_from_this()](error_code error, size_t bytes) {
                                        if (self->closed_) return;
                                        self->buffer_.clear();
                                        if (error || bytes == 0) return self->Close();
                                        self->DiscardRest();
                                      });
}

void Session::Close() {
  if (closed_) return;
  closed_ = true;
  phase_ = Phase::kEnding;
  read_timer_.cancel();
  write_timer_.cancel();
  error_code ignored;
  transport_.socket().shutdown(Socket::shutdown_both, ignored);
  transport_.socket().close(ignored);
  if (exchange_ != nullptr) std::exchange(exchange_, nullptr)->Closed();
  hub_->Leave(shared_from_this(), address_);
}

}  // namespace bordergate::http
