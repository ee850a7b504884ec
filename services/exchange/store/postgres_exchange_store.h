// ExchangeStore in PostgreSQL. Lives for one transaction.
#pragma once

#include "libs/db/postgres_store.h"
#include "services/exchange/domain/exchange_store.h"

namespace bordergate::exchange {

class PostgresExchangeStore final : public db::PostgresStore<ExchangeStore> {
 public:
  using PostgresStore::PostgresStore;

  Result<int> AddAgreement(const Agreement& agreement) override;
  Result<std::vector<Agreement>> CurrentAgreements() override;
  Result<PageOf<Agreement>> ListAgreements(const std::optional<std::string>& partner_id,
                                           const Page& page) override;
  Result<void> AddMessage(const std::string& partner_id, Message message) override;
  Result<std::vector<Message>> ReadMessages(const std::string& partner_id, int64_t after_sequence,
                                            int count_max) override;
  Result<int64_t> LastSequence(const std::string& partner_id) override;
  Result<int64_t> Acknowledge(const std::string& partner_id, int64_t up_to_sequence) override;
};

}  // namespace bordergate::exchange
