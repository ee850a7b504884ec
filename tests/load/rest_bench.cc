// Measures requests a second through the gateway to a trivial signed-in RPC (GET /v1/me), beside a bare Beast
// -> gRPC echo of the same RPC, in turns, with wrk as the load. Both call the same identity over mTLS, which
// proves the same assertion.
//
//   rest_bench                 prints {"rows": [...]} for ./bench
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "services/gateway/testing/fake_identity.h"
#include "tests/load/child.h"
#include "tests/load/rest_floor.h"

namespace bordergate::load {
namespace {

constexpr int kThreads = 2;
constexpr int kConnections = 32;
constexpr int kRounds = 3;
constexpr int kSeconds = 4;
constexpr char kMethod[] = "bordergate.identity.v1.IdentityService.GetMe";

struct Measured {
  double requests_per_second = 0;
  double p50_ms = 0;
  double p99_ms = 0;
};

std::string TextAfter(const std::string& text, const std::string& before) {
  const size_t at = text.find(before);
  return at == std::string::npos ? std::string() : text.substr(at + before.size(), 32);
}

// "  1.23ms", "450.00us", "1.02s"
double Milliseconds(const std::string& text) {
  size_t used = 0;
  const double number = text.empty() ? -1 : std::stod(text, &used);
  const std::string unit = text.substr(used, 2);
  return unit == "us" ? number / 1000 : unit == "ms" ? number : number * 1000;
}

Measured Load(int port, int seconds) {
  const std::string output = RunToEnd(
      fmt::format("wrk -t1 -c{} -d{}s --latency -H 'Authorization: Bearer token-1' http://127.0.0.1:{}/v1/me",
                  kConnections, seconds, port));
  if (output.find("Non-2xx") != std::string::npos || TextAfter(output, "Requests/sec:").empty()) {
    std::cerr << "rest_bench: the answers were not what is measured:\n" << output;
    std::exit(1);
  }
  // Percentages stand further above too, as shares of the deviation: 83.50%.
  const std::string latencies = output.substr(output.find("Latency Distribution"));
  return {.requests_per_second = std::stod(TextAfter(output, "Requests/sec:")),
          .p50_ms = Milliseconds(TextAfter(latencies, " 50%")),
          .p99_ms = Milliseconds(TextAfter(latencies, " 99%"))};
}

Measured Median(std::vector<Measured> rounds) {
  std::sort(rounds.begin(), rounds.end(), [](const Measured& a, const Measured& b) {
    return a.requests_per_second < b.requests_per_second;
  });
  return rounds[rounds.size() / 2];
}

nlohmann::ordered_json Row(const char* title, const Measured& measured, double floor) {
  nlohmann::ordered_json row;
  row["case"] = title;
  row["requests_per_second"] = measured.requests_per_second;
  row["of_floor"] = measured.requests_per_second / floor;
  row["p50_ms"] = measured.p50_ms;
  row["p99_ms"] = measured.p99_ms;
  return row;
}

std::vector<std::string> GatewayEnvironment(const std::string& address, const TlsConfig& tls) {
  const std::string unlimited = "1000000";
  return {"BORDERGATE_PEERS__IDENTITY=" + address,
          "BORDERGATE_TLS__CA_FILE=" + tls.ca_file,
          "BORDERGATE_TLS__CERTIFICATE_FILE=" + tls.certificate_file,
          "BORDERGATE_TLS__KEY_FILE=" + tls.key_file,
          "BORDERGATE_TLS__SITE=" + tls.site,
          "BORDERGATE_HTTP__THREADS=" + std::to_string(kThreads),
          "BORDERGATE_RATE__CALLER_PER_SECOND=" + unlimited,
          "BORDERGATE_RATE__CALLER_BURST=" + unlimited};
}

std::string Program(const std::string& name) {
  return (std::filesystem::read_symlink("/proc/self/exe").parent_path() / name).string();
}

int Measure() {
  const SystemClock clock;
  const TestPki pki;
  RpcConfig rpc = pki.MakeRpcConfig("identity");
  rpc.waiting_calls_max = 1000;
  gateway::FakeIdentity identity(pki, rpc, clock);
  identity.SignIn("token-1", "person_1");
  const TlsConfig tls = pki.MakeCertificate("gateway");
  const std::string address = fmt::format("127.0.0.1:{}", identity.port());
  const TemporaryFolder folder;
  const Child floor(
      {Program("rest_bench"), "floor", address, tls.ca_file, tls.certificate_file, tls.key_file, tls.site,
       folder.Write("assertion",
                    [&] {
                      rpc::Caller caller;
                      caller.subject_id = "person_1";
                      return pki.MakeAssertion(caller, clock.Now(), seconds(60));
                    }())},
      {}, folder.Write("floor.out", ""));
  const Child gateway({Program("gateway"), "serve"}, GatewayEnvironment(address, tls),
                      folder.Write("gateway.out", ""));
  const int floor_port = floor.WaitForNumber("floor_port=");
  const int gateway_port =
      gateway.WaitForNumber("\"event\":\"http.listening\",\"message\":\"the public door is open\",\"port\":");
  if (floor_port == 0 || gateway_port == 0) {
    std::cerr << "rest_bench: a program to be measured did not start\n";
    return 1;
  }
  Load(floor_port, 1);
  Load(gateway_port, 1);
  std::vector<Measured> of_floor;
  std::vector<Measured> of_gateway;
  for (int round = 0; round < kRounds; ++round) {
    of_floor.push_back(Load(floor_port, kSeconds));
    of_gateway.push_back(Load(gateway_port, kSeconds));
  }
  const Measured bare = Median(of_floor);
  nlohmann::ordered_json result;
  result["rows"].push_back(Row("bare Beast -> gRPC", bare, bare.requests_per_second));
  result["rows"].push_back(Row("gateway", Median(of_gateway), bare.requests_per_second));
  std::cout << result.dump(1) << "\n";
  return 0;
}

std::string ReadAll(const std::string& name) {
  std::ifstream file(name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace
}  // namespace bordergate::load

int main(int argc, char** argv) {
  using namespace bordergate;  // NOLINT(google-build-using-namespace)
  if (argc == 8 && std::string_view(argv[1]) == "floor") {
    const TlsConfig tls{
        .ca_file = argv[3], .certificate_file = argv[4], .key_file = argv[5], .site = argv[6]};
    return load::RunFloor(argv[2], tls, load::kMethod, load::ReadAll(argv[7]), load::kThreads);
  }
  return load::Measure();
}
