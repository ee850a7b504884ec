#include "services/yard/verify_order.h"

#include <iostream>

#include "libs/core/digest.h"
#include "services/yard/domain/order_audit.h"

namespace bordergate::yard {
namespace {

constexpr std::chrono::minutes kLookTime{10};
constexpr int kEntriesAtOnce = 1000;

}  // namespace

Result<std::optional<std::string>> VerifyOrder(UnitOfWork<YardStore>& yards, const std::string& gate_id,
                                               const Clock& clock) {
  std::optional<std::string> fault;
  BG_TRY(yards.Read(clock.SteadyNow() + kLookTime, [&](YardStore& store) -> Result<void> {
    ChainCheck chain;
    OrderAudit audit;
    const GateHead head = BG_TRY(store.FindGate(gate_id));
    OrderEntry last{.digest = FirstDigest()};
    while (true) {
      const std::vector<OrderEntry> entries =
          BG_TRY(store.ReadOrderLog(gate_id, last.position, kEntriesAtOnce));
      if (entries.empty()) break;
      for (const OrderEntry& entry : entries) {
        fault = chain.Next(entry);
        if (!fault) fault = audit.Next(entry);
        if (fault) return {};
      }
      last = entries.back();
    }
    if (last.position != head.log_position || last.digest != head.log_digest) {
      fault = "the log does not end where the gate says it does";
    }
    return {};
  }));
  return fault;
}

int RunVerifyOrderCommand(UnitOfWork<YardStore>& yards, const Clock& clock) {
  std::vector<GateHead> gates;
  const Result<void> looked =
      yards.Read(clock.SteadyNow() + kLookTime, [&](YardStore& store) -> Result<void> {
        gates = BG_TRY(store.ListGates());
        return {};
      });
  if (!looked) {
    std::cerr << "verify-order: " << looked.error().message() << "\n";
    return 2;
  }
  int exit_code = 0;
  for (const GateHead& gate : gates) {
    const auto fault = VerifyOrder(yards, gate.gate_id, clock);
    if (!fault) {
      std::cerr << "verify-order: " << gate.gate_id << ": " << fault.error().message() << "\n";
      return 2;
    }
    if (*fault) {
      std::cerr << "verify-order: " << gate.gate_id << ": " << **fault << "\n";
      exit_code = 1;
    } else {
      std::cout << gate.gate_id << ": " << gate.log_position << " entries in order, digest "
                << Hex(gate.log_digest) << "\n";
    }
  }
  return exit_code;
}

}  // namespace bordergate::yard
