// A server on a free loopback port for the length of a test.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "libs/http/server.h"

namespace bordergate::http {

inline std::unique_ptr<Server> StartForTest(Handler handler, ServerOptions options = {}) {
  auto server = Server::Start(std::move(options), std::move(handler));
  EXPECT_TRUE(server.has_value()) << (server ? "" : server.error().message());
  return server ? *std::move(server) : nullptr;
}

inline std::string UrlOf(const Server& server, std::string_view path, std::string_view scheme = "http") {
  return fmt::format("{}://127.0.0.1:{}{}", scheme, server.port(), path);
}

// Until `holds` does, 20 s at most: for what the server counts but tells nobody.
inline bool Eventually(const std::function<bool()>& holds) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (std::chrono::steady_clock::now() < end) {
    if (holds()) return true;
    std::this_thread::yield();
  }
  return holds();
}

}  // namespace bordergate::http
