// Why a server did not start.
#pragma once

#include "libs/core/result.h"

namespace bordergate::http {

// The address to listen on is malformed, taken by another program, or not of this machine.
// Caller: correct the setting, or end the other program; port 0 takes any free port.
inline constexpr Reason kListenRefused{"LISTEN_REFUSED", Code::kFailedPrecondition};

// The certificate or key file cannot be read, or they do not belong together.
// Caller: correct the files named in the message.
inline constexpr Reason kTlsFilesInvalid{"TLS_FILES_INVALID", Code::kFailedPrecondition};

// The folder of the pages cannot be read, or holds more than may be kept in memory.
// Caller: correct the setting or the folder.
inline constexpr Reason kFolderUnreadable{"FOLDER_UNREADABLE", Code::kFailedPrecondition};

}  // namespace bordergate::http
