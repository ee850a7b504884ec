// rtsp_server.py as a child process: an RTSP camera that a test can freeze, end and start again.
#pragma once

#include <csignal>
#include <cstdio>
#include <string>

#include <sys/wait.h>
#include <unistd.h>

#include "libs/core/check.h"

namespace bordergate {

class RtspServer {
 public:
  // Returns once it serves.
  //   folder   000.jpg, 001.jpg and so on
  //   port     0 takes a free one
  RtspServer(const std::string& folder, int port, int frames_per_second) {
    int from_child[2];
    BG_CHECK(pipe(from_child) == 0, "a test may open a pipe");
    const std::string port_text = std::to_string(port);
    const std::string rate = std::to_string(frames_per_second);
    process_ = fork();
    BG_CHECK(process_ >= 0, "a test may start a process");
    if (process_ == 0) {
      dup2(from_child[1], STDOUT_FILENO);
      close(from_child[0]);
      close(from_child[1]);
      execl("/usr/bin/python3", "python3", BORDERGATE_SOURCE_FOLDER "/tests/fault/rtsp_server.py",
            folder.c_str(), port_text.c_str(), rate.c_str(), nullptr);
      _exit(127);
    }
    close(from_child[1]);
    FILE* from = fdopen(from_child[0], "r");
    char line[64] = {};
    const bool said = fgets(line, sizeof line, from) != nullptr && std::string(line).starts_with("port=");
    BG_CHECK(said, "GStreamer's RTSP server starts; ./setup installs it");
    port_ = std::stoi(line + 5);
    fclose(from);
  }
  ~RtspServer() { Kill(); }
  RtspServer(const RtspServer&) = delete;
  RtspServer& operator=(const RtspServer&) = delete;

  int port() const { return port_; }
  std::string url() const { return "rtsp://127.0.0.1:" + std::to_string(port_) + "/live"; }
  // Its connections stay open and say nothing more.
  void Freeze() const { kill(process_, SIGSTOP); }
  void Thaw() const { kill(process_, SIGCONT); }
  void Kill() {
    if (process_ < 0) return;
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
    process_ = -1;
  }

 private:
  pid_t process_ = -1;
  int port_ = 0;
};

}  // namespace bordergate
