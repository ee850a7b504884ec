#include "services/simulator/device/register_device.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <modbus.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "libs/core/check.h"
#include "services/simulator/domain/reasons.h"

namespace bordergate::simulator {
namespace {

constexpr size_t kDeviceClientsMax = 4;
constexpr uint32_t kTimeoutUs = 500'000;  // a request that begins must end within this

}  // namespace

void RegisterDevice::FreeContext::operator()(modbus_t* context) const { modbus_free(context); }

void RegisterDevice::FreeMapping::operator()(modbus_mapping_t* mapping) const {
  modbus_mapping_free(mapping);
}

RegisterDevice::RegisterDevice(int unit_id, int holding_count, int input_count, Refresh refresh)
    : unit_id_(unit_id),
      refresh_(std::move(refresh)),
      mapping_(modbus_mapping_new(0, 0, holding_count, input_count)),
      stop_event_(eventfd(0, EFD_CLOEXEC)) {
  BG_CHECK(mapping_ && stop_event_ >= 0, "there is memory and a file descriptor at the start");
}

Result<std::unique_ptr<RegisterDevice>> RegisterDevice::Start(const std::string& host, int port, int unit_id,
                                                              int holding_count, int input_count,
                                                              Refresh refresh) {
  std::unique_ptr<RegisterDevice> device(
      new RegisterDevice(unit_id, holding_count, input_count, std::move(refresh)));
  BG_TRY(device->Listen(host, port));
  device->thread_ = std::thread([raw = device.get()] { raw->Run(); });
  return device;
}

RegisterDevice::~RegisterDevice() {
  const uint64_t one = 1;
  BG_CHECK(write(stop_event_, &one, sizeof one) == sizeof one, "an event takes one more");
  if (thread_.joinable()) thread_.join();
  if (listener_ >= 0) close(listener_);
  close(stop_event_);
}

Result<void> RegisterDevice::Listen(const std::string& host, int port) {
  context_.reset(modbus_new_tcp(host.c_str(), port));
  if (!context_) return Error(kControllerPortTaken, fmt::format("{} is no address", host));
  modbus_set_indication_timeout(context_.get(), 0, kTimeoutUs);
  modbus_set_byte_timeout(context_.get(), 0, kTimeoutUs);
  listener_ = modbus_tcp_listen(context_.get(), static_cast<int>(kDeviceClientsMax));
  if (listener_ < 0) {
    return Error(kControllerPortTaken,
                 fmt::format("cannot listen on {}:{}: {}", host, port, modbus_strerror(errno)));
  }
  sockaddr_in address{};
  socklen_t length = sizeof address;
  BG_CHECK(getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length) == 0, "it listens");
  port_ = ntohs(address.sin_port);
  return {};
}

void RegisterDevice::Run() {
  std::vector<pollfd> waits = {{stop_event_, POLLIN, 0}, {listener_, POLLIN, 0}};
  for (;;) {
    if (poll(waits.data(), waits.size(), -1) < 0) continue;
    if (waits[0].revents != 0) break;
    for (size_t at = 2; at < waits.size(); ++at) {
      if (waits[at].revents == 0 || Serve(waits[at].fd)) continue;
      close(waits[at].fd);
      waits[at].fd = -1;
    }
    std::erase_if(waits, [](const pollfd& wait) { return wait.fd < 0; });
    if ((waits[1].revents & POLLIN) == 0) continue;
    const int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client >= 0 && waits.size() >= 2 + kDeviceClientsMax) {
      close(client);
    } else if (client >= 0) {
      waits.push_back({client, POLLIN, 0});
    }
  }
  for (size_t at = 2; at < waits.size(); ++at) close(waits[at].fd);
}

bool RegisterDevice::Serve(int client) {
  modbus_set_socket(context_.get(), client);
  uint8_t request[MODBUS_TCP_MAX_ADU_LENGTH];
  const int length = modbus_receive(context_.get(), request);
  if (length <= 0) return length == 0;
  const int unit = request[modbus_get_header_length(context_.get()) - 1];
  if (unit != unit_id_ && unit != MODBUS_TCP_SLAVE)
    return modbus_reply_exception(context_.get(), request, MODBUS_EXCEPTION_GATEWAY_TARGET) >= 0;
  const std::lock_guard lock(mutex_);
  if (refresh_) {
    const auto words = refresh_();
    if (!words) return true;  // it takes the request and never answers
    BG_CHECK(static_cast<int>(words->size()) == mapping_->nb_input_registers, "one word a register");
    std::ranges::copy(*words, mapping_->tab_input_registers);
  }
  return modbus_reply(context_.get(), request, length, mapping_.get()) >= 0;
}

std::vector<uint16_t> RegisterDevice::Holding(int first, int count) const {
  const std::lock_guard lock(mutex_);
  return {mapping_->tab_registers + first, mapping_->tab_registers + first + count};
}

}  // namespace bordergate::simulator
