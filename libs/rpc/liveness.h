// How soon a process notices that a peer is gone, and how soon it finds one that came back: gRPC's settings
// of all our channels and servers, in one place. Only files of libs/rpc include this.
//
//   a machine falls silent without a word    4 s: a ping after 1 s without a byte, 3 s for its answer
//   a peer comes back                        2 s
//   its name could not be resolved before    6 s after the name server knows it, however long that took
//
// Both ends are ours. A process that gets no processor for 3 s looks like a machine that fell silent: its
// peers drop the connection and make another when it runs again, streams go on from their last sequence, and
// a change whose answer was lost is OUTCOME_UNKNOWN and asked for again under its request id. So a false
// alarm costs a handshake. 3 s are more than the second or two that a busy gate was seen to starve one of its
// processes. A ping is 17 bytes before TLS, and sent only when the peer has said nothing for a second: a few
// dozen small packets a second for the whole house. Connections without a call are watched, too: otherwise
// the officer's first press after a machine fell silent would be the one that finds out.
#pragma once

#include <grpcpp/server_builder.h>
#include <grpcpp/support/channel_arguments.h>

#include "libs/core/clock.h"

namespace bordergate::rpc {

// A link that was down for so long is made anew when it is next asked for, by a call or a readiness check.
// gRPC asks for a name that it could not resolve after 1 s, then 1.6 times longer after each failure, up to
// 2 min; these pauses can neither be set nor cut short (gRPC 1.51), but a new channel begins with the first.
// Long enough for one whole attempt: 5 s for the name, 5 s to connect. Then the longest pause is the fourth,
// 4 to 5 s.
inline constexpr seconds kLinkDownMax{10};

grpc::ChannelArguments MakeChannelArguments();

// What a server of ours needs so that such channels may ping it, and to let go of clients that fell silent.
void SetLiveness(grpc::ServerBuilder& builder);

}  // namespace bordergate::rpc
