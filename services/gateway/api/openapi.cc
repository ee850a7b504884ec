#include "services/gateway/api/openapi.h"

#include "libs/core/text.h"
#include "services/gateway/api/comment_text.h"
#include "services/gateway/api/openapi_schema.h"

namespace bordergate::gateway {
namespace {

namespace pb = google::protobuf;
using Use = SchemaBook::Use;

constexpr char kIntroduction[] =
    "The freight gates of a land border: declare a truck's crossing once, follow it, and see the gate at "
    "work.\n\n"
    "Names and meanings are those of the services' protos. Answers print every field; 64-bit integers are "
    "strings; times are "
    "RFC 3339 in UTC. A change needs the header `Idempotency-Key`: a repeat under the same key changes "
    "nothing again and "
    "gets the same answer. Lists are read page by page with `page_size` and `page_token`. Errors are "
    "`application/problem+json` (RFC 9457) with a stable `reason`; /docs/errors lists them.";

Json Parse(const char* text) { return Json::parse(text); }

Json Parameter(const char* in, const std::string& name, bool required, Json schema) {
  Json parameter;
  parameter["name"] = name;
  parameter["in"] = in;
  parameter["required"] = required;
  if (schema.contains("description")) {
    parameter["description"] = schema["description"];
    schema.erase("description");
  }
  parameter["schema"] = std::move(schema);
  return parameter;
}

// Every field that a query may name, those of inner messages with a dot.
void AddQuery(Json& parameters, SchemaBook& book, const Endpoint& endpoint, const pb::Descriptor& message,
              const std::string& prefix) {
  for (int i = 0; i < message.field_count(); ++i) {
    const pb::FieldDescriptor& field = *message.field(i);
    const auto& in_path = endpoint.path_fields;
    if (field.is_map() || std::find(in_path.begin(), in_path.end(), &field) != in_path.end()) continue;
    const bool inner =
        field.message_type() != nullptr && field.message_type()->full_name() != "google.protobuf.Timestamp";
    if (!inner) {
      parameters.push_back(
          Parameter("query", prefix + field.name(), false, book.Field(field, Use::kRequest)));
    } else if (!field.is_repeated() && prefix.empty()) {
      AddQuery(parameters, book, endpoint, *field.message_type(), field.name() + ".");
    }
  }
}

Json ParametersOf(SchemaBook& book, const Endpoint& endpoint) {
  Json parameters = Json::array();
  for (const pb::FieldDescriptor* field : endpoint.path_fields) {
    parameters.push_back(Parameter("path", field->name(), true, book.Field(*field, Use::kRequest)));
  }
  if (endpoint.request_id != nullptr) {
    parameters.push_back(Parse(R"({"$ref": "#/components/parameters/IdempotencyKey"})"));
  }
  if (endpoint.session != common::v1::SESSION_EFFECT_UNSPECIFIED) {
    parameters.push_back(Parse(R"({"$ref": "#/components/parameters/XSession"})"));
  }
  if (endpoint.streaming && endpoint.after_sequence != nullptr) {
    parameters.push_back(Parse(R"({"$ref": "#/components/parameters/LastEventId"})"));
  }
  if (!endpoint.has_body) AddQuery(parameters, book, endpoint, *endpoint.rpc->input_type(), "");
  return parameters;
}

Json BodyOf(SchemaBook& book, const Endpoint& endpoint) {
  std::vector<const pb::FieldDescriptor*> elsewhere = endpoint.path_fields;
  if (endpoint.request_id != nullptr) elsewhere.push_back(endpoint.request_id);
  Json body;
  body["required"] = endpoint.rpc->input_type()->field_count() > static_cast<int>(elsewhere.size());
  body["content"]["application/json"]["schema"] =
      book.Object(*endpoint.rpc->input_type(), Use::kRequest, elsewhere);
  return body;
}

Json SuccessOf(SchemaBook& book, const Endpoint& endpoint) {
  const pb::Descriptor& message = *endpoint.rpc->output_type();
  Json success;
  if (endpoint.content != nullptr) {
    success["description"] = ReadComment(CommentOf(*endpoint.content)).description;
    success["content"]["image/*"]["schema"] = Json::object();
    return success;
  }
  success["description"] = ReadComment(CommentOf(message)).description;
  if (endpoint.streaming) {
    success["description"] =
        success["description"].get<std::string>() +
        " Server-sent events: the `data` of each is one JSON object of this schema, its `id` the "
        "sequence where there is one. An event `problem` tells why the stream ends.";
  }
  success["content"][endpoint.streaming ? "text/event-stream" : "application/json"]["schema"] =
      book.Reference(message, Use::kAnswer);
  return success;
}

Json OperationOf(SchemaBook& book, const Endpoint& endpoint) {
  const CommentText comment = ReadComment(CommentOf(*endpoint.rpc));
  Json operation;
  operation["operationId"] = endpoint.service + "_" + endpoint.rpc->name();
  operation["tags"] = Json::array({endpoint.service});
  operation["summary"] = comment.summary;
  operation["description"] = comment.description;
  operation["x-bordergate-access"] = AccessText(endpoint.access);
  operation["security"] = endpoint.is_public() ? Json::array() : Parse(R"([{"bearer": []}, {"cookie": []}])");
  Json parameters = ParametersOf(book, endpoint);
  if (!parameters.empty()) operation["parameters"] = std::move(parameters);
  if (endpoint.has_body) operation["requestBody"] = BodyOf(book, endpoint);
  operation["responses"]["200"] = SuccessOf(book, endpoint);
  operation["responses"]["4XX"]["$ref"] = "#/components/responses/Problem";
  operation["responses"]["5XX"]["$ref"] = "#/components/responses/Problem";
  return operation;
}

// One for each service that has a path; what only processes call has no place in the document.
Json TagsOf(const Contract& contract) {
  Json tags = Json::array();
  for (const pb::ServiceDescriptor* service : contract.services()) {
    const auto is_of_service = [&](const Endpoint& endpoint) { return endpoint.rpc->service() == service; };
    if (std::ranges::none_of(contract.endpoints(), is_of_service)) continue;
    Json tag;
    tag["name"] = std::string(Split(service->file()->package(), '.').at(1));
    tag["description"] = ReadComment(CommentOf(*service)).description;
    tags.push_back(std::move(tag));
  }
  return tags;
}

Json ProblemSchema() {
  return Parse(R"({
    "type": "object",
    "description": "Why a request was not done (RFC 9457).",
    "required": ["type", "title", "status", "detail", "reason", "request_id", "errors", "params"],
    "properties": {
      "type": {"type": "string", "description": "Where the reason is explained, for example `/docs/errors#TRIP_NOT_FOUND`."},
      "title": {"type": "string", "description": "The reason as words; the same for all problems of this reason."},
      "status": {"type": "integer", "description": "The HTTP status."},
      "detail": {"type": "string", "description": "What happened here, in English, for developers."},
      "reason": {"type": "string", "description": "Stable, for programs and for texts in other languages."},
      "request_id": {"type": "string", "description": "To be named when asking for help; the header X-Request-Id."},
      "errors": {
        "type": "array", "description": "Every field that breaks a rule.",
        "items": {
          "type": "object", "required": ["pointer", "reason", "detail"],
          "properties": {
            "pointer": {"type": "string", "description": "JSON Pointer (RFC 6901) into the request, for example `/goods/0/hs_code`."},
            "reason": {"type": "string"},
            "detail": {"type": "string"}
          }
        }
      },
      "params": {"type": "object", "description": "Values for the text that people see.", "additionalProperties": {"type": "string"}}
    }
  })");
}

Json ComponentsOf(SchemaBook& book) {
  Json components = Parse(R"({
    "securitySchemes": {
      "bearer": {"type": "http", "scheme": "bearer", "description": "Opaque token of a session, an API client or a device."},
      "cookie": {"type": "apiKey", "in": "cookie", "name": "__Host-bordergate",
                 "description": "Session of a browser. A change with it needs the header `X-Session: cookie`."}
    },
    "parameters": {
      "IdempotencyKey": {"name": "Idempotency-Key", "in": "header", "required": true,
        "description": "A new key for each new change; the same key for a repeat.",
        "schema": {"type": "string", "minLength": 8, "maxLength": 64}},
      "XSession": {"name": "X-Session", "in": "header", "required": false,
        "description": "`cookie`: a browser's session is kept in a cookie and does not appear in the answer.",
        "schema": {"type": "string", "enum": ["cookie"]}},
      "LastEventId": {"name": "Last-Event-ID", "in": "header", "required": false,
        "description": "Id of the last event received; stands in for `after_sequence`.",
        "schema": {"type": "string"}}
    },
    "responses": {
      "Problem": {"description": "The request was not done; `reason` says why.",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    }
  })");
  components["schemas"] = book.Take();
  components["schemas"]["Problem"] = ProblemSchema();
  return components;
}

}  // namespace

std::string AccessText(const common::v1::Access& access) {
  if (access.public_()) return "anybody";
  if (access.signed_in()) return "anybody who is signed in";
  std::string text;
  for (const int role : access.roles()) text += (text.empty() ? "" : ", ") + common::v1::Role_Name(role);
  for (const std::string& service : access.services())
    text += (text.empty() ? "" : ", ") + ("service " + service);
  return text.empty() ? "nobody" : text;
}

std::string MakeOpenApi(const Contract& contract) {
  SchemaBook book;
  Json document;
  document["openapi"] = "3.1.0";
  document["info"]["title"] = "bordergate";
  document["info"]["version"] = "1";
  document["info"]["description"] = kIntroduction;
  document["servers"] = Parse(R"([{"url": "/", "description": "the gateway that serves this document"}])");
  document["tags"] = TagsOf(contract);
  document["paths"] = Json::object();
  for (const Endpoint& endpoint : contract.endpoints()) {
    document["paths"][endpoint.path][LowerAscii(endpoint.http_method)] = OperationOf(book, endpoint);
  }
  document["components"] = ComponentsOf(book);
  return document.dump(1) + "\n";
}

}  // namespace bordergate::gateway
