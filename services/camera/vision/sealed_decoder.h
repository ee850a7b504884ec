// Decodes in a process of its own that can do nothing else: no files, no network, no new processes, bounded
// memory (decoder_main.cc). What a hostile picture breaks is that process; the next picture gets another one.
//
// One a camera, so that a picture that takes its decoder over can falsify nothing but the pictures of the
// camera that sent it. Source: fault E11 of the fault catalogue, decision 0023.
#pragma once

#include <string>

#include <sys/types.h>

#include "libs/core/clock.h"
#include "services/camera/vision/decoder_wire.h"
#include "services/camera/vision/picture_decoder.h"
#include "services/camera/vision/picture_header.h"

namespace bordergate::camera {

class SealedDecoder final : public PictureDecoder {
 public:
  // The decoding process is started with the first picture.
  //   program    path of camera_decoder
  //   time_max   a picture that takes longer ends the process
  explicit SealedDecoder(std::string program, milliseconds time_max = milliseconds(2000));
  ~SealedDecoder() override;
  SealedDecoder(const SealedDecoder&) = delete;
  SealedDecoder& operator=(const SealedDecoder&) = delete;

  Result<cv::Mat> Whole(std::span<const uint8_t> jpeg) override;
  Result<cv::Mat> Small(std::span<const uint8_t> jpeg) override;

  // Pictures that ended the process, or would have held it.
  int64_t death_count() const { return death_count_; }
  // Of the decoding process; -1 when there is none.
  pid_t process() const { return process_; }

  // What a camera's picture may be at the most.
  static constexpr PictureLimits kLimits{
      .pixels_max = wire::kPixelsMax, .bytes_max = wire::kJpegBytesMax, .side_px_max = 8192};

 private:
  Result<void> Start();
  void End();
  Result<cv::Mat> Decode(std::span<const uint8_t> jpeg, wire::Form form);
  // Whether the answer came in time and says so.
  bool Ask(const wire::Request& request, bool* decoded) const;

  const std::string program_;
  const milliseconds time_max_;
  pid_t process_ = -1;
  int socket_ = -1;
  uint8_t* memory_ = nullptr;
  int64_t death_count_ = 0;
};

// The program camera_decoder in the folder of this program.
std::string DecoderBesideTheProgram();

}  // namespace bordergate::camera
