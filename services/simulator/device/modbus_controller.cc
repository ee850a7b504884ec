#include "services/simulator/device/modbus_controller.h"

#include <cerrno>
#include <cstring>
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

constexpr size_t kClientsMax = 16;
constexpr int kLookMs = 100;  // how often the faults are looked at
constexpr int kSlowMs = 400;
constexpr uint32_t kFrameTimeoutUs = 500'000;  // a request that begins must end within this

int PortOf(int socket) {
  sockaddr_in address{};
  socklen_t length = sizeof address;
  if (getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length) != 0) return 0;
  return ntohs(address.sin_port);
}

}  // namespace

void ModbusController::FreeContext::operator()(modbus_t* context) const { modbus_free(context); }

void ModbusController::FreeMapping::operator()(modbus_mapping_t* mapping) const {
  modbus_mapping_free(mapping);
}

ModbusController::ModbusController(std::string host, int port, int unit_id, BarrierPort& barrier)
    : host_(std::move(host)),
      port_(port),
      unit_id_(unit_id),
      barrier_(barrier),
      mapping_(modbus_mapping_new(kCoilCount, kInputCount, kRegisterCount, 0)),
      stop_event_(eventfd(0, EFD_CLOEXEC)) {
  BG_CHECK(mapping_ && stop_event_ >= 0, "there is memory and a file descriptor at the start");
}

Result<std::unique_ptr<ModbusController>> ModbusController::Start(const std::string& host, int port,
                                                                  int unit_id, BarrierPort& barrier) {
  std::unique_ptr<ModbusController> controller(new ModbusController(host, port, unit_id, barrier));
  BG_TRY(controller->Listen());
  controller->thread_ = std::thread([raw = controller.get()] { raw->Run(); });
  return controller;
}

ModbusController::~ModbusController() {
  const uint64_t one = 1;
  BG_CHECK(write(stop_event_, &one, sizeof one) == sizeof one, "an event takes one more");
  if (thread_.joinable()) thread_.join();
  HangUp();
  close(stop_event_);
}

Result<void> ModbusController::Listen() {
  context_.reset(modbus_new_tcp(host_.c_str(), port_));
  if (!context_) return Error(kControllerPortTaken, fmt::format("{} is no address", host_));
  modbus_set_indication_timeout(context_.get(), 0, kFrameTimeoutUs);
  modbus_set_byte_timeout(context_.get(), 0, kFrameTimeoutUs);
  // libmodbus waits this long before it answers a malformed request.
  modbus_set_response_timeout(context_.get(), 0, 20'000);
  modbus_set_slave(context_.get(), unit_id_);
  listener_ = modbus_tcp_listen(context_.get(), static_cast<int>(kClientsMax));
  if (listener_ < 0) {
    return Error(kControllerPortTaken,
                 fmt::format("cannot listen on {}:{}: {}", host_, port_, modbus_strerror(errno)));
  }
  port_ = PortOf(listener_);
  return {};
}

void ModbusController::HangUp() {
  for (const int client : std::exchange(clients_, {})) close(client);
  if (listener_ >= 0) close(std::exchange(listener_, -1));
}

void ModbusController::Run() {
  for (;;) {
    const bool away = barrier_.Read().faults.Has(Fault::kControllerAway);
    if (away && listener_ >= 0) HangUp();
    // Somebody else may have taken the port meanwhile; then the controller stays away and tries again.
    if (!away && listener_ < 0 && !Listen() && WaitForStop(kLookMs)) return;
    std::vector<pollfd> waits = {{stop_event_, POLLIN, 0}, {listener_, POLLIN, 0}};
    for (const int client : clients_) waits.push_back({client, POLLIN, 0});
    if (poll(waits.data(), waits.size(), kLookMs) < 0) continue;
    if (waits[0].revents != 0) return;
    if ((waits[1].revents & POLLIN) != 0) Accept();
    for (size_t at = 2; at < waits.size(); ++at) {
      if (waits[at].revents == 0 || Serve(waits[at].fd)) continue;
      close(waits[at].fd);
      std::erase(clients_, waits[at].fd);
    }
  }
}

void ModbusController::Accept() {
  const int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
  if (client < 0) return;
  if (clients_.size() >= kClientsMax) {
    close(client);
    return;
  }
  clients_.push_back(client);
}

bool ModbusController::Serve(int client) {
  modbus_set_socket(context_.get(), client);
  std::vector<uint8_t> request(MODBUS_TCP_MAX_ADU_LENGTH);
  const int length = modbus_receive(context_.get(), request.data());
  if (length < 0) return false;
  request.resize(static_cast<size_t>(length));
  return length == 0 || Answer(request);
}

bool ModbusController::Answer(const std::vector<uint8_t>& request) {
  const BarrierPort::Registers registers = barrier_.Read();
  const int length = static_cast<int>(request.size());
  if (registers.faults.Has(Fault::kControllerSilent)) return true;
  if (registers.faults.Has(Fault::kControllerSlow) && WaitForStop(kSlowMs)) return false;
  if (registers.faults.Has(Fault::kControllerRefuses)) {
    return modbus_reply_exception(context_.get(), request.data(), MODBUS_EXCEPTION_SLAVE_OR_SERVER_FAILURE) >=
           0;
  }
  const int unit = request[static_cast<size_t>(modbus_get_header_length(context_.get())) - 1];
  if (unit != unit_id_ && unit != MODBUS_TCP_SLAVE) {
    return modbus_reply_exception(context_.get(), request.data(), MODBUS_EXCEPTION_GATEWAY_TARGET) >= 0;
  }
  Show(registers);
  ++request_count_;
  if (const int exception = Take(request, registers)) {
    return modbus_reply_exception(context_.get(), request.data(), static_cast<unsigned>(exception)) >= 0;
  }
  return modbus_reply(context_.get(), request.data(), length, mapping_.get()) >= 0;
}

void ModbusController::Show(const BarrierPort::Registers& registers) {
  for (size_t at = 0; at < kCoilCount; ++at) mapping_->tab_bits[at] = registers.coils[at] ? 1 : 0;
  for (size_t at = 0; at < kInputCount; ++at) mapping_->tab_input_bits[at] = registers.inputs[at] ? 1 : 0;
  uint16_t* words = mapping_->tab_registers;
  for (size_t at = 0; at < 4; ++at) {
    words[kRegisterToken + at] = static_cast<uint16_t>(registers.block.token >> (48 - 16 * at));
  }
  words[kRegisterCommand] = registers.block.command;
  words[kRegisterLevels] = registers.block.levels;
  words[kRegisterHeartbeat] = registers.block.heartbeat;
}

// Carries out a write. The exception to answer with; 0: none of ours, libmodbus answers, also what is
// malformed.
int ModbusController::Take(const std::vector<uint8_t>& request, const BarrierPort::Registers& registers) {
  const auto at = static_cast<size_t>(modbus_get_header_length(context_.get()));
  const auto word = [&](size_t place) {
    return place + 1 < request.size() ? static_cast<uint16_t>(request[place] << 8 | request[place + 1])
                                      : uint16_t{0};
  };
  const int function = request.at(at);
  const size_t first = word(at + 1);
  if (function == MODBUS_FC_WRITE_SINGLE_COIL && first < kCoilCount) {
    const uint16_t value = word(at + 3);
    const bool on = value != 0;
    if ((value != 0 && value != 0xFF00) || on == registers.coils[first]) return 0;
    return barrier_.WriteCoil(static_cast<Coil>(first), on) ? 0 : MODBUS_EXCEPTION_ILLEGAL_DATA_VALUE;
  }
  const size_t count = word(at + 3);
  if (function == MODBUS_FC_WRITE_MULTIPLE_COILS && first + count <= kCoilCount) {
    for (size_t i = 0; i < count; ++i) {
      const bool on = (request.at(at + 6 + i / 8) >> (i % 8) & 1) != 0;
      if (on == registers.coils[first + i]) continue;
      if (!barrier_.WriteCoil(static_cast<Coil>(first + i), on)) return MODBUS_EXCEPTION_ILLEGAL_DATA_VALUE;
    }
    return 0;
  }
  if (function == MODBUS_FC_WRITE_SINGLE_REGISTER || function == MODBUS_FC_MASK_WRITE_REGISTER ||
      function == MODBUS_FC_WRITE_AND_READ_REGISTERS) {
    return MODBUS_EXCEPTION_ILLEGAL_FUNCTION;
  }
  if (function != MODBUS_FC_WRITE_MULTIPLE_REGISTERS) return 0;
  if (first != 0 || count != kRegisterCount || request.size() < at + 6 + 2 * kRegisterCount)
    return MODBUS_EXCEPTION_ILLEGAL_DATA_ADDRESS;
  CommandBlock block;
  for (size_t i = 0; i < 4; ++i) block.token = block.token << 16 | word(at + 6 + 2 * (kRegisterToken + i));
  block.command = word(at + 6 + 2 * kRegisterCommand);
  block.levels = word(at + 6 + 2 * kRegisterLevels);
  block.heartbeat = word(at + 6 + 2 * kRegisterHeartbeat);
  return barrier_.WriteBlock(block) ? 0 : MODBUS_EXCEPTION_ILLEGAL_DATA_VALUE;
}

bool ModbusController::WaitForStop(int timeout_ms) const {
  pollfd wait{stop_event_, POLLIN, 0};
  return poll(&wait, 1, timeout_ms) > 0;
}

}  // namespace bordergate::simulator
