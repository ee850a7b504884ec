// Who else than the camera at the front says which truck this is: the plate at its rear, its transponder, the
// trailer it pulls, the container it carries. None of them opens for a truck whose front nobody read
// (identify.h).
#pragma once

#include <string>
#include <string_view>

namespace bordergate::lane {

struct Witness {
  enum class Kind {
    kRear,       // a truck's plate that a camera saw surely at the rear
    kTag,        // a transponder, by the vehicle that it is registered for
    kTrailer,    // a trailer's plate that was seen surely, by the one trip that declares it
    kContainer,  // a container's number, likewise
  };
  enum class Says {
    kSame,   // this truck, which the front shows at least alike
    kOther,  // clearly another truck
    kHint,   // neither: worth telling an officer
  };
  Kind kind = Kind::kRear;
  std::string plate;          // of the truck it names, normalised
  std::string key;            // of it
  bool against_only = false;  // may contradict, not confirm: it was seen or heard of the vehicle before, too
  Says says = Says::kHint;
};

// "rear", "tag", "trailer", "container"; "same", "other", "hint": as they stand in a decision's basis.
std::string_view WitnessName(Witness::Kind kind);
std::string_view SaysName(Witness::Says says);

}  // namespace bordergate::lane
