#include "services/lane/device/modbus_barrier.h"

#include <cerrno>

#include <fmt/format.h>
#include <modbus.h>
#include <poll.h>
#include <sys/socket.h>

#include "services/lane/device/modbus_exchange.h"
#include "services/lane/domain/reasons.h"

namespace bordergate::lane {

void ModbusBarrier::Free::operator()(modbus_t* context) const {
  modbus_close(context);
  modbus_free(context);
}

ModbusBarrier::ModbusBarrier(ModbusSettings settings, RegisterMap map, const Clock& clock)
    : settings_(std::move(settings)), map_(map), clock_(clock), reconnect_pause_(settings_.reconnect_first) {}

ModbusBarrier::~ModbusBarrier() = default;

Result<BarrierInputs> ModbusBarrier::Poll() {
  const std::lock_guard lock(mutex_);
  if (taken_) return Error(kBarrierUnreachable, "another lane program has the barrier");
  if (!connection_ || (map_.fence && token_ == 0)) BG_TRY(Connect());
  const std::vector<bool> bits = BG_TRY(ReadBits());
  // Dark lights are how the next run would learn that the loops were without power: they are set with the
  // next poll, when the lane has been told.
  if (outputs_kept_) BG_TRY(WriteOutputs());
  BarrierInputs inputs = map_.Decode(bits);
  inputs.outputs_kept = std::exchange(outputs_kept_, true);
  return inputs;
}

Result<void> ModbusBarrier::Connect() {
  if (!connection_) BG_TRY(OpenConnection());
  if (map_.fence) {
    BG_TRY(Claim());
  } else {
    outputs_kept_ = BG_TRY(OutputsKept());
  }
  green_written_.reset();
  // A pulse that this program did not end before it lost the connection.
  if (map_.pulse_length.count() > 0) {
    BG_TRY(WriteCoil(map_.raise, false));
    BG_TRY(WriteCoil(map_.lower, false));
  }
  reconnect_pause_ = settings_.reconnect_first;
  return {};
}

Result<void> ModbusBarrier::OpenConnection() {
  const SteadyInstant now = clock_.SteadyNow();
  if (now < connect_again_at_) return Error(kBarrierUnreachable, "waits to connect again");
  connect_again_at_ = now + reconnect_pause_;
  reconnect_pause_ = std::min(reconnect_pause_ * 2, settings_.reconnect_longest);
  connection_.reset(modbus_new_tcp(settings_.host.c_str(), settings_.port));
  if (!connection_) return Lost("make a connection");
  const auto timeout = static_cast<uint32_t>(settings_.timeout.count());
  modbus_set_response_timeout(connection_.get(), timeout / 1000, timeout % 1000 * 1000);
  modbus_set_byte_timeout(connection_.get(), timeout / 1000, timeout % 1000 * 1000);
  modbus_set_error_recovery(connection_.get(), MODBUS_ERROR_RECOVERY_NONE);
  modbus_set_slave(connection_.get(), settings_.unit_id);
  if (modbus_connect(connection_.get()) != 0) return Lost("connect");
  return {};
}

// Takes the barrier at the first connection. At a later one the token is still the same; when another's is in
// force there, the write will be refused.
Result<void> ModbusBarrier::Claim() {
  const CommandBlock found = BG_TRY(ReadBlock());
  outputs_kept_ = found.green || found.red;
  const bool ours = token_ != 0 && static_cast<uint32_t>(found.token) == settings_.instance;
  if (token_ == 0) {
    SetToken(CommandBlock::TokenAfter(take_from_.value_or(found.token), settings_.instance));
  } else if (ours) {
    const bool revoke = found.standby_in_step && !standby_in_step_;
    SetToken(revoke ? CommandBlock::TokenAfter(found.token, settings_.instance) : found.token);
  }
  if (WriteBlock(CommandBlock::Command::kNone) != Sent::kYes)
    return Error(kBarrierUnreachable, "cannot take the barrier");
  return {};
}

void ModbusBarrier::SetToken(uint64_t token) {
  if (token_.exchange(token) != token && on_token_) on_token_(token);
}

Result<CommandBlock> ModbusBarrier::ReadBlock() {
  CommandBlock::Words words{};
  const int count = static_cast<int>(words.size());
  if (exchange::ReadHoldingRegisters(connection_.get(), *map_.fence, count, words.data()) != count)
    return Lost("read the block of commands");
  return CommandBlock::Decode(words);
}

Sent ModbusBarrier::WriteBlock(CommandBlock::Command command) {
  const bool green = green_;
  CommandBlock block{.token = token_,
                     .command = command,
                     .green = outputs_kept_ && green,
                     .red = outputs_kept_ && !green,
                     .standby_in_step = standby_in_step_,
                     .heartbeat = ++beat_};
  const CommandBlock::Words words = block.Encode();
  const int count = static_cast<int>(words.size());
  if (exchange::WriteRegisters(connection_.get(), *map_.fence, count, words.data()) == count) {
    if (outputs_kept_) green_written_ = green;
    heartbeat_at_ = clock_.SteadyNow();
    return Sent::kYes;
  }
  if (errno != EMBXILVAL) {
    (void)Lost("write the block of commands");
    return Sent::kUnknown;
  }
  (void)Lost("command a barrier that another has");
  if (!taken_.exchange(true) && on_taken_) on_taken_();
  return Sent::kNo;
}

Result<FenceView> ModbusBarrier::LookAtFence() {
  const std::lock_guard lock(mutex_);
  if (!connection_) BG_TRY(OpenConnection());
  const CommandBlock block = BG_TRY(ReadBlock());
  reconnect_pause_ = settings_.reconnect_first;
  return FenceView{block.token, block.standby_in_step, block.heartbeat};
}

Result<std::optional<uint16_t>> ModbusBarrier::LookAtHeart() {
  const std::lock_guard lock(mutex_);
  if (!map_.fence && !map_.heartbeat) return std::nullopt;
  if (!connection_) BG_TRY(OpenConnection());
  reconnect_pause_ = settings_.reconnect_first;
  if (map_.fence) return BG_TRY(ReadBlock()).heartbeat;
  uint8_t on = 0;
  if (modbus_read_bits(connection_.get(), *map_.heartbeat, 1, &on) != 1) return Lost("read the heartbeat");
  return on;
}

bool ModbusBarrier::GiveTo(uint32_t instance, bool standby_in_step) {
  const std::lock_guard lock(mutex_);
  if (!map_.fence || taken_ || !connection_ || token_ == 0) return false;
  standby_in_step_ = standby_in_step;
  token_ = CommandBlock::TokenAfter(token_, instance);
  const bool given = WriteBlock(CommandBlock::Command::kNone) == Sent::kYes;
  taken_ = true;
  connection_.reset();
  return given;
}

bool ModbusBarrier::TellStandbyInStep(bool in_step) {
  const std::lock_guard lock(mutex_);
  const bool was = standby_in_step_.exchange(in_step);
  if (taken_ || !connection_ || token_ == 0) return false;
  if (was && !in_step) SetToken(CommandBlock::TokenAfter(token_, settings_.instance));
  return WriteBlock(CommandBlock::Command::kNone) == Sent::kYes;
}

// One of the two lights is always on while this program runs; both off means that the controller has
// forgotten its outputs. Without lights nothing is known, and the worst is assumed.
Result<bool> ModbusBarrier::OutputsKept() {
  bool kept = false;
  for (const auto& light : {map_.green_light, map_.red_light}) {
    if (!light) continue;
    uint8_t on = 0;
    if (exchange::ReadCoils(connection_.get(), *light, 1, &on) != 1) return Lost("read the lights");
    kept = kept || on != 0;
  }
  return kept;
}

Result<std::vector<bool>> ModbusBarrier::ReadBits() {
  const int first = map_.first_bit();
  const int count = map_.bit_count();
  std::vector<bool> bits(static_cast<size_t>(count));
  const bool coils = map_.inputs_from == RegisterMap::Table::kCoils;
  if (coils || map_.inputs_from == RegisterMap::Table::kDiscreteInputs) {
    std::vector<uint8_t> bytes(static_cast<size_t>(count));
    const int read = coils ? exchange::ReadCoils(connection_.get(), first, count, bytes.data())
                           : exchange::ReadDiscreteInputs(connection_.get(), first, count, bytes.data());
    if (read != count) return Lost("read the inputs");
    for (size_t i = 0; i < bits.size(); ++i) bits[i] = bytes[i] != 0;
    return bits;
  }
  std::vector<uint16_t> words(static_cast<size_t>(count / 16));
  const int word_count = count / 16;
  const int read =
      map_.inputs_from == RegisterMap::Table::kInputRegisters
          ? exchange::ReadInputRegisters(connection_.get(), first / 16, word_count, words.data())
          : exchange::ReadHoldingRegisters(connection_.get(), first / 16, word_count, words.data());
  if (read != word_count) return Lost("read the input registers");
  for (size_t i = 0; i < bits.size(); ++i) bits[i] = (words[i / 16] >> (i % 16) & 1) != 0;
  return bits;
}

Result<void> ModbusBarrier::WriteOutputs() {
  const SteadyInstant now = clock_.SteadyNow();
  const bool green = green_;
  if (map_.fence) {
    const bool due = green_written_ != green || now - heartbeat_at_ >= settings_.heartbeat;
    if (due && WriteBlock(CommandBlock::Command::kNone) != Sent::kYes)
      return Error(kBarrierUnreachable, "cannot write the block of commands");
    return {};
  }
  if (green_written_ != green) {
    // Red first when it turns red: never both dark in between.
    const auto& on = green ? map_.green_light : map_.red_light;
    const auto& off = green ? map_.red_light : map_.green_light;
    if (on) BG_TRY(WriteCoil(*on, true));
    if (off) BG_TRY(WriteCoil(*off, false));
    green_written_ = green;
  }
  if (map_.heartbeat && now - heartbeat_at_ >= settings_.heartbeat) {
    heartbeat_value_ = !heartbeat_value_;
    BG_TRY(WriteCoil(*map_.heartbeat, heartbeat_value_));
    heartbeat_at_ = now;
  }
  if (raise_off_at_ && now >= *raise_off_at_) {
    BG_TRY(WriteCoil(map_.raise, false));
    raise_off_at_.reset();
  }
  if (lower_off_at_ && now >= *lower_off_at_) {
    BG_TRY(WriteCoil(map_.lower, false));
    lower_off_at_.reset();
  }
  return {};
}

Result<void> ModbusBarrier::WriteCoil(int address, bool value) {
  if (exchange::WriteCoil(connection_.get(), address, value) != 1) return Lost("write a coil");
  return {};
}

Sent ModbusBarrier::Raise() {
  const std::lock_guard lock(mutex_);
  const Sent sent = Pulse(CommandBlock::Command::kRaise);
  if (map_.pulse_length.count() > 0 && sent == Sent::kYes)
    raise_off_at_ = clock_.SteadyNow() + map_.pulse_length;
  return sent;
}

Sent ModbusBarrier::RequestLower() {
  const std::lock_guard lock(mutex_);
  if (!connection_ || !PeerIsThere()) return Sent::kNo;
  // The lane was clear at the last poll; look again, with nothing in between.
  const Result<std::vector<bool>> bits = ReadBits();
  if (!bits) return Sent::kNo;
  const BarrierInputs inputs = map_.Decode(*bits);
  if (inputs.safety_loop || inputs.exit_loop) return Sent::kNo;
  const Sent sent = Pulse(CommandBlock::Command::kLower);
  if (map_.pulse_length.count() > 0 && sent == Sent::kYes)
    lower_off_at_ = clock_.SteadyNow() + map_.pulse_length;
  return sent;
}

Sent ModbusBarrier::Pulse(CommandBlock::Command command) {
  if (!connection_ || taken_ || (map_.fence && token_ == 0)) return Sent::kNo;
  if (!PeerIsThere()) {
    (void)Lost("pulse");
    return Sent::kNo;
  }
  if (map_.fence) return WriteBlock(command);
  const int address = command == CommandBlock::Command::kRaise ? map_.raise : map_.lower;
  if (exchange::WriteCoil(connection_.get(), address, true) == 1) return Sent::kYes;
  (void)Lost("pulse");
  return Sent::kUnknown;
}

// False when the other end has closed the connection already, so that a pulse would certainly not arrive.
bool ModbusBarrier::PeerIsThere() const {
  pollfd socket{modbus_get_socket(connection_.get()), POLLIN | POLLRDHUP, 0};
  return poll(&socket, 1, 0) == 0;
}

// Drops the connection: after a wrong or missing answer the next one could belong to an earlier request.
Error ModbusBarrier::Lost(const char* doing) {
  const int code = errno;
  connection_.reset();
  connect_again_at_ = std::max(connect_again_at_, clock_.SteadyNow() + settings_.reconnect_first);
  return Error(kBarrierUnreachable, fmt::format("cannot {}: {}", doing, modbus_strerror(code)));
}

}  // namespace bordergate::lane
