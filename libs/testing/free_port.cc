#include "libs/testing/free_port.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "libs/core/check.h"

namespace bordergate {

int FreePort() {
  const int one = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  BG_CHECK(bind(one, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
               getsockname(one, reinterpret_cast<sockaddr*>(&address), &size) == 0,
           "the loopback interface has a free port");
  close(one);
  return ntohs(address.sin_port);
}

}  // namespace bordergate
