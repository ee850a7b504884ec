#include "services/camera/vision/sealed_decoder.h"

#include <cerrno>
#include <cstring>
#include <system_error>

#include <fmt/format.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "libs/core/check.h"
#include "libs/core/child_process.h"
#include "services/camera/vision/reasons.h"

namespace bordergate::camera {
namespace {

std::string TextOf(int error) { return std::error_code(error, std::generic_category()).message(); }

}  // namespace

SealedDecoder::SealedDecoder(std::string program, milliseconds time_max)
    : program_(std::move(program)), time_max_(time_max) {}

SealedDecoder::~SealedDecoder() { End(); }

Result<void> SealedDecoder::Start() {
  if (process_ >= 0) return {};
  std::array<int, 2> pair{-1, -1};
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair.data()) != 0)
    return Error(kDecoderUnusable, TextOf(errno));
  OwnDescriptor ours(pair[0]);
  const OwnDescriptor theirs(pair[1]);
  const OwnDescriptor memory(memfd_create("camera_decoder", MFD_CLOEXEC));
  if (memory.get() < 0 || ftruncate(memory.get(), wire::kMemoryBytes) != 0)
    return Error(kDecoderUnusable, TextOf(errno));
  void* mapped =
      mmap(nullptr, wire::kMemoryBytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, memory.get(), 0);
  if (mapped == MAP_FAILED) return Error(kDecoderUnusable, TextOf(errno));
  memory_ = static_cast<uint8_t*>(mapped);
  if (const int error = StartChild(program_, {theirs.get(), memory.get()}, &process_); error != 0) {
    process_ = -1;
    End();
    return Error(kDecoderUnusable, fmt::format("{}: {}", program_, TextOf(error)));
  }
  socket_ = ours.Release();
  return {};
}

void SealedDecoder::End() {
  if (process_ >= 0) EndChild(process_);
  if (socket_ >= 0) close(socket_);
  if (memory_ != nullptr) munmap(memory_, wire::kMemoryBytes);
  process_ = -1;
  socket_ = -1;
  memory_ = nullptr;
}

bool SealedDecoder::Ask(const wire::Request& request, bool* decoded) const {
  if (send(socket_, &request, sizeof request, MSG_NOSIGNAL) != sizeof request) return false;
  const SteadyInstant until = std::chrono::steady_clock::now() + time_max_;
  pollfd wait{socket_, POLLIN, 0};
  while (true) {
    const auto left = std::chrono::ceil<milliseconds>(until - std::chrono::steady_clock::now());
    if (left <= milliseconds(0)) return false;
    const int ready = poll(&wait, 1, static_cast<int>(left.count()));
    if (ready > 0) break;
    if (ready < 0 && errno != EINTR) return false;
  }
  wire::Answer answer{};
  if (recv(socket_, &answer, sizeof answer, 0) != sizeof answer) return false;
  *decoded = answer.decoded == 1;
  return true;
}

Result<cv::Mat> SealedDecoder::Decode(std::span<const uint8_t> jpeg, wire::Form form) {
  const PictureHeader header = BG_TRY(ReadPictureHeader(jpeg, kLimits));
  BG_TRY(Start());
  std::memcpy(memory_, jpeg.data(), jpeg.size());
  const bool whole = form == wire::Form::kWhole;
  const wire::Request request{.form = form,
                              .jpeg_bytes = static_cast<uint32_t>(jpeg.size()),
                              .width_px = whole ? header.width_px : (header.width_px + 7) / 8,
                              .height_px = whole ? header.height_px : (header.height_px + 7) / 8};
  bool decoded = false;
  if (!Ask(request, &decoded)) {
    ++death_count_;
    End();
    return Error(kPictureBroken, "it ended its decoder or held it too long");
  }
  if (!decoded) return Error(kPictureBroken, "the decoder refused it");
  // Copied at once: that process can write there at any time.
  return cv::Mat(request.height_px, request.width_px, whole ? CV_8UC3 : CV_8UC1, memory_ + wire::kPixelsAt)
      .clone();
}

Result<cv::Mat> SealedDecoder::Whole(std::span<const uint8_t> jpeg) {
  return Decode(jpeg, wire::Form::kWhole);
}
Result<cv::Mat> SealedDecoder::Small(std::span<const uint8_t> jpeg) {
  return Decode(jpeg, wire::Form::kSmall);
}

std::string DecoderBesideTheProgram() { return ProgramBesideThis("camera_decoder"); }

}  // namespace bordergate::camera
