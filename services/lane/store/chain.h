// The hash chain over the journal's rows: a row that is altered, dropped or moved is found, whatever the
// database says.
//
//   hash = SHA-256(hash of the row before, 32 bytes; then each field of the row: its length as 8 bytes,
//   little endian,
//          and its bytes; numbers as 8 bytes). The first row follows 32 zero bytes.
//
// Somebody who may write the file can rewrite the whole chain; what protects against that is that others hold
// its head (every event that report and exchange have received).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "libs/core/result.h"
#include "services/lane/store/sqlite.h"

namespace bordergate::lane {

// A row of the journal does not fit the chain; the message names it.
// Caller: treat everything from that row on as untrusted; compare with what report and exchange hold.
inline constexpr Reason kJournalBroken{"JOURNAL_BROKEN", Code::kInternal};

struct ChainedRow {
  int64_t sequence = 0;
  std::string_view kind;
  std::string_view lane_id;
  std::string_view actor;
  std::string_view trace_id;
  int64_t time_us = 0;
  std::string_view body;
  std::string_view basis;
};

std::string ChainHash(std::string_view hash_before, const ChainedRow& row);

// Walks the table `journal` from its first row. The number of rows.
//   errors   JOURNAL_BROKEN, JOURNAL_UNAVAILABLE
Result<int64_t> VerifyChain(Connection& connection);

}  // namespace bordergate::lane
