#include "services/report/api/report_api.h"

#include "bordergate/report/v1/report_service.rpc.h"

#include "libs/core/reasons.h"
#include "libs/plate/plate.h"
#include "libs/rpc/server.h"
#include "libs/rpc/time.h"
#include "services/report/domain/reasons.h"

namespace bordergate::report {
namespace {

constexpr milliseconds kBoardLife{1000};
constexpr std::chrono::hours kWaitSpan{1};
constexpr const char* kPassageKindNames[] = {"automatic", "manual", "unauthorised"};

v1::PassageRow ToProto(const PassageFact& passage) {
  v1::PassageRow proto;
  proto.set_passage_id(passage.passage_id);
  proto.set_lane_id(passage.lane_id);
  proto.set_gate_id(passage.gate_id);
  proto.set_direction(passage.direction == Direction::kExport ? common::v1::DIRECTION_EXPORT
                                                              : common::v1::DIRECTION_IMPORT);
  proto.set_kind(kPassageKindNames[static_cast<size_t>(passage.kind)]);
  proto.set_plate(passage.plate);
  proto.set_trip_id(passage.trip_id);
  proto.set_decision_id(passage.decision_id);
  proto.set_evidence_id(passage.evidence_id);
  *proto.mutable_arrive_time() = rpc::ToTimestamp(passage.arrive_time);
  *proto.mutable_leave_time() = rpc::ToTimestamp(passage.leave_time);
  return proto;
}

void FillBoardGate(const BoardGate& gate, v1::BoardGate& proto) {
  proto.set_gate_id(gate.gate_id);
  proto.set_declared_count(gate.declared_count);
  proto.set_waiting_count(gate.waiting_count);
  proto.set_waiting_perishable_count(gate.waiting_perishable_count);
  proto.set_called_count(gate.called_count);
  proto.set_exported_count(gate.exported_count);
  proto.set_imported_count(gate.imported_count);
  proto.set_median_wait_s(gate.median_wait_s);
  proto.set_out_of_turn_count(gate.out_of_turn_count);
}

// Who is on the watch list, only those learn who may read it (vehicle's ListWatchList); all others read that
// an officer had to decide, and not why.
bool MayReadWatchList(const rpc::Caller& caller) {
  return caller.Has(common::v1::ROLE_BORDER_GUARD) || caller.Has(common::v1::ROLE_CUSTOMS) ||
         caller.Has(common::v1::ROLE_AUDITOR);
}

bool TellsOfWatchList(const TimelineEntry& entry) {
  const auto reason = entry.params.find("reason");
  return reason != entry.params.end() && reason->second.starts_with("WATCH_LIST");
}

void FillParams(const TimelineEntry& entry, const rpc::Caller& caller, v1::TimelineEntry& proto) {
  const bool open = MayReadWatchList(caller) || !TellsOfWatchList(entry);
  for (const auto& [key, value] : entry.params) {
    if (open || key == "lane_id" || key == "outcome") (*proto.mutable_params())[key] = value;
  }
}

const SiteGate* FindGate(const Site& site, const std::string& gate_id) {
  const auto found = std::find_if(site.gates.begin(), site.gates.end(),
                                  [&](const SiteGate& gate) { return gate.gate_id == gate_id; });
  return found == site.gates.end() ? nullptr : &*found;
}

}  // namespace

Result<v1::SearchPassagesResponse> ReportApi::SearchPassages(const Call& call,
                                                             const v1::SearchPassagesRequest& request) {
  FieldChecks checks;
  const Page page = ReadPage(checks, request.page_size(), request.page_token());
  PassageQuery query{.plate_part = PlateKey(request.plate()),
                     .gate_ids = call.caller.gate_ids,
                     .gate_id = request.gate_id(),
                     .lane_id = request.lane_id(),
                     .trip_id = request.trip_id()};
  checks.Require(request.plate().empty() || (query.plate_part.size() >= 2 && query.plate_part.size() <= 20),
                 "plate", "PLATE_PART_INVALID", "must have 2 to 20 letters and digits, or be empty");
  if (request.has_from_time()) query.from_time = rpc::ToInstant(request.from_time());
  if (request.has_until_time()) query.until_time = rpc::ToInstant(request.until_time());
  checks.Require(!query.from_time || !query.until_time || *query.from_time < *query.until_time, "until_time",
                 "TIME_SPAN_EMPTY", "must be after from_time");
  BG_TRY(checks.Done());
  v1::SearchPassagesResponse response;
  BG_TRY(reports_.Read(call.deadline, [&](ReportStore& store) -> Result<void> {
    const auto passages = BG_TRY(store.SearchPassages(query, page));
    for (const PassageFact& passage : passages.items) *response.add_passages() = ToProto(passage);
    response.set_next_page_token(PageToken(passages.last_key));
    return {};
  }));
  return response;
}

Result<v1::GetTripTimelineResponse> ReportApi::GetTripTimeline(const Call& call,
                                                               const v1::GetTripTimelineRequest& request) {
  v1::GetTripTimelineResponse response;
  BG_TRY(reports_.Read(call.deadline, [&](ReportStore& store) -> Result<void> {
    const TripFact trip = BG_TRY(store.FindTrip(request.trip_id()));
    const bool stranger =
        call.caller.Has(common::v1::ROLE_ENTERPRISE) && call.caller.enterprise_id != trip.enterprise_id;
    if (stranger || !call.caller.MaySeeGate(trip.gate_id))
      return Error(kTripNotFound, "there is no such trip");
    const auto entries = BG_TRY(store.ReadTimeline(trip.trip_id));
    for (const TimelineEntry& entry : entries) {
      auto* proto = response.add_entries();
      proto->set_event_kind(entry.event_kind);
      *proto->mutable_event_time() = rpc::ToTimestamp(entry.event_time);
      proto->set_actor(entry.actor);
      FillParams(entry, call.caller, *proto);
    }
    return {};
  }));
  return response;
}

Result<v1::GetBoardResponse> ReportApi::MakeBoard(SteadyInstant deadline) {
  v1::GetBoardResponse board;
  const Instant now = clock_.Now();
  BG_TRY(reports_.Read(deadline, [&](ReportStore& store) -> Result<void> {
    board.clear_gates();
    for (const SiteGate& gate : site_.gates) {
      const DaySpan day = DayOf(now, std::chrono::minutes(gate.utc_offset_minutes));
      FillBoardGate(BG_TRY(store.CountBoard(gate.gate_id, day, now - kWaitSpan)), *board.add_gates());
    }
    return {};
  }));
  *board.mutable_make_time() = rpc::ToTimestamp(now);
  const auto age = source_age_();
  board.set_source_age_ms(age ? age->count() : -1);
  return board;
}

Result<v1::GetBoardResponse> ReportApi::GetBoard(const Call& call, const v1::GetBoardRequest&) {
  const std::lock_guard lock(board_mutex_);
  if (!board_ || clock_.SteadyNow() - board_made_ >= kBoardLife) {
    board_ = BG_TRY(MakeBoard(call.deadline));
    board_made_ = clock_.SteadyNow();
  }
  return *board_;
}

Result<v1::GetDailyCountersResponse> ReportApi::GetDailyCounters(const Call& call,
                                                                 const v1::GetDailyCountersRequest& request) {
  const SiteGate* gate = FindGate(site_, request.gate_id());
  FieldChecks checks;
  checks.Require(gate != nullptr && call.caller.MaySeeGate(gate->gate_id), "gate_id", "GATE_UNKNOWN",
                 "must be a gate of this site that you are posted to");
  const Result<std::chrono::sys_days> day = ParseDay(request.date());
  checks.Require(request.date().empty() || day.has_value(), "date", "DATE_INVALID",
                 "must be a day such as 2026-11-22");
  BG_TRY(checks.Done());
  const std::chrono::minutes offset(gate->utc_offset_minutes);
  const std::chrono::sys_days chosen = day ? *day : LocalDay(clock_.Now(), offset);
  v1::GetDailyCountersResponse response;
  response.set_gate_id(gate->gate_id);
  response.set_date(FormatDay(chosen));
  BG_TRY(reports_.Read(call.deadline, [&](ReportStore& store) -> Result<void> {
    const DailyCounters counters = BG_TRY(store.CountDay(gate->gate_id, SpanOf(chosen, offset)));
    response.set_exported_perishable_count(counters.exported_perishable_count);
    response.set_exported_other_count(counters.exported_other_count);
    response.set_imported_count(counters.imported_count);
    response.set_manual_count(counters.manual_count);
    response.set_unauthorised_count(counters.unauthorised_count);
    response.set_paid_dong(counters.paid_dong);
    return {};
  }));
  return response;
}

void Register(rpc::Server& server, ReportApi& api) {
  namespace methods = v1::report_service;
  server.Add<methods::SearchPassages>(std::bind_front(&ReportApi::SearchPassages, &api));
  server.Add<methods::GetTripTimeline>(std::bind_front(&ReportApi::GetTripTimeline, &api));
  server.Add<methods::GetBoard>(std::bind_front(&ReportApi::GetBoard, &api));
  server.Add<methods::GetDailyCounters>(std::bind_front(&ReportApi::GetDailyCounters, &api));
}

}  // namespace bordergate::report
