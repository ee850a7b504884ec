// The simulated bank: signs the notice that money arrived, as FeeService.ReceivePayment says.
#pragma once

#include <memory>
#include <string>

#include "libs/core/clock.h"
#include "libs/core/result.h"
#include "services/simulator/actors/door.h"

namespace bordergate::simulator {

class Bank {
 public:
  //   bank_id    as the fee service knows the bank
  //   key_file   its Ed25519 private key, PEM
  //   errors     ACCOUNTS_UNREADABLE
  static Result<Bank> Open(std::string bank_id, const std::string& key_file);

  // Tells the platform that an invoice was paid.
  //   reference   the bank's own, the same for a repeat
  //   errors      as PublicDoor::Call
  Result<void> Pay(PublicDoor& door, const std::string& invoice_id, int64_t amount_dong,
                   const std::string& reference, Instant now) const;

  // The body of the notice; for tests.
  Json Notice(const std::string& invoice_id, int64_t amount_dong, const std::string& reference,
              Instant now) const;

 private:
  Bank(std::string bank_id, std::string seed) : bank_id_(std::move(bank_id)), seed_(std::move(seed)) {}

  std::string bank_id_;
  std::string seed_;  // of its key
};

}  // namespace bordergate::simulator
