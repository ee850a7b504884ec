#include "services/camera/device/apart_video_source.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "libs/core/child_process.h"
#include "services/camera/device/video_wire.h"
#include "services/camera/domain/reasons.h"

namespace bordergate::camera {
namespace {

namespace wire = video_wire;

// How often it looks whether it shall stop.
constexpr int kPollMs = 100;
// The other process keeps the times itself; only when it does not, it is ended.
constexpr milliseconds kGrace{2000};

// One connection: a process and the socket to it.
class Child {
 public:
  Child() = default;
  ~Child() {
    if (process_ >= 0) EndChild(process_);
    if (socket_ >= 0) close(socket_);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  Result<void> Start(const std::string& program, const std::string& url, const SourceTimes& times) {
    if (url.size() > wire::kUrlBytesMax) return Error(kSourceUnavailable, "the address is too long");
    std::array<int, 2> pair{-1, -1};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()) != 0)
      return Error(kSourceUnavailable, "there is no socket left");
    OwnDescriptor ours(pair[0]);
    const OwnDescriptor theirs(pair[1]);
    if (StartChild(program, {theirs.get()}, &process_) != 0) {
      process_ = -1;
      return Error(kSourceUnavailable, "camera_video cannot be started");
    }
    socket_ = ours.Release();
    const wire::Request request{.url_bytes = static_cast<uint32_t>(url.size()),
                                .unused = 0,
                                .connect_timeout_ms = times.connect_timeout.count(),
                                .frame_timeout_ms = times.frame_timeout.count(),
                                .frame_interval_min_ms = times.frame_interval_min.count()};
    std::string bytes(sizeof request, '\0');
    std::memcpy(bytes.data(), &request, sizeof request);
    bytes += url;
    // Fits into the socket's buffer whatever the other side does.
    if (send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(bytes.size()))
      return Error(kSourceUnavailable, "camera_video takes no request");
    return {};
  }

  enum class Read { kSome, kNothing, kEnded };
  // Adds what has come to the buffer; waits a moment for it.
  Read ReadSome(std::string& buffer) const {
    pollfd wait{socket_, POLLIN, 0};
    if (poll(&wait, 1, kPollMs) <= 0) return Read::kNothing;
    std::array<char, 64 * 1024> bytes{};
    const ssize_t count = recv(socket_, bytes.data(), bytes.size(), 0);
    if (count < 0) return errno == EINTR ? Read::kNothing : Read::kEnded;
    if (count == 0) return Read::kEnded;
    buffer.append(bytes.data(), static_cast<size_t>(count));
    return Read::kSome;
  }

 private:
  pid_t process_ = -1;
  int socket_ = -1;
};

class ApartVideoSource final : public FrameSource {
 public:
  ApartVideoSource(std::string program, std::string url, const SourceTimes& times, const Clock& clock)
      : program_(std::move(program)), url_(std::move(url)), times_(times), clock_(clock) {}

  Result<void> Run(const std::function<void(Frame)>& on_frame, const StopFlag& stop) override {
    Child child;
    BG_TRY(child.Start(program_, url_, times_));
    std::string buffer;
    SteadyInstant until = clock_.SteadyNow() + times_.connect_timeout + times_.frame_timeout + kGrace;
    while (!stop.stopped()) {
      const Child::Read read = child.ReadSome(buffer);
      while (const auto size = NextMessage(buffer)) {
        const std::string_view bytes(buffer);
        const Result<void> good = Take(bytes.substr(0, *size), on_frame);
        if (!good) return good.error();
        buffer.erase(0, *size);
        until = clock_.SteadyNow() + times_.frame_timeout + kGrace;
      }
      if (buffer.size() > sizeof(wire::Message) + wire::kFrameBytesMax)
        return Error(kSourceUnavailable, "camera_video sends too much");
      if (read == Child::Read::kEnded) return Error(kSourceUnavailable, "its decoder ended");
      if (clock_.SteadyNow() > until) return Error(kSourceUnavailable, "its decoder hangs");
    }
    return {};
  }

 private:
  // Bytes of the first message; nothing while it is not whole.
  static std::optional<size_t> NextMessage(const std::string& buffer) {
    if (buffer.size() < sizeof(wire::Message)) return std::nullopt;
    wire::Message message{};
    std::memcpy(&message, buffer.data(), sizeof message);
    const size_t size = sizeof message + message.bytes;
    return buffer.size() < size ? std::nullopt : std::optional(size);
  }

  Result<void> Take(std::string_view bytes, const std::function<void(Frame)>& on_frame) const {
    wire::Message message{};
    std::memcpy(&message, bytes.data(), sizeof message);
    const std::string_view content = bytes.substr(sizeof message);
    if (message.kind != wire::Kind::kFrame) return Error(kSourceUnavailable, PlainText(content));
    Frame frame{.jpeg = std::make_shared<const std::string>(content),
                .time = clock_.Now(),
                .steady_time = clock_.SteadyNow()};
    if (message.is_stated == 1) frame.stated_time = Instant(std::chrono::microseconds(message.stated_us));
    on_frame(std::move(frame));
    return {};
  }

  // What may stand in a log, whoever wrote it.
  static std::string PlainText(std::string_view text) {
    std::string plain(text.substr(0, wire::kTextBytesMax));
    for (char& c : plain) c = c >= ' ' && c <= '~' ? c : '?';
    return plain;
  }

  const std::string program_;
  const std::string url_;
  const SourceTimes times_;
  const Clock& clock_;
};

}  // namespace

std::unique_ptr<FrameSource> MakeApartVideoSource(const std::string& program, const std::string& url,
                                                  const SourceTimes& times, const Clock& clock) {
  return std::make_unique<ApartVideoSource>(program, url, times, clock);
}

}  // namespace bordergate::camera
