#include "services/lane/stand_by.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "embedded/lane_store.h"
#include "libs/rpc/server.h"
#include "services/lane/domain/reasons.h"
#include "services/lane/memory.h"
#include "services/lane/replica.h"
#include "services/lane/turn.h"

namespace bordergate::lane {
namespace {

constexpr milliseconds kDrain{200};

}  // namespace

Result<std::optional<std::unique_ptr<Database>>> StandBy(const Process& process, const LaneConfig& config,
                                                         SiteBarriers& barriers, Telemetry& telemetry,
                                                         const Clock& clock) {
  const bool paired = !config.standby_peer.empty();
  const TurnSettings settings{.takeover = {.paired = paired,
                                           .leads = config.standby_leads,
                                           .silent_after = config.standby_silent_after}};
  const auto stopped = [&](milliseconds wait) { return process.WaitForStop(wait); };
  if (!paired) {
    if (!WaitForTurn(barriers, settings, telemetry, clock, [] { return false; }, stopped))
      return std::nullopt;
    return std::unique_ptr<Database>();
  }
  const auto replica =
      BG_TRY(Replica::Open(JournalFile(config), embedded::lane_store::migrations(), telemetry));
  RpcConfig rpc = config.rpc;
  rpc.listen = config.standby_listen;
  rpc.drain_duration = kDrain;
  rpc::Server server(rpc, telemetry, clock);
  Register(server, *replica);
  server.Start();
  if (!WaitForTurn(barriers, settings, telemetry, clock, [&] { return replica->whole(); }, stopped)) {
    return std::nullopt;
  }
  server.Drain();
  auto database = replica->Release();
  if (!database) return Error(kJournalUnavailable, "a whole journal was on its way; start again");
  return database;
}

Result<void> StandsBy() {
  return Error(kJournalUnavailable, "stands by; another lane program has the barriers");
}

void EndWhenTaken(SiteBarriers& barriers, Telemetry& telemetry) {
  barriers.OnTaken([&telemetry](const std::string& lane_id) {
    telemetry.log.Error("lane.taken", "another lane program has taken the barrier; this one ends",
                        {{"lane_id", lane_id}});
    std::fflush(nullptr);
    std::_Exit(kTakenExit);
  });
}

}  // namespace bordergate::lane
