// camera_video: reads one camera's RTSP stream, or a video file, by FFmpeg and gives its frames as JPEG.
// Started by the camera process (device/apart_video_source.h) for each connection, with a socket and nothing
// else; ends with it.
//
// In two steps it gives up what it could do harm with. At its start: no other program, no other process, no
// writing of files, no listening, at most 1 GiB. When the stream is open, before the first packet is decoded:
// everything but to read and write what is open, to ask for memory and the time, and to end.
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <string>

#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "services/camera/device/video_source.h"
#include "services/camera/device/video_wire.h"
#include "services/camera/seal.h"

namespace {

using namespace bordergate;          // NOLINT(google-build-using-namespace): a main
using namespace bordergate::camera;  // NOLINT(google-build-using-namespace)
namespace wire = bordergate::camera::video_wire;

constexpr uint64_t kMemoryBytesMax = uint64_t{1} << 30;

bool DenyAtStart() {
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
  if (filter == nullptr) return false;
  bool good = true;
  for (const int call : {SCMP_SYS(execve),
                         SCMP_SYS(execveat),
                         SCMP_SYS(fork),
                         SCMP_SYS(vfork),
                         SCMP_SYS(ptrace),
                         SCMP_SYS(process_vm_readv),
                         SCMP_SYS(process_vm_writev),
                         SCMP_SYS(listen),
                         SCMP_SYS(accept),
                         SCMP_SYS(accept4),
                         SCMP_SYS(unlink),
                         SCMP_SYS(unlinkat),
                         SCMP_SYS(rename),
                         SCMP_SYS(renameat),
                         SCMP_SYS(renameat2),
                         SCMP_SYS(mkdir),
                         SCMP_SYS(mkdirat),
                         SCMP_SYS(link),
                         SCMP_SYS(linkat),
                         SCMP_SYS(symlink),
                         SCMP_SYS(symlinkat),
                         SCMP_SYS(chmod),
                         SCMP_SYS(fchmod),
                         SCMP_SYS(fchmodat),
                         SCMP_SYS(truncate),
                         SCMP_SYS(creat),
                         SCMP_SYS(mount),
                         SCMP_SYS(umount2),
                         SCMP_SYS(unshare),
                         SCMP_SYS(setns),
                         SCMP_SYS(bpf),
                         SCMP_SYS(perf_event_open),
                         SCMP_SYS(keyctl),
                         SCMP_SYS(add_key),
                         SCMP_SYS(userfaultfd),
                         SCMP_SYS(io_uring_setup),
                         SCMP_SYS(openat2)}) {
    good = good && seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 0) == 0;
  }
  for (const int mode : {O_WRONLY, O_RDWR}) {
    const auto flags = static_cast<scmp_datum_t>(mode);
    const scmp_arg_cmp at{.arg = 2, .op = SCMP_CMP_MASKED_EQ, .datum_a = O_ACCMODE, .datum_b = flags};
    const scmp_arg_cmp plain{.arg = 1, .op = SCMP_CMP_MASKED_EQ, .datum_a = O_ACCMODE, .datum_b = flags};
    good = good && seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(openat), 1, &at) == 0;
    good = good && seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(open), 1, &plain) == 0;
  }
  // Threads, yes; processes, no. What cannot be told from outside is said not to exist.
  const scmp_arg_cmp no_thread{.arg = 0, .op = SCMP_CMP_MASKED_EQ, .datum_a = CLONE_THREAD, .datum_b = 0};
  good = good && seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1, &no_thread) == 0;
  good = good && seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0;
  good = good && seccomp_load(filter) == 0;
  seccomp_release(filter);
  return good;
}

bool AllowWhenOpen() {
  return seal::AllowOnly({SCMP_SYS(read),
                          SCMP_SYS(readv),
                          SCMP_SYS(pread64),
                          SCMP_SYS(write),
                          SCMP_SYS(writev),
                          SCMP_SYS(recvfrom),
                          SCMP_SYS(recvmsg),
                          SCMP_SYS(sendto),
                          SCMP_SYS(sendmsg),
                          SCMP_SYS(poll),
                          SCMP_SYS(ppoll),
                          SCMP_SYS(select),
                          SCMP_SYS(pselect6),
                          SCMP_SYS(lseek),
                          SCMP_SYS(fstat),
                          SCMP_SYS(close),
                          SCMP_SYS(shutdown),
                          SCMP_SYS(getsockopt),
                          SCMP_SYS(setsockopt),
                          SCMP_SYS(brk),
                          SCMP_SYS(munmap),
                          SCMP_SYS(mremap),
                          SCMP_SYS(madvise),
                          SCMP_SYS(futex),
                          SCMP_SYS(sched_yield),
                          SCMP_SYS(sched_getaffinity),
                          SCMP_SYS(getrandom),
                          SCMP_SYS(clock_gettime),
                          SCMP_SYS(clock_nanosleep),
                          SCMP_SYS(nanosleep),
                          SCMP_SYS(gettimeofday),
                          SCMP_SYS(restart_syscall),
                          SCMP_SYS(rt_sigprocmask),
                          SCMP_SYS(rt_sigreturn),
                          SCMP_SYS(getpid),
                          SCMP_SYS(gettid),
                          SCMP_SYS(exit),
                          SCMP_SYS(exit_group)},
                         SCMP_ACT_ERRNO(EPERM));
}

bool SealAtStart() { return seal::GiveUpLimits(64, kMemoryBytesMax) && (seal::kSanitized || DenyAtStart()); }

bool ReadAll(void* into, size_t size) {
  return recv(wire::kSocket, into, size, MSG_WAITALL) == static_cast<ssize_t>(size);
}

// Ends the process when the service is gone.
void Send(const wire::Message& message, std::string_view content) {
  std::string bytes(sizeof message, '\0');
  std::memcpy(bytes.data(), &message, sizeof message);
  bytes += content;
  for (size_t sent = 0; sent < bytes.size();) {
    const ssize_t count = send(wire::kSocket, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) std::_Exit(0);
    sent += static_cast<size_t>(count);
  }
}

void SendFrame(const Frame& frame) {
  if (frame.jpeg->size() > wire::kFrameBytesMax) return;
  wire::Message message{.kind = wire::Kind::kFrame,
                        .bytes = static_cast<uint32_t>(frame.jpeg->size()),
                        .is_stated = frame.stated_time ? 1 : 0,
                        .stated_us = 0};
  if (frame.stated_time) message.stated_us = frame.stated_time->time_since_epoch().count();
  Send(message, *frame.jpeg);
}

}  // namespace

int main() {
  wire::Request request{};
  if (!SealAtStart() || !ReadAll(&request, sizeof request) || request.url_bytes > wire::kUrlBytesMax)
    return 3;
  std::string url(request.url_bytes, '\0');
  if (!ReadAll(url.data(), url.size())) return 3;
  const SourceTimes times{.connect_timeout = milliseconds(request.connect_timeout_ms),
                          .frame_timeout = milliseconds(request.frame_timeout_ms),
                          .frame_interval_min = milliseconds(request.frame_interval_min_ms)};
  const SystemClock clock;
  const StopFlag stop;
  const auto opened = [] {
    if (!seal::kSanitized && !AllowWhenOpen()) std::_Exit(3);
  };
  const Result<void> end = MakeVideoSource(url, times, clock, opened)->Run(SendFrame, stop);
  const std::string why = end ? "" : end.error().message().substr(0, wire::kTextBytesMax);
  Send({.kind = wire::Kind::kEnd, .bytes = static_cast<uint32_t>(why.size()), .is_stated = 0, .stated_us = 0},
       why);
  std::_Exit(0);
}
