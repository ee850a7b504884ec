#include "services/lane/replica.h"

#include <filesystem>
#include <fstream>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "services/lane/domain/reasons.h"
#include "services/lane/store/chain.h"

namespace bordergate::lane {
namespace {

class FollowStream final : public rpc::Conversation<v1::FollowRequest> {
 public:
  FollowStream(Replica& replica, rpc::Sender<v1::FollowResponse> sender)
      : replica_(replica), sender_(std::move(sender)) {}
  void OnMessage(const v1::FollowRequest& request) override { (void)sender_.Send(replica_.Take(request)); }

 private:
  Replica& replica_;
  const rpc::Sender<v1::FollowResponse> sender_;
};

}  // namespace

Result<std::unique_ptr<Replica>> Replica::Open(const std::string& file,
                                               const std::vector<Migration>& migrations,
                                               Telemetry& telemetry) {
  std::unique_ptr<Replica> replica(new Replica(file, migrations, telemetry));
  replica->database_ = BG_TRY(Database::Open(file, migrations));
  return replica;
}

bool Replica::whole() const {
  const std::lock_guard lock(mutex_);
  return followed_ && !receiving_;
}

std::unique_ptr<Database> Replica::Release() {
  const std::lock_guard lock(mutex_);
  if (receiving_) return nullptr;
  return std::move(database_);
}

v1::FollowResponse Replica::Take(const v1::FollowRequest& request) {
  const std::lock_guard lock(mutex_);
  v1::FollowResponse response;
  const Result<CommitPosition> position = Handle(request);
  if (!position) {
    if (std::exchange(last_error_, position.error().message()) != position.error().message()) {
      telemetry_.log.Error("standby.cannot_follow", position.error().message(),
                           {{"reason", position.error().reason()}});
    }
    return response;
  }
  last_error_.clear();
  response.mutable_position()->set_number(position->number);
  response.mutable_position()->set_commit_id(position->commit_id);
  return response;
}

Result<CommitPosition> Replica::Handle(const v1::FollowRequest& request) {
  if (request.has_part()) return Receive(request.part());
  if (!database_) return Error(kJournalUnavailable, "this program has taken over, or has no journal");
  if (request.has_greeting()) {
    receiving_ = false;
    const auto version = static_cast<int64_t>(migrations_.size());
    if (request.greeting().schema_version() != version) {
      return Error(kJournalUnavailable,
                   fmt::format("the active program's journal has schema version {}, this one's {}",
                               request.greeting().schema_version(), version));
    }
    return database_->Position();
  }
  if (request.has_commit()) {
    const v1::JournalCommit& commit = request.commit();
    BG_TRY(
        database_->Apply({{commit.position().number(), commit.position().commit_id()}, commit.changeset()}));
  }
  CommitPosition position = BG_TRY(database_->Position());
  if (request.has_commit() && position.number != request.commit().position().number())
    return Error(kJournalBroken, "a commit brought the journal to another place than it said");
  followed_ = true;
  return position;
}

Result<CommitPosition> Replica::Receive(const v1::JournalPart& part) {
  const std::string incoming = file_ + ".incoming";
  if (part.first()) receiving_ = true;
  if (!receiving_) return Error(kJournalUnavailable, "a piece of a journal without its beginning");
  std::ofstream file(incoming, std::ios::binary | (part.first() ? std::ios::trunc : std::ios::app));
  file.write(part.data().data(), static_cast<std::streamsize>(part.data().size()));
  file.close();
  if (!file) return Error(kJournalUnavailable, "cannot write " + incoming);
  if (!part.last()) return CommitPosition{};
  BG_TRY(Replace(incoming));
  receiving_ = false;
  return database_->Position();
}

// What this machine had is kept beside it: it may hold rows that nobody else has.
Result<void> Replica::Replace(const std::string& incoming) {
  if (const int file = open(incoming.c_str(), O_RDONLY | O_CLOEXEC);
      file < 0 || fsync(file) != 0 || close(file) != 0)
    return Error(kJournalUnavailable, "cannot bring " + incoming + " to the disk");
  database_.reset();
  std::error_code error;
  const auto now = std::chrono::duration_cast<seconds>(std::chrono::system_clock::now().time_since_epoch());
  std::filesystem::rename(file_, fmt::format("{}.replaced-{}", file_, now.count()), error);
  if (!error) std::filesystem::rename(incoming, file_, error);
  if (error) return Error(kJournalUnavailable, "cannot put the new journal in its place: " + error.message());
  for (const char* rest : {"-wal", "-shm"}) std::filesystem::remove(file_ + rest, error);
  database_ = BG_TRY(Database::Open(file_, migrations_));
  telemetry_.log.Info("standby.whole_journal", "has taken over a whole journal from the active program", {});
  return {};
}

void Register(rpc::Server& server, Replica& replica) {
  server.AddConversation<v1::standby_service::Follow>(
      [&replica](const rpc::CallContext&, rpc::Sender<v1::FollowResponse> sender)
          -> Result<std::unique_ptr<rpc::Conversation<v1::FollowRequest>>> {
        return std::make_unique<FollowStream>(replica, std::move(sender));
      });
}

}  // namespace bordergate::lane
