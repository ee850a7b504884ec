// Why a picture was not read, or the reader not started.
#pragma once

#include "libs/core/result.h"

namespace bordergate::camera {

// The file cannot be opened or read.
// Caller: look at the path and the rights.
inline constexpr Reason kPictureUnreadable{"PICTURE_UNREADABLE", Code::kNotFound};

// The bytes are neither JPEG nor PNG.
// Caller: send one of these two.
inline constexpr Reason kPictureUnsupported{"PICTURE_UNSUPPORTED", Code::kInvalidArgument};

// The header names more pixels, or the file more bytes or scans, than a camera makes. Nothing was decoded.
// Caller: send a smaller picture.
inline constexpr Reason kPictureTooLarge{"PICTURE_TOO_LARGE", Code::kInvalidArgument};

// The picture ends early or its parts contradict each other.
// Caller: fetch it again.
inline constexpr Reason kPictureBroken{"PICTURE_BROKEN", Code::kInvalidArgument};

// The program camera_decoder, which decodes the pictures of cameras, cannot be started.
// Caller: install it beside the program camera.
inline constexpr Reason kDecoderUnusable{"DECODER_UNUSABLE", Code::kFailedPrecondition};

// The font for pictures with what was read drawn into them is not installed.
// Caller: install the package that is named.
inline constexpr Reason kFontMissing{"FONT_MISSING", Code::kFailedPrecondition};

// A picture could not be written into the folder that was named.
// Caller: look at the folder, its rights and the disk.
inline constexpr Reason kPictureNotWritten{"PICTURE_NOT_WRITTEN", Code::kFailedPrecondition};

// A model file is absent, is no ONNX that OpenCV takes, or has outputs of another shape.
// Caller: install the models that belong to this version.
inline constexpr Reason kModelUnusable{"MODEL_UNUSABLE", Code::kFailedPrecondition};

}  // namespace bordergate::camera
