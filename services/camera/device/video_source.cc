#include "services/camera/device/video_source.h"

#include <algorithm>
#include <optional>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/log.h>
}

#include "services/camera/device/frame_encoder.h"
#include "services/camera/domain/reasons.h"

namespace bordergate::camera {
namespace {

constexpr int64_t kPixelsMax = 40'000'000;
constexpr AVRational kMicroseconds{1, 1'000'000};

struct FormatCloser {
  void operator()(AVFormatContext* format) const { avformat_close_input(&format); }
};
struct CodecCloser {
  void operator()(AVCodecContext* codec) const { avcodec_free_context(&codec); }
};
struct PacketCloser {
  void operator()(AVPacket* packet) const { av_packet_free(&packet); }
};
struct FrameCloser {
  void operator()(AVFrame* frame) const { av_frame_free(&frame); }
};
using Format = std::unique_ptr<AVFormatContext, FormatCloser>;
using Codec = std::unique_ptr<AVCodecContext, CodecCloser>;

// What FFmpeg asks while it waits.
struct Watchdog {
  const Clock& clock;
  const StopFlag& stop;
  SteadyInstant until;

  bool late() const { return clock.SteadyNow() > until; }
  static int Interrupts(void* self) {
    const auto& watchdog = *static_cast<const Watchdog*>(self);
    return watchdog.stop.stopped() || watchdog.late() ? 1 : 0;
  }
};

std::string TextOf(int error) {
  std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
  av_strerror(error, text.data(), text.size());
  return text.data();
}

bool IsKnown(AVCodecID id) {
  return id == AV_CODEC_ID_H264 || id == AV_CODEC_ID_HEVC || id == AV_CODEC_ID_MPEG4 ||
         id == AV_CODEC_ID_MJPEG;
}

class VideoSource final : public FrameSource {
 public:
  VideoSource(std::string url, const SourceTimes& times, const Clock& clock, std::function<void()> on_open)
      : url_(std::move(url)), times_(times), clock_(clock), on_open_(std::move(on_open)) {
    av_log_set_level(AV_LOG_QUIET);  // it would write addresses with their passwords
  }

  Result<void> Run(const std::function<void(Frame)>& on_frame, const StopFlag& stop) override {
    Watchdog watchdog{clock_, stop, clock_.SteadyNow() + times_.connect_timeout};
    const Result<void> end = Read(on_frame, watchdog);
    if (stop.stopped()) return {};
    return end;
  }

 private:
  Result<void> Read(const std::function<void(Frame)>& on_frame, Watchdog& watchdog) {
    const Format format = BG_TRY(Open(watchdog));
    const int stream = av_find_best_stream(format.get(), AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
    if (stream < 0) return Error(kSourceUnavailable, "there is no video in it");
    for (unsigned i = 0; i < format->nb_streams; ++i) {
      if (static_cast<int>(i) != stream) format->streams[i]->discard = AVDISCARD_ALL;
    }
    const Codec codec = BG_TRY(OpenCodec(*format->streams[stream]->codecpar));
    const std::unique_ptr<AVPacket, PacketCloser> packet(av_packet_alloc());
    FrameEncoder encoder;
    on_open_();
    Reading reading{.on_frame = on_frame,
                    .watchdog = watchdog,
                    .format = *format,
                    .codec = *codec,
                    .time_base = format->streams[stream]->time_base,
                    .encoder = encoder};
    watchdog.until = clock_.SteadyNow() + times_.frame_timeout;
    while (!watchdog.stop.stopped()) {
      const int error = av_read_frame(format.get(), packet.get());
      if (watchdog.late()) return Error(kSourceUnavailable, "no frame came in time");
      if (error < 0)
        return Error(kSourceUnavailable, error == AVERROR_EOF ? "the stream ended" : TextOf(error));
      if (packet->stream_index == stream) Decode(reading, *packet);
      av_packet_unref(packet.get());
    }
    return {};
  }

  struct Reading {
    const std::function<void(Frame)>& on_frame;
    Watchdog& watchdog;
    AVFormatContext& format;
    AVCodecContext& codec;
    AVRational time_base;
    FrameEncoder& encoder;
    std::unique_ptr<AVFrame, FrameCloser> frame{av_frame_alloc()};
    SteadyInstant last_given{};
    int64_t first_stamp_us = AV_NOPTS_VALUE;  // of a file, and when it was shown
    SteadyInstant first_shown{};
  };

  Result<Format> Open(Watchdog& watchdog) const {
    const bool is_file = url_.starts_with("file://");
    if (!is_file && !url_.starts_with("rtsp://") && !url_.starts_with("rtsps://"))
      return Error(kSourceUnavailable,
                   "the address begins neither with rtsp://, rtsps://, http://, https:// nor file://");
    AVFormatContext* raw = avformat_alloc_context();
    raw->interrupt_callback = {&Watchdog::Interrupts, &watchdog};
    raw->flags |= AVFMT_FLAG_NOBUFFER | AVFMT_FLAG_DISCARD_CORRUPT;
    // What a camera names must not lead us to files or to other machines' services.
    AVDictionary* options = nullptr;
    av_dict_set(&options, "protocol_whitelist", is_file ? "file" : "tcp,tls,rtp,udp", 0);
    av_dict_set(&options, "format_whitelist", is_file ? "mov,mp4,matroska,avi,mpegts" : "rtsp,sdp,rtp", 0);
    if (!is_file) av_dict_set(&options, "rtsp_transport", "tcp", 0);
    const int error = avformat_open_input(&raw, url_.c_str(), nullptr, &options);
    av_dict_free(&options);
    if (error < 0) {
      return Error(kSourceUnavailable,
                   watchdog.late() ? "it did not answer in time" : "it cannot be opened: " + TextOf(error));
    }
    return Format(raw);
  }

  static Result<Codec> OpenCodec(const AVCodecParameters& parameters) {
    const AVCodec* decoder =
        IsKnown(parameters.codec_id) ? avcodec_find_decoder(parameters.codec_id) : nullptr;
    if (decoder == nullptr) return Error(kSourceUnavailable, "its video is of a kind that is not read");
    Codec codec(avcodec_alloc_context3(decoder));
    avcodec_parameters_to_context(codec.get(), &parameters);
    codec->thread_count = 1;  // one thread a camera; more would also hold frames back
    codec->flags |= AV_CODEC_FLAG_LOW_DELAY;
    codec->max_pixels = kPixelsMax;
    const int error = avcodec_open2(codec.get(), decoder, nullptr);
    if (error < 0) return Error(kSourceUnavailable, TextOf(error));
    return codec;
  }

  // A packet that cannot be decoded costs its frame; when none can, the time-out for frames ends the stream.
  void Decode(Reading& reading, const AVPacket& packet) const {
    if (avcodec_send_packet(&reading.codec, &packet) < 0) return;
    while (avcodec_receive_frame(&reading.codec, reading.frame.get()) >= 0) Give(reading);
  }

  void Give(Reading& reading) const {
    const AVFrame& frame = *reading.frame;
    // A smeared picture is no picture: a plate could be read from it that was never there.
    if (frame.decode_error_flags != 0 || (frame.flags & AV_FRAME_FLAG_CORRUPT) != 0) return;
    AwaitItsTime(reading, frame);
    const SteadyInstant now = clock_.SteadyNow();
    reading.watchdog.until = now + times_.frame_timeout;
    if (now - reading.last_given < times_.frame_interval_min) return;
    auto jpeg = reading.encoder.Encode(frame);
    if (!jpeg) return;
    reading.last_given = now;
    reading.on_frame({.jpeg = std::move(jpeg),
                      .time = clock_.Now(),
                      .steady_time = now,
                      .stated_time = StatedTime(reading, frame)});
  }

  // By the camera's clock, when it told it (RTCP sender reports); absent otherwise.
  static std::optional<Instant> StatedTime(const Reading& reading, const AVFrame& frame) {
    const int64_t start_us = reading.format.start_time_realtime;
    if (start_us == AV_NOPTS_VALUE || frame.best_effort_timestamp == AV_NOPTS_VALUE) return std::nullopt;
    const int64_t us = av_rescale_q(frame.best_effort_timestamp, reading.time_base, kMicroseconds);
    return Instant(std::chrono::microseconds(start_us + us));
  }

  // A file is read at the pace at which it was taken.
  void AwaitItsTime(Reading& reading, const AVFrame& frame) const {
    if (!url_.starts_with("file://") || frame.best_effort_timestamp == AV_NOPTS_VALUE) return;
    const int64_t us = av_rescale_q(frame.best_effort_timestamp, reading.time_base, kMicroseconds);
    const SteadyInstant now = clock_.SteadyNow();
    if (reading.first_stamp_us == AV_NOPTS_VALUE) {
      reading.first_stamp_us = us;
      reading.first_shown = now;
    }
    const auto due = reading.first_shown + std::chrono::microseconds(us - reading.first_stamp_us);
    const auto wait = std::chrono::duration_cast<milliseconds>(due - now);
    if (wait > milliseconds(0)) reading.watchdog.stop.WaitFor(std::min(wait, times_.frame_timeout));
  }

  const std::string url_;
  const SourceTimes times_;
  const Clock& clock_;
  const std::function<void()> on_open_;
};

}  // namespace

std::unique_ptr<FrameSource> MakeVideoSource(const std::string& url, const SourceTimes& times,
                                             const Clock& clock, std::function<void()> on_open) {
  return std::make_unique<VideoSource>(url, times, clock, std::move(on_open));
}

}  // namespace bordergate::camera
