// A SQLite file of the lane: one writer whose commits are shared, readers beside it, checkpoints in the
// background or by the writer.
//
// Group commit without a thread of its own: the thread that brings work leads the commit for all that queue
// with it; those that come meanwhile wait and one of them leads the next. A lone writer pays one write to the
// disk and no wake-up.
//
// Safe for use by several threads.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "libs/core/migration.h"
#include "libs/core/random.h"
#include "libs/core/result.h"
#include "services/lane/store/commit_log.h"
#include "services/lane/store/sqlite.h"

struct sqlite3_session;

namespace bordergate::lane {

// Work of one thread in a transaction that others may share.
using Work = std::function<Result<void>()>;

// Who moves what was committed from the log into the database. A checkpoint succeeds only when nobody commits
// meanwhile, and the log grows until one has.
enum class Checkpoints {
  kInBackground,  // no commit waits for one; for a file with pauses between its commits
  kByTheWriter,   // after a commit; for a file that is filled without a pause, and whose writers may wait
};

class Database {
 public:
  // Opens or makes the file, takes it for this process alone and brings its schema up to date.
  //   errors   JOURNAL_UNAVAILABLE (also when another process has it, or its schema is newer than the
  //   program)
  static Result<std::unique_ptr<Database>> Open(const std::string& file,
                                                const std::vector<Migration>& migrations,
                                                Checkpoints checkpoints = Checkpoints::kInBackground);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Runs the work on the writing connection and makes it durable. Work that fails is undone alone.
  //   errors   those of the work; JOURNAL_UNAVAILABLE (undone), OUTCOME_UNKNOWN (the disk failed during the
  //   commit)
  Result<void> Change(const Work& work);

  // Called by the leader around each shared transaction: before it begins, and after it with whether it was
  // committed. For state in memory that follows the tables. Set once, before the first Change.
  void OnTransaction(std::function<void()> begin, std::function<void(bool committed)> end);

  // From now on every commit that changes something is numbered and told; once, before the first Change.
  //   random   draws commit ids
  void OnCommit(CommitListener& listener, Random& random);
  // Carries out a commit of another file; the next in its sequence. In a file that follows nothing else
  // happens.
  //   errors   JOURNAL_UNAVAILABLE, OUTCOME_UNKNOWN, JOURNAL_BROKEN (it does not fit: this file has another
  //   history)
  Result<void> Apply(const Commit& commit);
  //   errors   JOURNAL_UNAVAILABLE
  Result<CommitPosition> Position();
  // The whole file as it is at one moment, as another file.
  //   errors   JOURNAL_UNAVAILABLE
  Result<void> CopyTo(const std::string& file);

  // Runs the work with the reading connection.
  Result<void> Read(const std::function<Result<void>(Connection&)>& work);

  // For Change: statements are prepared on it once and used by the work only.
  Connection& writer() { return *writer_; }

 private:
  struct Waiter {
    const Work* work = nullptr;
    std::optional<Result<void>> result;
    bool leads = false;
    std::condition_variable changed;
  };

  Database() = default;
  Result<void> Migrate(const std::vector<Migration>& migrations);
  void CommitAll(const std::vector<Waiter*>& batch);
  Result<void> NumberCommit(sqlite3_session* session, lane::Commit& commit);
  void CheckpointLoop(const std::string& file);

  int lock_file_ = -1;
  std::unique_ptr<Connection> writer_;
  std::unique_ptr<Connection> reader_;
  std::mutex reader_mutex_;
  std::function<void()> begin_;
  std::function<void(bool)> end_;
  CommitListener* listener_ = nullptr;
  Random* random_ = nullptr;
  CommitPosition position_;  // the leader's alone

  std::mutex queue_mutex_;
  std::deque<Waiter*> queue_;
  bool somebody_leads_ = false;

  std::atomic<int> log_pages_ = 0;  // committed and not yet moved into the database
  std::mutex checkpoint_mutex_;
  std::condition_variable checkpoint_changed_;
  bool stopping_ = false;
  std::thread checkpointer_;
};

}  // namespace bordergate::lane
