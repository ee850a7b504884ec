// The configuration of camera; every key stands in config.toml.
#pragma once

#include <algorithm>

#include "libs/config/common_config.h"
#include "libs/config/site.h"
#include "services/camera/device/push_listener.h"
#include "services/camera/pipeline.h"
#include "services/camera/push_config.h"
#include "services/camera/pushing_tag_readers.h"
#include "services/camera/vision/sealed_decoder.h"

namespace bordergate::camera {

struct CameraConfig {
  RpcConfig rpc;
  AdminConfig admin;
  TelemetryConfig telemetry;
  Site site;
  std::string lane_address;
  std::string models_folder;
  int vision_threads = 1;
  PipelineConfig pipeline;
  PushOptions push;
  TagRules tags;

  static CameraConfig Read(ConfigReader& reader) {
    CameraConfig config{.rpc = RpcConfig::Read(reader),
                        .admin = AdminConfig::Read(reader),
                        .telemetry = TelemetryConfig::Read(reader),
                        .site = ReadSite(reader),
                        .lane_address = reader.PeerAddress("peers.lane")};
    PipelineConfig& pipeline = config.pipeline;
    pipeline.decoder_program = DecoderBesideTheProgram();
    config.models_folder = reader.Text("vision.models_folder");
    config.vision_threads = static_cast<int>(reader.Integer("vision.threads", 1, 16));
    pipeline.difference_min = reader.Number("vision.difference_min", 0, 50);
    pipeline.container_pace =
        reader.Duration("vision.container_pace_ms", milliseconds(0), milliseconds(1000));
    pipeline.source.connect_timeout =
        reader.Duration("source.connect_timeout_ms", milliseconds(100), seconds(60));
    pipeline.source.frame_timeout =
        reader.Duration("source.frame_timeout_ms", milliseconds(500), seconds(60));
    pipeline.source.frame_interval_min =
        reader.Duration("source.frame_interval_min_ms", milliseconds(0), milliseconds(1000));
    pipeline.health.frame_gap_max =
        reader.Duration("health.frame_gap_max_ms", milliseconds(500), seconds(60));
    pipeline.health.frozen_max = reader.Duration("health.frozen_max_ms", seconds(1), seconds(600));
    pipeline.health.black_brightness_max = reader.Number("health.black_brightness_max", 0, 255);
    pipeline.health.skew_max = reader.Duration("health.skew_max_ms", milliseconds(100), seconds(3600));
    SceneRules& scene = pipeline.health.scene;
    scene.lasting_min = reader.Duration("health.scene_lasting_min_ms", seconds(5), seconds(3600));
    scene.shift_px_max = reader.Number("health.shift_px_max", 4, 100);
    scene.sharpness_min = reader.Number("health.sharpness_min", 0.05, 0.9);
    pipeline.push.late_max = reader.Duration("push.late_max_ms", milliseconds(500), seconds(60));
    pipeline.push.silence_max = reader.Duration("push.silence_max_ms", seconds(5), seconds(3600));
    config.push = ReadPushOptions(reader, config.site);
    config.tags = ReadTagRules(reader, pipeline.push.late_max);
    return config;
  }

  bool looks_for_containers() const {
    return pipeline.container_pace.count() > 0 && std::ranges::any_of(site.lanes, [](const SiteLane& lane) {
             return std::ranges::any_of(lane.further_cameras, &SiteCamera::reads_containers);
           });
  }
};

}  // namespace bordergate::camera
