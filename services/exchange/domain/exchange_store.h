// What exchange loads and saves, in one transaction.
#pragma once

#include <optional>

#include "libs/core/paging.h"
#include "libs/core/unit_of_work.h"
#include "services/exchange/domain/agreement.h"

namespace bordergate::exchange {

class ExchangeStore : public Store {
 public:
  // Gives the agreement its version and makes it the one in force. One at a time for each partner.
  virtual Result<int> AddAgreement(const Agreement& agreement) = 0;
  // The newest version of each partner, by partner.
  virtual Result<std::vector<Agreement>> CurrentAgreements() = 0;
  // A page of the same; of one partner, or of all.
  virtual Result<PageOf<Agreement>> ListAgreements(const std::optional<std::string>& partner_id,
                                                   const Page& page) = 0;

  // Gives the message its sequence and digest and keeps it. Messages of one partner wait for each other.
  virtual Result<void> AddMessage(const std::string& partner_id, Message message) = 0;
  virtual Result<std::vector<Message>> ReadMessages(const std::string& partner_id, int64_t after_sequence,
                                                    int count_max) = 0;
  // The last sequence sent to the partner; 0 before the first.
  virtual Result<int64_t> LastSequence(const std::string& partner_id) = 0;
  // Raises what the partner has acknowledged; never lowers it. Returns what holds now.
  virtual Result<int64_t> Acknowledge(const std::string& partner_id, int64_t up_to_sequence) = 0;
};

}  // namespace bordergate::exchange
