// A private PostgreSQL for one test program: made on first use in a temporary folder, gone at the end. No
// system service is touched; it listens on a socket in its own folder only.
#pragma once

#include <memory>
#include <string>

#include "libs/config/common_config.h"

namespace bordergate {

class TestPostgres {
 public:
  // The program's cluster; 1.5 s the first time.
  static TestPostgres& Get();

  // An empty database of its own for a test, with the superuser's rights; about 100 ms.
  DatabaseConfig NewDatabase();

  // Faults: ends the server at once as a crash would, and brings it back.
  void Crash();
  void Start();

 private:
  TestPostgres();
  ~TestPostgres();
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace bordergate
