// Goal: D10, one gate whose lanes are split over two lane programs: a ticket passes at most once by the
// lanes' own decisions, whichever of the two is cut off from the centre, and every ticket passes where its
// lease is. Method: the rules of both programs over virtual time, with trucks and clones of them that try
// both halves in any order, and cuts by a seed.
#include <map>

#include <gtest/gtest.h>

#include "services/lane/domain/reasons.h"
#include "services/lane/testing/lane_rig.h"

namespace bordergate::lane {
namespace {

constexpr int kTickets = 8;

// Two programs of one gate, each with a lane, a table and a journal of its own, and the centre between them.
class SplitGate {
 public:
  SplitGate(uint64_t seed, int shares) : random_(seed) {
    for (int i = 0; i < 2; ++i) {
      programs_[i].lanes[0] = programs_[i].NewLane(0, {}, "huu-nghi", {shares == 1 ? 1 : i + 1, shares});
    }
    for (int i = 0; i < kTickets; ++i) {
      const std::string plate = "29C1234" + std::to_string(i);
      for (LaneRig& program : programs_) program.Expect(plate);
      plates_.push_back(plate);
    }
  }

  // Each ticket is tried four times, at any half, while links come and go.
  void Run() {
    for (int i = 0; i < 4 * kTickets; ++i) {
      for (LaneRig& program : programs_) program.admission.alive = random_.Below(3) == 0;
      Try(random_.Below(2), plates_[random_.Below(kTickets)]);
    }
  }
  // Both are cut off, and everybody tries both halves.
  void CutBothAndTryEverywhere() {
    for (LaneRig& program : programs_) program.admission.alive = false;
    for (const std::string& plate : plates_) {
      for (const size_t half : {0u, 1u}) Try(half, plate);
    }
  }

  int passages(const std::string& plate) { return passed_[plate]; }
  const std::vector<std::string>& plates() const { return plates_; }
  bool asked_for_the_lease() const { return asked_; }

 private:
  void Try(size_t half, const std::string& plate) {
    LaneRig& program = programs_[half];
    program.RunFor(seconds(4));
    const size_t before = program.model().passed().size();
    program.DriveUp(plate);
    program.Read(plate);
    program.RunFor(seconds(15));
    if (program.model().passed().size() > before) {
      ++passed_[plate];
      // The centre tells the other one when it hears both.
      if (programs_[0].admission.alive && programs_[1].admission.alive) {
        programs_[1 - half].admission.table.Passed("trip_" + plate, program.clock.Now());
      }
      return;
    }
    const LaneView view = program.View();
    for (const Cause& why : view.decision->verdict.causes) asked_ |= why.code == cause::kLeasedElsewhere;
    program.model().trucks().clear();
    program.RunFor(seconds(6));
  }

  SeededRandom random_;
  LaneRig programs_[2];
  std::vector<std::string> plates_;
  std::map<std::string, int> passed_;
  bool asked_ = false;
};

TEST(LaneLease, D10LetsEachTicketPassOnceAtOneOfTwoProgramsWhicheverIsCutOff) {
  for (uint64_t seed = 1; seed <= 12; ++seed) {
    SplitGate gate(seed, 2);
    gate.Run();
    for (const std::string& plate : gate.plates()) EXPECT_LE(gate.passages(plate), 1) << "seed " << seed;
    gate.CutBothAndTryEverywhere();
    for (const std::string& plate : gate.plates()) EXPECT_EQ(gate.passages(plate), 1) << "seed " << seed;
    EXPECT_TRUE(gate.asked_for_the_lease());
  }
}

// Without leases the same cuts let a ticket pass at both: the test above can fail.
TEST(LaneLease, SeesATicketThatPassesAtBothProgramsWithoutLeases) {
  SplitGate gate(1, 1);
  gate.CutBothAndTryEverywhere();
  for (const std::string& plate : gate.plates()) EXPECT_EQ(gate.passages(plate), 2);
}

TEST(LaneLease, SharesTicketsOutToAllAndEachToOne) {
  std::map<int, int> held;
  for (int i = 0; i < 3000; ++i) {
    const std::string trip_id = "trip_" + std::to_string(i);
    int holders = 0;
    for (int number = 1; number <= 3; ++number) {
      if (!HoldsLease({number, 3}, trip_id)) continue;
      ++holders;
      ++held[number];
    }
    EXPECT_EQ(holders, 1) << trip_id;
    EXPECT_TRUE(HoldsLease({}, trip_id));
  }
  for (int number = 1; number <= 3; ++number) EXPECT_GT(held[number], 850);
}

}  // namespace
}  // namespace bordergate::lane
