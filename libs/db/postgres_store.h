// What every service's store does alike: answers to request ids, events, applied sequences.
//
//   class PostgresTripStore final : public db::PostgresStore<TripStore> {
//    public:
//     using PostgresStore::PostgresStore;
//     Result<Trip> FindTrip(const Id<Trip>& id) override { … transaction().Execute(…) … }
//   };
//   db::PostgresUnitOfWork<TripStore, PostgresTripStore> trips(database, clock);
#pragma once

#include "libs/core/unit_of_work.h"
#include "libs/db/database.h"

namespace bordergate::db {

Result<std::optional<std::string>> FindAnswer(Transaction& transaction, const RequestKey& key);
Result<void> KeepAnswer(Transaction& transaction, const Clock& clock, const RequestKey& key,
                        std::string_view answer);
Result<void> AppendEvent(Transaction& transaction, const Clock& clock, const NewEvent& event);
Result<int64_t> ReadAppliedSequence(Transaction& transaction, std::string_view source);
Result<int64_t> LockAppliedSequence(Transaction& transaction, std::string_view source);
Result<void> WriteAppliedSequence(Transaction& transaction, std::string_view source, int64_t sequence);

// Interface: the service's store as its domain declares it, derived from Store.
template <class Interface>
class PostgresStore : public Interface {
 public:
  PostgresStore(Transaction& transaction, const Clock& clock) : transaction_(transaction), clock_(clock) {}

  Result<std::optional<std::string>> FindAnswer(const RequestKey& key) final {
    return db::FindAnswer(transaction_, key);
  }
  Result<void> KeepAnswer(const RequestKey& key, std::string_view answer) final {
    return db::KeepAnswer(transaction_, clock_, key, answer);
  }
  Result<void> Append(const NewEvent& event) final { return AppendEvent(transaction_, clock_, event); }
  Result<int64_t> AppliedSequence(std::string_view source) final {
    return ReadAppliedSequence(transaction_, source);
  }
  Result<int64_t> LockAppliedSequence(std::string_view source) final {
    return db::LockAppliedSequence(transaction_, source);
  }
  Result<void> SetAppliedSequence(std::string_view source, int64_t sequence) final {
    return WriteAppliedSequence(transaction_, source, sequence);
  }

 protected:
  Transaction& transaction() { return transaction_; }
  const Clock& clock() const { return clock_; }

 private:
  Transaction& transaction_;
  const Clock& clock_;
};

template <class Interface, class Implementation>
class PostgresUnitOfWork final : public UnitOfWork<Interface> {
 public:
  using Work = typename UnitOfWork<Interface>::Work;

  PostgresUnitOfWork(Database& database, const Clock& clock) : database_(database), clock_(clock) {}

  Result<void> Change(SteadyInstant deadline, const Work& work) override {
    return database_.Change(deadline, [&](Transaction& transaction) -> Result<void> {
      Implementation store(transaction, clock_);
      return work(store);
    });
  }
  Result<void> Read(SteadyInstant deadline, const Work& work) override {
    return database_.Read(deadline, [&](Transaction& transaction) -> Result<void> {
      Implementation store(transaction, clock_);
      return work(store);
    });
  }

 private:
  Database& database_;
  const Clock& clock_;
};

}  // namespace bordergate::db
