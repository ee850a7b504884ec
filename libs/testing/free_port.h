// A port of the loopback interface that nobody listens on, for programs that must be told theirs before they
// start.
#pragma once

namespace bordergate {

// Another program may take it before it is used: only where a program cannot choose by itself (port 0).
int FreePort();

}  // namespace bordergate
