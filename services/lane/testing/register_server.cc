#include "services/lane/testing/register_server.h"

#include <algorithm>

#include <arpa/inet.h>
#include <modbus.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "libs/core/check.h"

namespace bordergate::lane {
namespace {

constexpr int kPanelRegisters = 64;
constexpr int kFunctionAt = 7;
constexpr int kWriteMany = 16;

}  // namespace

RegisterServer::RegisterServer() : mapping_(modbus_mapping_new(0, 0, kPanelRegisters, kPanelRegisters)) {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  BG_CHECK(bind(listener_, reinterpret_cast<sockaddr*>(&address), size) == 0 && listen(listener_, 4) == 0 &&
               getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0,
           "the loopback interface has a free port");
  port_ = ntohs(address.sin_port);
  BG_CHECK(pipe(wake_) == 0, "a test may open a pipe");
  thread_ = std::thread([this] { Serve(); });
}

RegisterServer::~RegisterServer() {
  BG_CHECK(write(wake_[1], "x", 1) == 1, "the pipe is open");
  thread_.join();
  modbus_mapping_free(mapping_);
  for (const int file : {listener_, wake_[0], wake_[1]}) close(file);
}

std::vector<uint16_t> RegisterServer::Registers(int first, int count) const {
  const std::lock_guard lock(mutex_);
  return {mapping_->tab_registers + first, mapping_->tab_registers + first + count};
}

void RegisterServer::Set(int first, const std::vector<uint16_t>& words) {
  const std::lock_guard lock(mutex_);
  std::ranges::copy(words, mapping_->tab_registers + first);
  std::ranges::copy(words, mapping_->tab_input_registers + first);
}

void RegisterServer::Forget() {
  const std::lock_guard lock(mutex_);
  std::fill_n(mapping_->tab_registers, kPanelRegisters, uint16_t{0});
}

void RegisterServer::Serve() {
  std::vector<pollfd> sockets = {{wake_[0], POLLIN, 0}, {listener_, POLLIN, 0}};
  while (true) {
    poll(sockets.data(), sockets.size(), -1);
    if (sockets[0].revents != 0) break;
    if (sockets[1].revents != 0) sockets.push_back({accept(listener_, nullptr, nullptr), POLLIN, 0});
    for (size_t i = 2; i < sockets.size(); ++i) {
      if (sockets[i].revents == 0 || Answer(sockets[i].fd)) continue;
      close(sockets[i].fd);
      sockets[i].fd = -1;
    }
    std::erase_if(sockets, [](const pollfd& one) { return one.fd < 0; });
  }
  for (size_t i = 2; i < sockets.size(); ++i) close(sockets[i].fd);
}

bool RegisterServer::Answer(int client) {
  modbus_t* context = modbus_new_tcp("127.0.0.1", 0);
  modbus_set_socket(context, client);
  uint8_t request[MODBUS_TCP_MAX_ADU_LENGTH];
  const int length = modbus_receive(context, request);
  const Fault now = fault;
  if (length > 0 && now != Fault::kSilent && now != Fault::kHangsUp) {
    const std::lock_guard lock(mutex_);
    modbus_reply(context, request, length, mapping_);
    if (request[kFunctionAt] == kWriteMany) {
      ++writes_;
      if (now == Fault::kKeepsNothing) std::fill_n(mapping_->tab_registers, kPanelRegisters, uint16_t{0});
    }
  }
  modbus_set_socket(context, -1);
  modbus_free(context);
  return length >= 0 && now != Fault::kHangsUp;
}

}  // namespace bordergate::lane
