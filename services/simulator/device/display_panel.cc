#include "services/simulator/device/display_panel.h"

#include <cerrno>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <modbus.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "libs/core/check.h"
#include "libs/core/text.h"
#include "services/simulator/domain/reasons.h"

namespace bordergate::simulator {
namespace {

constexpr int kLineLengths[] = {16, 16, 16, 12};
constexpr int kRegisters = 60;
constexpr size_t kPanelClientsMax = 4;
constexpr uint32_t kTimeoutUs = 500'000;  // a request that begins must end within this

}  // namespace

void DisplayPanel::FreeContext::operator()(modbus_t* context) const { modbus_free(context); }

void DisplayPanel::FreeMapping::operator()(modbus_mapping_t* mapping) const { modbus_mapping_free(mapping); }

DisplayPanel::DisplayPanel(int unit_id)
    : unit_id_(unit_id),
      mapping_(modbus_mapping_new(0, 0, kRegisters, 0)),
      stop_event_(eventfd(0, EFD_CLOEXEC)) {
  BG_CHECK(mapping_ && stop_event_ >= 0, "there is memory and a file descriptor at the start");
}

Result<std::unique_ptr<DisplayPanel>> DisplayPanel::Start(const std::string& host, int port, int unit_id) {
  std::unique_ptr<DisplayPanel> panel(new DisplayPanel(unit_id));
  BG_TRY(panel->Listen(host, port));
  panel->thread_ = std::thread([raw = panel.get()] { raw->Run(); });
  return panel;
}

DisplayPanel::~DisplayPanel() {
  const uint64_t one = 1;
  BG_CHECK(write(stop_event_, &one, sizeof one) == sizeof one, "an event takes one more");
  if (thread_.joinable()) thread_.join();
  if (listener_ >= 0) close(listener_);
  close(stop_event_);
}

Result<void> DisplayPanel::Listen(const std::string& host, int port) {
  context_.reset(modbus_new_tcp(host.c_str(), port));
  if (!context_) return Error(kControllerPortTaken, fmt::format("{} is no address", host));
  modbus_set_indication_timeout(context_.get(), 0, kTimeoutUs);
  modbus_set_byte_timeout(context_.get(), 0, kTimeoutUs);
  listener_ = modbus_tcp_listen(context_.get(), static_cast<int>(kPanelClientsMax));
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

void DisplayPanel::Run() {
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
    if (client >= 0 && waits.size() >= 2 + kPanelClientsMax) {
      close(client);
    } else if (client >= 0) {
      waits.push_back({client, POLLIN, 0});
    }
  }
  for (size_t at = 2; at < waits.size(); ++at) close(waits[at].fd);
}

bool DisplayPanel::Serve(int client) {
  modbus_set_socket(context_.get(), client);
  uint8_t request[MODBUS_TCP_MAX_ADU_LENGTH];
  const int length = modbus_receive(context_.get(), request);
  if (length <= 0) return length == 0;
  const int unit = request[modbus_get_header_length(context_.get()) - 1];
  if (unit != unit_id_ && unit != MODBUS_TCP_SLAVE)
    return modbus_reply_exception(context_.get(), request, MODBUS_EXCEPTION_GATEWAY_TARGET) >= 0;
  const std::lock_guard lock(mutex_);
  return modbus_reply(context_.get(), request, length, mapping_.get()) >= 0;
}

std::vector<std::string> DisplayPanel::Lines() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> lines;
  const uint16_t* next = mapping_->tab_registers;
  for (const int length : kLineLengths) {
    std::u32string points(next, next + length);
    std::erase(points, U'\0');
    lines.emplace_back(Trim(EncodeUtf8(points)));
    next += length;
  }
  return lines;
}

}  // namespace bordergate::simulator
