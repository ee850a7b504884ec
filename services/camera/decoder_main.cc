// camera_decoder: turns one camera's JPEG pictures into pixels and can do nothing else. Started by the camera
// process (vision/sealed_decoder.h) with a socket and a piece of memory; ends when the socket does.
//
// Before the first picture it gives up everything it could do harm with: no system call but to read and write
// these two, to ask for memory and to end; no memory that could be executed; at most 400 MiB of it.

#include <seccomp.h>
#include <sys/mman.h>
#include <turbojpeg.h>
#include <unistd.h>

#include "services/camera/seal.h"
#include "services/camera/vision/decoder_wire.h"

namespace {

namespace seal = bordergate::camera::seal;
namespace wire = bordergate::camera::wire;

// A picture of the largest size in many scans takes 144 MB of coefficients beside what both processes see.
constexpr uint64_t kMemoryBytesMax = 400 << 20;

bool Seal() {
  return seal::GiveUpLimits(0, kMemoryBytesMax) &&
         (seal::kSanitized ||
          seal::AllowOnly({SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap),
                           SCMP_SYS(madvise), SCMP_SYS(futex), SCMP_SYS(exit), SCMP_SYS(exit_group),
                           SCMP_SYS(rt_sigreturn)},
                          SCMP_ACT_KILL_PROCESS));
}

bool Decode(tjhandle decoder, const wire::Request& request, unsigned char* memory) {
  if (request.jpeg_bytes > wire::kJpegBytesMax) return false;
  int width = 0, height = 0, subsampling = 0, colours = 0;
  if (tjDecompressHeader3(decoder, memory, request.jpeg_bytes, &width, &height, &subsampling, &colours) != 0)
    return false;
  const bool whole = request.form == wire::Form::kWhole;
  const tjscalingfactor scale{1, whole ? 1 : 8};
  width = TJSCALED(width, scale);
  height = TJSCALED(height, scale);
  if (width != request.width_px || height != request.height_px) return false;
  if (static_cast<size_t>(width) * static_cast<size_t>(height) > wire::kPixelsMax) return false;
  const int done = tjDecompress2(decoder, memory, request.jpeg_bytes, memory + wire::kPixelsAt, width, 0,
                                 height, whole ? TJPF_BGR : TJPF_GRAY, 0);
  // Many cameras pad or spoil a byte or two, of which the library only warns.
  return done == 0 || tjGetErrorCode(decoder) == TJERR_WARNING;
}

}  // namespace

int main() {
  void* mapped =
      mmap(nullptr, wire::kMemoryBytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, wire::kMemory, 0);
  tjhandle decoder = tjInitDecompress();
  if (mapped == MAP_FAILED || decoder == nullptr || !Seal()) return 3;
  wire::Request request{};
  while (read(wire::kSocket, &request, sizeof request) == sizeof request) {
    const wire::Answer answer{Decode(decoder, request, static_cast<unsigned char*>(mapped)) ? 1 : 0};
    if (answer.decoded == 0) {
      // The library does not forget a header that it gave up in the middle: the next picture would be
      // refused.
      tjDestroy(decoder);
      decoder = tjInitDecompress();
      if (decoder == nullptr) return 3;
    }
    if (write(wire::kSocket, &answer, sizeof answer) != sizeof answer) break;
  }
  return 0;
}
