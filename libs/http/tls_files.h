// Certificate and key from files, read again when they change. Private to libs/http.
#pragma once

#include <filesystem>
#include <memory>

#include <boost/asio/ssl/context.hpp>

#include "libs/core/result.h"
#include "libs/http/server.h"

namespace bordergate::http {

class TlsContexts {
 public:
  explicit TlsContexts(TlsFiles files) : files_(std::move(files)) {}

  // Reads the files. On an error the context before stays in use. Reason: TLS_FILES_INVALID.
  Result<void> Load();
  // Load() when a file has changed since; true when it did and was good.
  Result<bool> LoadIfChanged();
  // For the next connection; open ones keep theirs.
  std::shared_ptr<boost::asio::ssl::context> current() const { return current_; }

 private:
  struct Stamp {
    std::filesystem::file_time_type certificate;
    std::filesystem::file_time_type key;
    bool operator==(const Stamp&) const = default;
  };
  Stamp ReadStamp() const;

  const TlsFiles files_;
  Stamp stamp_;
  std::shared_ptr<boost::asio::ssl::context> current_;
};

}  // namespace bordergate::http
