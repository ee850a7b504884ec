#include "services/simulator/control/waiting_room.h"

#include <algorithm>
#include <utility>

namespace bordergate::simulator {
namespace {

constexpr std::chrono::hours kLongest{1};

bool Happened(const TruckTruth& truck, std::string_view event) {
  return event == "over" ? truck.over() : truck.Did(event);
}

}  // namespace

void WaitingRoom::Bell::Ring() {
  {
    const std::lock_guard lock(mutex);
    look = true;
  }
  rung.notify_one();
}

WaitingRoom::WaitingRoom(Road& road, const Clock& clock) : road_(road), clock_(clock) {
  road_.OnRecord([bell = bell_] { bell->Ring(); });
  thread_ = std::thread([this] { Run(); });
}

WaitingRoom::~WaitingRoom() {
  {
    const std::lock_guard lock(bell_->mutex);
    bell_->stopping = true;
  }
  bell_->rung.notify_one();
  thread_.join();
}

void WaitingRoom::Wait(std::string truck_id, std::string event, milliseconds timeout,
                       std::function<void(const TruckTruth&, bool)> done) {
  {
    const std::lock_guard lock(mutex_);
    waiters_.push_back(
        {std::move(truck_id), std::move(event), clock_.SteadyNow() + timeout, std::move(done)});
  }
  bell_->Ring();
}

void WaitingRoom::Later(milliseconds after, std::function<void()> work) {
  {
    const std::lock_guard lock(mutex_);
    tasks_.push_back({clock_.SteadyNow() + after, std::move(work)});
  }
  bell_->Ring();
}

void WaitingRoom::Run() {
  for (;;) {
    for (const auto& work : TakeDue(clock_.SteadyNow())) work();
    const SteadyInstant next = NextDue();
    std::unique_lock lock(bell_->mutex);
    bell_->rung.wait_until(lock, next, [this] { return bell_->stopping || bell_->look; });
    if (bell_->stopping) return;
    bell_->look = false;
  }
}

std::list<std::function<void()>> WaitingRoom::TakeDue(SteadyInstant now) {
  const std::lock_guard lock(mutex_);
  std::list<std::function<void()>> due;
  for (auto task = tasks_.begin(); task != tasks_.end();) {
    if (task->due > now) {
      ++task;
      continue;
    }
    due.push_back(std::move(task->work));
    task = tasks_.erase(task);
  }
  for (auto waiter = waiters_.begin(); waiter != waiters_.end();) {
    const TruckTruth truck = road_.FindTruck(waiter->truck_id).value_or(TruckTruth{});
    const bool happened = Happened(truck, waiter->event);
    if (!happened && waiter->deadline > now) {
      ++waiter;
      continue;
    }
    due.push_back([done = std::move(waiter->done), truck, happened] { done(truck, happened); });
    waiter = waiters_.erase(waiter);
  }
  return due;
}

SteadyInstant WaitingRoom::NextDue() const {
  const std::lock_guard lock(mutex_);
  SteadyInstant next = clock_.SteadyNow() + kLongest;
  for (const Waiter& waiter : waiters_) next = std::min(next, waiter.deadline);
  for (const Task& task : tasks_) next = std::min(next, task.due);
  return next;
}

}  // namespace bordergate::simulator
