#include "libs/http/admin_server.h"

#include <nlohmann/json.hpp>

namespace bordergate::http {
namespace {

constexpr std::string_view kMetricsType = "text/plain; version=0.0.4; charset=utf-8";

Response AnswerReady(const AdminServer::Callbacks& callbacks) {
  const auto reasons = callbacks.not_ready();
  nlohmann::ordered_json body;
  body["ready"] = reasons.empty();
  body["reasons"] = nlohmann::ordered_json::array();
  for (const auto& one : reasons) {
    nlohmann::ordered_json entry;
    entry["reason"] = one.reason;
    entry["text"] = one.text;
    body["reasons"].push_back(std::move(entry));
  }
  // A text that is not UTF-8 must not end the process that reports it.
  std::string text = body.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
  return MakeResponse(reasons.empty() ? 200 : 503, "application/json", std::move(text));
}

Response AnswerAdmin(const AdminServer::Callbacks& callbacks, const Request& request) {
  if (request.method != "GET" && request.method != "HEAD") {
    Response refused = MakeResponse(405, "text/plain; charset=utf-8", "only GET\n");
    refused.headers.Add("Allow", "GET, HEAD");
    return refused;
  }
  if (request.path == "/live") return MakeResponse(200, "application/json", "{\"live\":true}\n");
  if (request.path == "/ready") return AnswerReady(callbacks);
  if (request.path == "/metrics") return MakeResponse(200, kMetricsType, callbacks.metrics_text());
  return MakeResponse(404, "text/plain; charset=utf-8", "there are /live, /ready and /metrics\n");
}

}  // namespace

Result<std::unique_ptr<AdminServer>> AdminServer::Start(const std::string& listen, Callbacks callbacks) {
  ServerOptions options;
  options.listen = listen;
  options.limits.body_bytes_max = 1024;
  options.limits.connections_max = 64;
  auto server = BG_TRY(Server::Start(std::move(options), [callbacks](Request request, Reply reply) {
    Response response = AnswerAdmin(callbacks, request);
    response.headers.Set("Cache-Control", "no-store");
    reply.Send(std::move(response));
  }));
  return std::unique_ptr<AdminServer>(new AdminServer(std::move(server)));
}

}  // namespace bordergate::http
