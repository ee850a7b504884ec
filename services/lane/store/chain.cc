#include "services/lane/store/chain.h"

#include <bit>
#include <cstring>

#include <fmt/format.h>

#include "libs/core/digest.h"

namespace bordergate::lane {
namespace {

void AddNumber(std::string& out, int64_t number) {
  static_assert(std::endian::native == std::endian::little, "the chain is written in little endian");
  char bytes[sizeof number];
  std::memcpy(bytes, &number, sizeof number);
  out.append(bytes, sizeof bytes);
}

void AddText(std::string& out, std::string_view text) {
  AddNumber(out, static_cast<int64_t>(text.size()));
  out += text;
}

}  // namespace

std::string ChainHash(std::string_view hash_before, const ChainedRow& row) {
  std::string bytes(hash_before);
  AddNumber(bytes, row.sequence);
  AddText(bytes, row.kind);
  AddText(bytes, row.lane_id);
  AddText(bytes, row.actor);
  AddText(bytes, row.trace_id);
  AddNumber(bytes, row.time_us);
  AddText(bytes, row.body);
  AddText(bytes, row.basis);
  return Sha256(bytes);
}

Result<int64_t> VerifyChain(Connection& connection) {
  Statement rows(connection,
                 "SELECT sequence, kind, lane_id, actor, trace_id, time_us, body, basis, hash FROM journal "
                 "ORDER BY sequence");
  std::string hash(32, '\0');
  int64_t count = 0;
  while (BG_TRY(rows.Step())) {
    ++count;
    const std::string kind = rows.Text(1), lane_id = rows.Text(2), actor = rows.Text(3),
                      trace_id = rows.Text(4);
    const std::string body = rows.Text(6), basis = rows.Text(7);
    const ChainedRow row{rows.Integer(0), kind, lane_id, actor, trace_id, rows.Integer(5), body, basis};
    if (row.sequence != count) return Error(kJournalBroken, fmt::format("row {} is missing", count));
    hash = ChainHash(hash, row);
    if (hash != rows.Text(8)) return Error(kJournalBroken, fmt::format("row {} was altered", count));
  }
  return count;
}

}  // namespace bordergate::lane
