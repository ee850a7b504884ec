// The real contract, loaded once for all tests of a program.
#pragma once

#include <gtest/gtest.h>

#include "services/gateway/api/contract.h"
#include "services/gateway/api/embedded_files.h"

namespace bordergate::gateway {

inline const Contract& TestContract() {
  static const std::unique_ptr<Contract> contract = [] {
    auto loaded = Contract::Load(EmbeddedDescriptors());
    EXPECT_TRUE(loaded.has_value()) << (loaded ? "" : loaded.error().message());
    return *std::move(loaded);
  }();
  return *contract;
}

inline const Endpoint& EndpointOf(std::string_view rpc_name) {
  for (const Endpoint& endpoint : TestContract().endpoints()) {
    if (endpoint.rpc->name() == rpc_name) return endpoint;
  }
  ADD_FAILURE() << "no REST path of " << rpc_name;
  return TestContract().endpoints().front();
}

}  // namespace bordergate::gateway
