#include "libs/rpc/channel_state.h"

#include "libs/rpc/liveness.h"

namespace bordergate::rpc {

Channel::State::State(std::function<std::shared_ptr<grpc::Channel>()> make_channel)
    : make_channel_(std::move(make_channel)), link_(MakeLink()) {}

Channel::State::~State() {
  link_->calls->WaitUntilNone();
  // The futures wait for the others.
}

std::unique_ptr<Link> Channel::State::MakeLink() const {
  auto link = std::make_unique<Link>();
  link->channel = make_channel_();
  link->generic = std::make_unique<grpc::GenericStub>(link->channel);
  return link;
}

LinkUse Channel::State::Use() {
  const std::lock_guard lock(mutex_);
  const grpc_connectivity_state state = link_->channel->GetState(false);
  const SteadyInstant now = std::chrono::steady_clock::now();
  if (state == GRPC_CHANNEL_READY || state == GRPC_CHANNEL_IDLE) {
    down_since_.reset();
  } else if (!down_since_) {
    down_since_ = now;
  } else if (now - *down_since_ >= kLinkDownMax) {
    Renew();
    down_since_ = now;
  }
  link_->calls->Enter();
  return LinkUse(*link_);
}

void Channel::State::Renew() {
  std::erase_if(endings_, [](const std::future<void>& ending) {
    return ending.wait_for(milliseconds(0)) == std::future_status::ready;
  });
  auto next = MakeLink();
  // This may be a callback thread.
  endings_.push_back(std::async(std::launch::async, [old = std::move(link_)]() mutable {
    old->calls->WaitUntilNone();
    old.reset();
  }));
  link_ = std::move(next);
}

}  // namespace bordergate::rpc
