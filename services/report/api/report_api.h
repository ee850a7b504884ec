// The handlers of ReportService. What each does, and its errors in order, stands in the proto.
#pragma once

#include <functional>
#include <mutex>

#include "bordergate/report/v1/report_service.pb.h"

#include "libs/config/site.h"
#include "libs/rpc/call_context.h"
#include "services/report/domain/report_store.h"

namespace bordergate::rpc {
class Server;
}

namespace bordergate::report {

class ReportApi {
 public:
  //   source_age   age of the oldest source; nothing when one was never heard of
  ReportApi(UnitOfWork<ReportStore>& reports, const Site& site, const Clock& clock,
            std::function<std::optional<milliseconds>()> source_age)
      : reports_(reports), site_(site), clock_(clock), source_age_(std::move(source_age)) {}

  using Call = rpc::CallContext;
  Result<v1::SearchPassagesResponse> SearchPassages(const Call&, const v1::SearchPassagesRequest&);
  Result<v1::GetTripTimelineResponse> GetTripTimeline(const Call&, const v1::GetTripTimelineRequest&);
  Result<v1::GetBoardResponse> GetBoard(const Call&, const v1::GetBoardRequest&);
  Result<v1::GetDailyCountersResponse> GetDailyCounters(const Call&, const v1::GetDailyCountersRequest&);

 private:
  Result<v1::GetBoardResponse> MakeBoard(SteadyInstant deadline);

  UnitOfWork<ReportStore>& reports_;
  const Site& site_;
  const Clock& clock_;
  std::function<std::optional<milliseconds>()> source_age_;

  // The board is asked for by everybody at once in a jam; it is made once a second at most.
  std::mutex board_mutex_;
  std::optional<v1::GetBoardResponse> board_;
  SteadyInstant board_made_{};
};

void Register(rpc::Server& server, ReportApi& api);

}  // namespace bordergate::report
