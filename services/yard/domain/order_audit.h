// Whether a gate's order log is fair: replays it against the published rule, knowing nothing but the log.
//
// Finds a number that is used twice or left out, a call of a ticket that was not ready, not first, or beyond
// called_max, a call out of turn without a name or a reason, a ticket that passes twice. Written apart from
// the rule itself (call_forward.h), so that one does not repeat a fault of the other.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "services/yard/domain/order_log.h"

namespace bordergate::yard {

class OrderAudit {
 public:
  // What is unfair or impossible about the entry; nothing when it is in order. Feed them in order.
  std::optional<std::string> Next(const OrderEntry& entry);

 private:
  struct Waiting {
    std::string ticket_id;
    bool perishable = false;
    bool ready = false;
  };
  struct Called {
    int64_t number = 0;
    Instant expire_time;
    bool perishable = false;
  };

  std::string OnPlan(const OrderEntry& entry);
  std::string OnCheckIn(const OrderEntry& entry);
  std::string OnWait(const OrderEntry& entry);
  std::string OnCall(const OrderEntry& entry);
  std::string OnOutOfTurn(const OrderEntry& entry);
  std::string OnExpire(const OrderEntry& entry);
  std::string OnPass(const OrderEntry& entry);
  std::string OnClose(const OrderEntry& entry);
  // The number that the rule would call next; 0 when none is ready.
  int64_t WhoseTurn() const;
  bool IsWaiting(const OrderEntry& entry) const;
  void Summon(const OrderEntry& entry);

  std::map<int64_t, Waiting> waiting_;    // by number
  std::map<std::string, Called> called_;  // by ticket id
  std::map<std::string, bool> passed_;    // by ticket id
  std::map<std::string, int> missed_;     // by ticket id
  int64_t last_number_ = 0;
  int64_t calls_made_ = 0;
  int64_t called_max_ = 0;
  int64_t perishable_of_ten_ = 0;
  seconds call_valid_{1800};
};

}  // namespace bordergate::yard
