// Goal: only the folder's own files are served, with headers that make browsers quick. Method: a folder made
// here.
#include "libs/http/static_files.h"

#include <fstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "libs/http/reasons.h"

namespace bordergate::http {
namespace {

namespace fs = std::filesystem;

class Files : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
    outside_ = fs::temp_directory_path() / fmt::format("bordergate-static-{}-{}", getpid(), info->name());
    folder_ = outside_ / "pages";
    fs::create_directories(folder_ / "assets");
    Write(outside_ / "secret.txt", "secret");
    Write(folder_ / "index.html", "<p>hello</p>");
    Write(folder_ / "assets/app-1f2e.js", "const a = 1;");
    Write(folder_ / "assets/app-1f2e.js.gz", "compressed");
    Write(folder_ / "alone.gz", "no sibling");
    fs::create_symlink(outside_ / "secret.txt", folder_ / "link.txt");
    fs::create_directory_symlink(outside_, folder_ / "up");
    files_.emplace(StaticFiles::Load(folder_).value());
  }
  void TearDown() override { fs::remove_all(outside_); }

  static void Write(const fs::path& name, std::string_view text) { std::ofstream(name) << text; }
  std::optional<Response> Find(std::string_view path, Request request = {}) {
    return files_->Find(path, request);
  }

  fs::path outside_;
  fs::path folder_;
  std::optional<StaticFiles> files_;
};

TEST_F(Files, TheRootIsTheIndex) {
  const auto response = Find("/");
  ASSERT_TRUE(response.has_value());
  EXPECT_EQ(response->bytes(), "<p>hello</p>");
  EXPECT_EQ(response->headers.Find("content-type"), "text/html; charset=utf-8");
  EXPECT_EQ(response->headers.Find("cache-control"), "no-cache");
}

TEST_F(Files, NamesWithADigestAreKept) {
  EXPECT_EQ(Find("/assets/app-1f2e.js")->headers.Find("cache-control"),
            "public, max-age=31536000, immutable");
}

TEST_F(Files, AnUnchangedFileIsNotSentAgain) {
  Request request;
  request.headers.Add("If-None-Match", fmt::format("\"x\", W/{}", *Find("/")->headers.Find("etag")));
  const auto response = Find("/", request);
  EXPECT_EQ(response->status, 304);
  EXPECT_EQ(response->bytes(), "");
}

TEST_F(Files, TheCompressedSiblingIsForThoseWhoCanReadIt) {
  Request request;
  request.headers.Add("Accept-Encoding", "gzip, br");
  const auto packed = Find("/assets/app-1f2e.js", request);
  EXPECT_EQ(packed->bytes(), "compressed");
  EXPECT_EQ(packed->headers.Find("content-encoding"), "gzip");
  EXPECT_EQ(packed->headers.Find("content-type"), "text/javascript; charset=utf-8");
  const auto plain = Find("/assets/app-1f2e.js");
  EXPECT_EQ(plain->bytes(), "const a = 1;");
  EXPECT_EQ(plain->headers.Find("vary"), "Accept-Encoding");
  EXPECT_NE(plain->headers.Find("etag"), packed->headers.Find("etag"));
  EXPECT_FALSE(Find("/assets/app-1f2e.js.gz").has_value());
  EXPECT_EQ(Find("/alone.gz")->bytes(), "no sibling");
}

TEST_F(Files, NothingOutsideTheFolderCanBeReached) {
  for (const char* path : {"/../secret.txt", "/assets/../../secret.txt", "/link.txt", "/up/secret.txt",
                           "//etc/passwd", "/assets", "/assets/", "", "secret.txt", "/./index.html"}) {
    EXPECT_FALSE(Find(path).has_value()) << path;
  }
}

TEST_F(Files, OnlyTheFilesAskedForAreRead) {
  files_.emplace(StaticFiles::Load(folder_, {.only = {"/index.html"}}).value());
  EXPECT_EQ(files_->file_count(), 1u);
  EXPECT_TRUE(Find("/").has_value());
}

TEST_F(Files, AFolderThatIsNotThereIsAnError) {
  EXPECT_TRUE(StaticFiles::Load(folder_ / "absent").error().Is(kFolderUnreadable));
  EXPECT_TRUE(StaticFiles::Load(folder_, {.total_bytes_max = 5}).error().Is(kFolderUnreadable));
}

}  // namespace
}  // namespace bordergate::http
