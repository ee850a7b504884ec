// What report loads and saves, in one transaction.
#pragma once

#include "libs/core/paging.h"
#include "libs/core/unit_of_work.h"
#include "services/report/domain/facts.h"

namespace bordergate::report {

class ReportStore : public Store {
 public:
  // Each replaces what was known of the same id.
  virtual Result<void> PutTrip(const TripFact& trip) = 0;
  virtual Result<void> PutTicket(const TicketFact& ticket) = 0;
  virtual Result<void> PutPassage(const PassageFact& passage) = 0;
  virtual Result<void> PutPayment(const PaymentFact& payment) = 0;
  virtual Result<void> AddTimelineEntry(const TimelineEntry& entry) = 0;
  virtual Result<void> AddOutOfTurnCall(const std::string& gate_id, Instant time) = 0;

  // errors   TRIP_NOT_FOUND
  virtual Result<TripFact> FindTrip(const std::string& trip_id) = 0;
  // By time.
  virtual Result<std::vector<TimelineEntry>> ReadTimeline(const std::string& trip_id) = 0;
  // Newest first.
  virtual Result<PageOf<PassageFact>> SearchPassages(const PassageQuery& query, const Page& page) = 0;
  //   day            the gate's present day, for what is counted since midnight
  //   wait_since     start of the span over which the median wait is taken
  virtual Result<BoardGate> CountBoard(const std::string& gate_id, const DaySpan& day,
                                       Instant wait_since) = 0;
  virtual Result<DailyCounters> CountDay(const std::string& gate_id, const DaySpan& day) = 0;
};

}  // namespace bordergate::report
