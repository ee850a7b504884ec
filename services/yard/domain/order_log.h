// Everything that made a gate's order, as one chain: each entry's digest covers the entry and the digest
// before it, so that an entry that is altered, dropped or moved is found. No plate and no name of a trip or
// driver stands in it; its last digest can be published.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "libs/core/clock.h"
#include "services/yard/domain/ticket.h"

namespace bordergate::yard {

// What an entry is about; part of the data.
//   plan         the rule from here on: version, called_max, call_valid_s, perishable_of_ten, cleared_only,
//                fee_settled_only
//   check_in     a ticket joins with its number: perishable, wait
//   wait         what a waiting ticket lacks has changed: wait
//   call         a ticket is called in turn: turn (calls made before it)
//   out_of_turn  a ticket is called out of turn, by whom and why
//   expire       a call ran out: number (the ticket's number from here on), wait
//   pass         the truck went through: passage_id when a lane told of it
//   close        the ticket is over without a passage, and why
struct OrderEntry {
  std::string gate_id;
  int64_t position = 0;  // from 1, without gaps
  Instant time;
  std::string kind;
  std::string ticket_id;  // empty for plan
  int64_t number = 0;     // of the ticket, as it was before; 0 for plan
  std::map<std::string, std::string> details;
  std::string actor;       // subject id or "service:<name>"
  std::string actor_name;  // for out_of_turn
  std::string reason;      // for out_of_turn and close
  std::string digest;      // 32 bytes
};

// The digest before the first entry: 32 zero bytes.
std::string FirstDigest();

// SHA-256 over the digest before and the entry's own text: one line a field, details by name, times in
// microseconds since 1970.
std::string DigestOf(const OrderEntry& entry, std::string_view digest_before);

// "wait=turn perishable=1" and back; names and values hold no spaces.
std::string DetailsText(const std::map<std::string, std::string>& details);
std::map<std::string, std::string> ReadDetails(std::string_view text);

// Checks a whole chain, entry by entry: feed it in order.
class ChainCheck {
 public:
  // What is wrong with the entry; nothing when it fits the chain.
  std::optional<std::string> Next(const OrderEntry& entry);

 private:
  int64_t position_ = 0;
  std::string digest_ = FirstDigest();
};

}  // namespace bordergate::yard
