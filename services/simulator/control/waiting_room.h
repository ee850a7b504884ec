// Requests that wait for a truck, and things to be undone after a while. One thread; woken by the road.
#pragma once

#include <condition_variable>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "libs/core/clock.h"
#include "services/simulator/domain/road.h"

namespace bordergate::simulator {

class WaitingRoom {
 public:
  // `road` lives longer.
  WaitingRoom(Road& road, const Clock& clock);
  ~WaitingRoom();
  WaitingRoom(const WaitingRoom&) = delete;
  WaitingRoom& operator=(const WaitingRoom&) = delete;

  // Calls `done` once: when the truck has done `event` ("over": when its story is over) or the time has run
  // out. At once when it already has.
  //   done   gets the truck and whether it happened; on the room's thread
  void Wait(std::string truck_id, std::string event, milliseconds timeout,
            std::function<void(const TruckTruth&, bool)> done);
  // Calls `work` after a while, on the room's thread. What is left when the room closes is not done.
  void Later(milliseconds after, std::function<void()> work);

 private:
  struct Waiter {
    std::string truck_id;
    std::string event;
    SteadyInstant deadline;
    std::function<void(const TruckTruth&, bool)> done;
  };
  struct Task {
    SteadyInstant due;
    std::function<void()> work;
  };

  // Outlives the room: the road keeps what it was given.
  struct Bell {
    std::mutex mutex;
    std::condition_variable rung;
    bool look = false;
    bool stopping = false;
    void Ring();
  };

  void Run();
  // What is due now, to be done without the lock.
  std::list<std::function<void()>> TakeDue(SteadyInstant now);
  SteadyInstant NextDue() const;

  Road& road_;
  const Clock& clock_;
  const std::shared_ptr<Bell> bell_ = std::make_shared<Bell>();
  mutable std::mutex mutex_;
  std::list<Waiter> waiters_;
  std::list<Task> tasks_;
  std::thread thread_;
};

}  // namespace bordergate::simulator
