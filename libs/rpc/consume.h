// Consuming another service's events into our own database, exactly once.
#pragma once

#include "libs/core/unit_of_work.h"
#include "libs/rpc/watch.h"

namespace bordergate::rpc {

// Longest a batch may take.
inline constexpr seconds kConsumeTime{30};

// A Consumer that applies each event by `effect(store, event)` and stores the sequence in the same
// transaction. A batch that was applied before (its answer was lost) is recognised by the stored sequence and
// skipped.
//
// An effect that tells events of its own takes a third argument, a std::vector<NewEvent>&, and adds them
// there: they are appended after the whole batch, so that nothing is locked behind the service's own
// sequence.
template <class M, class StoreType, class Effect>
typename Subscription<M>::Consumer ConsumeInto(UnitOfWork<StoreType>& unit, const Clock& clock,
                                               std::string source, Effect effect) {
  using Event = typename Subscription<M>::Event;
  return {
      .load = [&unit, &clock, source]() -> Result<int64_t> {
        int64_t sequence = 0;
        BG_TRY(unit.Read(clock.SteadyNow() + kConsumeTime, [&](StoreType& store) -> Result<void> {
          sequence = BG_TRY(store.AppliedSequence(source));
          return {};
        }));
        return sequence;
      },
      .apply = [&unit, &clock, source, effect = std::move(effect)](const std::vector<Event>& events,
                                                                   int64_t) -> Result<void> {
        return unit.Change(clock.SteadyNow() + kConsumeTime, [&](StoreType& store) -> Result<void> {
          const int64_t applied = BG_TRY(store.LockAppliedSequence(source));
          std::vector<NewEvent> told;
          for (const Event& event : events) {
            if (event.header().sequence() <= applied) continue;
            if constexpr (std::is_invocable_v<const Effect&, StoreType&, const Event&,
                                              std::vector<NewEvent>&>) {
              BG_TRY(effect(store, event, told));
            } else {
              BG_TRY(effect(store, event));
            }
          }
          BG_TRY(store.SetAppliedSequence(source, std::max(applied, events.back().header().sequence())));
          for (const NewEvent& event : told) BG_TRY(store.Append(event));
          return {};
        });
      },
      .on_caught_up = {},
  };
}

}  // namespace bordergate::rpc
