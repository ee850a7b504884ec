// mTLS between processes: every process has one certificate with exactly one URI name,
// spiffe://bordergate/<site>/<service>, signed by the site's authority. Certificates are re-read while
// running. Only files of libs/rpc include this.
#pragma once

#include <memory>
#include <string>

#include <grpcpp/security/auth_context.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/security/server_credentials.h>

#include "libs/config/common_config.h"

namespace bordergate::rpc {

// Asks for and verifies the client's certificate.
std::shared_ptr<grpc::ServerCredentials> MakeServerCredentials(const TlsConfig& tls);

// Connects only to a server whose certificate names `service` of the same site.
std::shared_ptr<grpc::ChannelCredentials> MakeChannelCredentials(const TlsConfig& tls,
                                                                 const std::string& service);

// The service named by the peer's certificate; empty when it names none of this site.
std::string PeerService(const grpc::AuthContext& context, const std::string& site);

}  // namespace bordergate::rpc
