// ReportStore in PostgreSQL. Lives for one transaction.
#pragma once

#include "libs/db/postgres_store.h"
#include "services/report/domain/report_store.h"

namespace bordergate::report {

class PostgresReportStore final : public db::PostgresStore<ReportStore> {
 public:
  using PostgresStore::PostgresStore;

  Result<void> PutTrip(const TripFact& trip) override;
  Result<void> PutTicket(const TicketFact& ticket) override;
  Result<void> PutPassage(const PassageFact& passage) override;
  Result<void> PutPayment(const PaymentFact& payment) override;
  Result<void> AddTimelineEntry(const TimelineEntry& entry) override;
  Result<void> AddOutOfTurnCall(const std::string& gate_id, Instant time) override;
  Result<TripFact> FindTrip(const std::string& trip_id) override;
  Result<std::vector<TimelineEntry>> ReadTimeline(const std::string& trip_id) override;
  Result<PageOf<PassageFact>> SearchPassages(const PassageQuery& query, const Page& page) override;
  Result<BoardGate> CountBoard(const std::string& gate_id, const DaySpan& day, Instant wait_since) override;
  Result<DailyCounters> CountDay(const std::string& gate_id, const DaySpan& day) override;
};

}  // namespace bordergate::report
