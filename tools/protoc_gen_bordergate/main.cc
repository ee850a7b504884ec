// protoc plug-in: writes <file>.rpc.h with one method type an RPC. The type ties a path to its request and
// response, so that a server's handler and a client's call are checked by the compiler without any gRPC
// header:
//
//   namespace bordergate::lane::v1::lane_service {
//   struct OpenBarrier : rpc::Method<OpenBarrierRequest, OpenBarrierResponse, rpc::Streaming::kNone> {
//     static constexpr const char* kName = "bordergate.lane.v1.LaneService.OpenBarrier";
//   };
//   }
#include <memory>
#include <string>

#include <google/protobuf/compiler/code_generator.h>
#include <google/protobuf/compiler/plugin.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/printer.h>
#include <google/protobuf/io/zero_copy_stream.h>

namespace pb = google::protobuf;

namespace {

std::string Replace(std::string text, const std::string& from, const std::string& to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

std::string SnakeCase(const std::string& name) {
  std::string snake;
  for (char c : name) {
    if (c >= 'A' && c <= 'Z') {
      if (!snake.empty()) snake += '_';
      c = static_cast<char>(c - 'A' + 'a');
    }
    snake += c;
  }
  return snake;
}

std::string CppName(const pb::Descriptor& message) { return "::" + Replace(message.full_name(), ".", "::"); }

std::string StreamingOf(const pb::MethodDescriptor& method) {
  if (method.client_streaming()) return "kBoth";
  return method.server_streaming() ? "kServer" : "kNone";
}

class Generator : public pb::compiler::CodeGenerator {
 public:
  bool Generate(const pb::FileDescriptor* file, const std::string&, pb::compiler::GeneratorContext* context,
                std::string*) const override {
    const std::string stem = file->name().substr(0, file->name().rfind(".proto"));
    std::unique_ptr<pb::io::ZeroCopyOutputStream> stream(context->Open(stem + ".rpc.h"));
    pb::io::Printer out(stream.get(), '$');
    out.Print("// Made from $file$ by protoc_gen_bordergate.\n#pragma once\n\n", "file", file->name());
    if (file->service_count() == 0) return true;
    out.Print("#include \"$stem$.pb.h\"\n#include \"libs/rpc/method.h\"\n\n", "stem", stem);
    for (int i = 0; i < file->service_count(); ++i) PrintService(*file->service(i), out);
    return true;
  }

  uint64_t GetSupportedFeatures() const override { return FEATURE_PROTO3_OPTIONAL; }

 private:
  static void PrintService(const pb::ServiceDescriptor& service, pb::io::Printer& out) {
    const std::string space =
        Replace(service.file()->package(), ".", "::") + "::" + SnakeCase(service.name());
    out.Print("namespace $space$ {\n", "space", space);
    for (int i = 0; i < service.method_count(); ++i) {
      const pb::MethodDescriptor& method = *service.method(i);
      out.Print(
          "struct $name$ : ::bordergate::rpc::Method<$request$, $response$, "
          "::bordergate::rpc::Streaming::$streaming$> {\n"
          "  static constexpr const char* kName = \"$full_name$\";\n};\n",
          "name", method.name(), "request", CppName(*method.input_type()), "response",
          CppName(*method.output_type()), "streaming", StreamingOf(method), "full_name", method.full_name());
    }
    out.Print("}  // namespace $space$\n", "space", space);
  }
};

}  // namespace

int main(int argc, char** argv) {
  const Generator generator;
  return pb::compiler::PluginMain(argc, argv, &generator);
}
