#include "services/camera/vision/sealed_decoder.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "libs/core/check.h"
#include "services/camera/vision/reasons.h"

namespace bordergate::camera {
namespace {

// Above the descriptors that the child is given, so that moving one there does not overwrite another.
constexpr int kDescriptorMin = 10;

std::string TextOf(int error) { return std::error_code(error, std::generic_category()).message(); }

// A descriptor of this process alone, out of the child's way; closed by its end.
class Descriptor {
 public:
  explicit Descriptor(int raw) : descriptor_(raw < 0 ? raw : fcntl(raw, F_DUPFD_CLOEXEC, kDescriptorMin)) {
    if (raw >= 0) close(raw);
  }
  ~Descriptor() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return descriptor_; }
  int Release() { return std::exchange(descriptor_, -1); }

 private:
  int descriptor_;
};

// Starts the program with these two descriptors, standard error and nothing else of ours.
//   returns   0 or the error number
int Spawn(const std::string& program, int socket, int memory, pid_t* process) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, socket, wire::kSocket);
  posix_spawn_file_actions_adddup2(&actions, memory, wire::kMemory);
  posix_spawn_file_actions_addclosefrom_np(&actions, wire::kMemory + 1);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  std::string name = "camera_decoder";
  const std::array<char*, 2> arguments = {name.data(), nullptr};
  const std::array<char*, 1> environment = {nullptr};
  const int error =
      posix_spawn(process, program.c_str(), &actions, &attributes, arguments.data(), environment.data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

}  // namespace

SealedDecoder::SealedDecoder(std::string program, milliseconds time_max)
    : program_(std::move(program)), time_max_(time_max) {}

SealedDecoder::~SealedDecoder() { End(); }

Result<void> SealedDecoder::Start() {
  if (process_ >= 0) return {};
  std::array<int, 2> pair{-1, -1};
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair.data()) != 0)
    return Error(kDecoderUnusable, TextOf(errno));
  Descriptor ours(pair[0]);
  const Descriptor theirs(pair[1]);
  const Descriptor memory(memfd_create("camera_decoder", MFD_CLOEXEC));
  if (memory.get() < 0 || ftruncate(memory.get(), wire::kMemoryBytes) != 0)
    return Error(kDecoderUnusable, TextOf(errno));
  void* mapped =
      mmap(nullptr, wire::kMemoryBytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, memory.get(), 0);
  if (mapped == MAP_FAILED) return Error(kDecoderUnusable, TextOf(errno));
  memory_ = static_cast<uint8_t*>(mapped);
  if (const int error = Spawn(program_, theirs.get(), memory.get(), &process_); error != 0) {
    process_ = -1;
    End();
    return Error(kDecoderUnusable, fmt::format("{}: {}", program_, TextOf(error)));
  }
  socket_ = ours.Release();
  return {};
}

void SealedDecoder::End() {
  if (process_ >= 0) {
    kill(process_, SIGKILL);
    while (waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
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

std::string DecoderBesideTheProgram() {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path() / "camera_decoder";
}

}  // namespace bordergate::camera
