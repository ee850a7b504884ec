// Goal: one request means one RPC or none. Method: a small table of routes.
#include "services/gateway/domain/route_table.h"

#include <gtest/gtest.h>

#include "services/gateway/domain/reasons.h"

namespace bordergate::gateway {
namespace {

using Segments = std::vector<std::string>;

RouteTable MakeTable() {
  RouteTable table;
  EXPECT_TRUE(table.Add("GET", "/v1/trips", 0));
  EXPECT_TRUE(table.Add("POST", "/v1/trips", 1));
  EXPECT_TRUE(table.Add("GET", "/v1/trips/{trip_id}", 2));
  EXPECT_TRUE(table.Add("POST", "/v1/trips/{trip_id}:cancel", 3));
  EXPECT_TRUE(table.Add("POST", "/v1/trips/{trip_id}/steps/{step_id}:confirm", 4));
  EXPECT_TRUE(table.Add("GET", "/v1/lanes:watch", 5));
  return table;
}

int RouteOf(const RouteTable& table, std::string_view method, const Segments& segments) {
  const auto answer = table.Find(method, segments);
  return answer.match ? answer.match->route : -1;
}

TEST(RouteTable, FindsTheRouteAndItsFields) {
  const RouteTable table = MakeTable();
  const auto answer = table.Find("POST", {"v1", "trips", "trip_1", "steps", "customs:confirm"});
  ASSERT_TRUE(answer.match.has_value());
  EXPECT_EQ(answer.match->route, 4);
  EXPECT_EQ(answer.match->variables, (RouteTable::Variables{{"trip_id", "trip_1"}, {"step_id", "customs"}}));
}

TEST(RouteTable, TellsMethodsAndVerbsApart) {
  const RouteTable table = MakeTable();
  EXPECT_EQ(RouteOf(table, "GET", {"v1", "trips"}), 0);
  EXPECT_EQ(RouteOf(table, "POST", {"v1", "trips"}), 1);
  EXPECT_EQ(RouteOf(table, "GET", {"v1", "trips", "t"}), 2);
  EXPECT_EQ(RouteOf(table, "POST", {"v1", "trips", "t:cancel"}), 3);
  EXPECT_EQ(RouteOf(table, "GET", {"v1", "lanes:watch"}), 5);
  EXPECT_EQ(RouteOf(table, "GET", {"v1", "lanes"}), -1);
}

TEST(RouteTable, NamesTheMethodsOfAKnownPath) {
  const RouteTable table = MakeTable();
  EXPECT_EQ(table.Find("DELETE", {"v1", "trips"}).allowed_methods, (std::vector<std::string>{"GET", "POST"}));
  EXPECT_TRUE(table.Find("DELETE", {"v1", "trap"}).allowed_methods.empty());
}

TEST(RouteTable, AnEmptySegmentIsNoField) {
  const RouteTable table = MakeTable();
  EXPECT_EQ(RouteOf(table, "GET", {"v1", "trips", ""}), -1);
  EXPECT_EQ(RouteOf(table, "POST", {"v1", "trips", ":cancel"}), -1);
  EXPECT_EQ(RouteOf(table, "GET", {}), -1);
  EXPECT_EQ(RouteOf(table, "GET", {"v1", "trips", "t", "more"}), -1);
}

TEST(RouteTable, RefusesTwoRoutesForOneRequest) {
  RouteTable table = MakeTable();
  EXPECT_TRUE(table.Add("GET", "/v1/trips/{other}", 9).error().Is(kContractInvalid));
  EXPECT_TRUE(table.Add("GET", "/v1/{noun}", 9).error().Is(kContractInvalid));
  EXPECT_TRUE(table.Add("PUT", "/v1/trips/{other}", 9).has_value());
}

TEST(RouteTable, RefusesTemplatesThatItDoesNotServe) {
  RouteTable table;
  for (const char* path : {"v1/trips", "/v1//trips", "/v1/{name=shelves/*}", "/v1/*", "/v1/{}", "/v1/{a"}) {
    EXPECT_FALSE(table.Add("GET", path, 0).has_value()) << path;
  }
}

}  // namespace
}  // namespace bordergate::gateway
