// The session extension of SQLite is declared only on request.
#define SQLITE_ENABLE_SESSION 1
#define SQLITE_ENABLE_PREUPDATE_HOOK 1

#include "services/lane/store/database.h"

#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

#include "libs/core/check.h"
#include "libs/core/clock.h"
#include "services/lane/domain/reasons.h"
#include "services/lane/store/chain.h"

namespace bordergate::lane {
namespace {

constexpr seconds kCheckpointInterval{2};
// Of 4 KiB; the log stays near this size.
constexpr int kCheckpointPages = 1000;
// More than this in one transaction would make those who wait for it late.
constexpr size_t kBatchMax = 64;
constexpr size_t kCommitIdBytes = 16;

// Notes what a transaction changes; nothing without a connection.
class Session {
 public:
  explicit Session(Connection* connection) {
    if (connection == nullptr) return;
    BG_CHECK(sqlite3session_create(connection->raw(), "main", &session_) == SQLITE_OK &&
                 sqlite3session_attach(session_, nullptr) == SQLITE_OK,
             "SQLite has the session extension");
  }
  ~Session() {
    if (session_ != nullptr) sqlite3session_delete(session_);
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  sqlite3_session* raw() const { return session_; }

 private:
  sqlite3_session* session_ = nullptr;
};

}  // namespace

Result<std::unique_ptr<Database>> Database::Open(const std::string& file,
                                                 const std::vector<Migration>& migrations,
                                                 Checkpoints checkpoints) {
  std::unique_ptr<Database> database(new Database());
  const std::string lock = file + ".lock";
  database->lock_file_ = open(lock.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (database->lock_file_ < 0)
    return Error(kJournalUnavailable, fmt::format("cannot make {}: {}", lock, strerror(errno)));
  if (flock(database->lock_file_, LOCK_EX | LOCK_NB) != 0) {
    return Error(kJournalUnavailable, fmt::format("another process has {}", file));
  }
  database->writer_ = BG_TRY(Connection::Open(file, true));
  BG_TRY(database->Migrate(migrations));
  database->reader_ = BG_TRY(Connection::Open(file, false));
  if (checkpoints == Checkpoints::kByTheWriter) {
    BG_TRY(database->writer_->Execute(fmt::format("PRAGMA wal_autocheckpoint={}", kCheckpointPages)));
    return database;
  }
  const auto note_pages = [](void* pages, sqlite3*, const char*, int count) {
    *static_cast<std::atomic<int>*>(pages) = count;
    return SQLITE_OK;
  };
  sqlite3_wal_hook(database->writer_->raw(), note_pages, &database->log_pages_);
  database->checkpointer_ = std::thread([raw = database.get(), file] { raw->CheckpointLoop(file); });
  return database;
}

Database::~Database() {
  {
    const std::lock_guard lock(checkpoint_mutex_);
    stopping_ = true;
  }
  checkpoint_changed_.notify_all();
  if (checkpointer_.joinable()) checkpointer_.join();
  reader_.reset();
  writer_.reset();
  if (lock_file_ >= 0) close(lock_file_);
}

// The schema's version is the number of migrations applied; each is applied in one transaction.
Result<void> Database::Migrate(const std::vector<Migration>& migrations) {
  int64_t version = 0;
  {
    Statement statement(*writer_, "PRAGMA user_version");
    if (BG_TRY(statement.Step())) version = statement.Integer(0);
  }
  if (version > static_cast<int64_t>(migrations.size())) {
    return Error(kJournalUnavailable, fmt::format("the file has schema version {}, this program knows {}",
                                                  version, migrations.size()));
  }
  for (size_t i = static_cast<size_t>(version); i < migrations.size(); ++i) {
    BG_TRY(writer_->Execute(
        fmt::format("BEGIN IMMEDIATE;\n{}\nPRAGMA user_version={};COMMIT", migrations[i].sql, i + 1)));
  }
  return {};
}

void Database::OnTransaction(std::function<void()> begin, std::function<void(bool)> end) {
  begin_ = std::move(begin);
  end_ = std::move(end);
}

Result<void> Database::Change(const Work& work) {
  Waiter self;
  self.work = &work;
  std::unique_lock lock(queue_mutex_);
  queue_.push_back(&self);
  if (somebody_leads_) {
    self.changed.wait(lock, [&] { return self.leads || self.result; });
    if (self.result) return *std::move(self.result);
  }
  somebody_leads_ = true;
  const size_t count = std::min(queue_.size(), kBatchMax);
  const std::vector<Waiter*> batch(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(count));
  queue_.erase(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(count));
  lock.unlock();
  CommitAll(batch);
  lock.lock();
  for (Waiter* waiter : batch) {
    if (waiter != &self) waiter->changed.notify_one();
  }
  if (queue_.empty()) {
    somebody_leads_ = false;
  } else {
    queue_.front()->leads = true;
    queue_.front()->changed.notify_one();
  }
  return *std::move(self.result);
}

void Database::CommitAll(const std::vector<Waiter*>& batch) {
  if (begin_) begin_();
  std::vector<Result<void>> results;
  const Session session(listener_ == nullptr ? nullptr : writer_.get());
  lane::Commit commit;
  Result<void> committed = writer_->Execute("BEGIN IMMEDIATE");
  if (committed) {
    for (const Waiter* waiter : batch) {
      if (batch.size() == 1) {
        results.push_back((*waiter->work)());
        if (!results.back()) committed = results.back();
        continue;
      }
      // Work that fails takes only itself back.
      Result<void> result = writer_->Execute("SAVEPOINT work");
      if (result) result = (*waiter->work)();
      Result<void> closed = writer_->Execute(result ? "RELEASE work" : "ROLLBACK TO work; RELEASE work");
      if (!closed) result = closed;
      results.push_back(std::move(result));
    }
  }
  if (committed) committed = NumberCommit(session.raw(), commit);
  if (committed && !writer_->Execute("COMMIT")) {
    committed = writer_->LastError("commit");
    if (writer_->disk_failed()) committed = Error(kOutcomeUnknown, committed.error().message());
  }
  if (!committed) (void)writer_->Execute("ROLLBACK");  // fails when SQLite has rolled back already
  if (end_) end_(committed.has_value());
  if (committed && commit.position.number > 0) {
    position_ = commit.position;
    committed = listener_->Committed(commit);
  }
  const std::lock_guard lock(queue_mutex_);
  for (size_t i = 0; i < batch.size(); ++i) batch[i]->result = committed ? std::move(results[i]) : committed;
}

Result<void> Database::NumberCommit(sqlite3_session* session, lane::Commit& commit) {
  if (session == nullptr || sqlite3session_isempty(session) != 0) return {};
  CommitPosition position{position_.number + 1, std::string(kCommitIdBytes, '\0')};
  for (char& byte : position.commit_id) byte = static_cast<char>(random_->Below(256));
  Statement number(*writer_, "INSERT OR REPLACE INTO commits VALUES (1,?,?)");
  BG_TRY(number.Bind(position.number, Statement::Blob(position.commit_id)).Run());
  int size = 0;
  void* bytes = nullptr;
  if (sqlite3session_changeset(session, &size, &bytes) != SQLITE_OK)
    return writer_->LastError("note a commit");
  commit.changeset.assign(static_cast<const char*>(bytes), static_cast<size_t>(size));
  sqlite3_free(bytes);
  commit.position = std::move(position);
  return {};
}

void Database::OnCommit(CommitListener& listener, Random& random) {
  listener_ = &listener;
  random_ = &random;
  if (auto position = Position()) position_ = *std::move(position);
}

Result<CommitPosition> Database::Position() {
  CommitPosition position;
  BG_TRY(Read([&](Connection& reader) -> Result<void> {
    Statement find(reader, "SELECT number, commit_id FROM commits");
    if (BG_TRY(find.Step())) position = {find.Integer(0), find.Text(1)};
    return {};
  }));
  return position;
}

Result<void> Database::Apply(const lane::Commit& commit) {
  BG_CHECK(listener_ == nullptr, "a file that follows is not followed");
  return Change([&]() -> Result<void> {
    const auto abort = [](void*, int, sqlite3_changeset_iter*) { return SQLITE_CHANGESET_ABORT; };
    std::string changes = commit.changeset;
    const int code = sqlite3changeset_apply(writer_->raw(), static_cast<int>(changes.size()), changes.data(),
                                            nullptr, abort, nullptr);
    if (code == SQLITE_ABORT) return Error(kJournalBroken, "a commit does not fit this file");
    if (code != SQLITE_OK) return writer_->LastError("apply a commit");
    return {};
  });
}

Result<void> Database::CopyTo(const std::string& file) {
  return Read([&](Connection& reader) -> Result<void> {
    Statement copy(reader, "VACUUM INTO ?");
    return copy.Bind(file).Run();
  });
}

Result<void> Database::Read(const std::function<Result<void>(Connection&)>& work) {
  const std::lock_guard lock(reader_mutex_);
  return work(*reader_);
}

// Moves what was committed from the log into the database, so that the log can be used from its start again.
// Takes the disk for some milliseconds, but no lock that a commit needs.
void Database::CheckpointLoop(const std::string& file) {
  const auto connection = Connection::Open(file, true);
  std::unique_lock lock(checkpoint_mutex_);
  while (!checkpoint_changed_.wait_for(lock, kCheckpointInterval, [this] { return stopping_; })) {
    if (!connection || log_pages_ < kCheckpointPages) continue;
    (void)sqlite3_wal_checkpoint_v2((*connection)->raw(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr,
                                    nullptr);
  }
}

}  // namespace bordergate::lane
