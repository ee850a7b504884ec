// A fixed number of threads and a bounded queue before them.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace bordergate::rpc {

class WorkerPool {
 public:
  WorkerPool(int thread_count, size_t waiting_max);
  // Finishes what was posted.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // False when the queue is full; the work is not taken then.
  bool TryPost(std::function<void()> work);

 private:
  void Run();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> queue_;
  size_t waiting_max_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace bordergate::rpc
