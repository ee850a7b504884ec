// The build's bordergate.binpb as part of the program, by the assembler, byte for byte.
#include "services/gateway/api/contract.h"

__asm__(
    ".section .rodata\n"
    ".balign 16\n"
    "bordergate_descriptors_begin:\n"
    ".incbin \"" BORDERGATE_DESCRIPTORS_FILE
    "\"\n"
    "bordergate_descriptors_end:\n"
    ".byte 0\n"
    ".previous\n");

extern "C" {
extern const char bordergate_descriptors_begin[];
extern const char bordergate_descriptors_end[];
}

namespace bordergate::gateway {

std::string_view EmbeddedDescriptors() {
  return {bordergate_descriptors_begin, static_cast<size_t>(bordergate_descriptors_end - bordergate_descriptors_begin)};
}

}  // namespace bordergate::gateway
