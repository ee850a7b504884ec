#include "services/gateway/api/embedded_files.h"

// By the assembler: a string literal could not hold a binary file, and is slow to compile for a large one.
#define BG_EMBED(name, file)         \
  __asm__(                           \
      ".section .rodata\n"           \
      ".balign 16\n" #name           \
      "_begin:\n"                    \
      ".incbin \"" file "\"\n" #name \
      "_end:\n"                      \
      ".byte 0\n"                    \
      ".previous\n");                \
  extern "C" {                       \
  extern const char name##_begin[];  \
  extern const char name##_end[];    \
  }                                  \
  static_assert(true)

BG_EMBED(bordergate_descriptors, BORDERGATE_DESCRIPTORS_FILE);
BG_EMBED(bordergate_errors, BORDERGATE_ERRORS_FILE);

namespace bordergate::gateway {

std::string_view EmbeddedDescriptors() {
  return {bordergate_descriptors_begin,
          static_cast<size_t>(bordergate_descriptors_end - bordergate_descriptors_begin)};
}

std::string_view EmbeddedErrors() {
  return {bordergate_errors_begin, static_cast<size_t>(bordergate_errors_end - bordergate_errors_begin)};
}

}  // namespace bordergate::gateway
