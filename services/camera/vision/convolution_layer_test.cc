// Goal: convolutions by oneDNN are those of the models. Method: OpenCV's own layer, on every form that the
// models have and some odd ones.
#include "services/camera/vision/convolution_layer.h"

#include <filesystem>
#include <thread>

#include <gtest/gtest.h>
#include <opencv2/dnn/all_layers.hpp>

namespace bordergate::camera {
namespace {

using cv::dnn::LayerParams;

struct Form {
  int inputs, outputs;
  cv::Size kernel, stride, padding;
};

LayerParams Params(const Form& form, bool has_bias = true) {
  LayerParams params;
  params.name = "c";
  const auto pair = [&](const char* key, cv::Size size) {
    params.set(key, cv::dnn::DictValue::arrayInt(std::vector<int>{size.height, size.width}.data(), 2));
  };
  pair("kernel_size", form.kernel);
  pair("stride", form.stride);
  const std::vector<int> padding = {form.padding.height, form.padding.width, form.padding.height,
                                    form.padding.width};
  params.set("pad", cv::dnn::DictValue::arrayInt(padding.data(), 4));
  params.set("num_output", form.outputs);
  params.set("bias_term", has_bias);
  params.blobs.emplace_back(
      std::vector<int>{form.outputs, form.inputs, form.kernel.height, form.kernel.width}, CV_32F);
  if (has_bias) params.blobs.emplace_back(1, form.outputs, CV_32F);
  for (cv::Mat& blob : params.blobs) cv::randn(blob, 0, 0.2);
  return params;
}

constexpr auto kByOpenCv = "ConvolutionByOpenCv";
constexpr auto kByOneDnn = "ConvolutionByOneDnn";

// Both under names of their own: whether "Convolution" is ours by now is another matter.
class ConvolutionLayerTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    cv::dnn::LayerFactory::registerLayer(kByOneDnn, &MakeConvolutionLayer);
    cv::dnn::LayerFactory::registerLayer(kByOpenCv, [](LayerParams& params) {
      return cv::Ptr<cv::dnn::Layer>(cv::dnn::ConvolutionLayer::create(params));
    });
  }
  static void TearDownTestSuite() {
    cv::dnn::LayerFactory::unregisterLayer(kByOneDnn);
    cv::dnn::LayerFactory::unregisterLayer(kByOpenCv);
  }
};

cv::dnn::Net NetOf(const char* type, LayerParams convolution, bool has_relu) {
  cv::dnn::Net net;
  net.addLayerToPrev(convolution.name, type, convolution);
  LayerParams relu;
  if (has_relu) net.addLayerToPrev("r", "ReLU", relu);
  return net;
}

cv::Mat Noise(int channels, cv::Size size) {
  cv::Mat noise({1, channels, size.height, size.width}, CV_32F);
  cv::randn(noise, 0, 1);
  return noise;
}

cv::Mat OutputOf(cv::dnn::Net& net, const cv::Mat& input) {
  net.setInput(input);
  return net.forward().clone();
}

TEST_F(ConvolutionLayerTest, SaysWhatOpenCvSays) {
  const std::vector<Form> forms = {{1, 24, {3, 3}, {1, 2}, {1, 1}},    {24, 32, {3, 3}, {2, 1}, {1, 1}},
                                   {3, 12, {3, 3}, {2, 2}, {1, 1}},    {40, 40, {3, 3}, {1, 1}, {1, 1}},
                                   {128, 160, {1, 4}, {1, 1}, {0, 0}}, {160, 160, {3, 1}, {1, 1}, {1, 0}},
                                   {160, 76, {1, 1}, {1, 1}, {0, 0}},  {5, 7, {3, 3}, {1, 1}, {0, 0}},
                                   {48, 10, {1, 1}, {1, 1}, {0, 0}}};
  for (const Form& form : forms) {
    const LayerParams params = Params(form, form.outputs != 7);
    const bool has_relu = form.kernel.area() > 1;
    cv::dnn::Net opencv = NetOf(kByOpenCv, params, has_relu);
    cv::dnn::Net onednn = NetOf(kByOneDnn, params, has_relu);
    // The first size comes again: what was prepared for it is still right.
    for (const cv::Size size : {cv::Size(40, 4), cv::Size(37, 21), cv::Size(80, 64), cv::Size(40, 4)}) {
      const cv::Mat input = Noise(form.inputs, size);
      const cv::Mat wanted = OutputOf(opencv, input);
      const cv::Mat got = OutputOf(onednn, input);
      ASSERT_EQ(got.size, wanted.size);
      EXPECT_GT(cv::norm(wanted, cv::NORM_INF), 0.1);
      EXPECT_LT(cv::norm(got, wanted, cv::NORM_INF), 1e-4) << form.inputs << " to " << form.outputs;
    }
  }
}

// OpenMP would start one for every core, and keep them.
TEST_F(ConvolutionLayerTest, StartsNoThread) {
  const auto threads = [] {
    return std::distance(std::filesystem::directory_iterator("/proc/self/task"), {});
  };
  const auto before = threads();
  std::jthread([&] {
    cv::dnn::Net net = NetOf(kByOneDnn, Params({64, 64, {3, 3}, {1, 1}, {1, 1}}), true);
    OutputOf(net, Noise(64, {160, 160}));
    EXPECT_EQ(threads(), before + 1);
  }).join();
}

TEST_F(ConvolutionLayerTest, RefusesWhatItDoesNotKnow) {
  const Form form = {8, 8, {3, 3}, {1, 1}, {1, 1}};
  const auto refuses = [&](const auto& change) {
    LayerParams params = Params(form);
    change(params);
    EXPECT_THROW(MakeConvolutionLayer(params), cv::Exception);
  };
  refuses([](LayerParams& params) { params.set("group", 8); });
  refuses([](LayerParams& params) { params.set("dilation", 2); });
  refuses([](LayerParams& params) { params.set("pad_mode", "SAME"); });
  refuses([](LayerParams& params) { params.blobs.clear(); });
  refuses([](LayerParams& params) {
    params.set("stride", cv::dnn::DictValue::arrayInt(std::vector<int>{1, 1, 1}.data(), 3));
  });
}

TEST_F(ConvolutionLayerTest, ThrowsForAnInputOfOtherChannels) {
  cv::dnn::Net net = NetOf(kByOneDnn, Params({8, 8, {3, 3}, {1, 1}, {1, 1}}), true);
  EXPECT_THROW(OutputOf(net, Noise(6, {16, 16})), cv::Exception);
}

}  // namespace
}  // namespace bordergate::camera
