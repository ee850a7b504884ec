// Time inside the simulated world: since it began, never jumping. The part of the program that owns the clock
// moves it; rules only receive it.
#pragma once

#include <chrono>

namespace bordergate::simulator {

using WorldTime = std::chrono::milliseconds;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

}  // namespace bordergate::simulator
