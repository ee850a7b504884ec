#include "services/gateway/api/visit.h"

#include <fmt/format.h>

#include "services/gateway/api/problem.h"
#include "services/gateway/api/security_headers.h"

namespace bordergate::gateway {
namespace {

const std::string kOwn = "gateway";

}  // namespace

Dispatcher::Dispatcher(const Contract& contract, Telemetry& telemetry, const Clock& clock,
                       int64_t hsts_max_age_s)
    : telemetry_(telemetry), clock_(clock), hsts_max_age_s_(hsts_max_age_s) {
  std::set<std::string> services = {kOwn};
  for (const Endpoint& endpoint : contract.endpoints()) services.insert(endpoint.service);
  for (const std::string& service : services) {
    const auto counter = [&](const char* status) {
      return telemetry.metrics.NewCounter("requests_total",
                                          "Answers by the service that was asked and the status",
                                          {{"service", service}, {"status", status}});
    };
    metrics_.emplace(
        service,
        ServiceMetrics{
            {counter("1xx"), counter("2xx"), counter("3xx"), counter("4xx"), counter("5xx")},
            telemetry.metrics.NewHistogram("request_duration_seconds", "From the whole request to its answer",
                                           CallDurationBounds(), {{"service", service}})});
  }
}

void Dispatcher::Complete(const Visit& visit, http::Response& response) const {
  response.headers.Set("X-Request-Id", visit.request_id);
  if (!response.headers.Find("Cache-Control")) response.headers.Set("Cache-Control", "no-store");
  AddSecurityHeaders(response, hsts_max_age_s_);
  if (!visit.rate) return;
  const RateLimiter::Answer& rate = *visit.rate;
  response.headers.Set("RateLimit-Policy",
                       fmt::format("\"default\";q={};w={}", rate.limit, rate.window.count()));
  response.headers.Set("RateLimit", fmt::format("\"default\";r={};t={}", rate.remaining, rate.reset.count()));
}

void Dispatcher::Record(const Visit& visit, int status, std::string_view reason) const {
  const std::string& service = visit.endpoint == nullptr ? kOwn : visit.endpoint->service;
  const ServiceMetrics& metrics = metrics_.at(service);
  const double duration_s = std::chrono::duration<double>(clock_.SteadyNow() - visit.began).count();
  metrics.answered[std::clamp(status / 100, 1, 5) - 1].Increment();
  metrics.duration.Observe(duration_s);
  // The path as sent may hold a plate in its query; the RPC says enough.
  const Log::Fields fields = {
      {"rpc", visit.endpoint == nullptr ? std::string_view() : visit.endpoint->rpc->full_name()},
      {"method", visit.request.method},
      {"status", status},
      {"reason", reason},
      {"duration_ms", duration_s * 1000},
      {"actor", visit.session ? std::string_view(visit.session->subject_id) : std::string_view()},
      {"trace_id", visit.trace.trace_id},
      {"request_id", visit.request_id}};
  const bool is_page = visit.endpoint == nullptr && status < 400;
  is_page ? telemetry_.log.Debug("http.request", "answered", fields)
          : telemetry_.log.Info("http.request", "answered", fields);
}

void Dispatcher::Send(const Visit& visit, http::Response response) const {
  Complete(visit, response);
  Record(visit, response.status, "");
  visit.reply.Send(std::move(response));
}

void Dispatcher::SendProblem(const Visit& visit, const Error& error) const {
  http::Response response = MakeProblem(error, visit.request_id);
  Complete(visit, response);
  Record(visit, response.status, error.reason());
  visit.reply.Send(std::move(response));
}

http::Stream Dispatcher::StartStream(const Visit& visit, http::Response head) const {
  Complete(visit, head);
  Record(visit, head.status, "");
  return visit.reply.StartStream(std::move(head));
}

}  // namespace bordergate::gateway
