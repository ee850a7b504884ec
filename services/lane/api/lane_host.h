// The lanes of this process as threads see them: one lock a lane, and after each event what nobody waits for.
#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "services/lane/domain/display.h"
#include "services/lane/domain/lane_controller.h"

namespace bordergate::lane {

// Tells watchers which lanes have changed. Safe for use by several threads.
class LaneBoard {
 public:
  void Changed(const std::string& lane_id);
  // The lanes that changed after `version`, which moves on; waits for the first one.
  std::vector<std::string> ChangedSince(int64_t& version, milliseconds at_most) const;

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  int64_t version_ = 0;
  std::map<std::string, int64_t> lanes_;  // version of the last change
};

// One lane. Safe for use by several threads; each call waits for the one before it, the disk and the barrier
// included.
class LaneHost final : public BarrierListener, public WeightListener {
 public:
  LaneHost(LaneSettings settings, LaneStart start, Barrier& barrier, LaneServices services,
           EvidenceKeeper& evidence, LaneBoard& board, SignKeeper* sign = nullptr)
      : lane_(std::move(settings), std::move(start), barrier, services),
        journal_(services.journal),
        evidence_(evidence),
        board_(board),
        clock_(services.clock),
        sign_keeper_(sign) {
    if (sign_keeper_ != nullptr) sign_keeper_->Post(MessageFor(lane_.View()));
  }

  const LaneInfo& info() const { return lane_.info(); }

  ReadUse SeeRead(const PlateRead& read) {
    return With([&](LaneController& lane) { return lane.SeeRead(read); });
  }
  ReadUse SeeSlip(const SlipRead& slip) {
    return With([&](LaneController& lane) { return lane.SeeSlip(slip); });
  }
  ReadUse SeeTag(const TagRead& tag) {
    return With([&](LaneController& lane) { return lane.SeeTag(tag); });
  }
  // Taken note of with the next event, the next poll at the latest: a camera process reports on every lane,
  // and one lane that waits for the disk must not keep the reads of the others waiting.
  void CameraAlive(const std::string& fault_code) {
    const std::lock_guard lock(sign_mutex_);
    sign_ = {fault_code, clock_.SteadyNow()};
  }
  // The same, of one of this lane's further cameras or its reader of transponders.
  void WitnessAlive(const std::string& device_id) {
    const std::lock_guard lock(sign_mutex_);
    witness_signs_[device_id] = clock_.SteadyNow();
  }
  void SeeInputs(const BarrierInputs& inputs) override {
    With([&](LaneController& lane) { return lane.SeeInputs(inputs), 0; });
  }
  void SeeWeight(const Weight& weight) override {
    With([&](LaneController& lane) { return lane.SeeWeight(weight), 0; });
  }
  void LinkLost() override {
    With([&](LaneController& lane) { return lane.LinkLost(), 0; });
  }
  Result<std::string> Open(const RequestKey& key, const OfficerOpening& command,
                           const LaneController::DecisionAnswer& answer) {
    return With([&](LaneController& lane) { return lane.Open(key, command, answer); });
  }
  Result<std::string> Refuse(const RequestKey& key, const OfficerRefusal& command,
                             const LaneController::DecisionAnswer& answer) {
    return With([&](LaneController& lane) { return lane.Refuse(key, command, answer); });
  }
  Result<std::string> SetMode(const RequestKey& key, const RequestedMode& mode,
                              const LaneController::ViewAnswer& answer) {
    return With([&](LaneController& lane) { return lane.SetMode(key, mode, answer); });
  }
  LaneView View() const {
    const std::lock_guard lock(mutex_);
    LaneView view = lane_.View();
    if (sign_keeper_ != nullptr) view.input_ages.push_back(sign_keeper_->Age());
    return view;
  }

 private:
  template <class Work>
  std::invoke_result_t<Work, LaneController&> With(Work work) {
    std::unique_lock lock(mutex_);
    TakeSigns();
    auto result = work(lane_);
    const Aftermath after = lane_.TakeAftermath();
    lock.unlock();
    if (after.announce) journal_.Announce();
    if (after.view && sign_keeper_ != nullptr) sign_keeper_->Post(MessageFor(*after.view));
    if (after.view) board_.Changed(info().lane_id);
    for (const auto& [id, picture] : after.pictures) evidence_.Keep(id, *picture);
    return result;
  }

  struct SignOfLife {
    std::string fault_code;
    SteadyInstant at;
  };
  void TakeSigns() {
    const std::lock_guard lock(sign_mutex_);
    if (sign_) lane_.CameraAlive(sign_->fault_code, sign_->at);
    for (const auto& [device_id, at] : witness_signs_) lane_.WitnessAlive(device_id, at);
    sign_.reset();
    witness_signs_.clear();
  }

  std::mutex sign_mutex_;
  std::optional<SignOfLife> sign_;
  std::map<std::string, SteadyInstant> witness_signs_;  // by device
  mutable std::mutex mutex_;
  LaneController lane_;
  Journal& journal_;
  EvidenceKeeper& evidence_;
  LaneBoard& board_;
  const Clock& clock_;
  SignKeeper* const sign_keeper_;  // null: the lane has no display
};

// All lanes of the process, by id. Filled at the start, then only read.
class Lanes {
 public:
  void Add(std::unique_ptr<LaneHost> lane);
  // Null when there is none.
  LaneHost* Find(std::string_view lane_id) const;
  const std::map<std::string, std::unique_ptr<LaneHost>, std::less<>>& all() const { return lanes_; }

 private:
  std::map<std::string, std::unique_ptr<LaneHost>, std::less<>> lanes_;
};

}  // namespace bordergate::lane
