#include "services/lane/turn.h"

namespace bordergate::lane {

bool WaitForTurn(SiteBarriers& barriers, const TurnSettings& settings, Telemetry& telemetry,
                 const Clock& clock, const std::function<bool()>& standby_whole,
                 const std::function<bool(milliseconds)>& stopped) {
  Takeover takeover(settings.takeover, barriers.FencedLanes(), barriers.tokens_before());
  bool told = false, left_alone = false;
  while (true) {
    for (const SiteBarriers::One& one : barriers.all()) {
      if (!one.barrier->fenced()) continue;
      const Result<FenceView> view = one.barrier->LookAtFence();
      takeover.Saw(one.lane.lane_id, view ? std::optional(*view) : std::nullopt, clock.SteadyNow());
    }
    if (takeover.MayTake(standby_whole(), clock.SteadyNow())) break;
    if (!std::exchange(told, true)) {
      telemetry.log.Info("standby.waiting", "another lane program has the barriers, or nobody can be asked",
                         {});
    }
    const bool owner_is_gone = takeover.OwnerIsGone(clock.SteadyNow());
    if (owner_is_gone && !left_alone) {
      telemetry.log.Error("standby.left_alone",
                          "the active program is gone and has not said that this one has everything; "
                          "start the active one again",
                          {});
    }
    left_alone = owner_is_gone;
    if (stopped(settings.look_every)) return false;
  }
  for (const SiteBarriers::One& one : barriers.all()) {
    if (const uint64_t token = takeover.TokenOf(one.lane.lane_id)) one.barrier->TakeFrom(token);
  }
  if (told) telemetry.log.Warning("standby.takes_over", "takes the barriers", {});
  return true;
}

}  // namespace bordergate::lane
