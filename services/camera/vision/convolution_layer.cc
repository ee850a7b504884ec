#include "services/camera/vision/convolution_layer.h"

#include <map>
#include <mutex>
#include <optional>

#include <dnnl.hpp>
#include <opencv2/dnn/all_layers.hpp>

// OpenMP's own, as its specification has it; <omp.h> is GCC's and clang-tidy does not find it.
extern "C" void omp_set_num_threads(int threads);

namespace bordergate::camera {
namespace {

using cv::dnn::LayerParams;
using cv::dnn::MatShape;
using Dims = dnnl::memory::dims;
using Tag = dnnl::memory::format_tag;
constexpr auto kFloat = dnnl::memory::data_type::f32;

const dnnl::engine& Engine() {
  static const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
  return engine;
}

dnnl::memory::desc Described(const Dims& dims, Tag tag) { return {dims, kFloat, tag}; }

dnnl::memory Around(const cv::Mat& data, const dnnl::memory::desc& desc) {
  return {desc, Engine(), const_cast<float*>(data.ptr<float>())};
}

// `count` numbers of the layer's parameter; one number stands for all of them.
Dims Numbers(const LayerParams& params, const char* key, int count, int otherwise) {
  Dims numbers(static_cast<size_t>(count), otherwise);
  if (!params.has(key)) return numbers;
  const cv::dnn::DictValue& given = params.get(key);
  if (given.size() != 1 && given.size() != count)
    CV_Error(cv::Error::StsBadArg, std::string(key) + ": number of values");
  for (int i = 0; i < count; ++i) numbers[static_cast<size_t>(i)] = given.get<int>(given.size() == 1 ? 0 : i);
  return numbers;
}

// What oneDNN works in is neither the order of the net's data nor, for some shapes, of its size. The calling
// thread's layers share the room, since they run one after the other.
struct Room {
  cv::Mat input, output;

  static void* For(cv::Mat& room, size_t bytes) {
    if (room.total() < bytes) room.create(1, static_cast<int>(bytes), CV_8U);
    return room.data;
  }
};

Room& ThisThreadsRoom() {
  thread_local Room room;
  return room;
}

// oneDNN's parts for one size of input.
struct Prepared {
  dnnl::convolution_forward convolution;
  dnnl::memory::desc input, output;  // in oneDNN's order
  dnnl::memory weights;
  std::optional<dnnl::reorder> arrange, restore;  // absent where the net's order will do
};

class ConvolutionLayer final : public cv::dnn::Layer {
 public:
  explicit ConvolutionLayer(const LayerParams& params)
      : Layer(params), stride_(Numbers(params, "stride", 2, 1)), padding_(Numbers(params, "pad", 4, 0)) {
    const bool is_plain =
        params.get<int>("group", 1) == 1 && Numbers(params, "dilation", 2, 1) == Dims{1, 1} &&
        params.get<cv::String>("pad_mode", "").empty() && !blobs.empty() && blobs[0].dims == 4;
    if (!is_plain)
      CV_Error(cv::Error::StsNotImplemented, "a convolution that bordergate's models do not have: " + name);
    bias_ = cv::Mat::zeros(1, blobs[0].size[0], CV_32F);
    if (blobs.size() > 1) blobs[1].reshape(1, 1).copyTo(bias_);
  }

  bool supportBackend(int backend) override { return backend == cv::dnn::DNN_BACKEND_OPENCV; }

  bool setActivation(const cv::Ptr<cv::dnn::ActivationLayer>& layer) override {
    const auto relu = layer.dynamicCast<cv::dnn::ReLULayer>();
    has_relu_ = !relu.empty() && relu->negativeSlope == 0.0F;
    return has_relu_;
  }

  bool getMemoryShapes(const std::vector<MatShape>& inputs, int, std::vector<MatShape>& outputs,
                       std::vector<MatShape>&) const override {
    MatShape shape = inputs.at(0);
    CV_Assert(shape.size() == 4 && shape[0] == 1 && shape[1] == blobs[0].size[1]);
    shape[1] = blobs[0].size[0];
    for (size_t i = 0; i < 2; ++i) {
      const int64_t padded = shape[2 + i] + padding_[i] + padding_[2 + i];
      shape[2 + i] = static_cast<int>((padded - blobs[0].size[2 + static_cast<int>(i)]) / stride_[i] + 1);
    }
    outputs = {shape};
    return false;  // not in place
  }

  void forward(cv::InputArrayOfArrays input_arrays, cv::OutputArrayOfArrays output_arrays,
               cv::OutputArrayOfArrays) override {
    std::vector<cv::Mat> inputs, outputs;
    input_arrays.getMatVector(inputs);
    output_arrays.getMatVector(outputs);
    omp_set_num_threads(1);  // of the calling thread; oneDNN would take every core
    try {
      Compute(inputs.at(0), outputs.at(0));
    } catch (const dnnl::error& fault) {
      CV_Error(cv::Error::StsError, name + ": " + fault.what());
    }
  }

 private:
  void Compute(const cv::Mat& input, cv::Mat& output);
  const Prepared& PreparedFor(const cv::Mat& input, const cv::Mat& output);
  Prepared Prepare(const Dims& input, const Dims& output);
  dnnl::memory Weights(const dnnl::memory::desc& wanted);

  static Dims DimsOf(const cv::Mat& mat) { return {mat.size[0], mat.size[1], mat.size[2], mat.size[3]}; }

  Dims stride_;   // down, across
  Dims padding_;  // top, left, bottom, right
  cv::Mat bias_;
  bool has_relu_ = false;
  std::map<Dims, Prepared> prepared_;  // by input
  std::vector<dnnl::memory> weights_;  // in each order that was wanted; mostly one
  dnnl::stream stream_{Engine()};
};

dnnl::memory ConvolutionLayer::Weights(const dnnl::memory::desc& wanted) {
  for (const dnnl::memory& known : weights_) {
    if (known.get_desc() == wanted) return known;
  }
  dnnl::memory given = Around(blobs[0], Described(DimsOf(blobs[0]), Tag::oihw));
  dnnl::memory weights(wanted, Engine());
  dnnl::reorder(given, weights).execute(stream_, given, weights);
  stream_.wait();
  weights_.push_back(weights);
  return weights;
}

Prepared ConvolutionLayer::Prepare(const Dims& input, const Dims& output) {
  dnnl::primitive_attr attributes;
  if (has_relu_) {
    dnnl::post_ops after;
    after.append_eltwise(1.0F, dnnl::algorithm::eltwise_relu, 0.0F, 0.0F);
    attributes.set_post_ops(after);
  }
  const dnnl::convolution_forward::desc form(
      dnnl::prop_kind::forward_inference, dnnl::algorithm::convolution_direct, Described(input, Tag::any),
      Described(DimsOf(blobs[0]), Tag::any), Described({output[1]}, Tag::x), Described(output, Tag::any),
      stride_, {padding_[0], padding_[1]}, {padding_[2], padding_[3]});
  const dnnl::convolution_forward::primitive_desc chosen(form, attributes, Engine());
  Prepared prepared;
  prepared.convolution = dnnl::convolution_forward(chosen);
  prepared.input = chosen.src_desc();
  prepared.output = chosen.dst_desc();
  prepared.weights = Weights(chosen.weights_desc());
  const auto arrange = [](const dnnl::memory::desc& from, const dnnl::memory::desc& to) {
    if (from == to) return std::optional<dnnl::reorder>();
    return std::optional(dnnl::reorder({Engine(), from, Engine(), to}));
  };
  prepared.arrange = arrange(Described(input, Tag::nchw), prepared.input);
  prepared.restore = arrange(prepared.output, Described(output, Tag::nchw));
  return prepared;
}

const Prepared& ConvolutionLayer::PreparedFor(const cv::Mat& input, const cv::Mat& output) {
  const Dims dims = DimsOf(input);
  auto known = prepared_.find(dims);
  if (known == prepared_.end()) known = prepared_.emplace(dims, Prepare(dims, DimsOf(output))).first;
  return known->second;
}

void ConvolutionLayer::Compute(const cv::Mat& input, cv::Mat& output) {
  const Prepared& prepared = PreparedFor(input, output);
  dnnl::memory given = Around(input, Described(DimsOf(input), Tag::nchw));
  dnnl::memory wanted = Around(output, Described(DimsOf(output), Tag::nchw));
  dnnl::memory from = given;
  dnnl::memory to = wanted;
  Room& room = ThisThreadsRoom();
  if (prepared.arrange) {
    from = {prepared.input, Engine(), Room::For(room.input, prepared.input.get_size())};
    prepared.arrange->execute(stream_, given, from);
  }
  if (prepared.restore) to = {prepared.output, Engine(), Room::For(room.output, prepared.output.get_size())};
  const dnnl::memory bias = Around(bias_, Described({bias_.cols}, Tag::x));
  prepared.convolution.execute(stream_, {{DNNL_ARG_SRC, from},
                                         {DNNL_ARG_WEIGHTS, prepared.weights},
                                         {DNNL_ARG_BIAS, bias},
                                         {DNNL_ARG_DST, to}});
  if (prepared.restore) prepared.restore->execute(stream_, to, wanted);
  stream_.wait();
}

}  // namespace

cv::Ptr<cv::dnn::Layer> MakeConvolutionLayer(LayerParams& params) {
  return cv::makePtr<ConvolutionLayer>(params);
}

void UseConvolutionLayer() {
  static std::once_flag once;
  std::call_once(once, [] { cv::dnn::LayerFactory::registerLayer("Convolution", &MakeConvolutionLayer); });
}

}  // namespace bordergate::camera
