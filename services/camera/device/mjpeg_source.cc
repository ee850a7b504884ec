#include "services/camera/device/mjpeg_source.h"

#include <charconv>
#include <cmath>

#include <curl/curl.h>
#include <fmt/format.h>

#include "libs/core/text.h"
#include "services/camera/domain/reasons.h"

namespace bordergate::camera {
namespace {

constexpr size_t kFrameBytesMax = 8 << 20;
constexpr size_t kHeaderBytesMax = 4096;

struct CurlDeleter {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
};

class MjpegSource final : public FrameSource {
 public:
  MjpegSource(std::string url, const SourceTimes& times, const Clock& clock)
      : url_(std::move(url)), times_(times), clock_(clock) {}

  Result<void> Run(const std::function<void(Frame)>& on_frame, const StopFlag& stop) override {
    const std::unique_ptr<CURL, CurlDeleter> curl(curl_easy_init());
    Reading reading{.on_frame = on_frame, .stop = stop, .source = *this, .curl = curl.get()};
    reading.last_frame = clock_.SteadyNow();
    curl_easy_setopt(curl.get(), CURLOPT_URL, url_.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl.get(), CURLOPT_FOLLOWLOCATION,
                     0L);  // a camera has no business sending us elsewhere
    curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_NOPROXY, "*");
    curl_easy_setopt(curl.get(), CURLOPT_CONNECTTIMEOUT_MS,
                     static_cast<long>(times_.connect_timeout.count()));
    curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, &MjpegSource::OnBytes);
    curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &reading);
    // Called about once a second also when nothing arrives: the watchdog.
    curl_easy_setopt(curl.get(), CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl.get(), CURLOPT_XFERINFOFUNCTION, &MjpegSource::OnProgress);
    curl_easy_setopt(curl.get(), CURLOPT_XFERINFODATA, &reading);
    curl_easy_setopt(curl.get(), CURLOPT_FAILONERROR, 1L);
    const CURLcode code = curl_easy_perform(curl.get());
    if (stop.stopped()) return {};
    if (!reading.problem.empty()) return Error(kSourceUnavailable, reading.problem);
    return Error(kSourceUnavailable, code == CURLE_OK ? "the stream ended" : curl_easy_strerror(code));
  }

 private:
  struct Reading {
    const std::function<void(Frame)>& on_frame;
    const StopFlag& stop;
    MjpegSource& source;
    CURL* curl;
    SteadyInstant last_frame{};
    std::optional<MultipartSplitter> splitter;
    std::string problem;
  };

  static size_t OnBytes(char* data, size_t, size_t size, void* user) {
    auto& reading = *static_cast<Reading*>(user);
    if (!reading.splitter && !reading.source.Begin(reading)) return 0;
    const bool good = reading.splitter->Add({data, size}, [&](MultipartSplitter::Part part) {
      const Clock& clock = reading.source.clock_;
      reading.last_frame = clock.SteadyNow();
      reading.on_frame({.jpeg = std::make_shared<const std::string>(std::move(part.body)),
                        .time = clock.Now(),
                        .steady_time = reading.last_frame,
                        .stated_time = StatedTimeOf(part.header)});
    });
    if (!good) reading.problem = "the stream is no multipart of pictures";
    return good && !reading.stop.stopped() ? size : 0;
  }

  static int OnProgress(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    auto& reading = *static_cast<Reading*>(user);
    if (reading.stop.stopped()) return 1;
    if (reading.source.clock_.SteadyNow() - reading.last_frame > reading.source.times_.frame_timeout) {
      reading.problem = "no frame came in time";
      return 1;
    }
    return 0;
  }

  bool Begin(Reading& reading) {
    char* content_type = nullptr;
    curl_easy_getinfo(reading.curl, CURLINFO_CONTENT_TYPE, &content_type);
    const auto boundary = BoundaryOf(content_type == nullptr ? "" : content_type);
    if (!boundary) {
      reading.problem =
          fmt::format("the answer is no multipart but '{}'", content_type == nullptr ? "" : content_type);
      return false;
    }
    reading.splitter.emplace(*boundary, kFrameBytesMax);
    return true;
  }

  const std::string url_;
  const SourceTimes times_;
  const Clock& clock_;
};

}  // namespace

std::optional<std::string> BoundaryOf(std::string_view content_type) {
  if (!LowerAscii(content_type).starts_with("multipart/")) return std::nullopt;
  for (const std::string_view part : Split(content_type, ';')) {
    const std::string_view trimmed = Trim(part);
    if (!LowerAscii(trimmed).starts_with("boundary=")) continue;
    std::string_view value = trimmed.substr(std::string_view("boundary=").size());
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
      value = value.substr(1, value.size() - 2);
    // Some cameras put the dashes of the delimiter into the parameter.
    while (value.starts_with("--")) value.remove_prefix(2);
    if (value.empty()) return std::nullopt;
    return std::string(value);
  }
  return std::nullopt;
}

std::optional<Instant> StatedTimeOf(std::string_view header) {
  constexpr std::string_view kName = "x-timestamp:";
  const size_t at = header.find(kName);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view line = header.substr(at + kName.size());
  const std::string_view value = Trim(line.substr(0, line.find("\r\n")));
  double time_s = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), time_s);
  if (error != std::errc() || end != value.data() + value.size() || !(time_s >= 0 && time_s < 1e11))
    return std::nullopt;
  return Instant(std::chrono::microseconds(std::llround(time_s * 1e6)));
}

std::optional<MultipartSplitter::Part> MultipartSplitter::TakePart(bool* broken) {
  const size_t start = buffer_.find(boundary_);
  if (start == std::string::npos) {
    *broken = buffer_.size() > part_max_ + kHeaderBytesMax;
    return std::nullopt;
  }
  const size_t header_end = buffer_.find("\r\n\r\n", start);
  if (header_end == std::string::npos) {
    *broken = buffer_.size() - start > kHeaderBytesMax;
    return std::nullopt;
  }
  const size_t body = header_end + 4;
  std::string header = LowerAscii(std::string_view(buffer_).substr(start, header_end - start));
  size_t length = std::string::npos;
  if (const size_t at = header.find("content-length:"); at != std::string::npos) {
    length = std::strtoul(header.c_str() + at + std::string_view("content-length:").size(), nullptr, 10);
    *broken = length > part_max_;
    if (*broken || buffer_.size() < body + length) return std::nullopt;
  } else {
    const size_t next = buffer_.find("\r\n" + boundary_, body);
    *broken = next == std::string::npos && buffer_.size() - body > part_max_;
    if (next == std::string::npos) return std::nullopt;
    length = next - body;
  }
  Part part{.header = std::move(header), .body = buffer_.substr(body, length)};
  buffer_.erase(0, body + length);
  return part;
}

bool MultipartSplitter::Add(std::string_view bytes, const std::function<void(Part)>& on_part) {
  buffer_ += bytes;
  bool broken = false;
  while (auto part = TakePart(&broken)) {
    if (!part->body.empty()) on_part(*std::move(part));
  }
  return !broken;
}

std::unique_ptr<FrameSource> MakeMjpegSource(const std::string& url, const SourceTimes& times,
                                             const Clock& clock) {
  return std::make_unique<MjpegSource>(url, times, clock);
}

}  // namespace bordergate::camera
