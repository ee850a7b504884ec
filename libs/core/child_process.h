// Starts programs of ours that do one dangerous thing apart from us.
#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

namespace bordergate {

// A descriptor of this process alone, closed by its end. Moved above those that a child is given, so that
// placing one there does not overwrite another.
class OwnDescriptor {
 public:
  explicit OwnDescriptor(int raw);
  ~OwnDescriptor();
  OwnDescriptor(const OwnDescriptor&) = delete;
  OwnDescriptor& operator=(const OwnDescriptor&) = delete;
  int get() const { return descriptor_; }
  int Release();

 private:
  int descriptor_;
};

// Starts the program without arguments or environment, with these descriptors as 3, 4 and so on, standard
// error, and nothing else of ours.
//   returns   0 or the error number
int StartChild(const std::string& program, const std::vector<int>& descriptors, pid_t* process);

// Kills it and waits until it is gone.
void EndChild(pid_t process);

// The program of this name in the folder of this program.
std::string ProgramBesideThis(const std::string& name);

}  // namespace bordergate
