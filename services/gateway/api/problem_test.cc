// Goal: one reason, one HTTP answer. Method: a table of all codes and of the reasons that differ from their
// code.
#include "services/gateway/api/problem.h"

#include <gtest/gtest.h>

#include "libs/core/reasons.h"
#include "libs/rpc/error_details.h"
#include "services/gateway/api/json_reader.h"
#include "services/gateway/domain/reasons.h"

namespace bordergate::gateway {
namespace {

struct Row {
  Reason reason;
  int status;
  bool retry;
};

constexpr Row kRows[] = {
    {kCancelled, 499, false},
    {kOutcomeUnknown, 504, true},
    {kInvalidField, 400, false},
    {kDeadlineExceeded, 504, true},
    {{"TRIP_NOT_FOUND", Code::kNotFound}, 404, false},
    {{"SIGN_IN_NAME_TAKEN", Code::kAlreadyExists}, 409, false},
    {kRoleMissing, 403, false},
    {{"TOO_MANY_TRIES", Code::kResourceExhausted}, 429, true},
    {{"STEP_NOT_OPEN", Code::kFailedPrecondition}, 409, false},
    {kConflict, 409, true},
    {kRequestInProgress, 409, true},
    {kMethodUnknown, 501, false},
    {kInternal, 500, false},
    {kServiceUnavailable, 503, true},
    {kUnauthenticated, 401, false},
    {kRequestIdReused, 422, false},
    {kOverloaded, 503, true},
    {kPathUnknown, 404, false},
    {kMethodNotAllowed, 405, false},
    {kRequestTooSlow, 408, false},
    {kBodyTooLarge, 413, false},
    {kContentTypeUnsupported, 415, false},
    {kRateExceeded, 429, true},
    {kStreamsExceeded, 429, true},
    {kHeaderTooLarge, 431, false},
    {kConnectionsExceeded, 503, true},
};

TEST(Problem, EveryReasonHasOneStatus) {
  for (const Row& row : kRows) {
    // As it comes: over gRPC, through google.rpc.Status.
    const Error sent = Error(row.reason, "text");
    const Error error =
        rpc::DecodeError(static_cast<int>(row.reason.code), "text", rpc::EncodeErrorDetails(sent));
    const http::Response response = MakeProblem(error, "r1");
    EXPECT_EQ(response.status, row.status) << row.reason.name;
    EXPECT_EQ(response.headers.Find("Retry-After").has_value(), row.retry) << row.reason.name;
    const Json body = Json::parse(response.body);
    EXPECT_EQ(body["status"], row.status);
    EXPECT_EQ(body["reason"], row.reason.name);
    EXPECT_EQ(body["type"], std::string("/docs/errors#") + row.reason.name);
  }
}

TEST(Problem, SaysEverythingThatIsKnown) {
  const Error error = Error(kInvalidField, "goods[0].hs_code must have 6 or 8 digits")
                          .WithField({"goods[0].hs_code", "HS_CODE_INVALID", "must have 6 or 8 digits"})
                          .With("gate_id", "huu-nghi");
  const Json body = Json::parse(ProblemJson(error, "request-1"));
  EXPECT_EQ(
      body.dump(),
      R"({"type":"/docs/errors#INVALID_FIELD","title":"Invalid field","status":400,)"
      R"("detail":"goods[0].hs_code must have 6 or 8 digits","reason":"INVALID_FIELD","request_id":"request-1",)"
      R"("errors":[{"pointer":"/goods/0/hs_code","reason":"HS_CODE_INVALID","detail":"must have 6 or 8 digits"}],)"
      R"("params":{"gate_id":"huu-nghi"}})");
}

TEST(Problem, TellsHowLongToWaitWhenTheErrorKnows) {
  const Error error = Error(kRateExceeded, "wait").With("retry_after_s", "17");
  EXPECT_EQ(MakeProblem(error, "").headers.Find("Retry-After"), "17");
}

TEST(Problem, AskingWithoutASessionIsChallenged) {
  EXPECT_EQ(MakeProblem(Error(kUnauthenticated, ""), "").headers.Find("WWW-Authenticate"), "Bearer");
}

TEST(Problem, FieldPathsBecomePointers) {
  EXPECT_EQ(JsonPointer(""), "");
  EXPECT_EQ(JsonPointer("plate"), "/plate");
  EXPECT_EQ(JsonPointer("vehicle.plate.raw"), "/vehicle/plate/raw");
  EXPECT_EQ(JsonPointer("goods[12].hs_code"), "/goods/12/hs_code");
  EXPECT_EQ(JsonPointer("params[\"a.b/c~d\"]"), "/params/a.b~1c~0d");
  EXPECT_EQ(JsonPointer("rows[0][1]"), "/rows/0/1");
  EXPECT_EQ(JsonPointer("broken[1"), "/broken/[1");
}

TEST(Problem, TextThatIsNotUtf8DoesNotHurt) {
  EXPECT_TRUE(Json::accept(ProblemJson(Error(kInternal, "\xff").With("k", "\xfe"), "\xff")));
}

}  // namespace
}  // namespace bordergate::gateway
