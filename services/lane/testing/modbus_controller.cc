#include "services/lane/testing/modbus_controller.h"

#include <algorithm>

#include <arpa/inet.h>
#include <modbus.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "libs/core/check.h"

namespace bordergate::lane {
namespace {

constexpr milliseconds kStep{10};
enum Coil { kRaise, kLower, kStop, kHeartbeat, kGreen, kRed, kCoilCount };
enum Function { kWriteCoil = 5, kWriteRegisters = 16 };
constexpr int kHeader = 7;
constexpr int kInputCount = 9;

}  // namespace

ModbusController::ModbusController(milliseconds arm_travel) : model_(arm_travel) {
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
  mapping_ = modbus_mapping_new(kCoilCount, kInputCount, CommandBlock::kWords, 0);
  thread_ = std::thread([this] { Serve(); });
}

ModbusController::~ModbusController() {
  BG_CHECK(write(wake_[1], "x", 1) == 1, "the pipe is open");
  thread_.join();
  modbus_mapping_free(mapping_);
  for (const int file : {listener_, wake_[0], wake_[1]}) close(file);
}

void ModbusController::Serve() {
  std::vector<pollfd> sockets = {{wake_[0], POLLIN, 0}, {listener_, POLLIN, 0}};
  modbus_t* context = modbus_new_tcp("127.0.0.1", 0);
  SteadyInstant last = std::chrono::steady_clock::now();
  while (true) {
    poll(sockets.data(), sockets.size(), static_cast<int>(kStep.count()));
    if (sockets[0].revents != 0) break;
    if (replaced.exchange(false)) {
      std::fill_n(mapping_->tab_registers, CommandBlock::kWords, uint16_t{0});
      token_ = 0;
    }
    if (sockets[1].revents != 0) {
      const int accepted = accept(listener_, nullptr, nullptr);
      const int on = 1;
      setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      sockets.push_back({accepted, POLLIN, 0});
      ++connections_;
    }
    for (size_t i = 2; i < sockets.size(); ++i) {
      if (sockets[i].revents == 0) continue;
      uint8_t request[MODBUS_TCP_MAX_ADU_LENGTH];
      modbus_set_socket(context, sockets[i].fd);
      const int length = modbus_receive(context, request);
      if (length > 0) Answer(sockets[i].fd, request, length);
      if (length < 0 || fault == Fault::kHangsUp) {
        close(sockets[i].fd);
        sockets[i].fd = -1;
      }
    }
    std::erase_if(sockets, [](const pollfd& one) { return one.fd < 0; });
    const SteadyInstant now = std::chrono::steady_clock::now();
    const auto passed = std::chrono::duration_cast<milliseconds>(now - last);
    last += passed;
    {
      const std::lock_guard lock(mutex_);
      model_.Step(passed);
    }
    stepped_.notify_all();
  }
  for (size_t i = 2; i < sockets.size(); ++i) close(sockets[i].fd);
  modbus_set_socket(context, -1);
  modbus_free(context);
}

void ModbusController::Answer(int socket, const uint8_t* request, int length) {
  const Fault now = fault;
  if (now == Fault::kSilent || now == Fault::kHangsUp) return;
  {
    const std::lock_guard lock(mutex_);
    const BarrierInputs inputs = wiring_ ? wiring_(model_.Inputs()) : model_.Inputs();
    const bool bits[] = {inputs.upper_limit,      inputs.lower_limit,    inputs.arming_loop,
                         inputs.safety_loop,      inputs.exit_loop,      inputs.emergency,
                         inputs.controller_fault, inputs.hand_operation, inputs.exit_latch.value_or(false)};
    std::copy(std::begin(bits), std::end(bits), mapping_->tab_input_bits);
  }
  // Through a pipe: what was written takes effect before anybody is told so, and the answer can be spoiled on
  // its way.
  int ends[2];
  BG_CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0, "a test may open a socket pair");
  modbus_t* context = modbus_new_tcp("127.0.0.1", 0);
  modbus_set_socket(context, ends[0]);
  if (now == Fault::kException) {
    modbus_reply_exception(context, request, MODBUS_EXCEPTION_SLAVE_OR_SERVER_FAILURE);
  } else if (Refuses(request, length)) {
    ++refused_;
    modbus_reply_exception(context, request, MODBUS_EXCEPTION_ILLEGAL_DATA_VALUE);
  } else {
    modbus_reply(context, request, length, mapping_);
    Apply();
  }
  std::vector<uint8_t> answer(MODBUS_TCP_MAX_ADU_LENGTH);
  answer.resize(static_cast<size_t>(std::max<ssize_t>(read(ends[1], answer.data(), answer.size()), 0)));
  if (now == Fault::kWrongTransaction) answer[1] ^= 0x55;
  if (now == Fault::kWrongUnit) answer[kHeader - 1] ^= 1;
  if (now == Fault::kShortAnswer) answer.resize(answer.size() / 2);
  if (now == Fault::kSpoiled) spoil_(answer);
  if (now != Fault::kActsSilently) (void)send(socket, answer.data(), answer.size(), MSG_NOSIGNAL);
  close(ends[0]);
  close(ends[1]);
  modbus_set_socket(context, -1);
  modbus_free(context);
}

// As the simulator's controller: a token that is not in force and does not follow the one in force, or a coil
// once there is one.
bool ModbusController::Refuses(const uint8_t* request, int length) const {
  const int function = request[kHeader];
  const uint64_t in_force = block().token;
  if (function == kWriteCoil) return in_force != 0;
  if (function != kWriteRegisters) return false;
  if (ignores_tokens) return false;
  CommandBlock::Words words{};
  const int data = kHeader + 6;
  if (length < data + 2 * static_cast<int>(words.size())) return true;
  for (size_t i = 0; i < words.size(); ++i) {
    words[i] = static_cast<uint16_t>(request[data + 2 * i] << 8 | request[data + 2 * i + 1]);
  }
  const uint64_t token = CommandBlock::Decode(words).token;
  const bool follows = in_force == 0 || token >> 32 == (in_force >> 32) + 1;
  return token == 0 || (token != in_force && !follows);
}

CommandBlock ModbusController::block() const {
  CommandBlock::Words words{};
  std::copy_n(mapping_->tab_registers, words.size(), words.begin());
  return CommandBlock::Decode(words);
}

// What was written takes effect; raise and lower fall back.
void ModbusController::Apply() {
  uint8_t* coils = mapping_->tab_bits;
  if (const CommandBlock written = block(); written.token != 0) {
    coils[kRaise] = written.command == CommandBlock::Command::kRaise;
    coils[kLower] = written.command == CommandBlock::Command::kLower;
    coils[kGreen] = written.green;
    coils[kRed] = written.red;
    if (written.heartbeat != beat_) coils[kHeartbeat] = coils[kHeartbeat] == 0;
    beat_ = written.heartbeat;
    mapping_->tab_registers[4] = 0;
    token_ = written.token;
  }
  const bool raised = coils[kRaise] != 0;
  {
    const std::lock_guard lock(mutex_);
    if (raised) model_.RaisePulse();
    if (coils[kLower] != 0) model_.LowerPulse();
    model_.SetLights(coils[kGreen] != 0, coils[kRed] != 0);
  }
  coils[kRaise] = coils[kLower] = 0;
  if (heartbeat_ != (coils[kHeartbeat] != 0)) {
    heartbeat_ = coils[kHeartbeat] != 0;
    ++heartbeats_;
  }
  if (raised && on_raise_) on_raise_();
}

}  // namespace bordergate::lane
