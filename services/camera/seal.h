// How the programs that touch what cameras send give up their rights: camera_decoder and camera_video. Linux
// alone.
#pragma once

#include <cstdint>
#include <initializer_list>

namespace bordergate::camera::seal {

// Ends with its parent; no debugger, no core file, no growing files, so many open ones and so much memory at
// the most. False when the system refuses.
bool GiveUpLimits(uint64_t open_files_max, uint64_t memory_bytes_max);

// From now on these calls alone, and memory that cannot be executed; `otherwise` (SCMP_ACT_…) happens at any
// other. False when the system refuses.
bool AllowOnly(std::initializer_list<int> calls, uint32_t otherwise);

// A sanitizer's own bookkeeping needs far more memory and other calls: then nothing is sealed beyond the
// limits.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

}  // namespace bordergate::camera::seal
