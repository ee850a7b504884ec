// A slip as a page of A5 for any printer.
#pragma once

#include "services/customs/domain/slip_desk.h"

namespace bordergate::customs {

// PNG, 1240 x 1754 pixels: 148 x 210 mm at 212 pixels an inch, black on white. Holds the QR code (100 mm
// wide, with its light border), plates, gate, direction and the end of validity in Vietnamese, English and
// Chinese. By cairo and Pango. Safe for use by several threads.
std::string DrawSlipPage(const SignedSlip& slip);

}  // namespace bordergate::customs
