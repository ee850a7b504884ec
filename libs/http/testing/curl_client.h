// libcurl as an independent peer: it parses our answers by its own rules.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace bordergate::http {

struct CurlRequest {
  std::string method = "GET";
  std::string url = {};
  std::vector<std::string> headers = {};  // "Name: value"
  std::string body = {};
  std::string ca_file = {};  // for https; the certificate is verified against it
  bool compressed = false;   // sends Accept-Encoding and unpacks
};

struct CurlResponse {
  int error = 0;  // CURLcode; 0 is CURLE_OK
  std::string error_text;
  int status = 0;
  std::map<std::string, std::string> headers;                    // names in lower case; the last of each
  std::vector<std::pair<std::string, std::string>> header_list;  // all, in order, names in lower case
  std::string body;
};

// Waits for the whole answer, 20 s at most.
CurlResponse Curl(const CurlRequest& request);
CurlResponse Curl(const std::string& url);

}  // namespace bordergate::http
