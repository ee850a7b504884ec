#include "services/camera/seal.h"

#include <csignal>

#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace bordergate::camera::seal {
namespace {

bool Limit(int resource, rlim_t most) {
  const rlimit limit{.rlim_cur = most, .rlim_max = most};
  return setrlimit(resource, &limit) == 0;
}

}  // namespace

bool GiveUpLimits(uint64_t open_files_max, uint64_t memory_bytes_max) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return false;
  if (!Limit(RLIMIT_CORE, 0) || !Limit(RLIMIT_FSIZE, 0) || !Limit(RLIMIT_NOFILE, open_files_max))
    return false;
  return kSanitized || Limit(RLIMIT_AS, memory_bytes_max);
}

bool AllowOnly(std::initializer_list<int> calls, uint32_t otherwise) {
  scmp_filter_ctx filter = seccomp_init(otherwise);
  if (filter == nullptr) return false;
  bool good = true;
  for (const int call : calls) good = good && seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) == 0;
  for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)}) {
    const scmp_arg_cmp not_executable{.arg = 2, .op = SCMP_CMP_MASKED_EQ, .datum_a = PROT_EXEC, .datum_b = 0};
    good = good && seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, call, 1, &not_executable) == 0;
  }
  good = good && seccomp_load(filter) == 0;
  seccomp_release(filter);
  return good;
}

}  // namespace bordergate::camera::seal
