// Goal: the contract is served as the protos say, and a contract that cannot be served stops the start.
// Method: the real descriptors, and small wrong ones.
#include "services/gateway/api/contract.h"

#include <gmock/gmock.h>
#include <google/api/annotations.pb.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "services/gateway/api/embedded_files.h"
#include "services/gateway/domain/reasons.h"
#include "services/gateway/testing/test_contract.h"

namespace bordergate::gateway {
namespace {

namespace pb = google::protobuf;
using ::testing::HasSubstr;

TEST(Contract, KnowsWhatAnEndpointNeeds) {
  const Endpoint& confirm = EndpointOf("ConfirmStep");
  EXPECT_EQ(confirm.service, "customs");
  EXPECT_EQ(confirm.http_method, "POST");
  EXPECT_EQ(confirm.path, "/v1/trips/{trip_id}/steps/{step_id}:confirm");
  EXPECT_TRUE(confirm.has_body);
  ASSERT_EQ(confirm.path_fields.size(), 2u);
  EXPECT_EQ(confirm.path_fields[1]->name(), "step_id");
  ASSERT_NE(confirm.request_id, nullptr);
  EXPECT_FALSE(confirm.is_public());
  EXPECT_EQ(confirm.access.roles_size(), 5);
}

TEST(Contract, KnowsStreamsContentAndSessions) {
  EXPECT_TRUE(EndpointOf("WatchDecisions").streaming);
  ASSERT_NE(EndpointOf("WatchDecisions").sequence, nullptr);
  ASSERT_NE(EndpointOf("WatchDecisions").after_sequence, nullptr);
  EXPECT_EQ(EndpointOf("WatchLanes").sequence, nullptr);
  ASSERT_NE(EndpointOf("GetEvidence").content, nullptr);
  EXPECT_EQ(EndpointOf("SignIn").session, common::v1::SESSION_EFFECT_START);
  EXPECT_EQ(EndpointOf("SignOut").session, common::v1::SESSION_EFFECT_END);
  EXPECT_TRUE(EndpointOf("SignIn").is_public());
}

TEST(Contract, HasTheCommentsOfTheProtos) {
  EXPECT_THAT(CommentOf(*EndpointOf("ConfirmStep").rpc), HasSubstr("errors "));
}

TEST(Contract, KeepsTheWatchStreamsOfTheServicesInside) {
  for (const Endpoint& endpoint : TestContract().endpoints()) {
    EXPECT_NE(endpoint.rpc->name(), "Watch") << endpoint.rpc->full_name();
    EXPECT_NE(endpoint.rpc->name(), "ResolveToken");
  }
}

// A file with one RPC, with the dependencies of the real contract.
std::string WithRpc(const std::string& rpc, const std::string& more = "") {
  pb::FileDescriptorSet files;
  files.ParseFromString(std::string(EmbeddedDescriptors()));
  pb::FileDescriptorSet wrong;
  for (const auto& file : files.file()) {
    if (!file.package().starts_with("bordergate.") || file.package() == "bordergate.common.v1")
      *wrong.add_file() = file;
  }
  const std::string text = R"(
    name: "bordergate/test/v1/test.proto" package: "bordergate.test.v1" syntax: "proto3"
    dependency: "google/api/annotations.proto" dependency: "bordergate/common/v1/access.proto"
    dependency: "google/protobuf/any.proto"
    message_type { name: "Ask" field { name: "id" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL } }
    message_type { name: "Answer" } )" +
                           more + "service { name: \"TestService\" method { name: \"Do\" " + rpc + " } }";
  pb::FileDescriptorProto any;
  google::protobuf::DescriptorPool::generated_pool()
      ->FindFileByName("google/protobuf/any.proto")
      ->CopyTo(&any);
  *wrong.add_file() = any;
  EXPECT_TRUE(pb::TextFormat::ParseFromString(text, wrong.add_file()));
  return wrong.SerializeAsString();
}

constexpr char kTypes[] =
    "input_type: \".bordergate.test.v1.Ask\" output_type: \".bordergate.test.v1.Answer\" ";
constexpr char kAccess[] = "[bordergate.common.v1.access] { public: true }";

std::string RefusedBecause(const std::string& options, const std::string& types = kTypes,
                           const std::string& more = "") {
  const auto loaded = Contract::Load(WithRpc(types + "options { " + options + "}", more));
  if (loaded) return "served";
  EXPECT_TRUE(loaded.error().Is(kContractInvalid));
  return loaded.error().message();
}

TEST(Contract, AnRpcWithoutAccessIsRefused) {
  EXPECT_THAT(RefusedBecause("[google.api.http] { get: \"/v1/x\" }"), HasSubstr("no access option"));
  EXPECT_EQ(RefusedBecause(std::string(kAccess) + "[google.api.http] { get: \"/v1/x\" }"), "served");
}

TEST(Contract, WhatCannotBeServedIsRefusedByName) {
  const std::string access = kAccess;
  EXPECT_THAT(RefusedBecause(access + "[google.api.http] { get: \"/v1/{missing}\" }"),
              HasSubstr("{missing}"));
  EXPECT_THAT(RefusedBecause(access + "[google.api.http] { post: \"/v1/x\" body: \"id\" }"),
              HasSubstr("body"));
  EXPECT_THAT(RefusedBecause(access + "[google.api.http] { get: \"/v1/x\" response_body: \"id\" }"),
              HasSubstr("response_body"));
  EXPECT_THAT(RefusedBecause(access + "[google.api.http] { body: \"*\" }"), HasSubstr("names no method"));
  EXPECT_THAT(RefusedBecause(access + "[google.api.http] { get: \"/v1/x\" }",
                             std::string(kTypes) + "client_streaming: true "),
              HasSubstr("stream of requests"));
  EXPECT_THAT(
      RefusedBecause(access + "[google.api.http] { post: \"/v1/x\" body: \"*\" }",
                     "input_type: \".bordergate.test.v1.Odd\" output_type: \".bordergate.test.v1.Answer\" ",
                     "message_type { name: \"Odd\" field { name: \"any\" number: 1 type: TYPE_MESSAGE label: "
                     "LABEL_OPTIONAL type_name: \".google.protobuf.Any\" } }"),
      HasSubstr("google.protobuf.Any is not served"));
}

TEST(Contract, BytesThatAreNoDescriptorsAreRefused) {
  EXPECT_TRUE(Contract::Load("nonsense").error().Is(kContractInvalid));
}

}  // namespace
}  // namespace bordergate::gateway
