// Goal: the document says what the door does. Method: the real contract; npm's linter reads the same document
// in tests/contract.
#include "services/gateway/api/openapi.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/gateway/api/comment_text.h"
#include "services/gateway/api/json_reader.h"
#include "services/gateway/testing/test_contract.h"

namespace bordergate::gateway {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

const Json& Document() {
  static const Json document = Json::parse(MakeOpenApi(TestContract()));
  return document;
}

TEST(OpenApi, HasEveryPathOnce) {
  size_t operations = 0;
  for (const auto& path : Document()["paths"]) operations += path.size();
  EXPECT_EQ(operations, TestContract().endpoints().size());
}

TEST(OpenApi, AnOperationSaysWhatItsProtoSays) {
  const Json& operation = Document()["paths"]["/v1/trips/{trip_id}/steps/{step_id}:confirm"]["post"];
  EXPECT_EQ(operation["operationId"], "customs_ConfirmStep");
  EXPECT_THAT(operation["summary"].get<std::string>(), HasSubstr("Confirms the caller's step"));
  EXPECT_THAT(operation["description"].get<std::string>(), HasSubstr("\n- **errors**: "));
  EXPECT_THAT(operation["x-bordergate-access"].get<std::string>(), HasSubstr("ROLE_QUARANTINE"));
  EXPECT_EQ(operation["parameters"][0]["name"], "trip_id");
  EXPECT_EQ(operation["parameters"][2]["$ref"], "#/components/parameters/IdempotencyKey");
  const Json& body = operation["requestBody"]["content"]["application/json"]["schema"];
  EXPECT_FALSE(body["properties"].contains("request_id"));
  EXPECT_FALSE(body["properties"].contains("trip_id"));
  EXPECT_EQ(body["additionalProperties"], false);
}

TEST(OpenApi, EveryReferenceLeadsSomewhere) {
  const Json& document = Document();
  std::function<void(const Json&)> visit = [&](const Json& value) {
    if (value.is_object() && value.contains("$ref")) {
      const std::string pointer = value["$ref"].get<std::string>().substr(1);
      EXPECT_TRUE(document.contains(Json::json_pointer(pointer))) << pointer;
    }
    if (value.is_structured()) {
      for (const auto& inner : value) visit(inner);
    }
  };
  visit(document);
}

TEST(OpenApi, AnswersPrintWhatRequestsMayLeaveOut) {
  const Json& schemas = Document()["components"]["schemas"];
  EXPECT_THAT(schemas["customs.GoodsLine"]["required"], Contains("gross_mass_kg"));
  EXPECT_FALSE(schemas["customs.GoodsLine.Input"].contains("required"));
  EXPECT_EQ(schemas["customs.GoodsLine"]["properties"]["gross_mass_kg"]["type"], "string");
  EXPECT_EQ(schemas["customs.GoodsLine"]["properties"]["package_count"]["type"], "integer");
  EXPECT_THAT(schemas["customs.Trip"]["required"], Not(Contains("clear_time")));
  EXPECT_EQ(schemas["customs.Trip"]["properties"]["clear_time"]["format"], "date-time");
}

TEST(OpenApi, OnlyThePublicNeedsNoSession) {
  EXPECT_EQ(Document()["paths"]["/v1/board"]["get"]["security"], Json::array());
  EXPECT_EQ(Document()["paths"]["/v1/me"]["get"]["security"].size(), 2u);
}

TEST(OpenApi, StreamsAndPicturesHaveTheirOwnMediaTypes) {
  const Json& watch = Document()["paths"]["/v1/decisions:watch"]["get"];
  EXPECT_TRUE(watch["responses"]["200"]["content"].contains("text/event-stream"));
  EXPECT_TRUE(
      Document()["paths"]["/v1/evidence/{evidence_id}"]["get"]["responses"]["200"]["content"].contains(
          "image/*"));
}

TEST(CommentText, ProseAndNamedLinesAreToldApart) {
  const CommentText text = ReadComment(
      " Signs a person in. At most\n 10 tries.\n   errors   INVALID_FIELD, SIGN_IN_REFUSED (one\n            "
      "answer)\n   repeats  safe\n");
  EXPECT_EQ(text.summary, "Signs a person in");
  EXPECT_EQ(
      text.description,
      "Signs a person in. At most 10 tries.\n\n- **errors**: INVALID_FIELD, SIGN_IN_REFUSED (one answer)\n- "
      "**repeats**: safe");
}

}  // namespace
}  // namespace bordergate::gateway
