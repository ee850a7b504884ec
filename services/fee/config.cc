#include "services/fee/config.h"

#include <fmt/format.h>

#include "libs/rpc/key_file.h"

namespace bordergate::fee {
namespace {

// "vietinbank=/etc/bordergate/vietinbank.pub": a bank and the file of its public key.
BankKeys ReadBankKeys(ConfigReader& reader) {
  constexpr std::string_view kKey = "banks.public_keys";
  BankKeys banks;
  const std::vector<std::string> entries = reader.TextList(kKey);
  for (const std::string& entry : entries) {
    const size_t equals = entry.find('=');
    if (equals == std::string::npos || equals == 0) {
      reader.Require(false, kKey, fmt::format("'{}' must be bank_id=file", entry));
      continue;
    }
    const Result<std::string> key = ReadEd25519PublicKey(entry.substr(equals + 1));
    reader.Require(key.has_value(), kKey, key ? "" : key.error().message());
    if (key) banks.emplace(entry.substr(0, equals), *key);
  }
  return banks;
}

}  // namespace

FeeConfig FeeConfig::Read(ConfigReader& reader) {
  return {.rpc = RpcConfig::Read(reader),
          .admin = AdminConfig::Read(reader),
          .telemetry = TelemetryConfig::Read(reader),
          .database = DatabaseConfig::Read(reader),
          .customs_address = reader.Address("peers.customs"),
          .banks = ReadBankKeys(reader)};
}

}  // namespace bordergate::fee
