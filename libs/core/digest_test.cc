// Goal: digests and signatures are the standard ones. Method: published test vectors.
#include "libs/core/digest.h"

#include <gtest/gtest.h>

namespace bordergate {
namespace {

TEST(Digest, Sha256MatchesTheVectorOfFips180) {
  EXPECT_EQ(Hex(Sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Digest, Base64ReadsWhatItWrites) {
  const std::string bytes("\x00\xff\x10", 3);
  EXPECT_EQ(Base64(bytes), "AP8Q");
  EXPECT_EQ(ParseBase64("AP8Q").value(), bytes);
  EXPECT_FALSE(ParseBase64("AP8").has_value());
  EXPECT_FALSE(ParseBase64("AP8Q\n").has_value());
}

TEST(Digest, ASignatureHoldsForItsMessageAndKeyOnly) {
  const std::string seed(32, 'a');
  const std::string signature = SignEd25519(seed, "open lane X1");
  // Public half of that seed, as OpenSSL prints it.
  auto parse = [](std::string_view hex) {
    std::string out;
    for (size_t i = 0; i < hex.size(); i += 2)
      out += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
    return out;
  };
  const std::string public_key = parse("af06a3e3291714e4f356c19c9b15cd1951ec6e6662aa77be07547f289383341d");
  EXPECT_TRUE(VerifyEd25519(public_key, "open lane X1", signature));
  EXPECT_FALSE(VerifyEd25519(public_key, "open lane X2", signature));
  EXPECT_FALSE(VerifyEd25519(std::string(32, 'b'), "open lane X1", signature));
  EXPECT_FALSE(VerifyEd25519(public_key, "open lane X1", "short"));
}

TEST(Digest, AKeyPairComesFromItsSeed) {
  const std::string seed(32, 's');
  const std::string signature = SignEd25519(seed, "open lane X1");
  EXPECT_TRUE(VerifyEd25519(PublicKeyEd25519(seed), "open lane X1", signature));
  EXPECT_FALSE(VerifyEd25519(PublicKeyEd25519(std::string(32, 't')), "open lane X1", signature));
}

TEST(Digest, SecretsAreComparedWhole) {
  EXPECT_TRUE(EqualSecrets("token", "token"));
  EXPECT_FALSE(EqualSecrets("token", "tokem"));
  EXPECT_FALSE(EqualSecrets("token", "toke"));
}

}  // namespace
}  // namespace bordergate
