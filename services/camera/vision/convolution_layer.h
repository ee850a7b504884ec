// Convolutions of the nets, computed by oneDNN: OpenCV 4.6 spends a third of a small net on rearranging its
// input (decision 0038).
#pragma once

#include <opencv2/dnn/dnn.hpp>

namespace bordergate::camera {

// A convolution as ONNX has it: two dimensions, no groups, no dilation, padding in numbers, and a ReLU behind
// it when OpenCV offers one. Runs in the calling thread alone. Not safe for threads: one a thread, as the net
// that it is a layer of. Keeps what oneDNN prepared for each size of input that it has seen.
//   throws cv::Exception   parameters that it does not know, or oneDNN refuses
cv::Ptr<cv::dnn::Layer> MakeConvolutionLayer(cv::dnn::LayerParams& params);

// Every net that is loaded afterwards has its convolutions from here. Safe from any thread, and to repeat.
void UseConvolutionLayer();

}  // namespace bordergate::camera
