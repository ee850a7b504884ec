// Goal: a scale shows what stands on it, and rests when nobody on it moves. Method: lanes as somebody sees
// them.
#include "services/simulator/domain/scale.h"

#include <gtest/gtest.h>

namespace bordergate::simulator {
namespace {

LaneView LaneWith(double front_m, bool moving, int mass_kg = 14'500) {
  LaneView view;
  LaneView::Seen seen;
  seen.truck.length_m = 12;
  seen.truck.mass_kg = mass_kg;
  seen.front_m = front_m;
  seen.moving = moving;
  view.trucks.push_back(seen);
  return view;
}

TEST(Scale, ShowsATruckThatStandsAtTheLine) {
  const ScaleSight sight = Weigh(LaneWith(-3.5, false), {});
  EXPECT_EQ(sight.kg, 14'500);
  EXPECT_TRUE(sight.stable);
  EXPECT_FALSE(Weigh(LaneWith(-3.5, true), {}).stable);
}

TEST(Scale, ShowsThePartOfATruckThatIsOnIt) {
  EXPECT_EQ(Weigh(LaneWith(3, false), {}).kg, 7'250);  // half of it is past the platform
  EXPECT_EQ(Weigh(LaneWith(20, true), {}).kg, 0);
  EXPECT_TRUE(Weigh(LaneWith(20, true), {}).stable) << "it moves elsewhere";
}

TEST(Scale, ShowsWhatIsWrongWithIt) {
  EXPECT_TRUE(Weigh(LaneWith(-3.5, false, 80'001), {}).overload);
  LaneView view = LaneWith(-3.5, false);
  for (const Fault fault : {Fault::kScaleSilent, Fault::kScaleUnsteady, Fault::kScaleTared})
    view.faults.Set(fault, true);
  const ScaleSight sight = Weigh(view, {});
  EXPECT_TRUE(sight.silent && sight.tared);
  EXPECT_FALSE(sight.stable);
}

}  // namespace
}  // namespace bordergate::simulator
