// One bench: walks a person through the steps of domain/bench_plan.h, with the production driver as the hand
// on the controller. One thread does everything: it polls, beats, listens to the person, and never moves the
// arm without the word for it typed just before.
#pragma once

#include <expected>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>

#include "services/lane/bench/bench_person.h"
#include "services/lane/bench/bench_record.h"
#include "services/lane/bench/bench_text.h"
#include "services/lane/bench/bench_words.h"
#include "services/lane/device/modbus_barrier.h"
#include "services/lane/domain/bench_watch.h"
#include "services/lane/domain/scale.h"

namespace bordergate::lane {

struct BenchSettings {
  Language language = Language::kVi;
  BenchTimes times;
  milliseconds poll{20};            // also how long a line is waited for
  milliseconds owner_silent{2500};  // a heartbeat that has not changed for so long has no owner
  milliseconds link_lost{3000};     // a controller that is silent for so long ends the step
  int link_requests = 60;
  int beats = 6;
  milliseconds heartbeat{500};  // as the driver's
  BenchAbilities has;
  Scale* scale = nullptr;           // of the lane; null: it has none
  milliseconds scale_rest{10'000};  // a scale comes to rest within this
};

class BenchSession {
 public:
  //   keep   called after every step; what it returns ends the bench
  BenchSession(ModbusBarrier& barrier, BenchPerson& person, const BenchTexts& texts, BenchSettings settings,
               const Clock& clock, BenchRecord& record, std::function<Result<void>(const BenchRecord&)> keep);

  // Takes the barrier, walks, gives it back. The record says how far it came.
  //   errors   BARRIER_UNREACHABLE, BENCH_BARRIER_IN_USE (also when a lane program takes it meanwhile),
  //            BENCH_SHEET_UNWRITABLE
  Result<void> Run();

 private:
  // Why a step is left before it has come to something.
  enum class Left { kQuit, kSkip, kTaken };
  template <class T>
  using Maybe = std::expected<T, Left>;

  Result<void> TakeBarrier();
  Result<void> CheckFence();
  Maybe<bool> CheckHeart();
  void GiveBack();
  Result<void> Walk();
  Maybe<BenchFinding> Do(BenchStep step);
  Maybe<BenchFinding> DoLink();
  Maybe<BenchFinding> DoHeartbeat();
  Maybe<BenchFinding> DoRest();
  Maybe<BenchFinding> DoLight(BenchStep step);
  Maybe<BenchFinding> DoRefusedOrProtected(BenchStep step);
  Maybe<BenchFinding> DoScale();
  Maybe<Weight> AwaitRest();
  Maybe<BenchFinding> DoReversal();
  Maybe<BenchFinding> DoStop();

  // Brings the arm to where a step needs it.
  Maybe<std::optional<BenchFinding>> BringArm(ArmNeeded needed);
  // Asks for the word, commands, watches.
  Maybe<BenchFinding> Move(bool up, std::unique_ptr<BenchWatch> watch);
  Maybe<BenchFinding> Watch(std::unique_ptr<BenchWatch> watch, const std::string& expected = "",
                            bool until_enter = false);
  // Polls once and listens once. Nothing polled: the controller does not answer.
  Maybe<std::optional<BarrierInputs>> Turn(std::optional<BenchLine>* line);
  Maybe<BenchWord> Ask(std::initializer_list<BenchWord> answers);
  // A finding when the controller does not answer.
  Maybe<std::optional<BenchFinding>> AwaitClearLoops();
  // Nothing: it is lost.
  Maybe<std::optional<BarrierInputs>> AwaitInputs();
  bool IsLost() const;

  Result<void> Keep(BenchStep step, BenchFinding finding, int attempts);
  void Tell(const std::string& code, const std::map<std::string, std::string>& params = {});
  void TellFinding(const BenchFinding& finding);

  ModbusBarrier& barrier_;
  BenchPerson& person_;
  const BenchTexts& texts_;
  const BenchSettings settings_;
  const Clock& clock_;
  BenchRecord& record_;
  const std::function<Result<void>(const BenchRecord&)> keep_;
  bool taken_ = false;
  std::string skip_reason_;
  std::optional<SteadyInstant> silent_since_;
  std::chrono::microseconds last_trip_{};
};

// What was measured, in words: "held for 4000 ms; attempt 2".
std::string FindingText(const BenchTexts& texts, Language language, const BenchFinding& finding);

}  // namespace bordergate::lane
