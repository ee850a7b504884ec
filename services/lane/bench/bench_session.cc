#include "services/lane/bench/bench_session.h"

#include <algorithm>
#include <utility>

#include "services/lane/bench/bench_reasons.h"

namespace bordergate::lane {
namespace {

Error InUse(const std::string& address) {
  return Error(kBenchBarrierInUse, "a lane program commands the controller at " + address +
                                       "; stop that program, or the other bench, and start again");
}

}  // namespace

std::string FindingText(const BenchTexts& texts, Language language, const BenchFinding& finding) {
  std::string text = texts.Say(language, finding.code, finding.params);
  if (!finding.passed()) return text;
  const std::vector<std::string> codes = texts.codes();
  for (const auto& [name, value] : finding.params) {
    const std::string code = "value." + name;
    if (std::find(codes.begin(), codes.end(), code) == codes.end()) continue;
    if (!text.empty()) text += ", ";
    text += texts.Say(language, code, {{"value", value}});
  }
  return text;
}

BenchSession::BenchSession(ModbusBarrier& barrier, BenchPerson& person, const BenchTexts& texts,
                           BenchSettings settings, const Clock& clock, BenchRecord& record,
                           std::function<Result<void>(const BenchRecord&)> keep)
    : barrier_(barrier),
      person_(person),
      texts_(texts),
      settings_(settings),
      clock_(clock),
      record_(record),
      keep_(std::move(keep)) {}

Result<void> BenchSession::Run() {
  Tell("say.welcome", {{"lane", record_.lane_id}, {"address", record_.address}, {"map", record_.map_name}});
  const auto passed = std::count_if(record_.results.begin(), record_.results.end(),
                                    [](const auto& one) { return one.second.finding.passed(); });
  if (passed > 0) Tell("say.resumed", {{"count", std::to_string(passed)}});
  BG_TRY(TakeBarrier());
  Result<void> walked = Walk();
  GiveBack();
  record_.ended = clock_.Now();
  const Result<void> kept = keep_(record_);
  return walked ? kept : walked;
}

Result<void> BenchSession::TakeBarrier() {
  Tell("say.looking");
  if (barrier_.fenced()) return CheckFence();
  const Maybe<bool> told = CheckHeart();
  if (!told) {
    return told.error() == Left::kTaken
               ? InUse(record_.address)
               : Error(kBenchBarrierInUse, "nobody said that the lane program is stopped; start again");
  }
  record_.use_was_checked = *told;
  return {};
}

// An owner beats; one that was killed does not, and what it left is given back to it at the end.
Result<void> BenchSession::CheckFence() {
  const FenceView found = BG_TRY(barrier_.LookAtFence());
  const SteadyInstant until = clock_.SteadyNow() + settings_.owner_silent;
  while (clock_.SteadyNow() < until) {
    if (BG_TRY(barrier_.LookAtFence()) != found) return InUse(record_.address);
    (void)person_.Hear(settings_.poll);
  }
  const bool left_by_a_bench =
      record_.fence && record_.fence->ours != 0 && record_.fence->ours == found.token;
  if (!left_by_a_bench) record_.fence = {found.token, found.standby_in_step, 0};
  if (found.token != 0) barrier_.TakeFrom(found.token);
  barrier_.OnTaken([this] { taken_ = true; });
  barrier_.OnToken([this](uint64_t token) {
    record_.fence->ours = token;
    (void)keep_(record_);  // what cannot be written is said after the first step
  });
  return {};
}

// Without a fence the heartbeat tells, where there is one; otherwise a person's word.
BenchSession::Maybe<bool> BenchSession::CheckHeart() {
  const SteadyInstant until = clock_.SteadyNow() + settings_.owner_silent;
  std::optional<uint16_t> first;
  while (clock_.SteadyNow() < until) {
    const auto beat = barrier_.LookAtHeart();
    if (beat && !*beat) {
      Tell("say.not_told");
      const Maybe<BenchWord> word = Ask({BenchWord::kStopped});
      if (!word) return std::unexpected(word.error());
      return false;
    }
    if (beat && first && **beat != *first) {
      taken_ = true;
      return std::unexpected(Left::kTaken);
    }
    if (beat) first = *beat;
    (void)person_.Hear(settings_.poll);
  }
  return true;
}

void BenchSession::GiveBack() {
  if (taken_ || !record_.fence) return;
  if (barrier_.GiveTo(static_cast<uint32_t>(record_.fence->before), record_.fence->standby_in_step))
    record_.fence->ours = 0;
}

Result<void> BenchSession::Walk() {
  const std::vector<BenchStep> steps = AllBenchSteps();
  for (size_t i = 0; i < steps.size(); ++i) {
    const BenchStep step = steps[i];
    const auto before = record_.results.find(step);
    if (before != record_.results.end() && before->second.finding.passed()) continue;
    if (!IsThere(step, settings_.has)) {
      BG_TRY(Keep(step, {BenchOutcome::kAbsent, "ABSENT", {}}, 1));
      continue;
    }
    Tell("say.step", {{"number", std::to_string(i + 1)},
                      {"count", std::to_string(steps.size())},
                      {"title", texts_.Say(settings_.language, "step." + std::string(NameOf(step)))}});
    for (int attempts = 1;; ++attempts) {
      Maybe<BenchFinding> finding = Do(step);
      if (finding) {
        const bool passed = finding->passed();
        BG_TRY(Keep(step, *std::move(finding), attempts));
        if (passed) break;
        Tell("say.after_failure");
        const Maybe<BenchWord> word = Ask({BenchWord::kEnter, BenchWord::kNext});
        if (word && *word == BenchWord::kEnter) continue;
        if (word) break;
        finding = std::unexpected(word.error());
      }
      if (finding.error() == Left::kTaken) {
        Tell("say.taken");
        return InUse(record_.address);
      }
      if (finding.error() == Left::kQuit) return {};
      std::map<std::string, std::string> params = {{"reason", skip_reason_}};
      if (const auto failed = record_.results.find(step); failed != record_.results.end())
        params["was"] = failed->second.finding.code;
      BG_TRY(Keep(step, {BenchOutcome::kSkipped, "SKIPPED", std::move(params)}, attempts));
      break;
    }
  }
  return {};
}

BenchSession::Maybe<std::optional<BarrierInputs>> BenchSession::Turn(std::optional<BenchLine>* line) {
  line->reset();
  const SteadyInstant asked = clock_.SteadyNow();
  const Result<BarrierInputs> inputs = barrier_.Poll();
  last_trip_ = std::chrono::duration_cast<std::chrono::microseconds>(clock_.SteadyNow() - asked);
  if (taken_) return std::unexpected(Left::kTaken);
  if (inputs) {
    silent_since_.reset();
  } else if (!silent_since_) {
    silent_since_ = asked;
  }
  const std::optional<std::string> heard = person_.Hear(settings_.poll);
  if (!heard && person_.gone()) return std::unexpected(Left::kQuit);
  if (heard) {
    *line = ParseBenchLine(*heard);
    if ((*line)->word == BenchWord::kQuit) return std::unexpected(Left::kQuit);
    if ((*line)->word == BenchWord::kSkip && !(*line)->rest.empty()) {
      skip_reason_ = (*line)->rest;
      return std::unexpected(Left::kSkip);
    }
    if ((*line)->word == BenchWord::kSkip) Tell("say.skip_reason");
  }
  return inputs ? std::optional(*inputs) : std::nullopt;
}

bool BenchSession::IsLost() const {
  return silent_since_ && clock_.SteadyNow() - *silent_since_ >= settings_.link_lost;
}

BenchSession::Maybe<BenchFinding> BenchSession::Watch(std::unique_ptr<BenchWatch> watch,
                                                      const std::string& expected, bool until_enter) {
  std::string told;
  while (true) {
    std::optional<BenchLine> line;
    const auto inputs = Turn(&line);
    if (!inputs) return std::unexpected(inputs.error());
    if (*inputs) {
      if (auto finding = watch->See(**inputs, clock_.SteadyNow())) return *std::move(finding);
    } else if (IsLost()) {
      return Failed("LINK_LOST");
    }
    // After the picture of how it was before.
    if (const std::string waits(watch->waits_for()); *inputs && !expected.empty() && waits != told) {
      told = waits;
      Tell("say." + waits, {{"expected", expected}});
    }
    if (until_enter && line && line->word == BenchWord::kEnter)
      return BenchFinding{BenchOutcome::kPassed, "PASSED", {}};
  }
}

BenchSession::Maybe<BenchWord> BenchSession::Ask(std::initializer_list<BenchWord> answers) {
  while (true) {
    std::optional<BenchLine> line;
    if (const auto turned = Turn(&line); !turned) return std::unexpected(turned.error());
    if (!line || line->word == BenchWord::kSkip) continue;
    if (std::find(answers.begin(), answers.end(), line->word) != answers.end()) return line->word;
    Tell("say.not_understood");
  }
}

Result<void> BenchSession::Keep(BenchStep step, BenchFinding finding, int attempts) {
  TellFinding(finding);
  const auto before = record_.results.find(step);
  if (before != record_.results.end() && finding.outcome != BenchOutcome::kSkipped) {
    attempts = std::max(attempts, before->second.attempts + 1);
  }
  record_.results[step] = {std::move(finding), clock_.Now(), attempts};
  return keep_(record_);
}

void BenchSession::Tell(const std::string& code, const std::map<std::string, std::string>& params) {
  person_.Tell(code, texts_.Say(settings_.language, code, params));
}

void BenchSession::TellFinding(const BenchFinding& finding) {
  if (finding.outcome == BenchOutcome::kAbsent) return;
  const std::string code = "outcome." + std::string(NameOf(finding.outcome));
  const std::string what = FindingText(texts_, settings_.language, finding);
  person_.Tell(code, texts_.Say(settings_.language, code) + (what.empty() ? "" : ": " + what));
}

}  // namespace bordergate::lane
