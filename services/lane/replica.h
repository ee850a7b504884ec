// The standby's side of a pair: a journal that follows the active program's, and the service through which it
// is brought there.
//
// Safe for use by several threads.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "bordergate/lane/v1/standby_service.rpc.h"

#include "libs/rpc/server.h"
#include "libs/telemetry/telemetry.h"
#include "services/lane/store/database.h"

namespace bordergate::lane {

class Replica {
 public:
  // Opens the journal as the last run left it.
  //   errors   JOURNAL_UNAVAILABLE
  static Result<std::unique_ptr<Replica>> Open(const std::string& file,
                                               const std::vector<Migration>& migrations,
                                               Telemetry& telemetry);

  // One step of the active program. A response without a position: this standby cannot follow, its log says
  // why.
  v1::FollowResponse Take(const v1::FollowRequest& request);
  // It has followed somebody since it was opened, and is not in the middle of taking over a whole journal.
  bool whole() const;

  // Follows nobody from now on. Null when a whole journal was on its way.
  std::unique_ptr<Database> Release();

 private:
  Replica(std::string file, const std::vector<Migration>& migrations, Telemetry& telemetry)
      : file_(std::move(file)), migrations_(migrations), telemetry_(telemetry) {}
  Result<CommitPosition> Handle(const v1::FollowRequest& request);
  Result<CommitPosition> Receive(const v1::JournalPart& part);
  Result<void> Replace(const std::string& incoming);

  const std::string file_;
  const std::vector<Migration>& migrations_;
  Telemetry& telemetry_;
  mutable std::mutex mutex_;
  std::unique_ptr<Database> database_;
  bool followed_ = false;
  bool receiving_ = false;
  std::string last_error_;
};

// Adds StandbyService to a server.
void Register(rpc::Server& server, Replica& replica);

}  // namespace bordergate::lane
