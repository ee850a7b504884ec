// Tests in which a truck waits before the barrier for what witnesses say of it.
#pragma once

#include <gtest/gtest.h>

#include "services/lane/testing/machine_rig.h"

namespace bordergate::lane {

class TruckOnTheLoop : public testing::Test {
 protected:
  // "29C-123.45", whose trip demands nothing more, drives up.
  TruckOnTheLoop() {
    rig_.Expect("29C-123.45");
    rig_.See("", 'D');
    rig_.See("A", 'D');
  }
  void Stay(milliseconds span) { rig_.SeeFor(span, "A", 'D'); }
  // The one before the barrier backs out, another drives up.
  void Next() {
    rig_.SeeFor(milliseconds(1000), "", 'D');
    rig_.See("A", 'D');
  }
  const Cause& FirstCause() { return rig_.machine().last_decision()->verdict.causes.front(); }

  MachineRig rig_;
};

}  // namespace bordergate::lane
