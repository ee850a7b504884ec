// Files that are part of this program, byte for byte.
#pragma once

#include <string_view>

namespace bordergate::gateway {

// A FileDescriptorSet of the whole contract, with comments.
std::string_view EmbeddedDescriptors();

// docs/errors.md.
std::string_view EmbeddedErrors();

}  // namespace bordergate::gateway
